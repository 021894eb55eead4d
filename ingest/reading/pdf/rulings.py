"""The ruling lines of a page: straight horizontal and vertical strokes, and thin filled rectangles."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.reading.pdf.frame import Frame, Rectangle, rectangle_of

Point = tuple[float, float]
# A filled rectangle this thin, in points, is a line.
THICKEST_LINE = 4.0
SHORTEST_LINE = 4.0
# A line may lean by this much, in points from end to end.
MOST_LEAN = 1.0
# Lines this near are one line drawn twice, or the two borders of neighbouring cells.
SNAP = 2.5
LARGEST_GAP = 3.0
# A component of a colour above this is white to the eye.
WHITE = 250


@dataclass(frozen=True, slots=True)
class Line:
    """A ruling line at one position: y of a horizontal one, x of a vertical one."""

    position: float
    start: float
    end: float


@dataclass
class Rulings:
    """The ruling lines of a page in a frame, those that touch or overlap joined."""

    horizontal: list[Line] = field(default_factory=list)
    vertical: list[Line] = field(default_factory=list)

    def add(self, first: Point, second: Point) -> None:
        """Keep a stroke when it runs along an axis."""
        (x0, y0), (x1, y1) = first, second
        if abs(y0 - y1) <= MOST_LEAN and abs(x0 - x1) >= SHORTEST_LINE:
            self.horizontal.append(Line((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) <= MOST_LEAN and abs(y0 - y1) >= SHORTEST_LINE:
            self.vertical.append(Line((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def joined(self) -> Rulings:
        return Rulings([*join(self.horizontal)], [*join(self.vertical)])


def find_rulings(page: pypdfium2.PdfPage, frame: Frame) -> Rulings:
    """The ruling lines that can be seen on a page."""
    rulings = Rulings()
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        is_stroked = bool(stroke.value) and is_seen(path, pdfium.FPDFPageObj_GetStrokeColor)
        is_filled = bool(fill.value) and is_seen(path, pdfium.FPDFPageObj_GetFillColor)
        if not is_stroked and not is_filled:
            continue
        matrix = whole_matrix(path)
        for figure in figures(path):
            points = [frame.seen(*matrix.on_point(*point)) for point in figure]
            add_figure(rulings, points, is_stroked)
    return rulings.joined()


def is_seen(path: pypdfium2.PdfObject, ask: object) -> bool:
    """Whether the colour can be seen on white paper."""
    color = [ctypes.c_uint() for _ in range(4)]
    if not callable(ask) or not ask(path, *color):
        return True
    red, green, blue, alpha = (part.value for part in color)
    return alpha > 0 and min(red, green, blue) < WHITE


def whole_matrix(path: pypdfium2.PdfObject) -> pypdfium2.PdfMatrix:
    """The matrix of an object and of the forms around it."""
    matrix = path.get_matrix()
    around = path.container
    while around is not None:
        matrix = matrix.multiply(around.get_matrix())
        around = around.container
    return matrix


def figures(path: pypdfium2.PdfObject) -> Iterator[list[Point]]:
    """The straight figures of a path; a curve parts them."""
    points: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind != pdfium.FPDF_SEGMENT_LINETO:
            if len(points) > 1:
                yield points
            points = []
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            yield [*points, points[0]]
            points = points[:1]
    if len(points) > 1:
        yield points


def add_figure(rulings: Rulings, points: list[Point], is_stroked: bool) -> None:
    if is_stroked:
        for first, second in pairwise(points):
            rulings.add(first, second)
        return
    around = bounds(points)
    if min(around.width, around.height) <= THICKEST_LINE:
        middle = (around.left + around.right) / 2, (around.top + around.bottom) / 2
        if around.width >= around.height:
            rulings.add((around.left, middle[1]), (around.right, middle[1]))
        else:
            rulings.add((middle[0], around.top), (middle[0], around.bottom))


def bounds(points: Iterable[Point]) -> Rectangle:
    across, down = zip(*points, strict=True)
    return rectangle_of((min(across), min(down)), (max(across), max(down)))


def join(lines: list[Line]) -> Iterator[Line]:
    """Lines of nearly one position snapped to it, and their pieces joined."""
    for group in positions(lines):
        position = sum(line.position for line in group) / len(group)
        group.sort(key=lambda line: line.start)
        start, end = group[0].start, group[0].end
        for line in group[1:]:
            if line.start > end + LARGEST_GAP:
                yield Line(position, start, end)
                start, end = line.start, line.end
            else:
                end = max(end, line.end)
        yield Line(position, start, end)


def positions(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines, grouped by nearly one position."""
    group: list[Line] = []
    for line in sorted(lines, key=lambda line: line.position):
        if group and line.position - group[0].position > SNAP:
            yield group
            group = []
        group.append(line)
    if group:
        yield group
