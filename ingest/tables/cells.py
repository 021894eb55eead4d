"""Cells and rows of the tables of a document, with their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.facts import Span
from ingest.narrative.folding import fold_characters
from ingest.reading.document import Document


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell [start, end) of the document; `label` is its folded text without white space."""

    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words in the cell without the white space at its rims."""
        return self.document.text[self.start : self.end].strip()

    @property
    def label(self) -> str:
        return "".join(fold_characters(self.text).split())

    @property
    def span(self) -> Span:
        return self.document.span(self.start, self.end)


Row = tuple[Cell, ...]


def find_rows(document: Document, start: int, end: int) -> Iterator[Row]:
    """The rows of the tables in [start, end)."""
    for table in document.tables:
        for row in table.rows:
            if row and row[0].start >= start and row[0].start < end:
                yield tuple(Cell(document, cell.start, cell.end) for cell in row)
