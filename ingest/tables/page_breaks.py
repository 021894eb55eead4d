"""Tables that a page break parts inside their header or inside a row: the parts are put together again.

A table that goes on between two rows needs nothing of this; its next page is read with the same layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ingest.narrative.numbering import find_mark
from ingest.reading.document import Document
from ingest.tables.amounts import is_blank, parse_amount
from ingest.tables.captions import CAPTION, Line, count_caption_rows, lines_between
from ingest.tables.columns import (
    AMOUNTS,
    IGNORED_WORDS,
    LABELS,
    THREE_PUBLIC_AMOUNTS,
    first_of,
)
from ingest.tables.grid import Grid, GridCell
from ingest.tables.items import BALANCES, FUNDS, INCOMES, NATURES, TOTALS, find_subject
from ingest.tables.layout import TOTAL_ROW, count_header_rows, row_words
from ingest.tables.titles import is_title
from ingest.tables.words import plain, squeeze

# A figure that is printed to its end: with two decimals, or with thousands separators.
WHOLE = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\.[0-9]{2}|-?[0-9]{1,3}(?:,[0-9]{3})+")
DIGITS = re.compile(r"-?[0-9.,]+")
CODE = re.compile("[0-9]{3}|[0-9]{5}|[0-9]{7}")
# No row of a fiscal table but 合计 and its kin is named by so few characters.
FRAGMENT = 2

# The rows of summaries, numbered or not.
SUBJECTS = (BALANCES, TOTALS, FUNDS, INCOMES, NATURES)

Row = tuple[GridCell, ...]


def whole_grids(document: Document) -> Iterator[tuple[Grid, list[Line]]]:
    """The grids of a document's tables, each with the lines before it; what a page break parts is joined."""
    held: tuple[Grid, list[Line]] | None = None
    end = 0
    for table in document.tables:
        grid, lines = Grid.of(document, table), lines_between(document, end, table.start)
        end = table.end
        if held is not None:
            before, above = held
            if goes_on(lines, grid) and before.rows:
                if is_header_of(before, grid):
                    held = with_header(before, grid), above
                    continue
                before, grid = mended(before, grid)
            yield before, above
        held = grid, lines
    if held is not None:
        yield held


def goes_on(lines: Sequence[Line], grid: Grid) -> bool:
    """Whether nothing but what heads a page stands before a grid, so that it may continue the last one."""
    apart = any(is_title(line.words) or not CAPTION.fullmatch(line.words) for line in lines)
    return not apart and bool(grid.rows)


def is_header_of(before: Grid, grid: Grid) -> bool:
    """Whether a grid is nothing but the first rows of the header of the next."""
    captions = count_caption_rows(before)
    if captions == len(before.rows) or before.width > grid.width or count_caption_rows(grid):
        return False
    if captions + count_header_rows(before, captions) < len(before.rows):
        return False
    printed = {row_words(row) for row in before.rows[captions:]}
    repeated = row_words(grid.rows[0]) in printed
    return not repeated and 0 < count_header_rows(grid, 0) < len(grid.rows)


def with_header(before: Grid, grid: Grid) -> Grid:
    """A grid below the rows of its header that stand on the page before. What parts the first of them further
    is known on its own page only: 项目 stands over two or more columns, and panes each over their own."""
    captions = count_caption_rows(before)
    wider = grid.width - before.width
    if wider and (widths := widths_above(before.width, grid.rows[0])):
        header: tuple[Row, ...] = tuple(
            tuple(over(cell, widths) for cell in row) for row in before.rows
        )
    elif wider and not LABELS.fullmatch(plain(before.rows[captions][0].text)):
        header = before.rows[:captions]
    else:
        header = tuple(tuple(widened(cell, wider) for cell in row) for row in before.rows)
    first = {(cell.column, cell.columns): cell for cell in grid.rows[0]}
    last = len(header)
    first = {place: cell for place, cell in first.items() if not has_own_words(cell.text)}
    own = [cell for cell in grid.rows[0] if cell not in first.values()]
    joined = [
        tuple(
            seamed(cell, first.pop((cell.column, cell.columns), None))
            if cell.row + cell.rows >= last
            else cell
            for cell in row
        )
        for row in header
    ]
    kept = (tuple(cell for cell in grid.rows[0] if cell in (*own, *first.values())), *grid.rows[1:])
    below = (tuple(replace(cell, row=cell.row + last) for cell in row) for row in kept)
    return replace(grid, rows=(*joined, *below), start=before.start)


def widths_above(columns: int, row: Row) -> list[int] | None:
    """How many columns each column of a header takes below a page break, told by the row there: cells with
    words of their own that stand side by side are the parts of one column, any other cell is the rest of one.
    None where that does not give as many columns as there are."""
    groups = groupby(row, key=lambda cell: has_own_words(cell.text) or (cell.column, cell.columns))
    widths = [sum(cell.columns for cell in cells) for _, cells in groups]
    return widths if len(widths) == columns else None


def over(cell: GridCell, widths: Sequence[int]) -> GridCell:
    """A cell of a header above a page break over the columns as they are below it."""
    covered = widths[cell.column : cell.column + cell.columns]
    return replace(cell, column=sum(widths[: cell.column]), columns=sum(covered))


def widened(cell: GridCell, wider: int) -> GridCell:
    if cell.column == 0:
        return replace(cell, columns=cell.columns + wider)
    return replace(cell, column=cell.column + wider)


def seamed(cell: GridCell, below: GridCell | None) -> GridCell:
    """The last cell of a column above a page break with the one below, when that holds no words of its own."""
    if below is None:
        return cell
    whole = replace(cell, rows=cell.rows + below.rows)
    return whole if is_blank(below.text) else whole.continued(below)


def has_own_words(text: str) -> bool:
    """Whether a header cell says something by itself, not only the end of what the page before begins."""
    words = plain(text)
    if is_blank(words):
        return False
    return bool(
        first_of((words,), (*AMOUNTS, *THREE_PUBLIC_AMOUNTS))
        or LABELS.fullmatch(words)
        or IGNORED_WORDS.fullmatch(words)
    )


def mended(before: Grid, grid: Grid) -> tuple[Grid, Grid]:
    """Two grids, the row that a page break cuts between them put together in the first."""
    last, first = before.rows[-1], grid.rows[0]
    if len(grid.rows) < 2 or not is_cut(last, first):
        return before, grid
    row = tuple(
        cell if is_blank(rest.text) else cell.continued(rest)
        for cell, rest in zip(last, first, strict=True)
    )
    rows = (tuple(replace(cell, row=cell.row - 1) for cell in one) for one in grid.rows[1:])
    return (
        replace(before, rows=(*before.rows[:-1], row)),
        replace(grid, rows=tuple(rows), start=grid.rows[1][0].words.start),
    )


def is_cut(last: Row, first: Row) -> bool:
    """Whether the first row below a page break is the rest of the last one above it."""
    if [(c.column, c.columns) for c in last] != [(c.column, c.columns) for c in first]:
        return False
    pairs = [(squeeze(a.text), squeeze(b.text)) for a, b in zip(last, first, strict=True)]
    pairs = [(above, rest) for above, rest in pairs if not is_blank(rest)]
    if not pairs or any(is_blank(above) for above, _ in pairs):
        return False
    figures = [pair for pair in pairs if DIGITS.fullmatch(pair[1])]
    if figures:
        return all(is_cut_figure(above, rest) for above, rest in figures)
    is_coded = bool(CODE.fullmatch(squeeze(last[0].text))) and is_blank(first[0].text)
    return is_coded or all(is_cut_label(above, rest) for above, rest in pairs)


def is_cut_figure(above: str, rest: str) -> bool:
    """Whether two cells hold one figure: 172,204,523 and .97, or 2,968,401.3 and 6."""
    cut = rest.startswith((".", ",")) or not WHOLE.fullmatch(above)
    return cut and bool(WHOLE.fullmatch(above + rest))


def is_cut_label(above: str, rest: str) -> bool:
    """Whether two cells hold the words of one row: the rest is too short for a row, or a row without the
    number that the one above it has, and of no name that rows have without one."""
    if any(parse_amount(text) is not None for text in (above, rest)):
        return False
    if has_own_words(rest) or TOTAL_ROW.fullmatch(plain(rest)):
        return False
    numbered = find_mark(above) and not find_mark(rest)
    return len(rest) <= FRAGMENT or bool(numbered and not find_subject(rest, *SUBJECTS))
