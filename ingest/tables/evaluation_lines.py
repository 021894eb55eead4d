"""Tables of projects that were flattened to one cell a line, blank cells lost: their rows are put together
again from what each column can hold.

A row that does not fit its columns spoils all rows under its header: they are left out, not guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from ingest.narrative.numbering import find_mark
from ingest.reading.document import Document
from ingest.tables.captions import lines_of
from ingest.tables.cells import Cell, Row
from ingest.tables.evaluation_words import (
    BEHIND_INDICATORS,
    GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    LEVEL1,
    LEVEL2,
    MONEY_COLUMNS,
    NAMES,
    SCORES,
    SIDE_OF_MONEY,
    header_words,
)
from ingest.tables.targets import COMPARATORS
from ingest.tables.titles import is_title

NAME_LINE = re.compile(
    rf"^[^\S\n]*(?:{'|'.join(map(re.escape, sorted(NAMES)))})[:：]?[^\S\n]*$", re.MULTILINE
)
NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?%?|[-—]+")
REASON = re.compile(".*(?:原因|措施|说明|备注).*")
SIDE = re.compile(
    "项目资金.*|预算执行.*|(?:年度)?(?:总体|绩效)目标.*|当年绩效目标|(?:年度)?绩效指标"
)
# What a cell of a column is, where that can be told; a line that it is not belongs to the next column.
OPTIONAL = {
    "level1": LEVEL1,
    "level2": LEVEL2,
    "comparator": re.compile("|".join(map(re.escape, [*COMPARATORS, "定性", "＝", "＞", "＜"]))),
    "deviation": NUMBER,
    "score_rate": NUMBER,
    "core": re.compile("是|否|.?核心指标|√|×"),
}
NEEDED = {"weight": NUMBER, "score": NUMBER}


def rebuild_tables(document: Document, start: int, end: int) -> Iterator[list[Row]]:
    """The rows of each project whose cells stand one a line outside of tables in [start, end)."""
    begins = [*find_names(document, start, end)]
    for begin, behind in pairwise([*begins, end]):
        lines = [Cell(document, line.start, line.end) for line in lines_of(document, begin, behind)]
        yield from rebuild([*takewhile(lambda cell: not is_heading(cell), lines)])


def find_names(document: Document, start: int, end: int) -> Iterator[int]:
    """Where a line outside of tables holds the label 项目名称 and nothing else."""
    starts = [table.start for table in document.tables]
    for found in NAME_LINE.finditer(document.text, start, end):
        place = bisect_right(starts, found.start()) - 1
        if place < 0 or found.start() >= document.tables[place].end:
            yield found.start()


def is_heading(cell: Cell) -> bool:
    """Whether a line opens another section or table."""
    mark = find_mark(cell.label)
    return bool(mark and mark.level <= 1) or is_title(cell.label)


def rebuild(lines: Sequence[Cell]) -> Iterator[list[Row]]:
    """The table in these lines, if one of its headers stands there."""
    if len(lines) > 1:
        table = LinesReader(lines)
        table.read()
        if table.headers:
            yield table.rows


@dataclass(slots=True)
class LinesReader:
    """Goes through the cells of one project; `rows` are rebuilt with their columns."""

    lines: Sequence[Cell]
    rows: list[Row] = field(default_factory=list)
    headers: int = 0

    def read(self) -> None:
        self.rows.append(row_of(self.lines[:2]))
        place = 2
        while place < len(self.lines):
            place = self.read_block(place) or self.read_score(place) or place + 1

    def read_block(self, place: int) -> int | None:
        """Where the block ends whose header begins here; None where none does."""
        for names, needed, body in (
            (MONEY_COLUMNS, "executed", self.money_rows),
            (GOAL_COLUMNS, "goals", self.goal_rows),
            (INDICATOR_COLUMNS, "name", self.indicator_rows),
        ):
            header = self.header_at(place, names)
            fields = [names.get(header_words(cell.label), "reason") for cell in header]
            if needed in fields and len(header) > 1:
                self.headers += 1
                self.rows.append((self.side_of(place), *numbered(header)))
                behind = place + len(header)
                end = self.end_of_block(behind)
                self.rows += body(fields, self.lines[behind:end])
                return max(end, behind)
        return None

    def header_at(self, place: int, names: Mapping[str, str]) -> Sequence[Cell]:
        end = place
        while end < len(self.lines) and header_words(self.lines[end].label) in names:
            end += 1
        is_reason = (
            end > place and end < len(self.lines) and REASON.fullmatch(self.lines[end].label)
        )
        return self.lines[place : end + 1 if is_reason and names is INDICATOR_COLUMNS else end]

    def side_of(self, place: int) -> Cell:
        """The label on the side of a block, in the line before it; else a blank."""
        before = self.lines[place - 1]
        if SIDE.fullmatch(before.label):
            return before
        return Cell(before.document, before.end, before.end)

    def end_of_block(self, place: int) -> int:
        """Where the next block or the row of the total begins."""
        for end in range(place, len(self.lines)):
            label = self.lines[end].label
            if BEHIND_INDICATORS.fullmatch(label) or SIDE.fullmatch(label):
                return end
            if any(
                len(self.header_at(end, names)) > 1 for names in (GOAL_COLUMNS, INDICATOR_COLUMNS)
            ):
                return end
        return len(self.lines)

    def read_score(self, place: int) -> int | None:
        """Where the numbers behind 总分 end; None where no such label stands here."""
        if header_words(self.lines[place].label) not in SCORES:
            return None
        end = place + 1
        while end < len(self.lines) and NUMBER.fullmatch(self.lines[end].label):
            end += 1
        self.rows.append(row_of(self.lines[place:end]))
        return end

    def money_rows(self, fields: Sequence[str], lines: Sequence[Cell]) -> Iterator[Row]:
        """The total row, if it has a number for each column."""
        labels = [line for line in lines[:1] if SIDE_OF_MONEY.fullmatch(line.label)]
        values = lines[len(labels) :][: len(fields)]
        if len(values) == len(fields) and all(NUMBER.fullmatch(cell.label) for cell in values):
            yield numbered(values)

    def goal_rows(self, fields: Sequence[str], lines: Sequence[Cell]) -> Iterator[Row]:
        """One text a column; numbered texts of several lines are parted where the numbers begin again."""
        begins = [n for n, line in enumerate(lines) if n and is_first(line)]
        cut = 1 if len(lines) == len(fields) == 2 else begins[0] if len(begins) == 1 else None
        if cut is not None and len(fields) == 2:
            yield numbered([joined(lines[:cut]), joined(lines[cut:])])
        elif len(lines) == len(fields):
            yield numbered(lines)

    def indicator_rows(self, fields: Sequence[str], lines: Sequence[Cell]) -> Iterator[Row]:
        """The rows of indicators, with or without the column of reasons, which is often blank."""
        for kept in (fields, [name for name in fields if name != "reason"]):
            rows = split_rows(kept, lines)
            if rows is not None:
                yield from rows
                return


def split_rows(fields: Sequence[str], lines: Sequence[Cell]) -> list[Row] | None:
    """The lines as rows of these columns; None where they do not fit."""
    rows, place = [], 0
    while place < len(lines):
        cells: list[Cell] = []
        for column, name in enumerate(fields, 1):
            line = lines[place] if place < len(lines) else None
            if name in OPTIONAL and (line is None or not OPTIONAL[name].fullmatch(line.label)):
                continue
            if line is None or not fits(name, line):
                return None
            cells.append(replace(line, column=column))
            place += 1
        rows.append(tuple(cells))
    return rows


def fits(name: str, line: Cell) -> bool:
    """Whether a column that is never blank can hold this line."""
    if name in NEEDED:
        return bool(NEEDED[name].fullmatch(line.label))
    return name in OPTIONAL or not (LEVEL1.fullmatch(line.label) or LEVEL2.fullmatch(line.label))


def is_first(line: Cell) -> bool:
    mark = find_mark(line.label)
    return mark is not None and mark.value == 1


def joined(lines: Sequence[Cell]) -> Cell:
    return replace(lines[0], end=lines[-1].end)


def row_of(cells: Sequence[Cell]) -> Row:
    return tuple(replace(cell, column=column) for column, cell in enumerate(cells))


def numbered(cells: Sequence[Cell]) -> Row:
    """Cells in the columns behind that of the side."""
    return tuple(replace(cell, column=column) for column, cell in enumerate(cells, 1))
