"""Subordinate units (下属单位, 二级预算单位): told in a sentence, a line each, or as rows of a table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ingest.facts import Announcement, Name
from ingest.narrative.bodies import (
    LISTED,
    NUMBER,
    OWN_LEVEL_END,
    end_of_list,
    ends_as_body,
    is_body,
    read_count,
    split_names,
)
from ingest.narrative.folding import Folded
from ingest.narrative.numbering import find_mark
from ingest.narrative.outline import Section
from ingest.reading.document import Cell, Document, Table

# 下属事业单位2个：… | 1个下属事业单位，即… | 纳入…的二级预算单位包括：… ; 某委所属事业单位 tells the parent.
UNIT_KIND = r"(?:下属|所属|直属|下设|下辖|辖|纳入)[^，。；:]{0,40}?(?:单位|机构)"
UNIT_NUMBER = NUMBER[:-1] + "[个家]"
UNITS = re.compile(
    rf"(?P<announced>{UNIT_KIND}(?:共|计|有|包括|为)*{UNIT_NUMBER}(?:[^，。；:]{{0,12}}单位)?"
    rf"|(?:和|有|设|及|辖)?{UNIT_NUMBER.replace('count', 'count_before')}[^，。；:]{{0,16}}?(?:下属|所属|直属|二级|预算|事业)[^，。；:]{{0,12}}?单位)"
    rf"[，:]?(?:具体|分别)?(?:即|是|为|包括|有|:)*[:，]?{LISTED}"
    rf"|{UNIT_KIND}(?:共|具体|分别)*(?:即|是|为|包括|有|:)+{LISTED.replace('list', 'list_uncounted')}"
    rf"|单位构成(?:具体|分别)*(?:包括|为|是|:)+{LISTED.replace('list', 'list_composed')}"
)
# A line that opens a list of lines: …编制范围的单位包括： | 行政单位1家、事业单位4家，具体包括：
OPENS_LINES = re.compile(
    r"(?:单位|机构|部门)[^。；]{0,60}(?:包括|如下|明细|名单|组成|构成|具体|分别)(?:为|是|如下|情况)*[:：]$|(?:单位|机构)(?:名单)?[:：]$|(?:单位|机构)[^。；]{0,60}见(?:下|附)表[:：]$"
    r"|[。，；](?:分别|具体)(?:是|为|如下|包括)*[:：]$"
)
HEADER = re.compile(
    r"(?:下属|所属|预算|决算|二级|基层)?(?:单位|部门)(?:\((?:单位|部门)\))?(?:全?名称)?|名称|(?:单位|部门)名称\S{0,6}"
)
# The cells of a row that is printed as a line.
CELL_GAP = re.compile(r"[ \u3000]{2,}|\t")
NAME_ON_LINE = re.compile(rf"(?P<name>[一-龥“”\"]{{3,40}}?{OWN_LEVEL_END})(?:[，。；:(（、]|$)")
SPACE = re.compile(r"[ \u3000]")
NUMBER_OF_ROW = re.compile(r"[ \u3000\t]*\d{1,3}[ \u3000\t]+")


def read_units(document: Document, section: Section, units: list[Name]) -> Iterator[Announcement]:
    """The stated numbers of subordinate units; the listed ones are added to `units`."""
    folded = Folded.of(document, section.start, section.end)
    told = [*units_told(folded)]
    listed = [*units_in_tables(document, section)] or [*units_on_lines(document, section)]
    for names, announcement in told:
        if not listed or len(names) == len(listed):
            units.extend(names)
            if announcement is not None:
                yield announcement
    units.extend(listed)


def units_told(folded: Folded) -> Iterator[tuple[list[Name], Announcement | None]]:
    """The units of every sentence that lists some, with the number that it states."""
    place = 0
    while found := UNITS.search(folded.text, place):
        lists = ("list", "list_uncounted", "list_composed")
        listed = next(name for name in lists if found.group(name))
        start = found.start(listed)
        place = end_of_list(folded.text, start, found.end(listed))
        names = [name for name in split_names(folded, start, place) if is_body(name.text)]
        count = found.group("count") or found.group("count_before")
        announcement = None
        if count and names:
            span = folded.span(*found.span("announced"))
            announcement = Announcement("subordinate-units", read_count(count), len(names), span)
        yield names, announcement


def units_in_tables(document: Document, section: Section) -> Iterator[Name]:
    """The units of the tables of a section that have a column of names (序号|单位名称|备注); a table without
    a header goes on with the columns of the one before."""
    column: int | None = None
    first = bisect_left([table.start for table in document.tables], section.start)
    for table in document.tables[first:]:
        if table.start >= section.end:
            return
        header, rows = split_header(document, table)
        column = header.column if header else column
        if column is not None:
            for cell in cells_in_column(rows, column):
                yield from name_of_cell(document, cell)


def cells_in_column(rows: tuple[tuple[Cell, ...], ...], column: int) -> Iterator[Cell]:
    for row in rows:
        yield from (cell for cell in row if cell.column <= column < cell.column + cell.columns)


def split_header(
    document: Document, table: Table
) -> tuple[Cell | None, tuple[tuple[Cell, ...], ...]]:
    """The cell above the names, where one of the first two rows has it, and the rows below it."""
    for index, row in enumerate(table.rows[:2]):
        for cell in row:
            if HEADER.fullmatch(Folded.of(document, cell.start, cell.end).text):
                return cell, table.rows[index + 1 :]
    return None, table.rows


def name_of_cell(document: Document, cell: Cell) -> Iterator[Name]:
    folded = Folded.of(document, cell.start, cell.end)
    if folded.text and ends_as_body(folded.text):
        mark = find_mark(folded.text)
        span = folded.span(mark.length if mark else 0, len(folded.text))
        yield Name("".join(span.quote.split()), span)


def units_on_lines(document: Document, section: Section) -> Iterator[Name]:
    """The units that stand a line each behind a line that opens such a list.

    In a numbered list a line without a number goes on with the item before it; else it ends the list.
    """
    open_list, numbered = False, False
    for start, end in document.lines():
        left, right = max(start, section.start), min(end, section.end)
        line = document.text[left:right]
        if left >= right or not line.strip():
            continue
        if OPENS_LINES.search(line.strip()):
            open_list, numbered = True, False
        elif open_list:
            name = name_on_line(document, left, right)
            has_mark = find_mark(Folded.of(document, left, right).text) is not None
            if name is not None and (has_mark or not numbered):
                yield name
            numbered = numbered or has_mark
            open_list = numbered or name is not None or "名称" in line


def name_on_line(document: Document, start: int, end: int) -> Name | None:
    """The name that a line begins with, behind its number, or None where it begins with no name."""
    row = NUMBER_OF_ROW.match(document.text, start, end)
    start = row.end() if row else start
    gap = CELL_GAP.search(document.text, start, end) or (
        row and SPACE.search(document.text, start, end)
    )
    first = document.text[start : gap.start()].strip() if gap else ""
    if gap and first and (len(gap.group()) > 1 or gap.group() == "\t" or ends_as_body(first)):
        end = gap.start()
    folded = Folded.of(document, start, end)
    mark = find_mark(folded.text)
    found = NAME_ON_LINE.match(folded.text, mark.length if mark else 0)
    if found is None or not ends_as_body(found.group("name")):
        return None
    span = folded.span(*found.span("name"))
    return Name("".join(span.quote.split()), span)
