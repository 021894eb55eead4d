"""Fiscal tables of a document: recognised by title and header, continued over pages, read to figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.facts import Span
from ingest.reading.document import Document
from ingest.tables.captions import (
    Caption,
    Line,
    count_caption_rows,
    find_note,
    header_unit,
    lines_between,
    read_caption,
)
from ingest.tables.columns import LABEL
from ingest.tables.fiscal_table import FiscalTable
from ingest.tables.grid import Grid
from ingest.tables.layout import Layout, count_header_rows, count_repeated_rows, read_layout
from ingest.tables.page_breaks import whole_grids
from ingest.tables.recognition import role_by_header
from ingest.tables.rows import RowReader, remarks_in
from ingest.tables.titles import phase_of, year_of
from ingest.tables.words import squeeze


@dataclass(frozen=True, slots=True)
class OtherTable:
    """A table that is none of the nine: its title, None where it has none, and the table."""

    title: Span | None
    span: Span


@dataclass(frozen=True, slots=True)
class TableReading:
    """What the tables of a document gave. `unread` are cells with a number of which the row or the column is
    not known, each with the role of its table."""

    fiscal: tuple[FiscalTable, ...] = ()
    others: tuple[OtherTable, ...] = ()
    unread: tuple[tuple[str, Span], ...] = ()


@dataclass(slots=True)
class OpenTable:
    """A fiscal table to which the next page may add rows."""

    role: str
    caption: Caption
    title: Span
    phase: str
    year: str
    layout: Layout
    reader: RowReader
    grids: list[Grid] = field(default_factory=list)

    def add(self, grid: Grid, first: int, layout: Layout) -> None:
        self.grids.append(grid)
        self.reader.read(grid, first, layout)

    def close(self, document: Document, behind: list[Line]) -> FiscalTable:
        remarks = [Line(*remark) for remark in remarks_in(self.grids)]
        is_empty = not any(row.figures for row in self.reader.rows)
        return FiscalTable(
            role=self.role,
            title=self.title,
            unit=self.caption.unit or header_unit(self.layout.texts),
            phase=self.phase,
            year=self.year,
            rows=tuple(self.reader.rows),
            span=document.span(self.grids[0].start, self.grids[-1].end),
            note=find_note(document, [*remarks, *behind]) if is_empty else None,
        )


@dataclass(slots=True)
class TableReader:
    """Goes through the tables of a document in their order."""

    document: Document
    fiscal_year: str
    kind: str
    current: OpenTable | None = None
    fiscal: list[FiscalTable] = field(default_factory=list)
    others: list[OtherTable] = field(default_factory=list)
    unread: list[tuple[str, Span]] = field(default_factory=list)

    def read(self) -> TableReading:
        end = 0
        for grid, between in whole_grids(self.document):
            self.read_table(grid, between)
            end = grid.end
        self.close(lines_between(self.document, end, len(self.document.text)))
        return TableReading(tuple(self.fiscal), tuple(self.others), tuple(self.unread))

    def read_table(self, grid: Grid, between: list[Line]) -> None:
        rows = count_caption_rows(grid)
        caption = read_caption(self.document, grid, between, rows)
        header = count_header_rows(grid, rows)
        if self.continues(grid, caption, rows, header):
            return
        self.close(between)
        opened = self.open(grid, caption, rows, header)
        if opened is None:
            span = self.document.span(grid.start, grid.end)
            self.others.append(OtherTable(caption.title, span))
            return
        self.current = opened
        opened.add(grid, rows + header, opened.layout)

    def open(self, grid: Grid, caption: Caption, rows: int, header: int) -> OpenTable | None:
        """The fiscal table that begins in this grid, or None."""
        role = caption.role if caption.title else role_by_header(grid, rows, header)
        if role is None or not header:
            return None
        words = caption.title.quote if caption.title else ""
        phase, year = phase_of(words, self.kind), year_of(words, self.fiscal_year)
        layout = read_layout(grid, rows, header, role, phase, year)
        if not layout.has_figures:
            return None
        first = grid.rows[rows]
        title = caption.title or self.document.span(first[0].words.start, first[-1].words.end)
        reader = RowReader(self.document, role, year)
        return OpenTable(role, caption, title, phase, year, layout, reader)

    def continues(self, grid: Grid, caption: Caption, rows: int, header: int) -> bool:
        """Whether the table goes on in this grid; then its rows are added."""
        current = self.current
        if current is None or (caption.apart and not is_same_title(caption, current.caption)):
            return False
        if caption.title and not is_same_title(caption, current.caption):
            return False
        if repeated := count_repeated_rows(grid, rows, current.layout):
            header = repeated
        own = self.own_layout(current, grid, rows, header)
        if LABEL in own.codes:
            if own.codes != current.layout.codes:
                return False
            current.add(grid, rows + header, own)
            return True
        layout = current.layout.fitted(grid)
        if layout is None:
            return False
        current.add(grid, rows, layout)
        return True

    def own_layout(self, current: OpenTable, grid: Grid, rows: int, header: int) -> Layout:
        return read_layout(grid, rows, header, current.role, current.phase, current.year)

    def close(self, behind: list[Line]) -> None:
        if self.current is not None:
            self.fiscal.append(self.current.close(self.document, behind))
            self.unread += [(self.current.role, span) for span in self.current.reader.unread]
            self.current = None


def is_same_title(caption: Caption, other: Caption) -> bool:
    """Whether the title of a table is printed again, as on each of its pages."""
    if caption.title is None or other.title is None:
        return False
    return bare_title(caption.title) == bare_title(other.title)


def bare_title(title: Span) -> str:
    return squeeze(title.quote).replace("(续)", "").replace("(续表)", "").removesuffix("续表")


def read_tables(document: Document, fiscal_year: str, kind: str) -> TableReading:
    """The fiscal tables of a document, the tables that are none, and the figures that were not understood.

    Args:
        document: as read, with its tables.
        fiscal_year: of the document; a title that names a year of its own leads.
        kind: of the document; the phase of tables whose title says neither 决算 nor 预算.
    """
    return TableReader(document, fiscal_year, kind).read()


def read_fiscal_tables(document: Document, fiscal_year: str, kind: str) -> tuple[FiscalTable, ...]:
    """The fiscal tables of a document in their order."""
    return read_tables(document, fiscal_year, kind).fiscal
