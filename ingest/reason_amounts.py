"""The money that a reason names: what a clause adds or takes away, not what there was or will be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ingest.cues import fold
from ingest.reason_effects import (
    Effect,
    clause_effect,
    effect_of,
    is_of_last_year_only,
    tells_year_before,
)
from ingest.reason_forms import folded_clauses

YUAN: Mapping[str, Decimal] = {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8)}
AMOUNT = re.compile(
    r"(?<![\d.])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    "(?P<unit>亿元|万元|元)(?![/每])"
)

# 较上年增加30万元 tells the change itself: what is compared with is no word about the amount.
COMPARED = re.compile(
    r"[较比与同](?:上年|上一年|去年|年初|\d{4}年)度?(?:同期|决算数?|年初预算数?|预算数?|数)*(?:相比)?"
)
# Words before an amount that make it a level, a total or a rate; no difference that explains.
LEVEL = re.compile(
    "上年|上一年|去年|同期|年初预算|年初安排|原预算|预算数|决算数|总额|总量|余额|全年预算"
    "|人均|生均|每[人月年辆次户亩名]|单价|标准为?|(?:增加?|降低?|升|减少?|提高|调整)(?:至|到|为)|达到|共有"
    "|[由从][^,]{0,8}$"
)
SUM = re.compile("(?:共计|合计|总计)")
# What follows these words is part of what came before, up to the next point of the list.
PART_OF = re.compile("其中")
MAINLY = re.compile("主要(?:是|为|系|用于|包括|原因)")
NEXT_POINT = re.compile(
    r"第?[一二三四五六七八九十]+是|\(?[一二三四五六七八九十\d]{1,2}[)、.](?!\d)|另|同时|此外"
)


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """Money in yuan, without sign, that a reason gives; `effect` None where its words leave it open."""

    amount: Decimal
    effect: Effect | None


def amount_in(text: str, fiscal_year: str = "") -> Decimal | None:
    """The amount in yuan that a reason names; None if it names none or several.

    Levels (上年30万元, 预算数, 增至, 每人) do not count.
    """
    amounts = list(_amounts(fold(text), fiscal_year))
    return amounts[0] if len(amounts) == 1 else None


def clause_amount(clause: str, fiscal_year: str = "") -> Decimal | None:
    """The amount that one folded clause names: the only one, or the sum that it states of them."""
    total = SUM.search(clause)
    amounts = list(_amounts(clause[total.end() :] if total else clause, fiscal_year))
    return amounts[0] if len(amounts) == 1 else None


def stated_amounts(text: str, fiscal_year: str = "") -> tuple[StatedAmount, ...]:
    """The amounts of a reason that add up: the only one with the effect of the whole reason, or one
    a clause with the effect of the clause. What follows 其中, or 主要是 after an amount, is part of what
    came before."""
    only = amount_in(text, fiscal_year)
    if only is not None:
        return (StatedAmount(only, effect_of(text, fiscal_year)),)
    clauses = folded_clauses(text)
    sums = [clause for clause in clauses if SUM.search(clause)]
    amounts = ((own, clause_amount(own, fiscal_year)) for own in _wholes(sums or clauses))
    return tuple(
        StatedAmount(amount, clause_effect(own, fiscal_year))
        for own, amount in amounts
        if amount is not None
    )


def _wholes(clauses: Iterable[str]) -> Iterator[str]:
    """The clauses, or their beginnings, that are no part of what came before in their point of a list."""
    holds_amount = is_part = False
    for clause in clauses:
        if NEXT_POINT.match(clause):
            holds_amount = is_part = False
        part = PART_OF.search(clause) or (holds_amount and MAINLY.match(clause))
        if not is_part:
            own = clause[: part.start()] if part else clause
            holds_amount = holds_amount or bool(AMOUNT.search(own))
            yield own
        is_part = is_part or bool(part)


def _amounts(clause: str, fiscal_year: str) -> Iterator[Decimal]:
    once = is_of_last_year_only(clause, fiscal_year)
    for before, found in _with_words_before(clause):
        words = COMPARED.sub("", before)
        if once or not (LEVEL.search(words) or tells_year_before(words, fiscal_year)):
            yield Decimal(found["digits"].replace(",", "")) * YUAN[found["unit"]]


def _with_words_before(clause: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Each amount with the words of its clause since the amount before."""
    start = 0
    for found in AMOUNT.finditer(clause):
        before = clause[start : found.start()]
        yield re.split("[,;。]", before)[-1], found
        start = found.end()
