"""Building a document: paragraphs and tables, added in reading order, become one text with offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.facts import Box
from ingest.reading.document import Cell, Document, Place, Table
from ingest.reading.privacy import mask_personal_data


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together on one line of a page; `box` is None in a file without pages.

    `is_spaced` tells that a space parts them from the run before on the same line.
    """

    text: str
    box: Box | None = None
    is_spaced: bool = False


@dataclass(frozen=True, slots=True)
class NewCell:
    """A cell to add: its words, a run a line, and the columns and rows that it covers."""

    runs: tuple[Run, ...]
    column: int
    columns: int = 1
    rows: int = 1

    @classmethod
    def of(cls, text: str, column: int, columns: int = 1, rows: int = 1) -> NewCell:
        """A cell of a file without pages; each line of the text is a run."""
        return cls(tuple(Run(line) for line in text.splitlines()), column, columns, rows)


@dataclass
class DocumentBuilder:
    """Collects a document: a paragraph is one line of its text, a row of a table too, each cell behind a
    tab; a blank line ends a table."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    tables: list[Table] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    def add_paragraph(self, runs: Sequence[Run]) -> None:
        """One paragraph; its runs are joined as words of one sentence. An empty one adds nothing."""
        if any(run.text.strip() for run in runs):
            self.add_runs(runs)
            self.add("\n")

    def add_table(self, rows: Sequence[Sequence[NewCell]]) -> None:
        """One table; rows and cells in order. Rows without any words are left out, of the cells that
        cover them too."""
        start = self.length
        kept = [self.add_row(row) for row in with_words(rows)]
        if kept:
            end = self.length
            self.add("\n")
            self.tables.append(Table(start, end, tuple(kept)))

    def add_row(self, row: Sequence[NewCell]) -> tuple[Cell, ...]:
        cells = []
        for new in row:
            self.add("\t")
            start = self.length
            self.add_runs(new.runs)
            cells.append(Cell(start, self.length, new.column, new.columns, new.rows))
        self.add("\n")
        return tuple(cells)

    def add_runs(self, runs: Sequence[Run]) -> None:
        words = [run for run in runs if run.text.strip()]
        for before, run in pairwise([None, *words]):
            assert run is not None
            text = " ".join(run.text.split())
            if before is not None and (run.is_spaced or is_spaced(before.text.rstrip(), text)):
                self.add(" ")
            if run.box is not None:
                self.places.append(Place(self.length, self.length + len(text), run.box))
            self.add(text)

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def finish(
        self,
        source: str,
        media_type: str,
        content_sha256: str,
        *,
        pages: int = 0,
        remarks: tuple[str, ...] = (),
    ) -> Document:
        """The document of all that was added, personal data masked."""
        return Document(
            source,
            mask_personal_data("".join(self.parts)),
            tuple(self.tables),
            tuple(self.places),
            media_type,
            content_sha256,
            pages,
            remarks=remarks,
        )


def with_words(rows: Sequence[Sequence[NewCell]]) -> Iterator[list[NewCell]]:
    """The rows with words; their cells cover only such rows."""
    is_kept = [has_words(row) for row in rows]
    for number, row in enumerate(rows):
        if is_kept[number]:
            yield [
                replace(cell, rows=max(1, sum(is_kept[number : number + cell.rows])))
                for cell in row
            ]


def has_words(row: Sequence[NewCell]) -> bool:
    return any(run.text.strip() for cell in row for run in cell.runs)


def is_spaced(before: str, text: str) -> bool:
    """Whether two runs of one sentence are words of a language that parts its words: Microsoft|Office."""
    return is_latin(before[-1:]) and is_latin(text[:1])


def is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
