"""Placing: which point of the fiscal cube a wording stands for (FACTS, codes and rules 1-5).

An item word says what it is; the section and the words before it say whose money it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.narrative.funds import BREADTH, narrower
from ingest.narrative.slots import EDGE, meaning
from ingest.narrative.templates import Reading
from ontology.classes import find_economic_class, find_function_class

APPROPRIATION_FUND = {
    "fiscal-appropriation": "fiscal",
    "general-appropriation": "general",
    "gov-fund-appropriation": "gov-fund",
    "state-capital-appropriation": "state-capital",
}
APPROPRIATION_OF_FUND = {fund: item for item, fund in APPROPRIATION_FUND.items()}
NOT_OF_THE_ACCOUNTS = ("performance-funds",)
INCOME_ITEMS = frozenset(APPROPRIATION_FUND) | {
    "superior-subsidy", "business", "affiliated-remittance", "other",
}  # fmt: skip
# FACTS rule 4: these belong to a fund whatever section they are told in.
FUND_OF_ITEM = {
    **dict.fromkeys(
        ("three-public", "abroad", "vehicle", "vehicle-purchase", "vehicle-operation", "reception",
         "reception-per-capita", "vehicle-purchase-average", "vehicle-operation-average"),
        "general",
    ),
    **dict.fromkeys(
        ("agency-operation", "meeting", "training", "procurement", "procurement-goods",
         "procurement-works", "procurement-services", "procurement-sme", "procurement-micro"),
        "all",
    ),
}  # fmt: skip
WHOLE_ITEMS = ("grand-total", "total")
CARRIED_FLOWS = ("carry-in", "carry-out", "surplus-distribution", "non-fiscal-balance-use")


def place(reading: Reading, section_fund: str) -> Iterator[tuple[str, str, str]]:
    """The (fund, flow, item) of an amount; two where income and expenditure are told together.

    Nothing is yielded when the words do not settle a point.
    """
    own = meaning("fund", reading.word("fund")) if reading.word("fund") else ""
    if reading.word("path"):
        code = find_class_path(reading.word("path"))
        if code is not None:
            yield narrower(section_fund, own or section_fund), "expenditure", f"func:{code}"
    elif reading.act == "carried":
        fund = narrower(section_fund, own) if own else section_fund
        yield fund, EDGE[reading.word("edge")], "total"
    elif reading.word("class"):
        code = find_function_class(reading.word("class").removesuffix("(类)"))
        if code is not None:
            yield narrower(section_fund, own or section_fund), "expenditure", f"func:{code}"
    elif reading.word("economic"):
        code = find_economic_class(reading.word("economic"))
        if code is not None:
            yield section_fund, "expenditure", f"econ:{code}"
    elif reading.word("item"):
        yield from place_item(reading.word("item"), own, section_fund)
    elif reading.word("flow"):
        yield from place_flow(meaning("flow", reading.word("flow")), own, section_fund)


def find_class_path(path: str) -> str | None:
    """The code of a class told from 类 to 款 or 项; each name is sought within the class above it.

    >>> find_class_path("教育支出(类)普通教育(款)小学教育(项)")
    '2050202'
    """
    code: str | None = None
    for name in re.split(r"\((?:类|款|项)\)", path)[:-1]:
        code = find_function_class(name, parent=code)
        if code is None:
            return None
    return code


def place_flow(flow: str, own_fund: str, section_fund: str) -> Iterator[tuple[str, str, str]]:
    """All money of a fund that comes in or goes out; income of a fund is a source of wider ones."""
    if flow in CARRIED_FLOWS:
        yield narrower(section_fund, own_fund or section_fund), flow, "total"
    elif flow == "income" and own_fund in APPROPRIATION_OF_FUND:
        yield place_appropriation(APPROPRIATION_OF_FUND[own_fund], section_fund)
    elif own_fund or section_fund != "all":
        yield narrower(section_fund, own_fund or section_fund), flow, "total"


def place_item(word: str, own_fund: str, section_fund: str) -> Iterator[tuple[str, str, str]]:
    item = meaning("item", word)
    fund = narrower(section_fund, own_fund) if own_fund else section_fund
    if item in NOT_OF_THE_ACCOUNTS:
        return
    if item in APPROPRIATION_FUND:
        yield place_appropriation(item, section_fund)
    elif item in WHOLE_ITEMS:
        for flow in flows_of(word):
            yield fund, flow, item
    elif item in INCOME_ITEMS or "收入" in word:
        yield fund, "income", item
    else:
        yield FUND_OF_ITEM.get(item, fund), "expenditure", item


def place_appropriation(item: str, section_fund: str) -> tuple[str, str, str]:
    """An appropriation is a source in a wider section, and all income in the section of its own fund."""
    fund = APPROPRIATION_FUND[item]
    if BREADTH[section_fund] < BREADTH[fund]:
        return section_fund, "income", item
    return fund, "income", "total"


def flows_of(word: str) -> tuple[str, ...]:
    """The flows that a word for a total names: 收、支总计 both, 收入总计 income, 总计 none."""
    flows = []
    if "收" in word:
        flows.append("income")
    if "支" in word:
        flows.append("expenditure")
    return tuple(flows)
