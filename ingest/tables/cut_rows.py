"""Rows in the table of a project that a page break cuts: which first row of a page is the rest of the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.tables.cells import Cell, Row
from ingest.tables.evaluation_blocks import BlockHeader, number_in
from ingest.tables.evaluation_words import (
    ANNUAL_AMOUNTS,
    GOAL_COLUMNS,
    GOAL_LABELS,
    INDICATOR_COLUMNS,
    MONEY_COLUMNS,
    NAMES,
    SCORES,
    WHOLE_AMOUNTS,
    header_words,
)
from ingest.tables.targets import read_target

KNOWN = frozenset(
    {
        *NAMES, *SCORES, *MONEY_COLUMNS, *ANNUAL_AMOUNTS, *WHOLE_AMOUNTS, *GOAL_COLUMNS, *GOAL_LABELS,
        *INDICATOR_COLUMNS,
    }
)  # fmt: skip


def is_rest(row: Row, above: Sequence[Row]) -> bool:
    """Whether the first row of a page is the rest of the last row above it. All its words then stand under words
    of that row, or beside the rows, and they complete a label, the words of a goal, or a row of figures."""
    pairs = [(upper, cell) for cell in row if (upper := cell_over(cell, above[-1]))]
    side = [cell for cell in row if not cell_over(cell, above[-1])]
    words = [(upper, cell) for upper, cell in pairs if cell.label]
    if not words or any(cell.column or len(side) > 1 for cell in side):
        return False
    if not all(upper.label for upper, _ in words):
        return False
    labels = [*words, *((over, cell) for cell in side if (over := side_over(above)) and cell.label)]
    if any(completes_label(upper, cell) for upper, cell in labels):
        return True
    if any(cell.label for cell in side) or any(is_known(cell.label) for _, cell in words):
        return False
    return is_goal_row(above) or is_under_figures(pairs)


def cell_over(cell: Cell, row: Row) -> Cell | None:
    """The cell of a row with the columns of another one."""
    place = (cell.column, cell.columns)
    return next((one for one in row if (one.column, one.columns) == place), None)


def side_over(rows: Sequence[Row]) -> Cell | None:
    """The label on the side of the last rows."""
    return next((cell for row in reversed(rows) for cell in row[:1] if cell.column == 0), None)


def completes_label(upper: Cell, cell: Cell) -> bool:
    return is_known(upper.label + cell.label) and not (
        is_known(upper.label) or is_known(cell.label)
    )


def is_known(label: str) -> bool:
    return header_words(label) in KNOWN


def is_goal_row(rows: Sequence[Row]) -> bool:
    """Whether the last row holds the goals that the row above it heads."""
    return len(rows) > 1 and bool(BlockHeader.of(rows[-2], GOAL_COLUMNS).fields)


def is_under_figures(pairs: Sequence[tuple[Cell, Cell]]) -> bool:
    """Whether a row of figures stands over one without any: no row of indicators or of money has none."""
    return any(is_figure(upper) for upper, _ in pairs) and not any(
        is_figure(cell) for _, cell in pairs
    )


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number, or a target such as ≥95%."""
    return bool(number_in(cell)) or read_target(cell.text).comparator is not None


def continued(row: Row, rest: Row) -> Row:
    """A row with the rest of its words."""
    under = {(cell.column, cell.columns): cell for cell in rest if cell.label}
    return tuple(replace(cell, tail=under.get((cell.column, cell.columns))) for cell in row)
