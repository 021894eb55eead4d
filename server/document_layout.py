"""The layout of a document as the release keeps it: its sections, its tables, and the pages of its file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Section:
    """The title [start, end) of a section; `level` as its numbering tells, 0 for the outermost."""

    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its words are [start, end) of the text. `column` counts the grid from 0; the cell
    covers `columns` columns and `rows` rows."""

    start: int
    end: int
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table [start, end) of the text."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for cell in row]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the file, counted from 1, with its size in points."""

    number: int
    width: float
    height: float
    has_picture: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are in a text; all empty for a document of an earlier release."""

    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    pages: tuple[Page, ...] = ()

    @property
    def has_pictures(self) -> bool:
        return any(page.has_picture for page in self.pages)


def read_layout(layout_json: str | None) -> Layout:
    """The layout in the JSON form that ingestion writes."""
    content = json.loads(layout_json or "{}")
    return Layout(
        tuple(
            Section(one["level"], one["start"], one["end"]) for one in content.get("sections", ())
        ),
        tuple(map(read_table, content.get("tables", ()))),
        tuple(Page(**one) for one in content.get("pages", ())),
    )


def read_table(content: Mapping[str, Any]) -> Table:
    rows = tuple(tuple(Cell(*cell) for cell in row) for row in content["rows"])
    return Table(content["start"], content["end"], rows)
