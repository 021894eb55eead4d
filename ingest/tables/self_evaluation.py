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
    BEFORE_NAME,
    GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    MONEY_COLUMNS,
    NAMES,
    SCORES,
    header_words,
)
from ingest.tables.page_columns import placed_as_above
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
        if (name := name_in(table[0])) and (found := read_fields(table)):
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
        for number, row in enumerate(placed_as_above([*rows_of(document, table)], open_rows)):
            if number == 0 and open_rows and is_rest(row, open_rows):
                open_rows[-1] = continued(open_rows[-1], row)
            elif name := name_in(row):
                yield from filter(None, [open_rows])
                open_rows = [row] if names_project(name) else []
            elif open_rows:
                open_rows.append(row)
    yield from filter(None, [open_rows])


def is_apart(document: Document, start: int, end: int) -> bool:
    lines = lines_between(document, start, end)
    return any(is_title(line.words) or line.words.endswith("。") for line in lines)


def name_in(row: Row) -> Cell | None:
    """The cell behind 项目名称 in a row that opens the table of a project, or a list of projects; None in other
    rows. The label stands first, or behind another one and its value: 项目编码 | 12 | 项目名称 | …."""
    cells = worded(row)
    words = [header_words(cell.label) for cell in cells]
    if len(words) > 1 and words[0] in NAMES:
        return cells[1]
    behind_code = words[1:3] if words and BEFORE_NAME.fullmatch(words[0]) else []
    return cells[-1] if len(words) > 2 and words[-2] in NAMES and words[-2] in behind_code else None


def names_project(name: Cell) -> bool:
    """Whether what stands behind 项目名称 is a name; in a list other header words stand there."""
    words = header_words(name.label)
    return not LABEL.fullmatch(words) and not any(words in known for known in HEADERS)


def worded(row: Row) -> list[Cell]:
    return [cell for cell in row if cell.label]


def read_fields(table: Sequence[Row]) -> dict[str, Any]:
    """All fields that the rows of a project fill; the first block of a kind leads."""
    found: dict[str, Any] = {}
    for number, row in enumerate(table):
        found = {**read_block(row, table[number + 1 :]), **found}
    found = {**read_labelled(table), **found} if found else found
    if score := find_score(table):
        label, value = score
        found["score"] = number_in(value)
        found["score_span"] = value.document.span(label.start, value.end)
    return found


def find_score(table: Sequence[Row]) -> tuple[Cell, Cell] | None:
    """The label and the value of the score of the whole: side by side at the top, or the row 总分 and the last
    number in it."""
    for cell, value in pairwise_cells(table[:3]):
        if header_words(cell.label) in SCORES and number_in(value):
            return cell, value
    for row in reversed(table[3:]):
        first = first_worded(row)
        if first and header_words(first.label) in SCORES:
            return next(((first, cell) for cell in reversed(row) if number_in(cell)), None)
    return None


def pairwise_cells(rows: Sequence[Row]) -> Iterator[tuple[Cell, Cell]]:
    for row in rows:
        yield from pairwise(row)


def unit_of(table: Sequence[Row]) -> str:
    """The unit in the label of the money rows: 项目资金（万元）."""
    found = UNIT.search("".join(cell.label for row in table for cell in row[:2]))
    return found.group(1) if found else "万元"
