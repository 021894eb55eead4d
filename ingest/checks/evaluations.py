"""Self-evaluation tables: rates, deviations and scores follow from their figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from ingest.bilingual import Bilingual
from ingest.calculations import Calculation, Operand, add_up, divide
from ingest.checks import phrases
from ingest.checks.findings import finding, sum_told
from ingest.checks.intervals import Interval
from ingest.checks.percent import HUNDRED
from ingest.checks.precision import decimals_of
from ingest.checks.subjects import label_in
from ingest.facts import Anomaly, DocumentFacts, Indicator, Project


def check_tables(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`completion-rate` of the execution, `sum` of the scores, `percent` of deviations (minor)."""
    for project in facts.performance.projects:
        yield from check_execution(project)
        yield from check_score(project)
        for indicator in project.indicators:
            yield from check_deviation(project, indicator)


def check_execution(project: Project) -> Iterator[Anomaly]:
    budget, executed = read(project.adjusted_budget), read(project.executed)
    rate = read(project.execution_rate)
    if budget and executed is not None and rate is not None and not follows(executed, budget, rate):
        calculation = divide(
            [Operand(phrases.EXECUTED, executed, project.unit)],
            [Operand(label_in("phase", "adjusted-budget"), budget, project.unit)],
            rate,
            label=phrases.EXECUTION_RATE,
        )
        told = phrases.RATIO(
            item=Bilingual.quoted(project.name),
            part=executed,
            whole=budget,
            right=calculation.computed,
            stated=rate,
        )
        about = (f"project.{project.name}",)
        yield finding("completion-rate", "error", told, project.span, about, calculation)


def check_score(project: Project) -> Iterator[Anomaly]:
    """The total score is the sum of the scores of the indicators and of the execution rate."""
    scores = [(Bilingual.quoted(one.name), read(one.score)) for one in project.indicators]
    scores.append((phrases.EXECUTION_RATE, read(project.execution_score)))
    stated = read(project.score)
    known = [Operand(label, score) for label, score in scores if score is not None]
    calculation = add_up(known, stated, "", phrases.TOTAL_SCORE)
    if len(known) != len(scores) or not calculation.difference:
        return
    told = phrases.SCORES(
        project=Bilingual.quoted(project.name), sum=sum_told(calculation), stated=stated
    )
    place = project.score_span or project.span
    yield finding("sum", "error", told, place, (f"project.{project.name}",), calculation)


def check_deviation(project: Project, indicator: Indicator) -> Iterator[Anomaly]:
    """偏离度 = |actual - target| / target; several definitions are in use, so a miss is minor."""
    target, actual = read(indicator.target), read(indicator.actual)
    stated = read(indicator.deviation)
    if not target or actual is None or stated is None:
        return
    if not follows(abs(actual - target), abs(target), abs(stated)):
        calculation = deviation(actual, target, stated)
        told = phrases.DEVIATION(
            project=Bilingual.quoted(project.name),
            indicator=Bilingual.quoted(indicator.name),
            actual=actual,
            target=target,
            right=calculation.computed,
            stated=stated,
        )
        about = (f"project.{project.name}",)
        yield finding("percent", "minor", told, indicator.span, about, calculation)


def deviation(actual: Decimal, target: Decimal, stated: Decimal) -> Calculation:
    """How far the actual value lies from the target, in percent of the target, whichever is larger."""
    sign = 1 if actual >= target else -1
    dividend = [
        Operand(phrases.ACTUAL, sign * actual),
        Operand(phrases.TARGET, -sign * target),
    ]
    divisor = [Operand(phrases.TARGET, abs(target))]
    return divide(dividend, divisor, stated, label=phrases.DEVIATION_LABEL)


def follows(part: Decimal, whole: Decimal, stated: Decimal) -> bool:
    """Whether a percentage is part / whole, truncated or rounded at its printed place or at two decimals."""
    unit = Decimal(1).scaleb(-decimals_of(stated))
    right = HUNDRED * part / whole
    return Interval(stated - unit, stated + unit).meets(Interval.exactly(right))


def read(text: str | None) -> Decimal | None:
    """The number in a cell, or None where it holds none."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
