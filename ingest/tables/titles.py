"""Titles of fiscal tables: which of the nine a title names, and the phase and year that it says."""

from __future__ import annotations

import re

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
)
from ingest.tables.words import QUOTES, squeeze

# A line that is a title: it ends with 表, a remark in brackets may follow.
TITLE = re.compile(r"[^。；:]{2,60}?表(?:[(][^()]{0,12}[)])*(?:续表?)?[0-9]*")
# The number of the form, which stands beside, below or before the title: 公开05表, 表五：.
FORM_NUMBER = re.compile(
    "(?:(?:财决|预决算|部门)?公开[0-9]+-?[0-9]*表|附?表(?:[0-9]+|[一二三四五六七八九十]+)"
    "|(?:财决|预算|附)[0-9-]+表)[:、.]?"
)
# What no fiscal table of an office is named by: other tables are left to their own readers.
OTHERS = re.compile(
    "绩效|自评|(?<!政府)采购|购买服务|项目支出|资产|转移支付|债务|目录|人员|机构|政府预算|政府经济|整体支出"
    "|财政专户|单位资金|结转资金|社会保险基金|政府性基金.*国有资本"
    "|^(?!.*一般公共预算).*明细"
    # 基本支出 has its rows by economic class, the other tables of expenditure theirs by function.
    "|^(?!.*经济).*基本支出.*功能|^(?!.*(?:基本支出|功能)).*经济(?:分类|科目)"
)
# Role by the words of its title, the first that fits: 三公 tables name 一般公共预算 too.
ROLES = (
    (PROCUREMENT, re.compile("政府采购")),
    (THREE_PUBLIC, re.compile("三公")),
    (THREE_PUBLIC, re.compile("因公出国.*公务接待|相关经费")),
    (BASIC, re.compile("基本支出")),
    (GOV_FUND, re.compile("政府性基金")),
    (STATE_CAPITAL, re.compile("国有资本经营")),
    (FISCAL_SUMMARY, re.compile("财政拨款(?:收支|收入支出|收入和支出).*总(?:表|体)")),
    (FISCAL_SUMMARY, re.compile("财政拨款.*总(?:表|体情况)")),
    (FISCAL_SUMMARY, re.compile("(?<!预算)财政拨款(?:收支|收入支出)(?:预算|决算)?(?:情况)?表")),
    (GENERAL, re.compile("(?:公共(?:财政)?|一般)预算.*(?:支出|收支|拨款)")),
    (SUMMARY, re.compile("(?:收支|收入支出|收入和支出)(?:预算|决算)?(?:情况)?总(?:表|体)")),
    (INCOME, re.compile("(?<!拨款)收入(?:预算|决算|分类|总体|情况)*(?:总?表|总体情况)")),
    (EXPENDITURE, re.compile("(?<!拨款)支出(?:预算|决算|分类|总体|情况|功能)*(?:总?表|总体情况)")),
)
# Names of funds hold 预算 too; they say nothing of the phase.
FUND_NAMES = re.compile(
    "一般公共预算|政府性基金预算|国有资本经营预算|预算单位|预算部门|部门预算(?=.*经济分类)"
)
YEAR = re.compile("(20[0-9]{2})(?:年|-|$)")


def is_title(text: str) -> bool:
    """Whether a line reads like the title of a table.

    >>> is_title("2024年部门收入预算总表"), is_title("见下表。"), is_title("公开01表 单位：万元")
    (True, False, False)
    >>> is_title("公开03表 支出总表"), is_title("公开03表")
    (True, False)
    """
    words = QUOTES.sub("", squeeze(text))
    if number := FORM_NUMBER.match(words):
        return bool(TITLE.fullmatch(words, number.end()))
    return bool(TITLE.fullmatch(words))


def role_of(title: str) -> str | None:
    """The role of the table with this title, or None when it is none of the nine.

    >>> role_of("财政拨款“三公”经费支出决算表"), role_of("部门收支总表"), role_of("项目支出绩效自评表")
    ('table-three-public', 'table-summary', None)
    """
    words = QUOTES.sub("", squeeze(title))
    if OTHERS.search(words):
        return None
    return next((role for role, pattern in ROLES if pattern.search(words)), None)


def phase_of(title: str, kind: str) -> str:
    """The phase of the figures under a title: of 决算 or 预算, else what the kind of document says."""
    words = FUND_NAMES.sub("", QUOTES.sub("", squeeze(title)))
    if "决算" in words:
        return "final"
    if "预算" in words or kind == "budget":
        return "initial-budget"
    return "final"


def year_of(title: str, fiscal_year: str) -> str:
    """The year that a title names, else the fiscal year of the document."""
    found = YEAR.search(squeeze(title))
    return found.group(1) if found else fiscal_year
