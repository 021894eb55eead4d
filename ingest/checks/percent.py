"""Growth: the stated percentage follows from the value and the change."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ingest.bilingual import NOTHING, Bilingual
from ingest.calculations import Calculation, Operand, add_up, divide
from ingest.checks import phrases
from ingest.checks.findings import finding
from ingest.checks.intervals import Interval, shown
from ingest.checks.precision import Precision
from ingest.checks.subjects import baseline_label, comparison_key, label_of
from ingest.facts import Anomaly, Comparison, DocumentFacts, Observation, Severity

HUNDRED = Decimal(100)
TWO_HUNDREDTHS = Decimal("0.02")


def check_growth(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`percent` where |change| / baseline is not the stated growth, `percent-zero-base` where there is
    no baseline to grow from. What differs by truncation only has the severity rounding."""
    precision = Precision.of(facts)
    for observation, comparison in facts.comparisons():
        if comparison.percent is None or not comparison.delta:
            continue
        if comparison.direction == "increase" and comparison.delta == observation.value:
            yield zero_base(observation, comparison)
            continue
        severity = growth_severity(precision, observation, comparison)
        if severity:
            told, calculation = growth(observation, comparison)
            about = (comparison_key(observation, comparison),)
            yield finding("percent", severity, told, comparison.span, about, calculation)


def growth_severity(
    precision: Precision, observation: Observation, comparison: Comparison
) -> Severity | None:
    """How wrong the percentage is: not at all, by one unit of its last place, or more."""
    assert comparison.percent is not None and comparison.delta is not None
    baseline = precision.baseline(observation, comparison)
    size = precision.amount(comparison.delta, observation.unit)
    possible = size.over(baseline) if baseline else None
    if possible is None:
        return None
    return severity_of(precision, possible.scaled(HUNDRED), comparison.percent)


def severity_of(precision: Precision, possible: Interval, stated: Decimal) -> Severity | None:
    """None where the stated percentage is possible, rounding where truncation explains it, else error."""
    printed = precision.percentage(stated)
    if possible.meets(printed):
        return None
    unit = Decimal(1).scaleb(-precision.percentage_decimals(stated))
    return "rounding" if possible.distance(printed) <= unit else "error"


def zero_base(observation: Observation, comparison: Comparison) -> Anomaly:
    terms = baseline_terms(observation, comparison)
    told = phrases.ZERO_BASE(
        item=label_of(observation.key.item),
        value=observation.value,
        delta=comparison.delta,
        stated=comparison.percent,
    )
    baseline = add_up(terms, None, observation.unit, baseline_label(comparison.baseline))
    about = (comparison_key(observation, comparison),)
    return finding("percent-zero-base", "error", told, comparison.span, about, baseline)


def baseline_terms(observation: Observation, comparison: Comparison) -> tuple[Operand, Operand]:
    """The value and the change back, which make the baseline."""
    assert comparison.delta is not None
    sign = {"increase": -1, "decrease": 1, "unchanged": 0}[comparison.direction]
    return (
        Operand(label_of(observation.key.item), observation.value, observation.unit),
        Operand(
            phrases.DIRECTION_LABEL[comparison.direction], sign * comparison.delta, observation.unit
        ),
    )


def growth(observation: Observation, comparison: Comparison) -> tuple[Bilingual, Calculation]:
    """The arithmetic, in words and as figures, and what the author may have done instead.

    The baseline is not zero: an interval around zero gives no growth to compare with.
    """
    value, delta, stated = observation.value, comparison.delta, comparison.percent
    assert delta is not None and stated is not None
    terms = baseline_terms(observation, comparison)
    dividend = Operand(terms[1].label, delta, observation.unit)
    calculation = divide([dividend], terms, stated, label=phrases.GROWTH_LABEL)
    told = phrases.GROWTH(
        item=label_of(observation.key.item),
        delta=delta,
        value=value,
        sign="-" if terms[1].value < 0 else "+",
        base=value + terms[1].value,
        right=calculation.computed,
        stated=stated,
    )
    return told + slip(value, delta, stated), calculation


def slip(value: Decimal, delta: Decimal, stated: Decimal) -> Bilingual:
    """What gives the stated percentage: the current value as the base, or a baseline in the change's place."""
    if value and shown(HUNDRED * delta / value) == shown(stated):
        wrong = shown(HUNDRED * delta / value)
        return phrases.DIVIDED_BY_CURRENT(delta=delta, value=value, wrong=wrong)
    if delta > value > 0 and abs(HUNDRED * (delta - value) / value - stated) < TWO_HUNDREDTHS:
        return phrases.DELTA_IS_BASE(delta=delta, value=value, rest=delta - value)
    return NOTHING
