"""Fiscal tables: rows add up to the rows above them, columns to the column that sums them, and a table
without figures says why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest.bilingual import Bilingual, Phrase
from ingest.calculations import Operand, add_up
from ingest.checks import phrases
from ingest.checks.differences import last_place, severity_of_difference
from ingest.checks.findings import amount, finding, summands
from ingest.checks.intervals import Interval
from ingest.checks.precision import decimals_of
from ingest.checks.subjects import label_of_row
from ingest.facts import Anomaly
from ingest.narrative.figures import UNIT_FACTOR
from ingest.tables.fiscal_table import (
    BASIC,
    EXPENDITURE,
    FISCAL_SUMMARY,
    GENERAL,
    GOV_FUND,
    INCOME,
    STATE_CAPITAL,
    Figure,
    FiscalRow,
    FiscalTable,
)
from ontology.codes import code_list

# Column that sums others, by table: the national template's own formulas (部门决算公开样表).
COLUMN_SUMS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    INCOME: (
        ("fiscal-appropriation", (
            "general-appropriation", "gov-fund-appropriation", "state-capital-appropriation",
        )),
        ("total", (
            "fiscal-appropriation", "special-account", "superior-subsidy", "business", "operating",
            "affiliated-remittance", "other", "carry-in", "non-fiscal-balance-use",
        )),
    ),
    EXPENDITURE: (("total", ("basic", "project", "remit-to-superior", "operating", "subsidy-to-affiliated")),),
    FISCAL_SUMMARY: (("fiscal", ("general", "gov-fund", "state-capital")),),
    GENERAL: (("total", ("basic", "project")),),
    BASIC: (("total", ("personnel", "public")),),
    GOV_FUND: (("total", ("basic", "project")),),
    STATE_CAPITAL: (("total", ("basic", "project")),),
}  # fmt: skip
# The printed digits of classes, groups and items; each is the sum of the next that begin with its code.
LEVELS = {"func:": (3, 5, 7), "econ:": (3, 5)}
WITH_ROW_SUMS = (INCOME, EXPENDITURE, GENERAL, BASIC, GOV_FUND, STATE_CAPITAL)
# So many sums of one kind must be wrong before the table is doubted rather than its figures.
FEWEST_DOUBTED = 2
# Tables that an office without such money publishes empty, with a note that says so.
MAY_BE_EMPTY = (GOV_FUND, STATE_CAPITAL)


def check_fiscal_tables(tables: Iterable[FiscalTable]) -> Iterator[Anomaly]:
    """`sum` of rows and columns; `plausibility` (minor) of an empty table without its note."""
    for table in tables:
        yield from check_columns(table)
        if table.role in WITH_ROW_SUMS:
            yield from check_rows(table)
        if table.role in MAY_BE_EMPTY and not table.figures() and table.note is None:
            yield finding("plausibility", "minor", phrases.EMPTY_TABLE(), table.title)


def check_columns(table: FiscalTable) -> Iterator[Anomaly]:
    for whole, parts in COLUMN_SUMS.get(table.role, ()):
        sums = []
        for row in table.rows:
            figures = [figure for part in parts for figure in figures_for(table.role, row, part)]
            if whole in row.figures and figures:
                sums.append(Sum(row, row.figures[whole], figures, phrases.TABLE_COLUMNS))
        yield from check_sums_of(table, sums)


def figures_for(role: str, row: FiscalRow, column: str) -> list[tuple[Bilingual, Figure]]:
    """The figure of a column, or those of the columns that make it up where the table has no such one;
    each with the label of its column."""
    if column in row.figures:
        return [(label_of_column(column), row.figures[column])]
    inner = next((parts for whole, parts in COLUMN_SUMS[role] if whole == column), ())
    return [(label_of_column(part), row.figures[part]) for part in inner if part in row.figures]


def label_of_column(column: str) -> Bilingual:
    """The label of the item, fund or flow that a column is of."""
    for code_list_name in ("item", "fund", "flow"):
        if column in code_list(code_list_name):
            concept = code_list(code_list_name)[column]
            return Bilingual(concept.label_zh, concept.label_en)
    return Bilingual.alike(column)


def check_rows(table: FiscalTable) -> Iterator[Anomaly]:
    below = [(row, [*rows_below(table, row)]) for row in table.rows]
    for column in sorted({column for row in table.rows for column in row.figures}):
        sums = []
        for row, inner in below:
            figures = [
                (label_of_row(one.label, one.item), one.figures[column])
                for one in inner
                if column in one.figures
            ]
            if column in row.figures and figures:
                sums.append(Sum(row, row.figures[column], figures, phrases.TABLE_ROWS))
        yield from check_sums_of(table, sums)


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure of a row and those that should add up to it, each with its label; `phrase` tells of which
    they are."""

    row: FiscalRow
    whole: Figure
    parts: list[tuple[Bilingual, Figure]]
    phrase: Phrase


def check_sums_of(table: FiscalTable, sums: list[Sum]) -> Iterator[Anomaly]:
    """What does not add up. Where hardly anything does, the table is of another make than we take it for,
    and nothing is said."""
    found = [anomaly for one in sums for anomaly in check_sum(table, one)]
    wrong = sum(anomaly.severity == "error" for anomaly in found)
    if wrong < FEWEST_DOUBTED or wrong * 2 <= len(sums):
        yield from found


def rows_below(table: FiscalTable, row: FiscalRow) -> Iterator[FiscalRow]:
    """The rows that a row sums: all classes for the total, else the next level of its own class.

    A row belongs to the class whose printed code or whose own code begins its code: offices misprint one
    (7 11 02 for 210 11 02) and number the groups of an economic class in their own way.
    """
    levels = LEVELS["econ:" if table.role == BASIC else "func:"]
    for other in table.rows:
        codes = codes_of(other)
        if row.item in ("total", "basic"):
            found = any(len(code) == levels[0] for code in codes)
        else:
            found = any(
                is_next_level(levels, above, code) for above in codes_of(row) for code in codes
            )
        if found and other is not row:
            yield other


def codes_of(row: FiscalRow) -> set[str]:
    """The printed code of a row and that of its item."""
    return {row.code, row.item.partition(":")[2]} - {""}


def is_next_level(levels: tuple[int, ...], above: str, code: str) -> bool:
    """Whether a code stands one level below another: 20101 below 201."""
    digits = next((level for level in levels if level > len(above)), 0)
    return len(code) == digits and code.startswith(above)


def check_sum(table: FiscalTable, one: Sum) -> Iterator[Anomaly]:
    """A whole that its parts do not add up to; what rounding can explain is told as such."""
    unit = table.unit or "万元"
    total = sum((interval(part, unit) for _, part in one.parts), Interval.exactly(Decimal(0)))
    whole = one.whole.value
    severity = severity_of_difference(total, interval(one.whole, unit), last_place(whole, unit))
    label = label_of_row(one.row.label, one.row.item)
    terms = [Operand(name, part.value, unit) for name, part in one.parts]
    calculation = add_up(terms, whole, unit, label)
    if severity is None and calculation.difference:
        severity = "rounding"
    if severity:
        told = one.phrase(
            row=label,
            right=calculation.computed,
            stated=amount(whole, table.unit),
            parts=summands(calculation),
        )
        yield finding("sum", severity, told, one.row.span, calculation=calculation)


def interval(figure: Figure, unit: str) -> Interval:
    return Interval.of_printed(figure.value, decimals_of(figure.value)).scaled(UNIT_FACTOR[unit])
