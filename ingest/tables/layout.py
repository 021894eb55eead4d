"""The layout of a table: which rows are its header, and what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, groupby, takewhile

from ingest.narrative.numbering import find_mark
from ingest.tables.amounts import is_blank, parse_amount
from ingest.tables.codes import CODE_AND_NAME
from ingest.tables.columns import IGNORED, LABEL, Column, panes_of, read_column, with_grand_total
from ingest.tables.grid import Grid, GridCell, path_of
from ingest.tables.words import plain, squeeze

COLUMN_NUMBER = re.compile("([0-9]{1,2})(?:=[0-9+()（）-]+)?")
COLUMN_NUMBERS = ("栏次", "栏")
TOTAL_ROW = re.compile("(?:人员经费|公用经费)?(?:合计|小计|总计)")
# 1 | 2 | 3 under a header number its columns; two of them may be figures.
FEWEST_COLUMN_NUMBERS = 3
CLASS_CODE = re.compile("[0-9]{2,7}")
MOST_BLANK_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table; `header` holds the squeezed words of each header row, to know it again;
    `leaves` are the columns at which a lowest header cell begins."""

    columns: tuple[Column, ...]
    header: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]
    leaves: tuple[int, ...] = ()

    @property
    def panes(self) -> list[list[Column]]:
        return list(panes_of(self.columns))

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(column.code for column in self.columns)

    @property
    def has_figures(self) -> bool:
        return any(code not in (LABEL, IGNORED, "") for code in self.codes)

    def aligned(self, cells: dict[int, GridCell]) -> dict[int, GridCell]:
        """The cells of a row by their column. Pages that count the columns of a merged header cell wrongly shift
        those behind it: a cell then lies under two columns that differ, and the order of the cells tells."""
        if len(cells) != len(self.leaves) or not any(map(self.straddles, cells.values())):
            return cells
        moved = zip(self.leaves, (cell for _, cell in sorted(cells.items())), strict=True)
        return {place: replace(cell, column=place, columns=1) for place, cell in moved}

    def straddles(self, cell: GridCell) -> bool:
        """Whether a cell lies under columns of figures that are not of the same."""
        if cell.columns == 1:
            return False
        covered = {column.code for column in self.columns[cell.column : cell.column + cell.columns]}
        return len(covered - {LABEL, IGNORED}) > 1

    def fitted(self, grid: Grid) -> Layout | None:
        """The columns as a grid of another width has them, which goes on with the table. None when it cannot be
        the same table."""
        surplus = grid.width - len(self.columns)
        if surplus > 0:
            return self.spread_over(grid, surplus)
        return self.with_whole_labels(grid.width) if surplus else self

    def spread_over(self, grid: Grid, surplus: int) -> Layout | None:
        """The columns in a wider grid. A rule of the page before, drawn between two columns of its header, parts
        a blank column from its neighbour here; which of the blank ones it is, what the others hold tells."""
        held = words_by_column(grid)
        blank = [place for place in range(grid.width) if not held[place]]
        if surplus > MOST_BLANK_COLUMNS or len(blank) < surplus:
            return None
        found = []
        for left_out in combinations(blank, surplus):
            kept = [place for place in range(grid.width) if place not in left_out]
            if all(
                can_hold(column, held[place])
                for column, place in zip(self.columns, kept, strict=True)
            ):
                found.append(self.moved(self.columns, kept))
        worded = {tuple(c.code for c in one.columns if held[c.place]) for one in found}
        return found[0] if len(worded) == 1 else None

    def moved(self, columns: Sequence[Column], places: Iterable[int]) -> Layout:
        moved = tuple(
            Column(place, column.code, column.words)
            for place, column in zip(places, columns, strict=True)
        )
        return Layout(moved, self.header, self.texts)

    def with_whole_labels(self, width: int) -> Layout | None:
        """The columns where nothing parts the label cells: 合计 | 1.00 on a page of its own."""
        kept: list[Column] = []
        for code, group in groupby(self.columns, key=lambda column: column.code):
            columns = list(group)
            kept += columns[:1] if code == LABEL else columns
        if len(kept) != width:
            return None
        return self.moved(kept, range(width))


def words_by_column(grid: Grid) -> list[list[str]]:
    """What stands in each column of a grid, blanks left out; a merged cell stands in its first one."""
    held: list[list[str]] = [[] for _ in range(grid.width)]
    for row in grid.rows:
        for cell in row:
            if not is_blank(cell.text):
                held[cell.column].append(squeeze(cell.text))
    return held


def can_hold(column: Column, texts: Sequence[str]) -> bool:
    """Whether a column of labels or figures can hold these words; that of the totals is never blank."""
    if column.code == IGNORED:
        return True
    if column.code == "total" and not texts:
        return False
    if column.code == LABEL:
        return all(CLASS_CODE.fullmatch(text) or parse_amount(text) is None for text in texts)
    return all(parse_amount(text) is not None for text in texts)


def count_header_rows(grid: Grid, first: int) -> int:
    """How many rows from `first` on are header: those before the first row of figures, codes or items."""
    for number in range(first, len(grid.rows)):
        if is_data_row(grid.rows[number], number > first):
            return number - first
    return len(grid.rows) - first


def count_repeated_rows(grid: Grid, first: int, layout: Layout) -> int:
    """How many rows from `first` on print the header of a table again."""
    words = (row_words(row) for row in grid.rows[first:])
    return sum(1 for _ in takewhile(lambda row: row in layout.header, words))


def is_data_row(row: Sequence[GridCell], below_header: bool) -> bool:
    texts = [squeeze(cell.text) for cell in row if not is_blank(cell.text)]
    if not texts or is_column_numbers(texts):
        return False
    if any(parse_amount(text) is not None for text in texts):
        return True
    if find_mark(texts[0]) or CODE_AND_NAME.fullmatch(texts[0]):
        return True
    return below_header and is_blank_total(row, texts)


def is_blank_total(row: Sequence[GridCell], texts: Sequence[str]) -> bool:
    """Whether a row holds nothing but the words of a total: 合计, or 人员经费合计 | 公用经费合计."""
    totals = all(TOTAL_ROW.fullmatch(plain(text)) for text in texts)
    return (
        totals and row[0].column == 0 and squeeze(row[0].text) == texts[0] and len(texts) < len(row)
    )


def is_column_numbers(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 栏次 | 1 | 2 | 3=1+2."""
    if any(text in COLUMN_NUMBERS for text in texts):
        return True
    found = [COLUMN_NUMBER.fullmatch(text) for text in texts]
    numbers = [int(match.group(1)) for match in found if match]
    return len(numbers) == len(texts) >= FEWEST_COLUMN_NUMBERS and numbers == list(
        range(1, len(numbers) + 1)
    )


def read_layout(grid: Grid, first: int, rows: int, role: str, phase: str, year: str) -> Layout:
    """The layout that the header rows [first, first + rows) of a table of this role tell."""
    header = range(first, first + rows)
    places = [
        words
        for row, words in zip(header, grid.covering(first, first + rows), strict=True)
        if not is_column_numbers([squeeze(c.text) for c in grid.rows[row] if c.text] or [""])
    ]
    columns = [
        read_column(place, [cell.text for cell in path_of(places, place)], role, phase, year)
        for place in range(grid.width)
    ]
    known = tuple(row_words(grid.rows[row]) for row in header)
    texts = tuple(cell.text for row in header for cell in grid.rows[row] if cell.text)
    lowest = places[-1] if places else []
    leaves = tuple(place for place, cell in enumerate(lowest) if cell and cell.column == place)
    return Layout(with_grand_total(columns, role), known, texts, leaves)


def row_words(row: Sequence[GridCell]) -> tuple[str, ...]:
    return tuple(words for cell in row if (words := squeeze(cell.text)))
