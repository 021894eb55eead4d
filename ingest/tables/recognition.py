"""Fiscal tables without a title: recognised by the words of their header alone, where these leave no doubt."""

from __future__ import annotations

from ingest.tables.fiscal_table import (
    BASIC,
    EXPENDITURE,
    FISCAL_SUMMARY,
    INCOME,
    SUMMARY,
    THREE_PUBLIC,
)
from ingest.tables.grid import Grid
from ingest.tables.words import plain

# Role, and the words that its header must hold, each in some cell. The first that fits.
HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (THREE_PUBLIC, ("因公出国", "公务接待", "公务用车")),
    (INCOME, ("科目", "财政拨款收入", "事业收入")),
    (EXPENDITURE, ("科目", "基本支出", "项目支出", "上缴上级支出")),
    (BASIC, ("经济分类", "人员经费", "公用经费")),
)
PANES = ("收入", "支出")
FUND_COLUMNS = ("一般公共预算", "政府性基金")


def role_by_header(grid: Grid, first: int, rows: int) -> str | None:
    """The role of the table whose header stands in the rows [first, first + rows)."""
    words = [plain(cell.text) for row in grid.rows[first : first + rows] for cell in row]
    for role, needed in HEADERS:
        if all(any(need in word for word in words) for need in needed):
            return role
    if all(any(word.endswith(pane) for word in words) for pane in PANES):
        if all(any(fund in word for word in words) for fund in FUND_COLUMNS):
            return FISCAL_SUMMARY
        amounts = [word for word in words if word in ("决算数", "预算数", "金额")]
        return SUMMARY if len(amounts) > 1 else None
    return None
