"""Tables without ruling lines: lines whose words stand in columns below one another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.reading.pdf.frame import Rectangle
from ingest.reading.pdf.lines import TextLine

# A printed amount, count or code.
FIGURE = re.compile(r"[-－–]?[\d,，]+(?:\.\d+)?[%％]?")
# Figures of a table of contents: the numbers of its pages.
PAGE_NUMBER = re.compile(r"\d{1,3}")
# So many rows with figures in the same columns are a table.
FEWEST_ROWS = 3
# The step from row to row, in sizes of the text.
MOST_STEP = 4.0
# Columns line up when their left or right edges differ by at most this, in sizes of the text.
MOST_SHIFT = 0.8


@dataclass(frozen=True)
class AlignedCell:
    """Words with the first column that they stand in, and how many."""

    words: TextLine
    column: int
    columns: int


@dataclass(frozen=True)
class AlignedTable:
    """The rows of a table, blank cells left out, and the lines that it was made of."""

    lines: tuple[TextLine, ...]
    rows: tuple[tuple[AlignedCell, ...], ...]
    columns: int

    @property
    def rectangle(self) -> Rectangle:
        around = self.lines[0].rectangle
        for line in self.lines[1:]:
            around = around.around(line.rectangle)
        return around


def find_aligned(lines: Sequence[TextLine]) -> Iterator[AlignedTable]:
    """The tables among the lines of a page, which come from top to bottom."""
    for block in blocks(lines):
        table = align(block)
        if table is not None:
            yield table


def blocks(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Lines one below the other, each of several parts."""
    block: list[TextLine] = []
    for line in lines:
        is_row = len(line.parts()) > 1
        if block and (not is_row or line.baseline - block[-1].baseline > MOST_STEP * line.size):
            yield block
            block = []
        if is_row:
            block.append(line)
    if block:
        yield block


def align(block: Sequence[TextLine]) -> AlignedTable | None:
    """The table that the lines make, None when their figures do not stand in columns."""
    figure_rows = [line for line in block if any(is_figure(part) for part in line.parts())]
    if len(figure_rows) < FEWEST_ROWS or not do_line_up(figure_rows):
        return None
    columns = find_columns(figure_rows)
    if len(columns) < 2 or is_contents(figure_rows, columns):
        return None
    rows = tuple(tuple(place(line, columns)) for line in block)
    return AlignedTable(tuple(block), rows, len(columns))


def is_figure(part: TextLine) -> bool:
    return FIGURE.fullmatch(part.text) is not None


def do_line_up(rows: Sequence[TextLine]) -> bool:
    """Whether figures of enough rows share an edge."""
    figures = [part for line in rows for part in line.parts() if is_figure(part)]
    return any(sum(is_below(part, other) for other in figures) >= FEWEST_ROWS for part in figures)


def is_below(part: TextLine, other: TextLine) -> bool:
    most = MOST_SHIFT * part.size
    return abs(part.right - other.right) <= most or abs(part.left - other.left) <= most


def find_columns(rows: Sequence[TextLine]) -> list[tuple[float, float]]:
    """The stretches across the page that the parts of the rows take."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((part.left, part.right) for line in rows for part in line.parts()):
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def is_contents(rows: Sequence[TextLine], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether titles and rising page numbers make a table of contents."""
    if len(columns) != 2:
        return False
    last = [line.parts()[-1].text for line in rows]
    if not all(PAGE_NUMBER.fullmatch(text) for text in last):
        return False
    numbers = [int(text) for text in last]
    return numbers == sorted(numbers)


def place(line: TextLine, columns: Sequence[tuple[float, float]]) -> Iterator[AlignedCell]:
    """The parts of a line with the columns that they overlap; parts of one column are one cell."""
    found: dict[int, tuple[list[TextLine], int]] = {}
    for part in line.parts():
        over = [
            index
            for index, (left, right) in enumerate(columns)
            if part.left < right and part.right > left
        ] or [nearest(part, columns)]
        parts, last = found.setdefault(over[0], ([], over[-1]))
        parts.append(part)
        found[over[0]] = parts, max(last, over[-1])
    for first, (parts, last) in sorted(found.items()):
        characters = tuple(one for part in parts for one in part.characters)
        yield AlignedCell(TextLine(characters), first, last - first + 1)


def nearest(part: TextLine, columns: Sequence[tuple[float, float]]) -> int:
    """The column before the gap that a part stands in."""
    return max(0, bisect_right([left for left, _ in columns], part.left) - 1)
