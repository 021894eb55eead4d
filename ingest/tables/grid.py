"""The grid of a table: which cell covers each of its places, merged cells included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.facts import Span
from ingest.reading.document import Document, Table
from ingest.tables.cells import Cell


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its place: `row` and `column` of its upper left corner, counted from 0."""

    words: Cell
    row: int
    column: int
    columns: int
    rows: int

    @property
    def text(self) -> str:
        return self.words.text

    @property
    def span(self) -> Span:
        return self.words.span

    def continued(self, rest: GridCell) -> GridCell:
        """The cell with the rest of its words, which stands on the next page."""
        return replace(self, words=replace(self.words, tail=rest.words))


@dataclass(frozen=True)
class Grid:
    """A table as rows of cells; `width` is its number of columns."""

    document: Document
    rows: tuple[tuple[GridCell, ...], ...]
    width: int
    start: int
    end: int

    @classmethod
    def of(cls, document: Document, table: Table) -> Grid:
        rows = tuple(
            tuple(
                GridCell(
                    Cell(document, cell.start, cell.end),
                    number,
                    cell.column,
                    cell.columns,
                    cell.rows,
                )
                for cell in row
            )
            for number, row in enumerate(table.rows)
        )
        width = max((cell.column + cell.columns for row in rows for cell in row), default=0)
        return cls(document, rows, width, table.start, table.end)

    def covering(self, first: int, last: int) -> list[list[GridCell | None]]:
        """The cell that covers each column in the rows [first, last), as in a header.

        A place that no worded cell claims belongs to a merged cell whose extent the file does not tell: to the one
        above when that begins in this column, else to the one on the left.
        """
        places: list[list[GridCell | None]] = [[None] * self.width for _ in range(first, last)]
        worded = (cell for row in self.rows[first:last] for cell in row if cell.text)
        for cell in worded:
            for number in range(cell.row, min(last, cell.row + cell.rows)):
                stretch = slice(cell.column, cell.column + cell.columns)
                places[number - first][stretch] = [cell] * cell.columns
        for number, covered in enumerate(places):
            for column in range(self.width):
                if covered[column] is None:
                    above = places[number - 1][column] if number else None
                    covered[column] = neighbour(covered, above, column)
        return places

    def spread(self) -> Iterator[dict[int, GridCell]]:
        """The cells of each row by their first column, a cell over several rows in each of them."""
        hanging: list[GridCell] = []
        for number, row in enumerate(self.rows):
            hanging = [cell for cell in hanging if cell.row + cell.rows > number]
            yield {cell.column: cell for cell in (*hanging, *row)}
            hanging += [cell for cell in row if cell.rows > 1]


def neighbour(row: list[GridCell | None], above: GridCell | None, column: int) -> GridCell | None:
    """The merged cell that a place without a cell of its own belongs to."""
    if above is not None and above.column == column:
        return above
    left = row[column - 1] if column else None
    return left or above


def path_of(places: list[list[GridCell | None]], column: int) -> tuple[GridCell, ...]:
    """The cells over a column from top to bottom, each once."""
    cells = [row[column] for row in places]
    return tuple(cell for cell, _ in groupby(cells) if cell is not None and cell.text)
