"""The frame of a page: points of the file's coordinates as they are seen, from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle in points from the top left corner of a frame."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def around(self, other: Rectangle) -> Rectangle:
        """The smallest rectangle around this one and another one."""
        return Rectangle(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True, slots=True)
class Frame:
    """What is shown of a page: its visible box in the file's coordinates (y upwards), turned clockwise
    by `turns` quarters."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def turned(self, turns: int) -> Frame:
        """The same box with another turn."""
        return Frame(self.left, self.bottom, self.right, self.top, turns % 4)

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the file is seen.

        >>> Frame(0, 0, 600, 800, turns=1).seen(0, 0)
        (0, 0)
        """
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def in_file(self, x: float, y: float) -> tuple[float, float]:
        """The point of the file that is seen here; the inverse of `seen`."""
        if self.turns == 0:
            return x + self.left, self.top - y
        if self.turns == 1:
            return y + self.left, x + self.bottom
        if self.turns == 2:
            return self.right - x, y + self.bottom
        return self.right - y, self.top - x

    def seen_rectangle(self, left: float, bottom: float, right: float, top: float) -> Rectangle:
        """How a rectangle of the file is seen."""
        return rectangle_of(self.seen(left, bottom), self.seen(right, top))

    def moved(self, rectangle: Rectangle, other: Frame) -> Rectangle:
        """A rectangle of this frame in another frame of the same page."""
        if self.turns == other.turns:
            return rectangle
        first = self.in_file(rectangle.left, rectangle.top)
        second = self.in_file(rectangle.right, rectangle.bottom)
        return rectangle_of(other.seen(*first), other.seen(*second))


def rectangle_of(first: tuple[float, float], second: tuple[float, float]) -> Rectangle:
    """The rectangle between two opposite corners."""
    return Rectangle(
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[0], second[0]),
        max(first[1], second[1]),
    )
