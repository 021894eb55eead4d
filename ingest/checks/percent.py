"""Growth: the stated percentage follows from the value and the change."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ingest.checks.intervals import Interval, shown
from ingest.checks.precision import Precision
from ingest.checks.subjects import comparison_key, label_of
from ingest.facts import Anomaly, Comparison, DocumentFacts, Observation, Severity

HUNDRED = Decimal(100)


def check_growth(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`percent` where |change| / baseline is not the stated growth, `percent-zero-base` where there is
    no baseline to grow from. What differs by truncation only has the severity rounding."""
    precision = Precision.of(facts)
    for observation, comparison in facts.comparisons():
        if comparison.percent is None or not comparison.delta:
            continue
        if comparison.direction == "increase" and comparison.delta == observation.value:
            yield anomaly(
                "percent-zero-base", "error", observation, comparison, zero_base(comparison)
            )
            continue
        severity = growth_severity(precision, observation, comparison)
        if severity:
            yield anomaly(
                "percent", severity, observation, comparison, growth(observation, comparison)
            )


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


def zero_base(comparison: Comparison) -> str:
    return (
        f"{comparison.delta}-{comparison.delta}=0: the baseline is zero, so no percentage is defined; "
        f"stated {comparison.percent}%"
    )


def growth(observation: Observation, comparison: Comparison) -> str:
    """The arithmetic, and what the author may have done instead."""
    value, delta, stated = observation.value, comparison.delta, comparison.percent
    assert delta is not None and stated is not None
    rises = comparison.direction == "increase"
    baseline = value - delta if rises else value + delta
    sign = "-" if rises else "+"
    text = f"{delta}/({value}{sign}{delta})={delta}/{baseline}"
    text += f"={shown(HUNDRED * delta / baseline)}%, stated {stated}%" if baseline else ""
    if value and shown(HUNDRED * delta / value) == shown(stated):
        text += f"; {delta}/{value}={shown(HUNDRED * delta / value)}%: divided by the current value"
    elif (
        delta > value
        and value
        and abs(HUNDRED * (delta - value) / value - stated) < Decimal("0.02")
    ):
        text += f"; {delta} seems to be the baseline itself: {delta}-{value}={delta - value}"
    return text


def anomaly(
    kind: str, severity: Severity, observation: Observation, comparison: Comparison, why: str
) -> Anomaly:
    return Anomaly(
        kind,
        severity,
        f"{label_of(observation.key.item)}: {why}",
        comparison.span,
        (comparison_key(observation, comparison),),
    )
