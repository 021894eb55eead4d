"""Goals of indicators: what a printed target asks for, and whether the printed result meets it.

A target is a number with a comparator in a column of its own (≥, 95), both in one cell (不低于95%, 3日以内),
or words (达标). Where the words leave it open (提升服务水平 against 明显提升), nothing is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from operator import eq, ge, gt, le, lt

from ingest.facts import Indicator
from ingest.quads.money import read_number
from ingest.quads.quantities import Quantity, quantity
from ontology.lexicon import load_lexicon, normalize_word

# A concept of comparator: which way is better, and when the target is met.
Comparison = Callable[[Decimal, Decimal], bool]
POLARITIES: dict[str, tuple[str, Comparison]] = {
    "ge": ("higher-better", ge),
    "gt": ("higher-better", gt),
    "le": ("lower-better", le),
    "lt": ("lower-better", lt),
    "eq": ("target-best", eq),
}
NUMBER = r"\d[\d,]*(?:\.\d+)?"
UNIT = r"[%‰]?[一-龥A-Za-z]{0,6}?"
# 95%以上, 3日以内: the comparator behind the number and its unit.
BEHIND = (
    ("ge", re.compile(rf"{NUMBER}{UNIT}(?:\(含\))?及?以上")),
    ("le", re.compile(rf"{NUMBER}{UNIT}(?:\(含\))?(?:及?以下|[以之]内)")),
)
# A number that stands for itself: 达到100%, 完成12次.
ALONE = re.compile(
    rf"(?:(?:已|全部)?(?:达到?|完成|实现|为|共计|共))?(?P<number>{NUMBER})(?P<unit>{UNIT})"
)
# A number with the words behind it that may be its unit.
MEASURED = re.compile(rf"(?P<number>{NUMBER})(?P<unit>[%‰]?[一-龥]{{0,6}})")
DONE = re.compile(
    r"(?:已|全部|基本|按时|按期|按计划|如期|均|较好)*"
    r"(?:完成|达标|达成|达到|实现|合格|符合)(?:年度|预期|既定|全部|目标|指标|任务|要求|计划|值|标准)*"
)
NOT_DONE = re.compile(
    r"(?:尚|均)?(?:未|没有|部分|不)(?:完全|全部|能|按时|按期|予)*"
    r"(?:完成|达标|达成|达到|实现|合格|符合)(?:年度|预期|既定|全部|目标|指标|任务|要求|计划|值|标准|并具有一定效果)*"
)


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked for: a concept of comparator (None where it is not said) and a quantity (None: words)."""

    comparator: str | None
    quantity: Quantity | None

    @property
    def polarity(self) -> str | None:
        """Which way is better, if the comparator tells."""
        return POLARITIES[self.comparator][0] if self.comparator in POLARITIES else None


def goal_of(indicator: Indicator) -> Goal:
    """The goal: the comparator of its own column leads, else that in the words of the target.

    A target with several numbers (走访100户,发放20份) is one in words.
    """
    own, target = comparator_code(indicator), indicator.target or ""
    number = read_number(target)
    if number is not None:
        return Goal(own, quantity(str(number), "%" if has_percent_sign(target) else indicator.unit))
    told = comparator_in(target)
    asked = single_quantity(target) if own in POLARITIES or told else None
    return Goal(own if own in POLARITIES else told or own, asked)


def comparator_code(indicator: Indicator) -> str | None:
    """The concept of the comparator that is printed in a column of its own."""
    return load_lexicon().find_meaning("comparator", indicator.comparator or "")


def is_met(indicator: Indicator) -> bool | None:
    """Whether the result meets the goal; None where words, numbers or units leave it open."""
    goal = goal_of(indicator)
    if goal.quantity is None:
        return is_done(indicator)
    actual = result_quantity(indicator.actual)
    if actual is None:
        return None
    verdicts = {
        verdict(goal.comparator, value, goal.quantity.number)
        for value in possible_values(actual, goal.quantity, goal.polarity)
    }
    return verdicts.pop() if len(verdicts) == 1 else None


def possible_values(actual: Quantity, asked: Quantity, polarity: str | None) -> Iterator[Decimal]:
    """What a result can be in the unit of its goal; nothing where the two cannot be compared."""
    yield from actual.values_in(asked)
    # A spreadsheet prints 96% as 0.96; below a limit it may as well be a small percentage.
    is_bare = actual.measures is None and asked.measures == "ratio"
    if is_bare and actual.number <= 1 < asked.number and polarity != "lower-better":
        yield actual.number * 100


def verdict(comparator: str | None, actual: Decimal, asked: Decimal) -> bool | None:
    """Whether a number meets another; whatever the comparator that is not printed, one on target does."""
    if comparator in POLARITIES:
        return POLARITIES[comparator][1](actual, asked)
    return True if actual == asked else None


def is_done(indicator: Indicator) -> bool | None:
    """A goal in words: met when the result repeats it or says that it is done, not when it denies that."""
    target, actual = normalized(indicator.target), normalized(indicator.actual)
    if not actual or not target:
        return None
    if NOT_DONE.fullmatch(actual):
        return False
    return True if actual == target or DONE.fullmatch(actual) else None


def result_quantity(text: str | None) -> Quantity | None:
    """The quantity of a result: printed alone, or with a verb and a unit (完成12次)."""
    number = read_number(text)
    if number is not None:
        return quantity(str(number), "%" if has_percent_sign(text) else None)
    alone = ALONE.fullmatch(normalized(text))
    return quantity(alone["number"], alone["unit"]) if alone else None


def single_quantity(text: str) -> Quantity | None:
    """The quantity of a target in one cell; None where it holds several numbers or none."""
    found = [*MEASURED.finditer(normalized(text))]
    return quantity(found[0]["number"], found[0]["unit"]) if len(found) == 1 else None


def has_percent_sign(text: str | None) -> bool:
    """Whether a cell ends with one."""
    return (text or "").rstrip().endswith(("%", "％"))


def comparator_in(text: str) -> str | None:
    """The comparator of a target in one cell, before its number or behind it; None without a single one."""
    words = normalized(text)
    before = [*comparators_before().finditer(words)]
    if len(before) == 1:
        return load_lexicon().find_meaning("comparator", before[0]["comparator"])
    if before:
        return None
    return next((meaning for meaning, behind in BEHIND if behind.search(words)), None)


def normalized(text: str | None) -> str:
    return normalize_word(text or "").rstrip("。;.")


@cache
def comparators_before() -> re.Pattern[str]:
    """Any word for a comparator with a number behind it (不低于, 至少, ≥)."""
    lexicon = load_lexicon()
    known = [
        w for w in lexicon.words("comparator") if lexicon.meaning("comparator", w) in POLARITIES
    ]
    return re.compile(
        rf"(?<![不得未没非])(?P<comparator>{'|'.join(map(re.escape, known))}){NUMBER}"
    )
