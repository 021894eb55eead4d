"""Completion rates (完成年初预算的…%): the final figure over the budget that it is measured against."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.calculations import Calculation, Operand, divide
from ingest.checks import phrases
from ingest.checks.findings import finding
from ingest.checks.percent import HUNDRED, severity_of
from ingest.checks.precision import Precision
from ingest.checks.subjects import key_of, label_in, label_of
from ingest.facts import Anomaly, DocumentFacts, Observation, Severity

BUDGETS = ("initial-budget", "adjusted-budget")


def check_completion(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`completion-rate` where no stated budget gives the stated rate; minor where the budget is zero, for
    which no rate is defined."""
    precision = Precision.of(facts)
    for final in facts.amounts:
        budgets = [budget for budget in budgets_of(facts, final) if budget]
        if final.completion is None or not budgets:
            continue
        severities = [severity_of_rate(precision, final, budget) for budget in budgets]
        if None not in severities:
            worst = next(one for one in ("rounding", "minor", "error") if one in severities)
            yield rate_is_wrong(final, budgets[severities.index(worst)], worst)


def budgets_of(facts: DocumentFacts, final: Observation) -> Iterator[Observation]:
    for phase in BUDGETS:
        budget = facts.observation(final.key._replace(phase=phase))
        if budget:
            yield budget


def severity_of_rate(
    precision: Precision, final: Observation, budget: Observation
) -> Severity | None:
    assert final.completion is not None
    if not budget.value:
        return "minor" if not final.value else "error"
    possible = precision.value(final).over(precision.value(budget))
    if possible is None:
        return None
    return severity_of(precision, possible.scaled(HUNDRED), final.completion)


def rate_is_wrong(final: Observation, budget: Observation, severity: Severity) -> Anomaly:
    calculation = rate(final, budget) if budget.value else None
    phrase = phrases.RATIO if calculation else phrases.RATE_OF_ZERO
    told = phrase(
        item=label_of(final.key.item),
        part=final.value,
        whole=budget.value,
        right=calculation.computed if calculation else "",
        stated=final.completion,
    )
    return finding(
        "completion-rate",
        severity,
        told,
        final.completion_span or final.span,
        (key_of(final.key), key_of(budget.key)),
        calculation,
    )


def rate(final: Observation, budget: Observation) -> Calculation:
    dividend = Operand(label_of(final.key.item), final.value, final.unit)
    divisor = Operand(label_in("phase", budget.key.phase), budget.value, budget.unit)
    return divide([dividend], [divisor], final.completion, label=phrases.COMPLETION_RATE)
