"""Goals of indicators: what a printed target asks for, and whether the printed result meets it.

A target is a number with a comparator in a column of its own (≥, 95), both in one cell (不低于95%, 3日以内),
or words (达标). Where the words leave it open (提升服务水平 against 明显提升), nothing is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from operator import eq, ge, gt, le, lt

from ingest.facts import Indicator
from ingest.quads.money import read_number
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
NUMBERS = re.compile(NUMBER)
UNIT = r"[%‰]?[一-龥A-Za-z]{0,6}?"
# 95%以上, 3日以内: the comparator behind the number and its unit.
BEHIND = (
    ("ge", re.compile(rf"{NUMBER}{UNIT}(?:\(含\))?及?以上")),
    ("le", re.compile(rf"{NUMBER}{UNIT}(?:\(含\))?(?:及?以下|[以之]内)")),
)
# A number that stands for itself: 达到100%, 完成12次.
ALONE = re.compile(rf"(?:(?:已|全部)?(?:达到?|完成|实现|为|共计|共))?({NUMBER}){UNIT}")
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
    """What is asked for: a concept of comparator (None where it is not said) and a number (None: words)."""

    comparator: str | None
    number: Decimal | None

    @property
    def polarity(self) -> str | None:
        """Which way is better, if the comparator tells."""
        return POLARITIES[self.comparator][0] if self.comparator in POLARITIES else None


def goal_of(indicator: Indicator) -> Goal:
    """The goal: the comparator of its own column leads, else that in the words of the target.

    A target with several numbers (走访100户,发放20份) is one in words.
    """
    own = load_lexicon().find_meaning("comparator", indicator.comparator or "")
    number = read_number(indicator.target)
    if number is not None:
        return Goal(own, number)
    told = comparator_in(indicator.target or "")
    number = single_number(indicator.target or "") if own in POLARITIES or told else None
    return Goal(own if own in POLARITIES else told or own, number)


def is_met(indicator: Indicator) -> bool | None:
    """Whether the result meets the goal; None where the words or the numbers leave it open."""
    goal = goal_of(indicator)
    if goal.number is None:
        return is_done(indicator)
    actual = result_number(indicator.actual)
    if actual is None:
        return None
    if goal.comparator in POLARITIES:
        return POLARITIES[goal.comparator][1](actual, goal.number)
    # Whatever the comparator that is not printed: who is on target meets it.
    return True if actual == goal.number else None


def is_done(indicator: Indicator) -> bool | None:
    """A goal in words: met when the result repeats it or says that it is done, not when it denies that."""
    target, actual = normalized(indicator.target), normalized(indicator.actual)
    if not actual or not target:
        return None
    if NOT_DONE.fullmatch(actual):
        return False
    return True if actual == target or DONE.fullmatch(actual) else None


def result_number(text: str | None) -> Decimal | None:
    """The number of a result: printed alone, or with a verb and a unit (完成12次)."""
    number = read_number(text)
    if number is not None or text is None:
        return number
    alone = ALONE.fullmatch(normalized(text))
    return read_number(alone[1]) if alone else None


def single_number(text: str) -> Decimal | None:
    numbers = NUMBERS.findall(normalized(text))
    return read_number(numbers[0]) if len(numbers) == 1 else None


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
