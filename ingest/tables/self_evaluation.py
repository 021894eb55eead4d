"""Tables of projects: self-evaluations (项目绩效自评表) and targets (项目绩效目标表), one project a table,
recognised by the words of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from ingest.facts import Project
from ingest.reading.document import Document
from ingest.tables.captions import lines_between
from ingest.tables.cells import Cell, Row, first_worded, rows_of
from ingest.tables.cut_rows import continued, is_rest
from ingest.tables.evaluation_blocks import number_in, read_block, read_labelled
from ingest.tables.evaluation_lines import rebuild_tables
from ingest.tables.evaluation_words import (
    GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    MONEY_COLUMNS,
    NAMES,
    SCORES,
    header_words,
)
from ingest.tables.titles import is_title

UNIT = re.compile(r"(?:资金|金额|预算|总额)[^()]{0,4}\((万元|元|亿元|千元)\)")
# Labels that stand beside the name of a project; where it is blank they are not its name.
LABEL = re.compile(
    "项目(?:编码|代码|类别|性质|属性|负责人|单位|金额)|(?:主管|实施|预算)(?:部门|单位)|.*总分|自评得分|财政.*科室|金额"
)
HEADERS = (MONEY_COLUMNS, GOAL_COLUMNS, INDICATOR_COLUMNS)


def read_self_evaluations(document: Document, start: int, end: int) -> Iterator[Project]:
    """The projects whose tables stand in [start, end). A table with nothing but the name of a project, as in
    a list of projects, gives none."""
    for table in (*find_tables(document, start, end), *rebuild_tables(document, start, end)):
        if found := read_fields(table):
            name = worded(table[0])[1]
            words = " ".join(name.text.split())
            yield replace(Project(name=words, span=name.span, unit=unit_of(table)), **found)


def find_tables(document: Document, start: int, end: int) -> Iterator[list[Row]]:
    """The rows of each project: from the one that opens with 项目名称 up to the next, over the pages, but not
    over a title or a sentence between two tables."""
    open_rows: list[Row] = []
    place = start
    for table in document.tables:
        if not start <= table.start < end:
            continue
        if is_apart(document, place, table.start):
            yield from filter(None, [open_rows])
            open_rows = []
        place = table.end
        for number, row in enumerate(rows_of(document, table)):
            if number == 0 and open_rows and is_rest(row, open_rows):
                open_rows[-1] = continued(open_rows[-1], row)
            elif opens_table(row):
                yield from filter(None, [open_rows])
                open_rows = [row] if names_project(row) else []
            elif open_rows:
                open_rows.append(row)
    yield from filter(None, [open_rows])


def is_apart(document: Document, start: int, end: int) -> bool:
    lines = lines_between(document, start, end)
    return any(is_title(line.words) or line.words.endswith("。") for line in lines)


def opens_table(row: Row) -> bool:
    """Whether the table of a project, or a list of projects, begins with this row."""
    words = [header_words(cell.label) for cell in worded(row)]
    return len(words) > 1 and words[0] in NAMES


def names_project(row: Row) -> bool:
    """Whether a row that opens a table names a project; in a list other header words stand in its place."""
    name = header_words(worded(row)[1].label)
    return not LABEL.fullmatch(name) and not any(name in known for known in HEADERS)


def worded(row: Row) -> list[Cell]:
    return [cell for cell in row if cell.label]


def read_fields(table: Sequence[Row]) -> dict[str, Any]:
    """All fields that the rows of a project fill; the first block of a kind leads."""
    found: dict[str, Any] = {}
    for number, row in enumerate(table):
        found = {**read_block(row, table[number + 1 :]), **found}
    found = {**read_labelled(table), **found} if found else found
    if score := read_score(table):
        found["score"] = score
    return found


def read_score(table: Sequence[Row]) -> str | None:
    """The score of the whole: beside its label at the top, or the last number of the row 总分."""
    for cell, value in pairwise_cells(table[:3]):
        if header_words(cell.label) in SCORES and number_in(value):
            return number_in(value)
    for row in reversed(table[3:]):
        first = first_worded(row)
        if first and header_words(first.label) in SCORES:
            return next(filter(None, map(number_in, reversed(row))), None)
    return None


def pairwise_cells(rows: Sequence[Row]) -> Iterator[tuple[Cell, Cell]]:
    for row in rows:
        yield from pairwise(row)


def unit_of(table: Sequence[Row]) -> str:
    """The unit in the label of the money rows: 项目资金（万元）."""
    found = UNIT.search("".join(cell.label for row in table for cell in row[:2]))
    return found.group(1) if found else "万元"
