"""Interval arithmetic: a printed number stands for every value that rounds to it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Interval:
    """The values from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    @classmethod
    def of_printed(cls, value: Decimal, decimals: int) -> Interval:
        """All values that round to `value` at this number of decimals; negative decimals are allowed."""
        half = Decimal(5).scaleb(-decimals - 1)
        return cls(value - half, value + half)

    @classmethod
    def exactly(cls, value: Decimal) -> Interval:
        return cls(value, value)

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def scaled(self, factor: Decimal) -> Interval:
        """Every value times a factor of zero or more."""
        return Interval(self.low * factor, self.high * factor)

    def over(self, other: Interval) -> Interval | None:
        """All quotients; None when the divisor may be zero."""
        if other.low <= ZERO <= other.high:
            return None
        ends = [x / y for x in (self.low, self.high) for y in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval) -> bool:
        """Whether the two share a value."""
        return self.low <= other.high and other.low <= self.high

    def distance(self, other: Interval) -> Decimal:
        """How far the nearest values of the two lie apart; zero where they meet."""
        return max(ZERO, other.low - self.high, self.low - other.high)


def shown(value: Decimal, decimals: int = 2) -> str:
    """A number for an explanation, rounded half up as the documents do."""
    return str(value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
