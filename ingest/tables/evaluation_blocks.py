"""The blocks in the table of a project: rows under a header row, of money, goals and indicators."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ingest.facts import Indicator
from ingest.tables.amounts import is_blank
from ingest.tables.cells import Cell, Row, aligned, first_worded
from ingest.tables.evaluation_words import (
    ANNUAL_AMOUNTS,
    BEHIND_INDICATORS,
    GOAL_COLUMNS,
    GOAL_LABELS,
    INDICATOR_COLUMNS,
    MONEY_COLUMNS,
    SIDE_OF_INDICATORS,
    SIDE_OF_MONEY,
    WHOLE_AMOUNTS,
    YES,
    header_words,
)
from ingest.tables.targets import read_target

NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
# Levels hold for the rows below, until another one is printed.
LEVELS = ("level1", "level2")


@dataclass(frozen=True, slots=True)
class BlockHeader:
    """A header row: the columns [first, last) that each field takes."""

    row: Row
    fields: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, row: Row, names: Mapping[str, str]) -> BlockHeader:
        """The header that a row is by these words; its fields are empty where none is known. A cell whose
        extent the file does not tell goes on to the next one."""
        fields: dict[str, tuple[int, int]] = {}
        for cell, behind in pairwise([*row, None]):
            assert cell is not None
            field = names.get(header_words(cell.label))
            last = behind.column if behind else cell.column + 100
            if field and field not in fields:
                fields[field] = (cell.column, max(last, cell.column + 1))
        return cls(row, fields)

    @property
    def has_side(self) -> bool:
        """Whether a label stands on the side of the rows, before the first field."""
        return min(first for first, _ in self.fields.values()) > self.row[0].column

    def cells(self, row: Row) -> dict[str, Cell]:
        """The cells of a row below by field."""
        placed = aligned(row, self.row)
        found = {}
        for field, (first, last) in self.fields.items():
            cell = next((cell for cell in placed if first <= cell.column < last), None)
            if cell is not None:
                found[field] = cell
        return found

    def below(self, rows: Sequence[Row], side: re.Pattern[str]) -> Iterator[Row]:
        """The rows of the block: up to one with a label of its own on the side."""
        for row in rows:
            placed = aligned(row, self.row)
            first = first_worded(placed)
            if first and BEHIND_INDICATORS.fullmatch(first.label):
                return
            is_side = self.has_side and first and first.column <= self.row[0].column
            if is_side and first and not side.fullmatch(first.label):
                return
            yield row


def read_block(row: Row, behind: Sequence[Row]) -> dict[str, Any]:
    """What the rows under one header row say of a project, by the field of `Project`; nothing where the row
    is no header."""
    money = BlockHeader.of(row, MONEY_COLUMNS)
    if "executed" in money.fields and len(money.fields) > 1:
        return read_money(money, money.below(behind, SIDE_OF_MONEY))
    goals = BlockHeader.of(row, GOAL_COLUMNS)
    if goals.fields:
        return read_goals(goals, behind[:1])
    indicators = BlockHeader.of(row, INDICATOR_COLUMNS)
    if "name" in indicators.fields and len(indicators.fields) > 1:
        rows = indicators.below(behind, SIDE_OF_INDICATORS)
        return {"indicators": tuple(read_indicators(indicators, rows))}
    return {}


def read_money(header: BlockHeader, rows: Iterable[Row]) -> dict[str, Any]:
    """The figures of the total row; a blank in it is filled from a part with the same amounts."""
    figures: dict[str, Any] = {}
    for row in rows:
        own = {field: number_in(cell) for field, cell in header.cells(row).items()}
        if not any(own.values()):
            continue
        if not figures:
            figures = own
        elif own.get("executed") and own.get("executed") == figures.get("executed"):
            figures = {field: figures.get(field) or own.get(field) for field in {**figures, **own}}
    return figures


def read_goals(header: BlockHeader, rows: Sequence[Row]) -> dict[str, Any]:
    cells = header.cells(rows[0]) if rows else {}
    return {field: cell.text for field, cell in cells.items() if cell.text}


def read_labelled(rows: Sequence[Row]) -> dict[str, Any]:
    """Amounts and goals of a table of targets, which stand beside their labels or below them."""
    labelled: dict[str, str] = {}
    goals: dict[str, str] = {}
    for row, below in pairwise([*rows, ()]):
        for cell, value in pairwise(row):
            if number := number_in(value):
                labelled.setdefault(header_words(cell.label).removeprefix("其中:"), number)
        goals |= goals_in(row, below)
    amounts = [
        labelled[label]
        for names in (ANNUAL_AMOUNTS, WHOLE_AMOUNTS)
        for label in labelled
        if label in names
    ]
    goal = next((goals[label] for label in GOAL_LABELS if label in goals), None)
    return {
        **({"initial_budget": amounts[0]} if amounts else {}),
        **({"goals": goal} if goal else {}),
    }


def goals_in(row: Row, below: Row) -> dict[str, str]:
    """Goals by their label: on its right, or under it when the cell on the right is a label too."""
    found = {}
    under = BlockHeader.of(row, {label: label for label in GOAL_LABELS}).cells(below)
    for cell, right in pairwise([*row, None]):
        label = header_words(cell.label) if cell else ""
        if label not in GOAL_LABELS:
            continue
        beside = right.text if right and is_goal(right) else ""
        text = beside or (under[label].text if label in under and is_goal(under[label]) else "")
        if text:
            found[label] = text
    return found


def is_goal(cell: Cell) -> bool:
    words = header_words(cell.label)
    known = words in GOAL_LABELS or words in GOAL_COLUMNS or words in INDICATOR_COLUMNS
    return bool(words) and not known


def read_indicators(header: BlockHeader, rows: Iterable[Row]) -> Iterator[Indicator]:
    """The indicators; a level that is printed once over several rows holds for all of them."""
    levels: dict[str, Cell] = {}
    for row in rows:
        cells = header.cells(row)
        for place, level in enumerate(LEVELS):
            if level in cells and cells[level].label:
                levels = {name: levels[name] for name in LEVELS[:place] if name in levels}
                levels[level] = cells[level]
        if cells.get("name") and cells["name"].label and not is_header(row):
            yield read_indicator({**cells, **levels}, header)


def is_header(row: Row) -> bool:
    """Whether a row prints the header of the indicators again, as on the next page."""
    return "name" in BlockHeader.of(row, INDICATOR_COLUMNS).fields


def read_indicator(cells: dict[str, Cell], header: BlockHeader) -> Indicator:
    """The indicator of a row; a blank 调整指标值 leaves the target as it was (FACTS rule 15). In a table without
    columns for comparator and unit, both are in the cell of the target."""
    texts = {field: cell.text or None for field, cell in cells.items()}
    target = texts.get("adjusted") or texts.get("target")
    actual, comparator, unit = texts.get("actual"), texts.get("comparator"), texts.get("unit")
    if target and not {"unit", "comparator"} & header.fields.keys():
        parts = read_target(target)
        target, comparator, unit = parts.value, parts.comparator, parts.unit
        actual = bare_actual(actual, unit)
    return Indicator(
        name=" ".join(cells["name"].text.split()),
        span=cells["name"].span,
        level1=texts.get("level1"),
        level2=texts.get("level2"),
        unit=unit,
        comparator=comparator,
        target=target,
        actual=actual,
        deviation=rate_in(texts.get("deviation")),
        score_rate=rate_in(texts.get("score_rate")),
        weight=texts.get("weight"),
        score=texts.get("score"),
        core=bool(YES.search(texts.get("core") or "")) if "core" in cells else None,
    )


def bare_actual(text: str | None, unit: str | None) -> str | None:
    """The number of an actual value whose unit is that of its target; other words stay whole."""
    if text is None or unit is None:
        return text
    actual = read_target(text)
    return actual.value if actual.unit in (unit, None) and not actual.comparator else text


def number_in(cell: Cell) -> str | None:
    """The figure of a cell without thousands separators and percent sign; None where there is none."""
    number = rate_in(cell.label or None)
    return number if number and NUMBER.fullmatch(number) else None


def rate_in(text: str | None) -> str | None:
    """A rate as printed without its percent sign; None where it is blank."""
    return None if text is None or is_blank(text) else text.replace(",", "").rstrip("%％")
