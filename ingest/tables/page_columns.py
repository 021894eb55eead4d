"""Columns of the table of a project on its next page, where fewer are drawn than above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.tables.cells import Cell, Row


def placed_as_above(below: Sequence[Row], above: Sequence[Row]) -> list[Row]:
    """The rows of the next page with the columns of the last row above that has a cell for each of theirs: what
    parts the columns of other rows above is not drawn there."""
    width = width_of(below)
    whole = next((row for row in reversed(above) if len(row) == width), None)
    if whole is None or width >= width_of(above):
        return [*below]
    return [tuple(placed(cell, whole) for cell in row) for row in below]


def width_of(rows: Sequence[Row]) -> int:
    return max((cell.column + cell.columns for row in rows for cell in row), default=0)


def placed(cell: Cell, whole: Row) -> Cell:
    covered = whole[cell.column : cell.column + cell.columns]
    columns = covered[-1].column + covered[-1].columns - covered[0].column
    return replace(cell, column=covered[0].column, columns=columns)
