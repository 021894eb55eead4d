"""Observations in fiscal tables: the point of the cube at which a figure stands (FACTS rules 3, 4 and 16)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.facts import ObservationKey
from ingest.narrative.statements import Statement
from ingest.tables.fiscal_table import (
    BASIC,
    EXPENDITURE,
    FISCAL_SUMMARY,
    GENERAL,
    GOV_FUND,
    INCOME,
    PROCUREMENT,
    STATE_CAPITAL,
    SUMMARY,
    THREE_PUBLIC,
    Figure,
    FiscalRow,
    FiscalTable,
)
from ingest.tables.words import squeeze

FUNDS = {
    SUMMARY: "all",
    INCOME: "all",
    EXPENDITURE: "all",
    FISCAL_SUMMARY: "fiscal",
    GENERAL: "general",
    BASIC: "general",
    GOV_FUND: "gov-fund",
    STATE_CAPITAL: "state-capital",
}
FUND_OF_APPROPRIATION = {
    "general-appropriation": "general",
    "gov-fund-appropriation": "gov-fund",
    "state-capital-appropriation": "state-capital",
}
FLOWS = frozenset(
    {"income", "carry-in", "carry-out", "surplus-distribution", "non-fiscal-balance-use"}
)
BALANCES = FLOWS - {"income"}
# What a figure of another phase than its table is: year less this, and phase.
PHASES = {
    "final": (0, "final"),
    "initial-budget": (0, "initial-budget"),
    "adjusted-budget": (0, "adjusted-budget"),
    "previous-final": (1, "final"),
    "previous-budget": (1, "initial-budget"),
}
# Figures for checks alone: the cube has no point for changes, forecasts, things counted and these parts.
NO_OBSERVATION = frozenset(
    {
        "change", "percent", "previous-executed", "special-account", "unit-funds", "education-fees", "counted",
        "reception-part",
    }
)  # fmt: skip
# Fund of items in the tables of the three public expenses, unless the title says otherwise (rule 4).
OF_ALL_FUNDS = frozenset({"agency-operation", "meeting", "training"})


def table_statements(tables: Sequence[FiscalTable]) -> Iterator[Statement]:
    """The statements that the figures of these tables make, in their order.

    A figure without a point of its own (the basic expenditure of a function class, a change) makes none.
    The clause is the cell of the figure; the statement is the row. A class that a table lists again for each
    unit has no figure for all of them, and makes none either.
    """
    for table in tables:
        partial = partial_rows(table)
        for row, column, figure in table.figures():
            if row.item and row not in partial and (key := find_key(table, row, column)):
                yield make_statement(table, row, figure, key)


def partial_rows(table: FiscalTable) -> list[FiscalRow]:
    """The rows of a table whose item other rows bear too; of several totals 合计 leads, not 小计 of a unit. Panes
    that part the same expenditure in two ways print one total each: the first of equal ones is it."""
    alike: dict[tuple[str, str], list[FiscalRow]] = {}
    for row in table.rows:
        if row.figures:
            alike.setdefault((row.item, row.flow), []).append(row)
    partial = []
    for rows in alike.values():
        whole = [row for row in rows if "小计" not in row.label] if len(rows) > 1 else rows
        is_one = len(whole) == 1 or is_printed_again(table, whole)
        partial += [row for row in rows if not is_one or row is not whole[0]]
    return partial


def is_printed_again(table: FiscalTable, rows: Sequence[FiscalRow]) -> bool:
    """Whether these rows of a summary are totals with the same figures."""
    if table.role not in (SUMMARY, FISCAL_SUMMARY):
        return False
    printed = [{column: figure.value for column, figure in row.figures.items()} for row in rows]
    is_total = rows[0].item in ("total", "grand-total") if rows else False
    return is_total and all(figures == printed[0] for figures in printed)


def make_statement(
    table: FiscalTable, row: FiscalRow, figure: Figure, key: ObservationKey
) -> Statement:
    return Statement(
        key=key,
        value=figure.value,
        unit=table.unit,
        section=table.role,
        start=row.span.start,
        end=row.span.end,
        clause=figure.span,
    )


def find_key(table: FiscalTable, row: FiscalRow, column: str) -> ObservationKey | None:
    """The point at which the figure of this row and column stands, None where it has none."""
    base, phase = split_column(column)
    if base in NO_OBSERVATION or phase in NO_OBSERVATION or row.item in NO_OBSERVATION:
        return None
    if phase and phase not in PHASES:
        return None
    back, phase = PHASES.get(phase, (0, table.phase))
    point = find_point(table, row, base)
    if point is None or not table.year.isdecimal():
        return None
    fund, flow, item = point
    return ObservationKey(fund, flow, item, str(int(table.year) - back), phase)


def split_column(column: str) -> tuple[str, str]:
    """The column and the phase that its code names: total.previous-final, or previous-final alone."""
    base, _, phase = column.partition(".")
    return ("total", base) if base in PHASES else (base, phase)


def find_point(table: FiscalTable, row: FiscalRow, column: str) -> tuple[str, str, str] | None:
    """Fund, flow and item of a figure."""
    if column.startswith("unknown-"):
        return None
    if table.role == THREE_PUBLIC:
        return three_public_fund(table, column), "expenditure", column
    if table.role == PROCUREMENT:
        of_kind = column if row.item == "procurement" and column != "value" else row.item
        return "all", "expenditure", of_kind
    if table.role in (SUMMARY, FISCAL_SUMMARY):
        return in_summary(table, row, column)
    fund = FUNDS[table.role]
    flow = "income" if table.role == INCOME else "expenditure"
    if row.item in ("total", "grand-total"):
        return in_total_row(table, fund, flow, column)
    if column in ("income", "expenditure"):
        return fund, column, row.item
    return (fund, flow, row.item) if column in ("total", "value") else None


def in_total_row(
    table: FiscalTable, fund: str, flow: str, column: str
) -> tuple[str, str, str] | None:
    """A figure of the row 合计, whose columns have points of their own."""
    if column in BALANCES:
        return fund, column, "total"
    if column in ("income", "expenditure"):
        return fund, column, "total"
    if column in ("total", "value"):
        return fund, flow, "basic" if table.role == BASIC else "total"
    return fund, flow, column


def in_summary(table: FiscalTable, row: FiscalRow, column: str) -> tuple[str, str, str] | None:
    """A figure of a table of income and expenditure; the columns of T4 name its fund."""
    fund = FUNDS[table.role] if column in ("value", "fiscal", "total") else column
    if row.flow in BALANCES and row.item in FUND_OF_APPROPRIATION:
        return FUND_OF_APPROPRIATION[row.item], row.flow, "total"
    if fund in ("basic", "project"):
        return (FUNDS[table.role], row.flow, fund) if row.item == "total" else None
    if fund not in FUNDS.values():
        return None
    return fund, row.flow, row.item


def three_public_fund(table: FiscalTable, item: str) -> str:
    """The fund of the three public expenses by the title of their table."""
    title = squeeze(table.title.quote)
    if item in OF_ALL_FUNDS:
        return "all"
    return "fiscal" if "财政拨款" in title and "一般公共预算" not in title else "general"
