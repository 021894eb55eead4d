"""Sums: parts and whole agree, in values and in changes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ingest.bilingual import Bilingual, join
from ingest.calculations import Calculation, Operand, add_up, rounded
from ingest.checks import phrases
from ingest.checks.findings import amount, finding, sum_told
from ingest.checks.intervals import Interval
from ingest.checks.partitions import Breakdown, find_breakdowns
from ingest.checks.precision import Precision, decimals_of
from ingest.checks.shares import severity_of_share
from ingest.checks.subjects import (
    baseline_label,
    comparison_key,
    key_of,
    label_of,
    label_of_point,
    unit_label,
)
from ingest.facts import Anomaly, Comparison, DocumentFacts, Observation, ObservationKey, Span
from ontology.partitions import Partition

TEN_THOUSAND = Decimal(10_000)
TEN_THOUSAND_YUAN = "万元"


def check_sums(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`sum` where the stated parts do not add up to the whole, or their changes to its change."""
    precision = Precision.of(facts)
    for breakdown in find_breakdowns(facts):
        if not is_of_other_whole(facts, precision, breakdown):
            yield from check_values(precision, breakdown)
        if breakdown.complete and breakdown.partition.relation == "exhaustive":
            yield from check_changes(facts, precision, breakdown)


# Economic classes are mostly told of basic expenditure, in some budgets of all of it.
OTHER_WHOLES = {"by-economic-class": "total"}


def is_of_other_whole(facts: DocumentFacts, precision: Precision, breakdown: Breakdown) -> bool:
    """Whether the parts add up to another whole that a partition may be of."""
    item = OTHER_WHOLES.get(breakdown.partition.notation)
    other = facts.observation(breakdown.whole.key._replace(item=item)) if item else None
    total = add([precision.value(part) for part in breakdown.parts])
    return other is not None and precision.value(other).meets(total)


def check_values(precision: Precision, breakdown: Breakdown) -> Iterator[Anomaly]:
    total = add(precision.value(part) for part in breakdown.parts)
    whole = precision.value(breakdown.whole)
    exceeds = total.low > whole.high
    falls_short = total.high < whole.low and breakdown.complete
    if exceeds or (falls_short and breakdown.partition.relation != "subset"):
        calculation = sum_of(breakdown)
        told = phrases.SUM(
            what=label_of_partition(breakdown.partition),
            sum=sum_told(calculation),
            whole=label_of(breakdown.whole.key.item),
            stated=amount(breakdown.whole.value, breakdown.whole.unit),
        )
        yield finding(
            "sum",
            "error",
            told,
            sentence_of(suspect(precision, breakdown), breakdown),
            tuple(key_of(observation.key) for observation in (breakdown.whole, *breakdown.parts)),
            calculation,
        )


def sum_of(breakdown: Breakdown) -> Calculation:
    """The parts added up against the whole."""
    whole = breakdown.whole
    terms = [
        Operand(label_of_point(part.key, whole.key), part.value, part.unit)
        for part in breakdown.parts
    ]
    return add_up(terms, whole.value, whole.unit, label_of(whole.key.item))


def label_of_partition(partition: Partition) -> Bilingual:
    return Bilingual(partition.label_zh, partition.label_en)


def suspect(precision: Precision, breakdown: Breakdown) -> Observation:
    """The figure that is probably wrong: the one part whose stated share does not fit the whole, or
    else the whole."""
    misfits = [
        part
        for part in breakdown.parts
        if severity_of_share(precision, part, breakdown.whole) == "error"
    ]
    return misfits[0] if len(misfits) == 1 else breakdown.whole


def sentence_of(wrong: Observation, breakdown: Breakdown) -> Span:
    """Where a sum stands: the sentence that states the whole with its parts, if it is one, else the figure
    that is probably wrong."""
    figure = wrong.mentions[0].span
    if wrong is not breakdown.whole:
        return figure
    sentences = [
        part.span
        for part in breakdown.parts
        if part.span.start <= figure.start and figure.end <= part.span.end
    ]
    return max(sentences, key=lambda span: span.end, default=figure)


def check_changes(
    facts: DocumentFacts, precision: Precision, breakdown: Breakdown
) -> Iterator[Anomaly]:
    for comparison in breakdown.whole.comparisons:
        stated = precision.delta(breakdown.whole, comparison)
        parts = [change_of(facts, precision, part, comparison) for part in breakdown.parts]
        if stated is None or any(part is None for part in parts):
            continue
        changes = [part for part in parts if part is not None]
        total = add(changes)
        if not total.meets(stated):
            yield changes_disagree(breakdown, comparison, changes, stated)


def change_of(
    facts: DocumentFacts, precision: Precision, part: Observation, of_whole: Comparison
) -> Interval | None:
    """The change of a part against the same baseline: compared, or against a stated baseline value."""
    comparison = find_comparison(part, of_whole.baseline)
    if comparison:
        return precision.delta(part, comparison)
    stated = facts.observation(baseline_key(part.key, of_whole.baseline))
    return precision.value(part) - precision.value(stated) if stated else None


def find_comparison(observation: Observation, baseline: str) -> Comparison | None:
    return next((found for found in observation.comparisons if found.baseline == baseline), None)


def baseline_key(key: ObservationKey, baseline: str) -> ObservationKey:
    """The point of the cube that a baseline stands at."""
    year = str(int(key.year) - 1) if baseline.startswith("previous") else key.year
    phase = {"previous-final": "final", "previous-budget": "initial-budget"}.get(baseline, baseline)
    return key._replace(year=year, phase=phase)


def changes_disagree(
    breakdown: Breakdown, comparison: Comparison, changes: list[Interval], stated: Interval
) -> Anomaly:
    """The anomaly stands at a part that changed by more than the whole, or else at the whole; where the
    parts are of several flows, at what is carried over, for the totals confirm one another."""
    middle = [middle_of(change) for change in changes]
    largest = max(range(len(changes)), key=lambda place: abs(middle[place]))
    culprit = find_comparison(breakdown.parts[largest], comparison.baseline)
    across_flows = any("." in part for part in breakdown.partition.parts)
    if across_flows:
        culprit = find_comparison(breakdown.parts[-1], comparison.baseline)
    elif culprit is None or abs(middle[largest]) <= abs(middle_of(stated)):
        culprit = comparison
    culprit = culprit or comparison
    calculation = sum_of_changes(breakdown, middle, middle_of(stated))
    return finding(
        "cross-year" if across_flows and comparison.baseline == "previous-final" else "sum",
        "error",
        changes_told(breakdown, comparison, calculation),
        culprit.span,
        (
            comparison_key(breakdown.whole, comparison),
            *(f"{key_of(one.key)}~{comparison.baseline}" for one in breakdown.parts),
        ),
        calculation,
    )


def sum_of_changes(breakdown: Breakdown, changes: list[Decimal], stated: Decimal) -> Calculation:
    """The changes of the parts, in 万元, added up against that of the whole."""
    whole = breakdown.whole.key
    terms = [
        Operand(label_of_point(part.key, whole), at_least_cents(change), TEN_THOUSAND_YUAN)
        for part, change in zip(breakdown.parts, changes, strict=True)
    ]
    label = phrases.CHANGE_OF(item=label_of(whole.item), change=phrases.CHANGE)
    return add_up(terms, at_least_cents(stated), TEN_THOUSAND_YUAN, label)


def changes_told(
    breakdown: Breakdown, comparison: Comparison, calculation: Calculation
) -> Bilingual:
    listed = [
        phrases.CHANGE_OF(item=term.label, change=signed(term.value)) for term in calculation.terms
    ]
    return phrases.CHANGES(
        what=label_of_partition(breakdown.partition),
        baseline=baseline_label(comparison.baseline),
        listed=join(listed, phrases.COMMA),
        together=signed(calculation.computed),
        whole=label_of(breakdown.whole.key.item),
        stated=signed(calculation.stated or Decimal(0)),
        unit=unit_label(TEN_THOUSAND_YUAN),
    )


def add(intervals: Iterator[Interval] | list[Interval]) -> Interval:
    return sum(intervals, Interval.exactly(Decimal(0)))


def middle_of(interval: Interval) -> Decimal:
    return (interval.low + interval.high) / 2 / TEN_THOUSAND


def at_least_cents(value: Decimal) -> Decimal:
    """An amount in 万元 with two decimals, or as many as it has."""
    return value.normalize() if decimals_of(value.normalize()) > 2 else rounded(value, 2)


def signed(value: Decimal) -> str:
    return ("+" if value > 0 else "") + str(value)
