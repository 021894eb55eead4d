"""Grids: ruling lines that cross make cells, some of which cover several columns and rows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ingest.reading.pdf.frame import Rectangle
from ingest.reading.pdf.rulings import Line, Rulings

# Lines meet when they end this near to one another, in points.
REACH = 3.5
# A border is drawn when a line runs along this much of it.
LEAST_COVER = 0.6
# A table of more places than this is a drawing.
MOST_PLACES = 40_000
# A horizontal line that reaches out this far beyond the last vertical one opens a column without border.
LEAST_OPEN_COLUMN = 12.0
FEWEST_OPEN_LINES = 3


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: the first row and column that it covers, and how many."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Grid:
    """The edges of a table and its cells in reading order."""

    across: tuple[float, ...]
    down: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def rectangle(self) -> Rectangle:
        return Rectangle(self.across[0], self.down[0], self.across[-1], self.down[-1])

    @property
    def is_table(self) -> bool:
        """Whether several columns have cells of their own; a frame around text is none."""
        return len({cell.column for cell in self.cells}) > 1

    def rectangle_of(self, cell: GridCell) -> Rectangle:
        return Rectangle(
            self.across[cell.column],
            self.down[cell.row],
            self.across[cell.column + cell.columns],
            self.down[cell.row + cell.rows],
        )

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """The cell around a point."""
        column, row = bisect_right(self.across, x) - 1, bisect_right(self.down, y) - 1
        return self._cells_by_place.get((row, column))

    @cached_property
    def _cells_by_place(self) -> dict[tuple[int, int], GridCell]:
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }


def find_grids(rulings: Rulings) -> Iterator[Grid]:
    """The grids of a page, smallest first, so that a table inside a frame comes before the frame."""
    grids = [make_grid(part) for part in connected(rulings) if is_crossed(part)]
    yield from sorted(grids, key=lambda grid: grid.rectangle.width * grid.rectangle.height)


def is_crossed(rulings: Rulings) -> bool:
    """Whether the lines can make cells, and not so many that they must be a drawing."""
    across, down = len(rulings.vertical), len(rulings.horizontal)
    return down >= 2 and across >= 1 and across * down <= MOST_PLACES


def connected(rulings: Rulings) -> Iterator[Rulings]:
    """The lines that meet, directly or through others."""
    horizontal, vertical = Pool(rulings.horizontal), Pool(rulings.vertical)
    while (first := vertical.take_any()) is not None:
        part = Rulings()
        reached = [(first, True)]
        while reached:
            line, is_vertical = reached.pop()
            (part.vertical if is_vertical else part.horizontal).append(line)
            met = (horizontal if is_vertical else vertical).take_meeting(line)
            reached += [(other, not is_vertical) for other in met]
        yield part


class Pool:
    """Lines of one direction that are not yet part of a grid, in the order of their positions."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = sorted(lines, key=lambda line: line.position)
        self.positions = [line.position for line in self.lines]
        self.left = set(range(len(self.lines)))

    def take_any(self) -> Line | None:
        return self.lines[self.left.pop()] if self.left else None

    def take_meeting(self, across: Line) -> list[Line]:
        """Take out the lines that meet a line of the other direction."""
        first = bisect_left(self.positions, across.start - REACH)
        last = bisect_right(self.positions, across.end + REACH)
        met = [
            index
            for index in range(first, last)
            if index in self.left
            and self.lines[index].start - REACH <= across.position <= self.lines[index].end + REACH
        ]
        self.left.difference_update(met)
        return [self.lines[index] for index in met]


def make_grid(rulings: Rulings) -> Grid:
    across = with_open_columns(rulings)
    down = sorted({line.position for line in rulings.horizontal})
    borders = Borders(rulings, across, down)
    return Grid(tuple(across), tuple(down), tuple(borders.cells()))


def with_open_columns(rulings: Rulings) -> list[float]:
    """The x of the columns' edges; tables may lack their outer vertical borders."""
    across = sorted({line.position for line in rulings.vertical})
    starts = [
        line.start for line in rulings.horizontal if line.start < across[0] - LEAST_OPEN_COLUMN
    ]
    ends = [line.end for line in rulings.horizontal if line.end > across[-1] + LEAST_OPEN_COLUMN]
    if len(starts) >= FEWEST_OPEN_LINES:
        across.insert(0, min(starts))
    if len(ends) >= FEWEST_OPEN_LINES:
        across.append(max(ends))
    if len(across) == 1:
        across.append(across[0] + LEAST_OPEN_COLUMN)
    return across


@dataclass
class Borders:
    """Which borders between the places of a grid are drawn."""

    rulings: Rulings
    across: list[float]
    down: list[float]

    def cells(self) -> Iterator[GridCell]:
        """Places without a border between them are one cell."""
        taken: set[tuple[int, int]] = set()
        for row in range(len(self.down) - 1):
            for column in range(len(self.across) - 1):
                if (row, column) in taken:
                    continue
                cell = self.cell_from(row, column, taken)
                taken.update(places(cell))
                yield cell

    def cell_from(self, row: int, column: int, taken: set[tuple[int, int]]) -> GridCell:
        """The cell whose first place this is: as wide as its first row is open, and as high as the
        whole width stays open."""
        columns = 1
        while (
            column + columns < len(self.across) - 1
            and (row, column + columns) not in taken
            and not self.is_right_drawn(row, column + columns - 1)
        ):
            columns += 1
        rows = 1
        while row + rows < len(self.down) - 1 and self.is_row_open(
            row + rows, column, columns, taken
        ):
            rows += 1
        return GridCell(row, column, rows, columns)

    def is_row_open(self, row: int, column: int, columns: int, taken: set[tuple[int, int]]) -> bool:
        """Whether a cell goes on into this row: no border above it, none inside, and both ends closed."""
        inside = range(column, column + columns)
        if any(self.is_top_drawn(row, place) or (row, place) in taken for place in inside):
            return False
        return not any(self.is_right_drawn(row, place) for place in inside[:-1])

    def is_right_drawn(self, row: int, column: int) -> bool:
        return is_drawn(self._vertical[self.across[column + 1]], self.down[row], self.down[row + 1])

    def is_top_drawn(self, row: int, column: int) -> bool:
        return is_drawn(
            self._horizontal[self.down[row]], self.across[column], self.across[column + 1]
        )

    @cached_property
    def _vertical(self) -> dict[float, list[Line]]:
        return by_position(self.rulings.vertical, self.across)

    @cached_property
    def _horizontal(self) -> dict[float, list[Line]]:
        return by_position(self.rulings.horizontal, self.down)


def places(cell: GridCell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.rows):
        for column in range(cell.column, cell.column + cell.columns):
            yield row, column


def by_position(lines: list[Line], positions: list[float]) -> dict[float, list[Line]]:
    found: dict[float, list[Line]] = {position: [] for position in positions}
    for line in lines:
        found[line.position].append(line)
    return found


def is_drawn(lines: list[Line], start: float, end: float) -> bool:
    """Whether lines cover enough of a border."""
    covered = sum(max(0.0, min(line.end, end) - max(line.start, start)) for line in lines)
    return covered >= LEAST_COVER * (end - start)
