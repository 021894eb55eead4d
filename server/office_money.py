"""The amounts of an office as tables: a table a fund and flow, a line an item, a column a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from server.office_facts import span_start
from server.publication import Row

PHASES = ("initial-budget", "adjusted-budget", "final")


class Column(NamedTuple):
    """A column of a table of amounts."""

    year: str
    scope: str
    phase: str

    def place(self) -> tuple[str, str, int, str]:
        """Where the column stands: in a year and scope, budgets before the final account."""
        notation = self.phase.rpartition("/")[2]
        rank = PHASES.index(notation) if notation in PHASES else len(PHASES)
        return self.year, self.scope, rank, notation


class Line(NamedTuple):
    """A line of a table of amounts."""

    item: str
    nature: str


@dataclass
class AmountTable:
    """The amounts of one fund and flow: lines by item in the order of the documents."""

    flow: str
    fund: str
    cells: dict[tuple[Line, Column], list[Row]] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        return [*dict.fromkeys(line for line, _ in self.cells)]

    @property
    def columns(self) -> list[Column]:
        columns = {column for _, column in self.cells}
        return sorted(columns, key=Column.place)

    def at(self, line: Line, column: Column) -> list[Row]:
        """The observations of one cell; more than one when documents state different amounts."""
        return self.cells.get((line, column), [])


def amount_tables(rows: Iterable[Row]) -> list[AmountTable]:
    """The amounts by flow and fund, larger tables first, lines as the latest document has them."""
    tables: dict[tuple[str, str], AmountTable] = {}
    for row in in_document_order(rows):
        table = tables.setdefault((row["flow"], row["fund"]), AmountTable(row["flow"], row["fund"]))
        line = Line(row["item"], row["nature"])
        column = Column(row["year"], row["scope"], row["phase"])
        cell = table.cells.setdefault((line, column), [])
        add_amount(cell, row)
    return sorted(tables.values(), key=lambda table: -len(table.cells))


def in_document_order(rows: Iterable[Row]) -> list[Row]:
    """The amounts of the latest year first, in it as they stand in the text."""
    by_place = sorted(rows, key=lambda row: (span_start(row["span"]), row["observation"]))
    return sorted(by_place, key=lambda row: row["year"], reverse=True)


def add_amount(cell: list[Row], row: Row) -> None:
    """Keep one observation an amount, a stated one rather than a derived one."""
    amount = Decimal(row["amount"])
    same = [known for known in cell if Decimal(known["amount"]) == amount]
    if not same:
        cell.append(row)
    elif is_derived(same[0]) and not is_derived(row):
        cell[cell.index(same[0])] = row


def is_derived(row: Row) -> bool:
    return row["basis"].endswith("/derived")
