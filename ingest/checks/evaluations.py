"""Self-evaluation tables: rates, deviations and scores follow from their figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from ingest.checks.intervals import Interval, shown
from ingest.checks.percent import HUNDRED
from ingest.checks.precision import decimals_of
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
        why = f"{project.name}: {executed}/{budget}={shown(HUNDRED * executed / budget)}%, stated {rate}%"
        yield Anomaly("completion-rate", "error", why, project.span, (f"project.{project.name}",))


def check_score(project: Project) -> Iterator[Anomaly]:
    """The total score is the sum of the scores of the indicators and of the execution rate."""
    parts = [read(indicator.score) for indicator in project.indicators] + [
        read(project.execution_score)
    ]
    stated = read(project.score)
    known = [part for part in parts if part is not None]
    if stated is None or len(known) != len(parts) or sum(known) == stated:
        return
    why = f"{project.name}: {'+'.join(map(str, known))}={sum(known)}, stated total score {stated}"
    place = project.score_span or project.span
    yield Anomaly("sum", "error", why, place, (f"project.{project.name}",))


def check_deviation(project: Project, indicator: Indicator) -> Iterator[Anomaly]:
    """偏离度 = |actual - target| / target; several definitions are in use, so a miss is minor."""
    target, actual = read(indicator.target), read(indicator.actual)
    stated = read(indicator.deviation)
    if not target or actual is None or stated is None:
        return
    if not follows(abs(actual - target), abs(target), abs(stated)):
        right = HUNDRED * abs(actual - target) / abs(target)
        why = f"{project.name}, {indicator.name}: |{actual}-{target}|/{target}={shown(right)}%, stated {stated}%"
        yield Anomaly("percent", "minor", why, indicator.span, (f"project.{project.name}",))


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
