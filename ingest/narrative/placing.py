"""Placing: which point of the fiscal cube a wording stands for (FACTS, codes and rules 1-5).

An item word says what it is; the section and the words before it say whose money it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ingest.narrative.funds import BREADTH, narrower
from ingest.narrative.slots import EDGE, LEAD_PARTS, alternation, lexicon_pattern, meaning
from ingest.narrative.templates.template import Reading
from ontology.classes import (
    economic_classes,
    find_economic_class,
    find_function_class,
    function_classes,
)
from ontology.lexicon import load_lexicon

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
# The items of the three public expenses are of all fiscal appropriation where the text says so.
THREE_PUBLIC = frozenset(item for item, fund in FUND_OF_ITEM.items() if fund == "general")
# Between the levels of a class: 教育支出（类）普通教育（款）, 教育支出-普通教育; 行政运行（2010301） by its code.
CLASS_LEVELS = re.compile(r"\((?:\d{2,3})?(?:类|款|项)\)|-")
PLAIN_LEVELS = re.compile(r"^([^()-]+?)类([^()-]+?)款([^()-]+?)项$")
CODED_CLASS = re.compile(r"\"?(.+?)\((?:项|款)?(\d{3,7})(?:项|款)?\)\"?")
BETWEEN_LEVELS = '、,，.-"'
NAMED_BODY = re.compile(LEAD_PARTS["named"])
WHOLE_ITEMS = ("grand-total", "total")
CARRIED_FLOWS = ("carry-in", "carry-out", "surplus-distribution", "non-fiscal-balance-use")


def place(
    reading: Reading, section_fund: str, year: str | None = None
) -> Iterator[tuple[str, str, str]]:
    """The (fund, flow, item) of an amount; two where income and expenditure are told together. `year` is
    the fiscal year, in whose edition of the classification names are sought.

    Nothing is yielded when the words do not settle a point.
    """
    own = meaning("fund", reading.word("fund")) if reading.word("fund") else ""
    fund = narrower(section_fund, own) if own else section_fund
    if reading.act == "carried":
        yield fund, EDGE[reading.word("edge")], "total"
    elif reading.word("item"):
        yield from place_item(reading.word("item"), own, section_fund, reading.word("fund"))
    elif reading.word("flow"):
        yield from place_flow(reading.word("flow"), own, section_fund)
    else:
        item = find_class(reading, year) or ("total" if own and own == section_fund else None)
        if item is not None:
            yield fund, "expenditure", item


def find_class(reading: Reading, year: str | None = None) -> str | None:
    """The item of the class by function or economic kind that a reading names, or None."""
    if reading.word("code"):
        return find_coded(reading.word("code"))
    if reading.word("path"):
        return find_class_path(reading.word("path"), year)
    if reading.word("class"):
        name = reading.word("class").replace('"', "").removesuffix("(类)")
        code = find_function_class(name, year=year)
        return code and f"func:{code}"
    economic = reading.word("economic").replace("家庭补助", "家庭的补助")
    code = find_economic_class(economic, year=year) if economic else None
    return code and f"econ:{code}"


def find_class_path(path: str, year: str | None = None) -> str | None:
    """The item of a class told from 类 to 款 or 项; each name is sought within the class above it.

    >>> find_class_path("教育支出(类)普通教育(款)小学教育(项)")
    'func:2050202'
    """
    coded = CODED_CLASS.fullmatch(path)
    if coded:
        return find_coded(coded.group(2))
    code: str | None = None
    path = PLAIN_LEVELS.sub(r"\1(类)\2(款)\3(项)", path.replace("其它", "其他"))
    for part in CLASS_LEVELS.split(path):
        name = part.strip(BETWEEN_LEVELS)
        if name:
            found = find_function_class(name, parent=code, year=year)
            code = found or (find_class_of_body(name, year) if code is None else None)
            if code is None:
                return None
    return code and f"func:{code}"


def find_class_of_body(words: str, year: str | None = None) -> str | None:
    """The class whose name stands behind that of a body: 示例局教育支出."""
    for start in range(2, len(words) - 2):
        if NAMED_BODY.fullmatch(words[:start]):
            code = find_function_class(words[start:], year=year)
            if code is not None:
                return code
    return None


def find_class_within(name: str, items: Iterable[str], year: str | None = None) -> str | None:
    """The item of a 款 or 项 that is told by itself: sought within the classes (`func:…`) told before it,
    the last first, and else by its name alone."""
    codes = [item.removeprefix("func:") for item in items if item.startswith("func:")]
    parents = [
        code[:length] for code in reversed(codes) for length in (5, 3) if len(code) >= length
    ]
    names = [part.strip(BETWEEN_LEVELS) for part in CLASS_LEVELS.split(name)]
    for parent in [*parents, None]:
        code = parent
        for one in names:
            code = find_function_class(one, parent=code, year=year)
            if code is None:
                break
        if code is not None:
            return f"func:{code}"
    return None


def find_coded(code: str) -> str | None:
    """The item of a class by function or, where none has the code, by economic kind."""
    if code in function_classes():
        return f"func:{code}"
    return f"econ:{code}" if code in economic_classes() else None


# Words that name all money of a flow by themselves: 收入预算120万元, not 支出120万元.
WHOLE_FLOW = re.compile(r"预算|决算|^总|^本年")


def place_flow(word: str, own_fund: str, section_fund: str) -> Iterator[tuple[str, str, str]]:
    """All money of a fund that comes in or goes out; income of a fund is a source of wider ones."""
    flow = meaning("flow", word)
    if flow in CARRIED_FLOWS:
        yield narrower(section_fund, own_fund or section_fund), flow, "total"
    elif flow == "income" and own_fund in APPROPRIATION_OF_FUND:
        yield place_appropriation(APPROPRIATION_OF_FUND[own_fund], section_fund)
    elif (flow, own_fund) == ("income", "non-fiscal"):
        yield section_fund, flow, "other"  # 其他资金收入
    elif own_fund or section_fund != "all" or WHOLE_FLOW.search(word):
        yield narrower(section_fund, own_fund or section_fund), flow, "total"


def place_item(
    word: str, own_fund: str, section_fund: str, fund_word: str = ""
) -> Iterator[tuple[str, str, str]]:
    """The points of an item; of a total without a flow (财政拨款收支|总计) the word for the fund tells it."""
    item = meaning("item", word)
    fund = narrower(section_fund, own_fund) if own_fund else section_fund
    if item in NOT_OF_THE_ACCOUNTS:
        return
    if item in APPROPRIATION_FUND:
        yield place_appropriation(item, section_fund)
    elif item in WHOLE_ITEMS:
        for flow in flows_of(word) or flows_of(fund_word):
            yield fund, flow, item
    elif item in INCOME_ITEMS or "收入" in word:
        yield fund, "income", item
    else:
        yield fund_of_item(item, word, own_fund, section_fund), "expenditure", item


def fund_of_item(item: str, word: str, own_fund: str, section_fund: str) -> str:
    """The fund of an item of expenditure: what its own words say, or the rule for the item (FACTS 4), or
    that of the section."""
    if item not in THREE_PUBLIC:
        return (
            narrower(section_fund, own_fund)
            if own_fund == "fiscal"
            else own_fund or FUND_OF_ITEM.get(item, section_fund)
        )
    stated = own_fund or ("fiscal" if word.startswith("财政拨款") else section_fund)
    return stated if stated in ("fiscal", "general") else "general"


def place_listed(listed: str, section_fund: str) -> tuple[tuple[str, str, str], ...]:
    """The points of a list of names, 收入总计和支出总计; none when one of them is no known item."""
    points: list[tuple[str, str, str]] = []
    for name in re.split(r"[、和与及]", listed):
        found = place_name(name, section_fund)
        if not found:
            return ()
        points.extend(found)
    return tuple(points)


def place_name(name: str, section_fund: str) -> tuple[tuple[str, str, str], ...]:
    if load_lexicon().find_meaning("item", name):
        return tuple(place_item(name, "", section_fund))
    whole = place_topic(name, section_fund)
    if whole:
        return whole
    code = find_function_class(name)
    return ((section_fund, "expenditure", f"func:{code}"),) if code else ()


@cache
def item_in_topic() -> re.Pattern[str]:
    return re.compile(
        rf"({lexicon_pattern('item')})(?:的|财政拨款|支出|收入|决算|预算|执行|经费|总额|数)*"
    )


def find_item_in(topic: str) -> str | None:
    """The item that a topic names from its beginning to its end, 公务接待费支出决算; None for any other and
    for totals, which are spoken of in many ways.

    >>> find_item_in("公务接待费支出决算数")
    'reception'
    """
    found = item_in_topic().fullmatch(topic)
    item = meaning("item", found.group(1)) if found else None
    return None if item in WHOLE_ITEMS else item


@cache
def flow_in_topic() -> re.Pattern[str]:
    words = load_lexicon().words("item")
    wholes = [word for word in words if meaning("item", word) in WHOLE_ITEMS]
    return re.compile(
        rf"(?P<fund>{lexicon_pattern('fund')})?(?:当年|本年)?"
        rf"(?:(?P<item>{alternation(wholes)})|(?P<flow>{lexicon_pattern('flow')}))(?:决算|预算|总额|数)*"
    )


def place_topic(topic: str, section_fund: str) -> tuple[tuple[str, str, str], ...]:
    """The points of all money of a flow that a topic names: 财政拨款收入, 支出总计, 预算收入; none for 支出 alone,
    which may be that of any item.

    >>> place_topic("财政拨款支出", "fiscal"), place_topic("支出", "fiscal")
    ((('fiscal', 'expenditure', 'total'),), ())
    """
    found = flow_in_topic().fullmatch(topic)
    if not found:
        return ()
    fund = meaning("fund", found.group("fund")) if found.group("fund") else ""
    if found.group("item"):
        return tuple(place_item(found.group("item"), fund, section_fund, found.group("fund") or ""))
    if not fund and not WHOLE_FLOW.search(found.group("flow")):
        return ()
    return tuple(place_flow(found.group("flow"), fund, section_fund))


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
