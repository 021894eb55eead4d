"""Which way a reason works: by the predicates of its clauses, or by what its cause usually does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from ingest.cues import fold
from ingest.reason_forms import folded_clauses

Effect = Literal["increase", "decrease"]

SIGN: Mapping[str, str] = {"increase": "+", "decrease": "-"}
OPPOSITE: Mapping[Effect, Effect] = {"increase": "decrease", "decrease": "increase"}

UP = (
    "追加|新增|增加|增长|增多|增大|增支|增收|上升|上涨|上调|上浮"
    "|扩大|加大|调增|补发|新进|提高(?!.{0,6}(?:效率|效能|质量|水平|能力))"
)
DOWN = (
    "追减|减少|下降|压减|压缩|压降|降低|调减|缩减|削减|核减|扣减"
    "|下调|取消|节约|节省|减支|减收|收回|只减不增"
)
NEUTRAL = "增减|(?:没有|[未无不没])(?:再|予)?(?:增加|减少|新增)"
PREDICATE = re.compile(f"(?P<neutral>{NEUTRAL})|(?P<decrease>{DOWN})|(?P<increase>{UP})")
MONEY = re.compile(r"\d[\d,.]*(?:亿元|万元|元)")
# Causes that work against each other: none of them is the way in which the reason works.
OPPOSED = re.compile("但|虽|相抵|互抵|抵消|抵减")
LAST_YEAR = re.compile("(?<![较比与同])(?:上年|上一年|去年)度?(?!相比|同期相比|比)")
THIS_YEAR = re.compile("本年|今年|当年")
LAST_YEAR_ONCE = re.compile(
    r"(?:上年|上一年|去年|(?P<year>\d{4})年)度?(?!.*(?:本年|今年)).*(?:一次性|尾款)"
)


def effect_of(text: str, fiscal_year: str = "") -> Effect | None:
    """Which way a reason works by its own predicates; None if they leave it open.

    Where they disagree, the last clause decides, and in it the predicate that ends it; nothing does
    where the words set them against each other. Money that was spent once in the year before makes
    this year's smaller.
    """
    if is_of_last_year_only(text, fiscal_year):
        return "decrease"
    clauses = [
        predicates(clause)
        for clause in folded_clauses(text)
        if not tells_year_before(clause, fiscal_year)
    ]
    senses = {sense for clause in clauses for sense, _ in clause}
    if len(senses) == 1:
        return senses.pop()
    return _of_one(clauses[-1]) if senses and not OPPOSED.search(text) else None


def clause_effect(clause: str, fiscal_year: str = "") -> Effect | None:
    """Which way one folded clause works by its own predicates; what a clause tells of the year
    before alone says nothing of this year's amount, unless it was there only once."""
    if is_of_last_year_only(clause, fiscal_year):
        return "decrease"
    if tells_year_before(clause, fiscal_year):
        return None
    return _of_one(predicates(clause))


def tells_year_before(clause: str, fiscal_year: str) -> bool:
    """Whether a clause tells of the year before alone."""
    is_of_year_before = tells_year(clause, LAST_YEAR, fiscal_year, -1)
    return is_of_year_before and not tells_year(clause, THIS_YEAR, fiscal_year, 0)


def tells_year(clause: str, words: re.Pattern[str], fiscal_year: str, offset: int) -> bool:
    """Whether a clause names a year by its words, or by its number: so many after the fiscal year. What is
    only compared with (较2022年) is not told."""
    if words.search(clause):
        return True
    number = int(fiscal_year) + offset if fiscal_year else None
    return number is not None and bool(
        re.search(rf"(?<![较比与同\d]){number}年度?(?!相比|同期相比|比)", clause)
    )


def is_of_last_year_only(text: str, fiscal_year: str) -> bool:
    """Whether a reason tells of something that was there once, in the year before."""
    found = LAST_YEAR_ONCE.match(fold(text))
    return found is not None and (
        found["year"] is None or found["year"] == str(int(fiscal_year or 1) - 1)
    )


def predicates(clause: str) -> list[tuple[Effect, bool]]:
    """The predicates of a clause: the sense, and whether no more than an amount follows."""
    bare = MONEY.sub("", clause).rstrip("了的")
    return [
        ("decrease" if found["decrease"] else "increase", found.end() == len(bare))
        for found in PREDICATE.finditer(bare)
        if not found["neutral"]
    ]


def _of_one(clause: list[tuple[Effect, bool]]) -> Effect | None:
    """The sense of one clause; of several that of the predicate which ends it."""
    senses = {sense for sense, _ in clause}
    if len(senses) > 1:
        senses = {sense for sense, ends_clause in clause if ends_clause}
    return senses.pop() if len(senses) == 1 else None
