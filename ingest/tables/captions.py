"""What is printed around a table: its title, unit and remarks, in lines before it, in its first and last
rows, and in lines behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.facts import Span
from ingest.reading.document import Document
from ingest.tables.grid import Grid, GridCell
from ingest.tables.titles import is_title, role_of
from ingest.tables.words import QUOTES, squeeze

UNIT = re.compile("单位[:：]?(?:人民币)?(万元|亿元|千元|元)")
UNIT_IN_BRACKETS = re.compile(r"\((?:人民币)?(万元|亿元|千元|元)\)")
# Lines that stand between a title and its table, or on the top of every page.
CAPTION = re.compile(
    "(?:编制|填报|预算|公开|金额|计量|部门|单位|附|表|制表|公开部门).{0,3}(?:单位|部门|名称)?.{0,2}[:：].*"
    "|.*单位[:：].*|(?:财决|预决算)?公开[0-9]*表?.*|表[0-9一二三四五六七八九十-]+|附[件表][0-9]*.*|[-—]*第?[0-9]+页?(?:共[0-9]+页)?[-—]*"
    "|[0-9]{4}年(?:度|[0-9]{1,2}月.*)?|.?续表.?|[\"'“”]+"
)
REMARK = re.compile(r"(?:备注|注|说明|\*)[0-9]*[:：.、]?")
EMPTY = re.compile(
    "空表|为空|(?:无|没有|不涉及|未(?:安排|发生)).{0,30}(?:数据|收入|支出|收支|安排|经费|拨款|预算|资金|情况)|(?:无|没有)数据"
)
# How many lines before a table may hold its title, and behind it its remark.
LINES_BEFORE = 8
LINES_BEHIND = 3
# How many lines of the text between two tables are looked at, blank ones included.
FIRST_LINES = 12
LAST_LINES = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A line around a table, or a row of it that is none of its figures; `words` are squeezed."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands before a table. `title` is None when no line reads like one; `apart` tells that other
    words stand between the table before and this one, so that it cannot go on here."""

    title: Span | None
    unit: str | None
    apart: bool

    @property
    def role(self) -> str | None:
        return role_of(self.title.quote) if self.title else None


def lines_of(document: Document, start: int, end: int) -> Iterator[Line]:
    """The lines of [start, end) that hold words."""
    place = start
    for text in document.text[start:end].split("\n"):
        if words := squeeze(text):
            yield Line(place, place + len(text), words)
        place += len(text) + 1


def lines_between(document: Document, start: int, end: int) -> list[Line]:
    """The lines between two tables; of a long text the first and the last, which can be about them."""
    text = document.text
    if text.count("\n", start, end) <= FIRST_LINES + LAST_LINES:
        return [*lines_of(document, start, end)]
    first, last = start, end
    for _ in range(FIRST_LINES):
        first = text.index("\n", first) + 1
    for _ in range(LAST_LINES):
        last = text.rindex("\n", 0, last)
    return [*lines_of(document, start, first), *lines_of(document, last, end)]


def read_caption(document: Document, grid: Grid, before: Sequence[Line], rows: int) -> Caption:
    """The caption in the lines before a table and in its first rows, which hold no header."""
    lines = [*before, *row_lines(grid.rows[:rows])]
    nearest = lines[::-1][: LINES_BEFORE + rows]
    title = find_title(document, nearest)
    first = title.start if title else 0
    units = (UNIT.search(line.words) for line in nearest if line.start >= first)
    unit = next((found.group(1) for found in units if found), None)
    apart = any(not CAPTION.fullmatch(line.words) for line in before)
    return Caption(title, unit, apart)


def find_title(document: Document, nearest: Sequence[Line]) -> Span | None:
    """The title in the lines before a table, nearest first; a title over two lines is one."""
    for number, line in enumerate(nearest):
        if not is_title(line.words):
            if line.words.endswith("。"):
                return None
            continue
        above = nearest[number + 1] if number + 1 < len(nearest) else None
        if above and role_of(line.words) is None and names_role(above.words + line.words):
            return document.span(above.start, line.end)
        return document.span(line.start, line.end)
    return None


def names_role(words: str) -> bool:
    return is_title(words) and role_of(words) is not None


def row_lines(rows: Sequence[Sequence[GridCell]]) -> Iterator[Line]:
    """The worded cells of rows as lines."""
    for row in rows:
        for cell in row:
            if cell.text:
                yield Line(cell.words.start, cell.words.end, squeeze(cell.text))


def count_caption_rows(grid: Grid) -> int:
    """How many rows at the top of a table hold its title, unit and office, and nothing of its header."""
    return sum(1 for _ in takewhile(is_caption_row, grid.rows))


def is_caption_row(row: Sequence[GridCell]) -> bool:
    words = [squeeze(cell.text) for cell in row if cell.text]
    return all(CAPTION.fullmatch(text) or (len(words) <= 2 and is_title(text)) for text in words)


def is_remark(words: str) -> bool:
    """Whether a line or row is a remark on the table (注：…)."""
    return bool(REMARK.match(words)) and len(words) > len("备注：")


def find_note(document: Document, behind: Sequence[Line]) -> Span | None:
    """The remark behind a table that says why it is empty."""
    for line in behind[:LINES_BEHIND]:
        if is_title(QUOTES.sub("", line.words)):
            return None
        if EMPTY.search(line.words) and (is_remark(line.words) or "表" in line.words):
            return document.span(line.start, line.end)
    return None


def header_unit(texts: Sequence[str]) -> str | None:
    """The unit in the header words of a table: 金额（万元）."""
    found = (UNIT_IN_BRACKETS.search(squeeze(text)) or UNIT.search(squeeze(text)) for text in texts)
    return next((match.group(1) for match in found if match), None)
