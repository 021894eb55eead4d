"""Contact data in the cells of a table whose rows are lines: beside their label, or beneath it.

A cell 联系人 labels its neighbour in a form, and the column below it in a list; what stands in either
place tells which. Where that is not told, both are taken as personal: too much masked is a word lost,
too little a person exposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.reading.contact_labels import BRACKETED, LABELS, NAME
from ingest.reading.rows import cell_places, row_blocks

Place = tuple[int, int]
LABEL_CELL = re.compile(rf"\s*[\u4e00-\u9fa5]{{0,4}}?{LABELS}{BRACKETED}\s*[:：]?\s*")
FIGURE = re.compile(r"\s*-?(?:\d{1,5}|\d[\d,]*\.\d+)\s*%?\s*")
# What forms about projects and money ask for beside contacts.
FIELD = re.compile(
    r"\s*(?:(?:项目|资金|年初|年度|全年|预算|决算|执行|主管|绩效|自评|实施|指标|总体|财政).*"
    r"|.*(?:单位|部门|资金|金额|数|额|率|目标|指标|情况|得分|权重|合计|名称)(?:[（(].*[）)])?)\s*"
)
# A header cell beside another: one of these ends it.
HEADER = re.compile(
    r".*(?:职务|职称|部门|单位|科室|处室|地址|备注|序号|名称|时间|内容|类别|性别|编号)\s*"
)
PERSONAL = re.compile(
    rf"\s*(?:{NAME}(?:[、，,/ ]\s*{NAME})*|[+（(]?\d[\d\-－—–()（） 转/、,，]{{5,}}|[＊][＊\W\d]*|\S+[@＠]\S+)\s*"
)


def labelled_cells(text: str) -> Iterator[Place]:
    """The (start, end) of the cells that labels in other cells make personal."""
    if "\t" not in text:
        return
    for block in row_blocks(text):
        rows = [list(cell_places(text, start, end)) for start, end in block]
        for number, row in enumerate(rows):
            for column, (start, end) in enumerate(row):
                if LABEL_CELL.fullmatch(text, start, end):
                    yield from labelled(text, rows, number, column)


def labelled(
    text: str, rows: Sequence[Sequence[Place]], number: int, column: int
) -> Iterator[Place]:
    """What one label cell labels."""
    beside = content(text, rows[number], column + 1)
    below = content(text, rows[number + 1], column) if number + 1 < len(rows) else None
    is_form = beside is not None and is_personal_form(text, beside)
    is_list = below is not None and is_personal_form(text, below)
    if beside is not None and (is_form or not (is_list or HEADER.fullmatch(text, *beside))):
        yield beside
    if below is not None and not is_form:
        yield from column_below(text, rows[number + 1 :], column)


def is_personal_form(text: str, place: Place) -> bool:
    """Whether a cell looks like names, numbers or mail, masked or not."""
    return PERSONAL.fullmatch(text, *place) is not None


def column_below(text: str, rows: Sequence[Sequence[Place]], column: int) -> Iterator[Place]:
    """The cells below a label, in the rows that are of as many cells as the first of them."""
    for row in rows:
        if len(row) != len(rows[0]):
            return
        place = content(text, row, column)
        if place is not None:
            yield place


def content(text: str, row: Sequence[Place], column: int) -> Place | None:
    """A cell that has words which may be personal: it is no label, no other field and no figure."""
    if column >= len(row):
        return None
    start, end = row[column]
    words = text[start:end]
    if not words.strip() or any(form.fullmatch(words) for form in (LABEL_CELL, FIELD, FIGURE)):
        return None
    return row[column]
