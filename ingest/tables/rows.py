"""Rows of a fiscal table: their item and figures, and the figures of which nothing is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.facts import Span
from ingest.reading.document import Document
from ingest.tables.amounts import is_blank, parse_amount
from ingest.tables.captions import is_remark
from ingest.tables.codes import ClassLookup, split_label
from ingest.tables.columns import IGNORED, LABEL, Column, three_public_item
from ingest.tables.fiscal_table import (
    BASIC,
    FISCAL_SUMMARY,
    PROCUREMENT,
    SUMMARY,
    THREE_PUBLIC,
    Figure,
    FiscalRow,
)
from ingest.tables.grid import Grid, GridCell
from ingest.tables.items import (
    BALANCES,
    EXPENDITURE,
    FUNDS,
    INCOME,
    INCOMES,
    NATURES,
    PROCUREMENTS,
    TOTALS,
    Subject,
    find_subject,
)
from ingest.tables.layout import Layout, is_column_numbers, row_words
from ingest.tables.words import plain, unnumbered


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one table, page after page. `unread` collects the cells with a number whose row or
    column is not known."""

    document: Document
    role: str
    year: str
    rows: list[FiscalRow] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    lookups: dict[int, ClassLookup] = field(default_factory=dict)
    blocks: dict[int, str] = field(default_factory=dict)
    last: int = -1

    def read(self, grid: Grid, first: int, layout: Layout) -> None:
        """The rows of a grid from `first` on; a header that is printed again is passed over."""
        self.last = -1
        panes = layout.panes
        for number, cells in enumerate(grid.spread()):
            words = row_words(grid.rows[number])
            if number < first or words in layout.header or is_passed_over(words):
                continue
            cells = layout.aligned(cells)
            for place, pane in enumerate(panes):
                self.read_pane(cells, pane, place, number)

    def read_pane(
        self, cells: dict[int, GridCell], pane: Sequence[Column], place: int, number: int
    ) -> None:
        """The part of a row that stands in one pane, if it holds any words."""
        kinds = {column.place: column for column in pane}
        own = [cell for column, cell in sorted(cells.items()) if column in kinds]
        labels = [cell for cell in own if kinds[cell.column].code == LABEL]
        printed = [
            cell
            for cell in own
            if kinds[cell.column].code not in (LABEL, IGNORED) and cell.row == number
        ]
        code, label = split_label([cell.text for cell in labels if is_said(cell)])
        if not (code or label) and all(is_blank(cell.text) for cell in printed):
            return
        if not (code or label) and self.goes_on(number):
            self.rows[-1] = replace(
                self.rows[-1], figures=self.figures_of(printed, kinds, Subject(self.rows[-1].item))
            )
            return
        self.last = number
        subject = self.subject_of(code, label, pane, place)
        figures = self.figures_of(printed, kinds, subject)
        span = self.document.span(own[0].words.start, own[-1].span.end)
        self.rows.append(FiscalRow(subject.item, subject.flow, code, label, span, figures))

    def goes_on(self, number: int) -> bool:
        """Whether the words of the pane before belong to the figure here: 公用经费合计 over several panes."""
        return self.last == number and not self.rows[-1].figures

    def figures_of(
        self, cells: Sequence[GridCell], kinds: dict[int, Column], subject: Subject
    ) -> dict[str, Figure]:
        figures: dict[str, Figure] = {}
        for cell in cells:
            value, column = parse_amount(cell.text), kinds[cell.column].code
            if column.startswith("."):
                column = f"{subject.item}{column}" if subject.item else ""
            if value is None:
                if column != "percent" and any(map(str.isdigit, cell.text)):
                    self.unread.append(cell.span)
                continue
            if not column or not subject.item or column in figures:
                self.unread.append(cell.span)
            figures.setdefault(column or f"unknown-{cell.column}", Figure(value, cell.span))
        return figures

    def subject_of(self, code: str, label: str, pane: Sequence[Column], place: int) -> Subject:
        if self.role in (SUMMARY, FISCAL_SUMMARY):
            return self.subject_in_summary(code, label, pane_flow(pane, place), place)
        if self.role == THREE_PUBLIC:
            return self.subject_of_three_public(label, pane)
        if self.role == PROCUREMENT:
            return self.subject_of_procurement(label, pane)
        tables = (TOTALS, NATURES) if self.role == BASIC else (TOTALS,)
        found = None if code else find_subject(label, *tables)
        return found or Subject(self.lookup(place).item(code, label))

    def subject_in_summary(self, code: str, label: str, flow: str, place: int) -> Subject:
        """A row of a pane of a summary; 一般公共预算 under 年初结转 is a part of what is carried in."""
        found = find_subject(label, BALANCES, TOTALS)
        if found:
            self.blocks[place] = found.flow
            return Subject(found.item, found.flow or flow)
        if self.blocks.get(place) and (found := find_subject(label, FUNDS)):
            return Subject(found.item, self.blocks[place])
        found = find_subject(label, INCOMES if flow == INCOME else NATURES)
        if found or flow == INCOME:
            return Subject(found.item if found else "", flow)
        return Subject(self.class_in_summary(code, label), flow)

    def class_in_summary(self, code: str, label: str) -> str:
        item = ClassLookup.of_functions(self.year).item(code, label)
        return item or ClassLookup.of_economic(self.year).item(code, label)

    def subject_of_three_public(self, label: str, pane: Sequence[Column]) -> Subject:
        """An item row, or a row whose columns tell the items: that of the total, or of one office."""
        if any(column.code.startswith(".") for column in pane):
            return Subject(three_public_item((plain(unnumbered(label)),)))
        total = not label or find_subject(label, TOTALS)
        return Subject("total" if total or self.is_only_row() else "")

    def subject_of_procurement(self, label: str, pane: Sequence[Column]) -> Subject:
        """A kind of what is bought, or a row whose columns tell the kinds: the total, or the only row."""
        if found := find_subject(label, PROCUREMENTS):
            return found
        by_kind = any(column.code.startswith("procurement-") for column in pane)
        return Subject("procurement" if by_kind and self.is_only_row() else "")

    def is_only_row(self) -> bool:
        return not any(row.figures for row in self.rows)

    def lookup(self, place: int) -> ClassLookup:
        if place not in self.lookups:
            make = ClassLookup.of_economic if self.role == BASIC else ClassLookup.of_functions
            self.lookups[place] = make(self.year)
        return self.lookups[place]


def is_said(cell: GridCell) -> bool:
    """Whether a label cell names its row: 类, 款 and 项 beside the words of a total do not."""
    return not is_blank(cell.text) and plain(cell.text) not in ("类", "款", "项")


def is_passed_over(words: Sequence[str]) -> bool:
    return not words or is_column_numbers(words) or (len(words) == 1 and is_remark(words[0]))


def pane_flow(pane: Sequence[Column], place: int) -> str:
    """The flow of a pane of a summary by the words over its labels, else the first one is income."""
    words = "".join(word for column in pane for word in column.words)
    if ("收入" in words) != ("支出" in words):
        return INCOME if "收入" in words else EXPENDITURE
    return INCOME if place == 0 else EXPENDITURE


def remarks_in(grids: Sequence[Grid]) -> Iterator[tuple[int, int, str]]:
    """The rows of a table that are remarks on it."""
    for grid in grids:
        for row in grid.rows:
            words = row_words(row)
            if len(words) == 1 and is_remark(words[0]):
                yield row[0].words.start, row[-1].words.end, words[0]
