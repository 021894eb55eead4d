"""Sheets of a spreadsheet as paragraphs and tables in reading order.

A sheet holds what a page of a document holds: titles, captions (编制单位：… 单位：万元), a table, notes.
Rows with several filled cells are of the table; what stands alone above, below, or across the whole
width between two tables is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.reading.building import DocumentBuilder, NewCell, Run

# What a row above a table says when it is no header: who, when and in what unit.
CAPTION = re.compile(
    r"[（(]?(?:编制|填报|填表|公开|预算|决算|金额|货币|计量)?(?:单位|部门|日期|时间|年度|表号|项目名称)(?:名称)?[（(]?[^：:]{0,6}[：:].*"
    r"|(?:公开|预算|决算|财决|附|表)[\d\-—０-９一二三四五六七八九十]{1,6}(?:-\d+)?表?"
    r"|(?:20\d\d|[X×xＸ]{2,4})年(?:度|\d{1,2}月(?:\d{1,2}日)?)?|[（(]?单位[：:]?\S{0,2}元[）)]?|第?\d+页.*",
    re.DOTALL,
)
NOTE = re.compile(r"[\s（(]*(?:备?注|说明|填表说明|备注)[\d]*\s*[：:．.、]")
TOTAL = re.compile(r"[合总小][\s\u3000]*计")
UNNAMED = re.compile(r"(?:Sheet|工作表|表)\s*\d*", re.IGNORECASE)
# A title spreads over more than this share of the width of its sheet.
TITLE_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged cell: its first row and column, and how many it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(slots=True)
class Sheet:
    """What a sheet shows: the words of its filled cells by (row, column), counted from 0."""

    name: str
    words: dict[tuple[int, int], str]
    merges: Sequence[Merge] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(slots=True)
class Row:
    """A row that is shown and filled: its cells, and the place of the row on the sheet."""

    number: int
    cells: list[NewCell] = field(default_factory=list)


def add_sheet(builder: DocumentBuilder, sheet: Sheet) -> None:
    """The sheet, added to a document; a sheet that shows nothing adds nothing."""
    rows = list(shown_rows(sheet))
    if not rows:
        return
    width = 1 + max(cell.column + cell.columns - 1 for row in rows for cell in row.cells)
    groups = list(grouped(rows, width))
    if is_table(groups[0]) and not UNNAMED.fullmatch(sheet.name.strip()):
        # A table without a title is called as its sheet is.
        builder.add_paragraph([Run(sheet.name)])
    for group in groups:
        if is_table(group):
            builder.add_table(table_rows(group))
        else:
            add_paragraph(builder, group[0])


def is_table(group: Sequence[Row]) -> bool:
    return len(group) > 1 or (len(filled(group[0])) > 1 and not is_caption(group[0]))


def shown_rows(sheet: Sheet) -> Iterator[Row]:
    """The filled rows without what is hidden; columns are counted among those that are shown."""
    merges = {(merge.row, merge.column): merge for merge in sheet.merges}
    covered = covered_places(sheet)
    columns = sorted({column for _, column in sheet.words} | {column for _, column in covered})
    columns = [column for column in columns if column not in sheet.hidden_columns]
    place_of = {column: place for place, column in enumerate(columns)}
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), words in sheet.words.items():
        if words.strip() and row not in sheet.hidden_rows and column in place_of:
            by_row.setdefault(row, {})[column] = words
    # A merge that a filled row opens needs the rows that it covers, empty as they may be.
    for row in sorted(by_row):
        shown = Row(row)
        for column in columns:
            if (row, column) in covered:
                continue
            merge = merges.get((row, column), Merge(row, column, 1, 1))
            wide = sum(
                place_of.get(one) is not None for one in range(column, column + merge.columns)
            )
            high = sum(one in by_row for one in range(row, row + merge.rows))
            words = by_row[row].get(column, "")
            shown.cells.append(NewCell.of(words, place_of[column], max(1, wide), max(1, high)))
        yield shown


def covered_places(sheet: Sheet) -> set[tuple[int, int]]:
    """The places of a sheet that a merged cell covers beyond its own."""
    rows = {row for row, _ in sheet.words}
    columns = {column for _, column in sheet.words}
    last_row, last_column = max(rows, default=0), max(columns, default=0)
    return {
        (row, column)
        for merge in sheet.merges
        for row in range(merge.row, min(merge.row + merge.rows, last_row + 1))
        for column in range(merge.column, min(merge.column + merge.columns, last_column + 1))
        if (row, column) != (merge.row, merge.column)
    }


def filled(row: Row) -> list[NewCell]:
    return [cell for cell in row.cells if cell.runs]


def words_of(cell: NewCell) -> str:
    return "".join(run.text for run in cell.runs).strip()


def is_caption(row: Row) -> bool:
    """Whether a row only tells who published in what unit."""
    return all(CAPTION.fullmatch(words_of(cell)) for cell in filled(row))


def is_title(row: Row, width: int) -> bool:
    """Whether a row is one cell across the sheet."""
    cells = filled(row)
    return len(cells) == 1 and (
        cells[0].columns > max(1, TITLE_SHARE * width) or NOTE.match(words_of(cells[0])) is not None
    )


def grouped(rows: Sequence[Row], width: int) -> Iterator[list[Row]]:
    """The tables of a sheet, and each paragraph as a group of one row."""
    table: list[Row] = []
    for row in rows:
        if is_paragraph(row, table, width):
            yield from ended(table)
            table = []
            yield [row]
        else:
            table.append(row)
    yield from ended(table)


def is_paragraph(row: Row, table: Sequence[Row], width: int) -> bool:
    """Whether a row below these rows of a table is none of it."""
    if not table:
        return len(filled(row)) == 1 or is_caption(row)
    if len(filled(row)) > 1 or TOTAL.fullmatch(words_of(filled(row)[0])):
        return False
    return is_title(row, width) or row.number > table[-1].number + 1


def ended(table: list[Row]) -> Iterator[list[Row]]:
    """A table, and the notes that stand below it without a mark."""
    below: list[list[Row]] = []
    while len(table) > 1 and len(filled(table[-1])) == 1 and is_sentence(table[-1]):
        below.append([table.pop()])
    if table:
        yield table
    yield from reversed(below)


def is_sentence(row: Row) -> bool:
    return words_of(filled(row)[0]).endswith(("。", "；", "！"))


def table_rows(group: Sequence[Row]) -> list[list[NewCell]]:
    """The rows of a table, without the columns at its right that none of them fills."""
    last = max(cell.column + cell.columns for row in group for cell in filled(row))
    return [[cell for cell in row.cells if cell.column < last] for row in group]


def add_paragraph(builder: DocumentBuilder, row: Row) -> None:
    """One cell is as many paragraphs as it has lines; a caption of several cells is one."""
    cells = filled(row)
    if len(cells) == 1:
        for run in cells[0].runs:
            builder.add_paragraph([run])
    else:
        builder.add_paragraph([Run("  ".join(words_of(cell) for cell in cells))])
