"""Flattened tables: a cell starts at a tab, its further lines have none; a blank line ends the row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.facts import Span
from ingest.narrative.folding import fold_characters
from ingest.reading.document import Document

BLANK = " \t\u3000\xa0"


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
    """The rows of the flattened tables in [start, end)."""
    row: list[Cell] = []
    for left, right in document.lines():
        if right < start or left >= end:
            continue
        line = document.text[left:right]
        if line.startswith("\t"):
            row.append(Cell(document, left, right))
        elif line.strip(BLANK) and row:
            row[-1] = Cell(document, row[-1].start, right)
        elif row:
            yield tuple(row)
            row = []
    if row:
        yield tuple(row)
