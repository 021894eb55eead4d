"""Matching: which gold facts were read, which were missed, and what was read that is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from ingest.evaluation.families import Fact, Family

ALIKE = 0.85
TOTAL = "ALL"


@dataclass(frozen=True, slots=True)
class Score:
    """How a family was read: the number of gold facts found, and the facts missed and invented."""

    found: int = 0
    missed: tuple[Fact, ...] = ()
    invented: tuple[Fact, ...] = ()

    @property
    def precision(self) -> float:
        """The share of what was read that is right, 1 where nothing was read."""
        return share(self.found, len(self.invented))

    @property
    def recall(self) -> float:
        """The share of the gold that was read, 1 where there is none."""
        return share(self.found, len(self.missed))

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found, self.missed + other.missed, self.invented + other.invented
        )


def share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0


def are_alike(one: str, other: str) -> bool:
    """Whether two folded texts are the same words but for a few characters, or one holds the other.

    The likeness is that of difflib, which depends a little on which text comes first.
    """
    if one == other:
        return True
    if not one or not other:
        return False
    # The quick ratios are upper bounds of the ratio, and much cheaper.
    likeness = SequenceMatcher(None, one, other)
    return (
        one in other
        or other in one
        or (likeness.quick_ratio() >= ALIKE and likeness.ratio() >= ALIKE)
    )


def score(family: Family, gold: Iterable[Fact], read: Iterable[Fact]) -> Score:
    """The facts that were read against the gold ones, as the family is matched."""
    wanted, given = list(gold), list(read)
    if family.once:
        wanted, given = list(dict.fromkeys(wanted)), list(dict.fromkeys(given))
    return MATCHINGS[family.matching](wanted, given)


def match_exactly(gold: list[Fact], read: list[Fact]) -> Score:
    missed = [*(Counter(gold) - Counter(read)).elements()]
    invented = [*(Counter(read) - Counter(gold)).elements()]
    return Score(len(gold) - len(missed), tuple(missed), tuple(invented))


def match_alike(gold: list[Fact], read: list[Fact]) -> Score:
    """What is not equal is paired, first come first served, with what is alike at the same place."""
    exact = match_exactly(gold, read)
    left, missed = list(exact.invented), []
    for wanted in exact.missed:
        pair = next(
            (
                place
                for place, given in enumerate(left)
                if given.where == wanted.where and are_alike(wanted.value, given.value)
            ),
            None,
        )
        if pair is None:
            missed.append(wanted)
        else:
            del left[pair]
    return Score(len(gold) - len(missed), tuple(missed), tuple(left))


def match_either(gold: list[Fact], read: list[Fact]) -> Score:
    """Places are counted, not values: where the document itself states two, either is right."""
    wanted, given = values_by_place(gold), values_by_place(read)
    missed = tuple(
        Fact(where, " / ".join(values))
        for where, values in wanted.items()
        if not set(values) & set(given.get(where, ()))
    )
    invented = tuple(fact for fact in read if fact.value not in wanted.get(fact.where, ()))
    return Score(len(wanted) - len(missed), missed, invented)


def values_by_place(facts: list[Fact]) -> dict[tuple[str, ...], list[str]]:
    ordered = sorted(facts)
    return {
        where: [fact.value for fact in together]
        for where, together in groupby(ordered, key=lambda fact: fact.where)
    }


def match_findings(gold: list[Fact], read: list[Fact]) -> Score:
    """By the words they quote: a gold error is found by a finding of any severity, and an error that
    was read is none of ours to invent when the gold lists it, whatever its severity there."""
    wanted, given = errors(gold), errors(read)
    missed = tuple(
        one for one in wanted if not any(are_alike(one.value, other.value) for other in read)
    )
    invented = tuple(
        one for one in given if not any(are_alike(other.value, one.value) for other in gold)
    )
    return Score(len(wanted) - len(missed), missed, invented)


def errors(findings: list[Fact]) -> list[Fact]:
    return [one for one in findings if one.where[1] == "error"]


MATCHINGS: dict[str, Callable[[list[Fact], list[Fact]], Score]] = {
    "exact": match_exactly,
    "alike": match_alike,
    "either": match_either,
    "findings": match_findings,
}
