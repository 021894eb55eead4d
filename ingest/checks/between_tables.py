"""Between tables: what one table holds lies within what a wider table holds for the same class.

Figures that two tables state of one point are compared as mentions (`ingest.checks.mentions`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.bilingual import NOTHING
from ingest.calculations import Calculation, Operand, add_up, in_unit
from ingest.checks import phrases
from ingest.checks.differences import last_place, severity_of_difference
from ingest.checks.findings import amount, finding
from ingest.checks.subjects import label_in, label_of_row
from ingest.checks.tables import interval
from ingest.facts import Anomaly
from ingest.tables.fiscal_table import (
    EXPENDITURE,
    GENERAL,
    GOV_FUND,
    STATE_CAPITAL,
    Figure,
    FiscalRow,
    FiscalTable,
)

# Expenditure of one budget (T5, T8, T9) is part of all expenditure (T3), column by column.
NARROWER = (GENERAL, GOV_FUND, STATE_CAPITAL)
COLUMNS = ("total", "basic", "project")


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure in a narrower and in a wider table, each with the unit of its table."""

    row: FiscalRow
    narrow: Figure
    narrow_unit: str
    wide: Figure
    wide_unit: str


def check_between_tables(tables: Iterable[FiscalTable]) -> Iterator[Anomaly]:
    """`cross-section` where a part exceeds its whole in another table of the same year and phase."""
    known = [*tables]
    for wide in (table for table in known if table.role == EXPENDITURE):
        for narrow in (table for table in known if table.role in NARROWER):
            if (narrow.year, narrow.phase) == (wide.year, wide.phase):
                for compared in find_compared(narrow, wide):
                    yield from check_exceeds(compared)


def find_compared(narrow: FiscalTable, wide: FiscalTable) -> Iterator[Compared]:
    rows = {row.item: row for row in wide.rows if row.item}
    for row in narrow.rows:
        for column in COLUMNS:
            other = rows[row.item].figures.get(column) if row.item in rows else None
            own = row.figures.get(column)
            if own and other:
                yield Compared(row, own, narrow.unit or "万元", other, wide.unit or "万元")


def check_exceeds(compared: Compared) -> Iterator[Anomaly]:
    own = interval(compared.narrow, compared.narrow_unit)
    other = interval(compared.wide, compared.wide_unit)
    if own.low <= other.high:
        return
    place = max(
        last_place(compared.narrow.value, compared.narrow_unit),
        last_place(compared.wide.value, compared.wide_unit),
    )
    severity = severity_of_difference(own, other, place) or "rounding"
    told = phrases.EXCEEDS(
        row=label_of_row(compared.row.label, compared.row.item),
        part=amount(compared.narrow.value, compared.narrow_unit),
        whole=amount(compared.wide.value, compared.wide_unit),
    )
    yield finding(
        "cross-section", severity, told, compared.narrow.span, calculation=exceeding(compared)
    )


def exceeding(compared: Compared) -> Calculation:
    """What all expenditure has for the class, against what the one budget has."""
    wide = Operand(label_in("fund", "all"), compared.wide.value, compared.wide_unit)
    part = in_unit(
        Operand(NOTHING, compared.narrow.value, compared.narrow_unit), compared.wide_unit
    )
    label = label_of_row(compared.row.label, compared.row.item)
    return add_up([wide], part, compared.wide_unit, label)
