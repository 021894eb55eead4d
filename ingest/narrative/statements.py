"""Statements: what a paragraph says of an amount while it is being read, and their merging into facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import reduce

from ingest.facts import (
    Baseline,
    Comparison,
    Direction,
    Mention,
    Observation,
    ObservationKey,
    Reason,
    Span,
)
from ingest.reading.document import Document


@dataclass(slots=True, eq=False)
class StatedChange:
    """A comparison as it is being read: the percentage and the reason may still come."""

    baseline: Baseline
    direction: Direction
    delta: Decimal | None
    percent: Decimal | None
    start: int
    end: int
    reason: Span | None = None
    reasons: tuple[Reason, ...] = ()
    percent_direction: Direction | None = None


@dataclass(slots=True, eq=False)
class Statement:
    """One place that states an amount, with all that is said of it up to the end of the paragraph."""

    key: ObservationKey
    value: Decimal
    unit: str | None
    section: str
    start: int
    end: int
    clause: Span
    share: Decimal | None = None
    share_of: str | None = None
    completion: Decimal | None = None
    completion_span: Span | None = None
    changes: list[StatedChange] = field(default_factory=list)


DEFAULT_UNIT = "万元"


def merge_statements(
    document: Document, statements: Iterable[Statement]
) -> tuple[Observation, ...]:
    """One observation a point of the cube, in order of first mention; later places become mentions."""
    stated: dict[ObservationKey, list[Observation]] = {}
    for statement in statements:
        stated.setdefault(statement.key, []).append(observe(document, statement))
    return tuple(
        replace(
            reduce(unite, observations),
            mentions=tuple(mention for one in observations for mention in one.mentions),
        )
        for observations in stated.values()
    )


def observe(document: Document, statement: Statement) -> Observation:
    return Observation(
        key=statement.key,
        value=statement.value,
        unit=statement.unit or DEFAULT_UNIT,
        span=document.span(statement.start, statement.end),
        share=statement.share,
        share_of=statement.share_of,
        completion=statement.completion,
        completion_span=statement.completion_span,
        comparisons=tuple(
            Comparison(
                change.baseline,
                change.direction,
                change.delta,
                change.percent,
                document.span(change.start, change.end),
                change.reason,
                change.reasons,
                change.percent_direction,
            )
            for change in statement.changes
        ),
        mentions=(Mention(statement.value, statement.unit, statement.clause, statement.section),),
    )


def unite(first: Observation, later: Observation) -> Observation:
    """The first observation with what a later statement of the same point adds to it.

    A comparison that the two state alike is one; one that differs is kept beside it, for the checks.
    """
    comparisons = list(first.comparisons)
    for comparison in later.comparisons:
        same = next((i for i, known in enumerate(comparisons) if alike(known, comparison)), None)
        if same is None:
            comparisons.append(comparison)
        elif comparisons[same].reason is None:
            comparisons[same] = comparison
    return replace(
        first,
        share=later.share if first.share is None else first.share,
        share_of=later.share_of if first.share is None else first.share_of,
        completion=later.completion if first.completion is None else first.completion,
        completion_span=first.completion_span or later.completion_span,
        comparisons=tuple(comparisons),
    )


def alike(one: Comparison, other: Comparison) -> bool:
    return (one.baseline, one.direction, one.delta, one.percent) == (
        other.baseline,
        other.direction,
        other.delta,
        other.percent,
    )
