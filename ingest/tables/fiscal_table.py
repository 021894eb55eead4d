"""A fiscal table as read: one of the nine tables of final accounts, or its like in a budget.

Rows and columns have codes, whatever their printed words; what a figure means as an observation is the
matter of `ingest.tables.points`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.facts import Span

#: The tables of the Ministry's template (部门决算公开样表), T1 to T9, and the section name of each.
SUMMARY = "table-summary"
INCOME = "table-income"
EXPENDITURE = "table-expenditure"
FISCAL_SUMMARY = "table-fiscal-summary"
GENERAL = "table-general"
BASIC = "table-basic"
THREE_PUBLIC = "table-three-public"
GOV_FUND = "table-gov-fund"
STATE_CAPITAL = "table-state-capital"
ROLES = (
    SUMMARY, INCOME, EXPENDITURE, FISCAL_SUMMARY, GENERAL, BASIC, THREE_PUBLIC, GOV_FUND, STATE_CAPITAL,
)  # fmt: skip
#: Beside the nine: what was or is to be bought (政府采购情况表).
PROCUREMENT = "table-procurement"


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number, in the unit of its table; a blank cell is no figure, 0.00 is one."""

    value: Decimal
    span: Span


@dataclass(frozen=True, slots=True)
class FiscalRow:
    """A row of one pane. `item` is the code of what it is about (`func:20106`, `econ:30101`, `total`,
    `grand-total`, `general-appropriation`, …), empty where its words are not known; `flow` is its pane in
    a table of income and expenditure (`income`, `expenditure`, `carry-in`, …), empty elsewhere. `code`
    is the printed code without spaces, `label` the printed words. `figures` by column code: `value`, or
    the item, fund or flow of the column (`total`, `basic`, `project`, `general`, `carry-in`, …); those of
    the table of the three public expenses are `{item}.{phase}`. In T8 and T9 `total` is the year's expenditure.
    A column of another phase than the table's is `previous-final`, `previous-budget`, `previous-executed`,
    `initial-budget`, `adjusted-budget` or `final` (`basic.previous-final` where it is of a part), one of a change
    `change` or `percent`; one whose words are not known `unknown-{column}`.
    """

    item: str
    flow: str
    code: str
    label: str
    span: Span
    figures: Mapping[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FiscalTable:
    """One table, its continuation pages joined. `note` is the printed remark that says why it is empty
    (本表无数据). `unit` is 元, 千元, 万元 or 亿元, None where no caption gives it."""

    role: str
    title: Span
    unit: str | None
    phase: str
    year: str
    rows: tuple[FiscalRow, ...]
    span: Span
    note: Span | None = None

    def figures(self) -> tuple[tuple[FiscalRow, str, Figure], ...]:
        """Every figure with its row and column code."""
        return tuple(
            (row, column, figure) for row in self.rows for column, figure in row.figures.items()
        )
