"""Rows of fiscal tables: what the words of a row say that its figures are of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.tables.words import plain, unnumbered

INCOME = "income"
EXPENDITURE = "expenditure"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row is about: an item of a flow; `flow` is "" where the pane tells it."""

    item: str
    flow: str = ""


def subject(words: str, item: str, flow: str = "") -> tuple[re.Pattern[str], Subject]:
    return re.compile(words), Subject(item, flow)


BALANCES = (
    subject(
        "使用(?:非财政拨款)?(?:专用)?结余.*|.*弥补收支差额|动用.*结余",
        "total",
        "non-fiscal-balance-use",
    ),
    subject("(?:年初|上年).*(?:结转|结余).*", "total", "carry-in"),
    subject("(?:年末|年终).*(?:结转|结余).*|结转下年.*|.*结转下年", "total", "carry-out"),
    subject("结余分配.*", "total", "surplus-distribution"),
)
TOTALS = (
    subject("(?:本年)?(?:收入|支出|收支)?总计|(?:收入|支出|收|支)总计|总计", "grand-total"),
    subject("(?:本年)?(?:收入|支出)?(?:合计|小计)|本年(?:收入|支出)|合计数", "total"),
)
FUNDS = (
    subject("(?:一般公共预算|公共财政预算).*", "general-appropriation"),
    subject("政府性基金.*", "gov-fund-appropriation"),
    subject("国有资本经营.*", "state-capital-appropriation"),
)
INCOMES = (
    *FUNDS,
    subject("财政拨款(?:收入|资金|预算)?.*", "fiscal-appropriation"),
    subject("财政专户.*", "special-account"),
    subject("单位资金.*", "unit-funds"),
    subject("(?:上级|上级单位)补助.*", "superior-subsidy"),
    subject("附属单位上缴.*", "affiliated-remittance"),
    subject("(?:事业单位)?经营(?:收入|预算).*", "operating"),
    subject("事业(?:收入|预算).*", "business"),
    subject("其他(?:收入|资金).*", "other"),
)
NATURES = (
    subject("人员经费.*|工资福利和个人补助", "personnel"),
    subject("(?:日常)?公用经费.*", "public"),
    subject("基本支出.*", "basic"),
    subject("项目支出.*", "project"),
    subject("上缴上级.*", "remit-to-superior"),
    subject("经营支出.*|事业单位经营支出", "operating"),
    subject("对附属单位.*", "subsidy-to-affiliated"),
)
PROCUREMENTS = (
    subject("授予中小企业.*", "procurement-sme"),
    subject("授予小微企业.*", "procurement-micro"),
    subject("(?:政府采购)?货物.*", "procurement-goods"),
    subject("(?:政府采购)?工程.*", "procurement-works"),
    subject("(?:政府采购)?服务.*", "procurement-services"),
    subject("政府采购(?:支出|预算|决算)?(?:合计|总额|总计|金额)?|合计|总计", "procurement"),
)


def find_subject(
    label: str, *tables: tuple[tuple[re.Pattern[str], Subject], ...]
) -> Subject | None:
    """The subject that the first fitting row of these tables gives to a label, numbering left out.

    >>> find_subject("一、一般公共预算财政拨款收入", INCOMES)
    Subject(item='general-appropriation', flow='')
    """
    words = plain(unnumbered(label))
    return next(
        (found for table in tables for pattern, found in table if pattern.fullmatch(words)), None
    )
