"""Columns of fiscal tables: what the header words over a column say of its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.tables.fiscal_table import (
    BASIC,
    FISCAL_SUMMARY,
    GOV_FUND,
    INCOME,
    PROCUREMENT,
    STATE_CAPITAL,
    SUMMARY,
    THREE_PUBLIC,
)
from ingest.tables.words import plain

LABEL = "label"
IGNORED = "ignored"

# Words over the columns that hold codes and names of rows.
LABELS = re.compile(
    "类|款|项|项目|科目|功能分类|经济分类|支出项目|收入项目|单位|部门|部门\\(单位\\)|指标"
    "|.*(?:编码?|代码|编号)|.*名称|.*(?:功能|经济)分类(?:科目)?|.*(?:用途|性质|科目)分类|支出经济分类|内容"
)
IGNORED_WORDS = re.compile("数量|单价|规格.*|行次|栏次|序号|备注|说明|行号")
# In the two panes of a summary the words over the labels may be no more than these.
PANES = re.compile("(?:本年|财政拨款)?(?:收入|支出)|收入项目|支出项目")
# Rows and columns of things counted, in tables of the three public expenses.
COUNTED = re.compile("团组|人次|批次|保有|数量|辆|人数|车辆数|个数")

# What a column is of, the first row that fits: words, code.
AMOUNTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words), code)
    for words, code in (
        ("使用非财政拨款结余.*|用事业基金弥补收支差额|非财政拨款结余", "non-fiscal-balance-use"),
        ("(?:年初|上年).*(?:结转|结余).*|上年结转", "carry-in"),
        ("(?:年末|结转下年|年终).*", "carry-out"),
        ("结余分配", "surplus-distribution"),
        ("上缴上级.*", "remit-to-superior"),
        ("对附属单位.*", "subsidy-to-affiliated"),
        ("附属单位上缴.*", "affiliated-remittance"),
        ("上级补助.*|上级单位补助.*", "superior-subsidy"),
        ("财政专户.*", "special-account"),
        ("单位资金.*", "unit-funds"),
        ("教育收费|其中[:：]?教育收费", "education-fees"),
        ("(?:事业单位)?经营(?:收入|支出|预算|)", "operating"),
        ("事业收入(?:预算)?", "business"),
        ("其他(?:收入|资金).*", "other"),
        ("人员(?:经费|支出).*", "personnel"),
        ("(?:日常)?公用(?:经费|支出).*", "public"),
        ("基本支出.*", "basic"),
        ("项目支出.*", "project"),
        ("(?:一般公共预算|公共财政预算).*", "general"),
        ("政府性基金.*", "gov-fund"),
        ("国有资本经营.*", "state-capital"),
        ("财政拨款(?:收入|资金|小计|)(?:合计|小计|)", "fiscal-appropriation"),
        ("本年收入.*|收入合计", "income"),
        ("本年支出.*|支出合计", "expenditure"),
        ("(?:本年)?(?:合计|小计|总计|总额)(?:数|金额)?", "total"),
        (
            ".*(?:决算|预算|执行|支出|完成|统计)数|金额|数额|(?:本年)?(?:决算|预算)(?:金额)?|(?:收入|支出)(?:预算|决算)",
            "value",
        ),
    )
)
THREE_PUBLIC_AMOUNTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words), code)
    for words, code in (
        (".*机关运行(?:经费|费).*", "agency-operation"),
        (".*(?:国内|外宾|外事|国外|境外).*接待费?.*", "reception-part"),
        ("会议费.*", "meeting"),
        ("培训费.*", "training"),
        (".*因公出国.*", "abroad"),
        (".*(?:公务)?接待费?.*", "reception"),
        (".*购置(?:及|和|与|、|费及|费和)?.*运行.*", "vehicle"),
        (".*(?:用车|车辆).*购置费?.*|购置费?.*", "vehicle-purchase"),
        (".*(?:用车|车辆)?运行(?:维护)?费?.*", "vehicle-operation"),
        (".*(?:公务)?用车.*费", "vehicle"),
        (".*三公.*|支出合计", "three-public"),
    )
)
PROCUREMENT_AMOUNTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(".*货物.*"), "procurement-goods"),
    (re.compile(".*工程.*"), "procurement-works"),
    (re.compile(".*服务.*"), "procurement-services"),
    (
        re.compile(
            "(?:政府|计划)?(?:采购)?(?:合计|小计|总计|总额|金额|预算|支出|决算)(?:数|金额|总额)?"
        ),
        "value",
    ),
)
TOTAL = re.compile("(?:本年)?(?:合计|小计|总计)(?:数|金额)?")
# Phases named in a header: words, phase. Changes against another phase are figures of no observation.
PHASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words), phase)
    for words, phase in (
        ("%|百分比|比例|占比|增幅|增长率|完成率|执行率", "percent"),
        ("增减|增长|比上年|较上年|比.*[增减]|差额", "change"),
        ("(?:上年|上年度).*决算", "previous-final"),
        ("(?:上年|上年度).*执行", "previous-executed"),
        ("(?:上年|上年度).*预算", "previous-budget"),
        # 全年预算数 holds 预算数 too.
        ("全年预算|调整预算|预算调整", "adjusted-budget"),
        ("年初预算数?|预算数|预算金额|预算安排", "initial-budget"),
        ("决算数|统计数|决算金额|决算|实际支出|支出数", "final"),
    )
)
# Columns of money that is not the year's expenditure.
NOT_SPENT = frozenset({"carry-in", "carry-out", "income"})
# Columns of what changed, whatever else their words say.
CHANGES = ("change", "percent")
# A total whose flow the header or the table tells.
INCOME_ITEMS = {
    "general": "general-appropriation",
    "gov-fund": "gov-fund-appropriation",
    "state-capital": "state-capital-appropriation",
    "income": "total",
    "value": "total",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `code` is LABEL, IGNORED, the code of its figures, or "" when its words are not known;
    `words` are the plain words over it from top to bottom."""

    place: int
    code: str
    words: tuple[str, ...]


def read_column(place: int, words: Sequence[str], role: str, phase: str, year: str) -> Column:
    """The column under these header words, in a table of this role, phase and year."""
    texts = tuple(text for text in (plain(word) for word in words) if text)
    return Column(place, code_of(texts, words, role, phase, year), texts)


def code_of(
    texts: tuple[str, ...], printed: Sequence[str], role: str, phase: str, year: str
) -> str:
    if not texts:
        return ""
    if IGNORED_WORDS.fullmatch(texts[-1]):
        return IGNORED
    if is_label(texts, role):
        return LABEL
    own = column_phase(printed, phase, year)
    if role == PROCUREMENT:
        return first_of(texts, PROCUREMENT_AMOUNTS)
    if role == THREE_PUBLIC:
        return f"{three_public_item(texts)}.{own}" if is_amount(texts) else ""
    base = amount_of(texts, role)
    if not base and own in CHANGES:
        return own
    if not base or own == phase:
        return base
    return own if base in ("value", "total", "income", "expenditure") else f"{base}.{own}"


def is_label(texts: tuple[str, ...], role: str) -> bool:
    of_pane = role in (SUMMARY, FISCAL_SUMMARY) and PANES.fullmatch(texts[-1])
    return bool(of_pane or LABELS.fullmatch(texts[-1]))


def is_amount(texts: tuple[str, ...]) -> bool:
    """Whether the words over a column of the three public expenses are of an amount: an item or a phase."""
    return bool(three_public_item(texts) or first_of(texts, AMOUNTS))


def three_public_item(texts: Sequence[str]) -> str:
    """The item that these words name, the innermost first; "" for words of a phase alone.

    >>> three_public_item(("三公经费", "公务用车购置及运行费", "小计"))
    'vehicle'
    """
    telling = [text for text in texts if not TOTAL.fullmatch(text)]
    if any(COUNTED.search(text) for text in texts):
        return "counted"
    item = first_of(telling, THREE_PUBLIC_AMOUNTS)
    return item or ("three-public" if len(telling) < len(texts) else "")


def amount_of(texts: tuple[str, ...], role: str) -> str:
    """The code of an amount column by the innermost header word that tells more than 合计."""
    codes = [code for text in reversed(texts) if (code := first_of((text,), AMOUNTS))]
    telling = [code for code in codes if code not in ("total", "value")]
    if not codes:
        return ""
    if role == FISCAL_SUMMARY:
        return fiscal_column(codes[0], telling)
    if role == BASIC and codes[0] == "value":
        # The words over a pane of T6 (人员经费) say what its rows are, which these say themselves.
        return "total"
    if part := part_of_balance(telling):
        return part
    bare = codes[0] in ("total", "value")
    if codes[0] in ("income", "expenditure") and not first_of(texts[-1:], AMOUNTS):
        # A part of the year's income of which nothing is known is not the income.
        return ""
    return in_role(telling[0] if telling else codes[0], role, bare=bare)


def part_of_balance(codes: Sequence[str]) -> str:
    """A part of what is carried over, or of what is received by its use: 年初结转和结余 over 项目支出结转, or over
    一般公共预算. The parts of what is received by its source are incomes of their own."""
    if len(codes) < 2 or codes[-1] not in NOT_SPENT:
        return ""
    is_part = codes[-1] != "income" or codes[0] in ("basic", "project")
    return f"{codes[-1]}.{codes[0]}" if is_part else ""


def fiscal_column(innermost: str, telling: Sequence[str]) -> str:
    """A column of T4: `value` where the pane has one, else the fund or `fiscal` for the total of them."""
    if innermost in ("value", "general", "gov-fund", "state-capital"):
        return innermost
    funds = [code for code in telling if code in ("general", "gov-fund", "state-capital")]
    return funds[0] if funds else "fiscal"


def in_role(code: str, role: str, *, bare: bool) -> str:
    """The code as the tables of a role call it: 一般公共预算支出 over the 合计 of T5 says nothing there."""
    if role == INCOME:
        return INCOME_ITEMS.get(code, code)
    if role in (GOV_FUND, STATE_CAPITAL):
        of_fund = code in ("gov-fund", "state-capital", "value", "general", "expenditure")
        return "total" if of_fund else code
    if role == SUMMARY:
        return "value" if code in ("income", "expenditure", "total", "value") else code
    of_table = code in ("general", "fiscal-appropriation") and bare
    return "total" if of_table or code in ("expenditure", "value") else code


def first_of(texts: Sequence[str], table: Sequence[tuple[re.Pattern[str], str]]) -> str:
    """The code of the innermost text that a pattern fits; rows above others are tried first."""
    for text in reversed(texts):
        for pattern, code in table:
            if pattern.fullmatch(text):
                return code
    return ""


def column_phase(printed: Sequence[str], phase: str, year: str) -> str:
    """The phase that the words over a column name; that of the table where they name none."""
    words = [relative(text, year) for text in map(phase_words, printed)]
    for pattern, named in PHASES:
        if any(pattern.search(text) for text in reversed(words)):
            return named
    return phase


def phase_words(text: str) -> str:
    return re.sub("一般公共预算|政府性基金预算|国有资本经营预算|部门预算", "", plain(text))


def relative(text: str, year: str) -> str:
    """The words with the year before written as 上年: 2023年决算数 in a table of 2024."""
    return text.replace(f"{int(year) - 1}年", "上年") if year.isdecimal() else text


def with_grand_total(columns: Sequence[Column], role: str) -> tuple[Column, ...]:
    """The columns of a table of income: where one of them is carried in and another the total of the year, 合计
    holds both."""
    codes = [column.code.split(".")[0] for column in columns]
    if role != INCOME or "carry-in" not in codes or codes.count("total") < 2:
        return tuple(columns)
    return tuple(
        replace(column, code="grand-total")
        if column.code == "total" and not any("本年" in word for word in column.words)
        else column
        for column in columns
    )


def panes_of(columns: Sequence[Column]) -> Iterator[list[Column]]:
    """The panes of a table that stand side by side: each opens with the columns of its labels."""
    pane: list[Column] = []
    for column in columns:
        opens = column.code == LABEL and any(c.code not in (LABEL, IGNORED) for c in pane)
        if opens:
            yield pane
            pane = []
        pane.append(column)
    if pane:
        yield pane
