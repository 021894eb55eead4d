"""Across sections: one figure stated twice is stated alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import cast

from ingest.calculations import Calculation, Operand, add_up
from ingest.checks import phrases
from ingest.checks.findings import amount, finding
from ingest.checks.intervals import ZERO, Interval
from ingest.checks.mentions import DOUBTFUL_VALUES
from ingest.checks.percent import growth_severity
from ingest.checks.precision import Precision
from ingest.checks.subjects import baseline_label, comparison_key, key_of, label_of
from ingest.checks.sums import baseline_key
from ingest.facts import (
    Anomaly,
    Comparison,
    Direction,
    DocumentFacts,
    Observation,
    ObservationKey,
    Severity,
)

# 基本持平 covers a change of this part of the baseline.
NEARLY = Decimal("0.02")
# The same money under two names (FACTS rule 1): a source of all income, and all income of its own section.
SAME_MONEY = tuple(
    (("all", "income", item), (fund, "income", "total"))
    for item, fund in (
        ("general-appropriation", "general"),
        ("gov-fund-appropriation", "gov-fund"),
        ("state-capital-appropriation", "state-capital"),
        ("fiscal-appropriation", "fiscal"),
    )
)


def check_sections(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`cross-section` where two places give one figure differently."""
    yield from check_same_money(facts)
    yield from check_repeated_comparisons(facts)
    yield from check_equal_changes(facts)
    yield from check_stated_baselines(facts)
    yield from check_repeated_counts(facts)


def check_same_money(facts: DocumentFacts) -> Iterator[Anomaly]:
    precision = Precision.of(facts)
    for one, other in SAME_MONEY:
        left = facts.observation(ObservationKey(*one, facts.fiscal_year, "final"))
        right = facts.observation(ObservationKey(*other, facts.fiscal_year, "final"))
        if left and right and not precision.value(left).meets(precision.value(right)):
            yield same_money_differs(left, right)


def same_money_differs(left: Observation, right: Observation) -> Anomaly:
    item = label_of(left.key.item)
    told = phrases.SAME_MONEY(
        item=item,
        among=amount(left.value, left.unit),
        section=amount(right.value, right.unit),
    )
    return finding(
        "cross-section",
        "error",
        told,
        right.mentions[0].span,
        (key_of(left.key), key_of(right.key)),
        add_up(
            [Operand(phrases.AMONG_INCOME, left.value, left.unit)], right.value, right.unit, item
        ),
    )


def check_repeated_comparisons(facts: DocumentFacts) -> Iterator[Anomaly]:
    """Minor where one point seems to have so many changes against one baseline that it is likely misread."""
    for observation in facts.amounts:
        for baseline in {one.baseline for one in observation.comparisons}:
            same = [one for one in observation.comparisons if one.baseline == baseline]
            severity: Severity = "minor" if len(same) >= DOUBTFUL_VALUES else "error"
            for later in same[1:]:
                if conflict(same[0], later):
                    words = phrases.TOLD_TWICE(
                        item=label_of(observation.key.item), first=told(same[0]), later=told(later)
                    )
                    about = (comparison_key(observation, later),)
                    twice = change_twice(observation, same[0], later)
                    yield finding("cross-section", severity, words, later.span, about, twice)


def change_twice(
    observation: Observation, first: Comparison, later: Comparison
) -> Calculation | None:
    """The change that is stated first against the later one, where they differ in it."""
    before, here = signed_delta(first), signed_delta(later)
    if before is None or here is None or before == here:
        return None
    term = Operand(phrases.BEFORE, before, observation.unit)
    return add_up([term], here, observation.unit, phrases.CHANGE)


def signed_delta(comparison: Comparison) -> Decimal | None:
    if comparison.direction == "unchanged":
        return Decimal(0)
    if comparison.delta is None:
        return None
    return comparison.delta if comparison.direction == "increase" else -comparison.delta


def conflict(first: Comparison, later: Comparison) -> bool:
    """Whether two changes differ in what both state: 减少 and 减少5.00万元 do not."""
    pairs = ((first.delta, later.delta), (first.percent, later.percent))
    return first.direction != later.direction or any(
        one is not None and other is not None and one != other for one, other in pairs
    )


def check_equal_changes(facts: DocumentFacts) -> Iterator[Anomaly]:
    """The same value and the same change against the same baseline give the same percentage."""
    alike: dict[object, list[tuple[Observation, Comparison]]] = defaultdict(list)
    for observation, comparison in facts.comparisons():
        if comparison.delta and comparison.percent is not None:
            alike[
                (observation.value, comparison.delta, comparison.direction, comparison.baseline)
            ].append((observation, comparison))
    for group in alike.values():
        first, later = (
            group[0],
            next((one for one in group if one[1].percent != group[0][1].percent), None),
        )
        if later is not None:
            yield equal_changes_differ(Precision.of(facts), first, later)


def equal_changes_differ(
    precision: Precision,
    first: tuple[Observation, Comparison],
    later: tuple[Observation, Comparison],
) -> Anomaly:
    """The anomaly stands where the percentage is also wrong in itself, or at the later place."""
    wrong, right = (later, first) if growth_severity(precision, *first) is None else (first, later)
    words = phrases.EQUAL_CHANGES(
        item=label_of(wrong[0].key.item),
        wrong=told(wrong[1]),
        value=wrong[0].value,
        right=told(right[1]),
        other=label_of(right[0].key.item),
    )
    return finding(
        "cross-section",
        "error",
        words,
        wrong[1].span,
        (comparison_key(*wrong), comparison_key(*right)),
    )


def check_stated_baselines(facts: DocumentFacts) -> Iterator[Anomaly]:
    precision = Precision.of(facts)
    for observation, comparison in facts.comparisons():
        stated = facts.observation(baseline_key(observation.key, comparison.baseline))
        implied = precision.baseline(observation, comparison)
        if stated and implied and not fits(precision, comparison, implied, stated):
            wrong_word = is_wrong_word(precision, observation, comparison, stated)
            kind = "direction" if wrong_word else "cross-section"
            yield baseline_differs(kind, observation, comparison, stated)


def baseline_differs(
    kind: str, observation: Observation, comparison: Comparison, stated: Observation
) -> Anomaly:
    baseline = baseline_label(comparison.baseline)
    words = phrases.STATED_BASELINE(
        item=label_of(observation.key.item),
        told=told(comparison),
        value=observation.value,
        baseline=baseline,
        stated=amount(stated.value, stated.unit),
    )
    about = (comparison_key(observation, comparison), key_of(stated.key))
    change = Operand(phrases.CHANGE, -(signed_delta(comparison) or Decimal(0)), observation.unit)
    value = Operand(label_of(observation.key.item), observation.value, observation.unit)
    calculation = add_up([value, change], stated.value, stated.unit, baseline)
    return finding(kind, "error", words, comparison.span, about, calculation)


def is_wrong_word(
    precision: Precision, observation: Observation, comparison: Comparison, stated: Observation
) -> bool:
    """Whether the word is at fault and not a figure: 持平 with a change, or 增加 where 减少 would be right."""
    if comparison.direction == "unchanged":
        return True
    other = {"increase": "decrease", "decrease": "increase"}[comparison.direction]
    turned = replace(comparison, direction=cast(Direction, other))
    implied = precision.baseline(observation, turned)
    return implied is not None and implied.meets(precision.value(stated))


def fits(
    precision: Precision, comparison: Comparison, implied: Interval, stated: Observation
) -> bool:
    """Whether the baseline that a comparison implies is the stated one; 基本持平 need only be near it."""
    known = precision.value(stated)
    nearly = comparison.direction == "unchanged" and "基本" in comparison.span.quote
    near = max(known.high, -known.low) * NEARLY if nearly else ZERO
    return implied.distance(known) <= near


def check_repeated_counts(facts: DocumentFacts) -> Iterator[Anomaly]:
    """Minor: the vehicles of 三公 and those of the asset section may be counted on different bases."""
    for first, later in combinations(facts.counts, 2):
        if first.item == later.item and first.value != later.value:
            item = label_of(first.item)
            words = phrases.BEFORE_AND_HERE(item=item, before=first.value, here=later.value)
            before = Operand(phrases.BEFORE, Decimal(first.value), first.unit)
            calculation = add_up([before], Decimal(later.value), later.unit, item)
            about = (f"count.{first.item}",)
            yield finding("cross-section", "minor", words, later.span, about, calculation)


def told(comparison: Comparison) -> str:
    sign = {"increase": "+", "decrease": "-", "unchanged": "±0"}[comparison.direction]
    return f"{sign}{comparison.delta or ''}" + (
        f" ({comparison.percent}%)" if comparison.percent is not None else ""
    )
