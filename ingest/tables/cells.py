"""Cells and rows of the tables of a document, with their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.facts import Span
from ingest.narrative.folding import squeeze_line
from ingest.reading.document import Document, Table


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell [start, end) of the document; `label` is its folded text without white space.

    `column` counts the grid from 0; a merged cell covers `columns` columns. `tail` is the rest of its words
    where a page break cuts it.
    """

    document: Document
    start: int
    end: int
    column: int = 0
    columns: int = 1
    tail: Cell | None = None

    @property
    def text(self) -> str:
        """The words in the cell without the white space at its rims."""
        words = self.document.text[self.start : self.end].strip()
        return words + self.tail.text if self.tail else words

    @property
    def label(self) -> str:
        return label_of(self.text)

    @property
    def span(self) -> Span:
        """Its words in the document; of a cut cell all from its beginning to the end of its rest."""
        return self.document.span(self.start, self.tail.end if self.tail else self.end)


Row = tuple[Cell, ...]


@lru_cache(4096)
def label_of(text: str) -> str:
    """The words of a cell folded, without white space."""
    return squeeze_line(text)[0]


def rows_of(document: Document, table: Table) -> Iterator[Row]:
    """The rows of a table."""
    for row in table.rows:
        yield tuple(Cell(document, c.start, c.end, c.column, c.columns) for c in row)


def aligned(row: Row, header: Row) -> Row:
    """A row of a flattened table under its header: cells that are merged with those above are not printed
    again, so a shorter row whose first cell is not blank belongs to the columns on the right."""
    missing = len(header) - len(row)
    if not row or missing <= 0 or not is_flat(row) or not is_flat(header) or not row[0].label:
        return row
    return tuple(replace(cell, column=cell.column + missing) for cell in row)


def is_flat(row: Row) -> bool:
    """Whether the columns of a row tell nothing but the order of its cells."""
    return all(cell.column == place and cell.columns == 1 for place, cell in enumerate(row))


def first_worded(row: Row) -> Cell | None:
    """The first cell of a row that is not blank."""
    return next((cell for cell in row if cell.label), None)
