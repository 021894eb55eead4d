"""Printed precision: how many decimals a document means when it prints a number.

A number means its own decimals. A document that drops trailing zeros (31.1 beside 541.17) means the
decimals it customarily prints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ingest.checks.intervals import Interval
from ingest.facts import Comparison, DocumentFacts, Observation
from ingest.narrative.figures import UNIT_FACTOR


@dataclass(frozen=True, slots=True)
class Precision:
    """The decimals that shorter numbers of a document mean: of amounts by unit, and of percentages.

    0 where numbers mean no more than they print.
    """

    of_unit: dict[str, int]
    of_percentages: int

    @classmethod
    def of(cls, facts: DocumentFacts) -> Precision:
        """The precision of a document; every check asks for it, so that of the last one is kept."""
        return precision_of(Identity(facts))

    def amount(self, value: Decimal, unit: str) -> Interval:
        """The amounts in yuan that a printed amount stands for."""
        decimals = max(decimals_of(value), self.of_unit.get(unit, 0))
        return Interval.of_printed(value, decimals).scaled(UNIT_FACTOR[unit])

    def value(self, observation: Observation) -> Interval:
        """The amounts in yuan that an observation stands for."""
        return self.amount(observation.value, observation.unit)

    def delta(self, observation: Observation, comparison: Comparison) -> Interval | None:
        """The signed change in yuan that a comparison states; zero for unchanged, None where it states none."""
        if comparison.direction == "unchanged":
            return Interval.exactly(Decimal(0))
        if comparison.delta is None:
            return None
        size = self.amount(comparison.delta, observation.unit)
        return size if comparison.direction == "increase" else -size

    def baseline(self, observation: Observation, comparison: Comparison) -> Interval | None:
        """The amounts in yuan that the comparison implies for its baseline."""
        delta = self.delta(observation, comparison)
        return None if delta is None else self.value(observation) - delta

    def percentage(self, value: Decimal) -> Interval:
        """The percentages that a printed one stands for."""
        return Interval.of_printed(value, self.percentage_decimals(value))

    def percentage_decimals(self, value: Decimal) -> int:
        return max(decimals_of(value), self.of_percentages)


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """Facts as a key that compares by identity: comparing all of them would cost more than it saves."""

    facts: DocumentFacts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and other.facts is self.facts

    def __hash__(self) -> int:
        return id(self.facts)


@lru_cache(maxsize=1)
def precision_of(document: Identity) -> Precision:
    amounts: dict[str, list[Decimal]] = {}
    percentages: list[Decimal] = []
    for observation in document.facts.amounts:
        amounts.setdefault(observation.unit, []).append(observation.value)
        percentages.extend(x for x in (observation.share, observation.completion) if x)
        for comparison in observation.comparisons:
            amounts[observation.unit].extend(x for x in (comparison.delta,) if x)
            percentages.extend(x for x in (comparison.percent,) if x)
    return Precision(
        {unit: customary_decimals(values) for unit, values in amounts.items()},
        customary_decimals(percentages),
    )


def decimals_of(value: Decimal) -> int:
    """The printed decimals: 2 for 350.10, 0 for 173."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def customary_decimals(values: Iterable[Decimal]) -> int:
    """The decimals most numbers print, if the numbers drop trailing zeros; else 0."""
    printed = [value for value in values if value != 0]
    fractions = [value for value in printed if decimals_of(value)]
    if not fractions or any(value.as_tuple().digits[-1] == 0 for value in fractions):
        return 0
    return Counter(map(decimals_of, fractions)).most_common(1)[0][0]
