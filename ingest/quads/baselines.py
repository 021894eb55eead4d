"""Derived baselines: what a value must have been for its stated change to hold (ONTOLOGY 2.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Triple

from ingest.facts import Comparison, Observation
from ingest.quads.changes import change_node, signed_delta, stated_changes
from ingest.quads.disclosure import Disclosure
from ingest.quads.money import in_yuan
from ingest.quads.observations import fiscal_dimensions, observation_node, stated_points
from ingest.quads.points import CubePoint, baseline_point
from ingest.quads.spans import stated_in
from ingest.quads.tolerances import baseline_tolerance
from ingest.quads.vocabulary import PROV, decimal, describe


@dataclass(frozen=True, slots=True)
class DerivedBaseline:
    """A baseline value in yuan with its tolerance, and the change that it follows from."""

    point: CubePoint
    amount: Decimal
    tolerance: Decimal
    current: CubePoint
    comparison: Comparison


def derived_baselines(disclosure: Disclosure) -> Iterator[DerivedBaseline]:
    """The baselines that the document implies but does not state, from sound comparisons only."""
    stated, doubtful = stated_points(disclosure), doubtful_facts(disclosure)
    for current, observation, comparisons in stated_changes(disclosure):
        comparison = comparisons[0]
        point = baseline_point(current, comparison.baseline)
        amount = implied_amount(observation, comparison)
        name = f"{'.'.join(observation.key)}~{comparison.baseline}"
        if point and amount is not None and point not in stated and name not in doubtful:
            tolerance = baseline_tolerance(disclosure, observation, comparison)
            yield DerivedBaseline(point, amount, tolerance, current, comparison)


def doubtful_facts(disclosure: Disclosure) -> frozenset[str]:
    """The facts that an anomaly of severity error names."""
    return frozenset(
        name
        for anomaly in disclosure.facts.anomalies
        if anomaly.severity == "error"
        for name in anomaly.about
    )


def implied_amount(observation: Observation, comparison: Comparison) -> Decimal | None:
    """Value minus change, in yuan; None without an amount, or when the result is negative."""
    delta = signed_delta(observation, comparison)
    if delta is None:
        if comparison.direction != "unchanged":
            return None
        delta = Decimal(0)
    amount = in_yuan(observation.value, observation.unit) - delta
    return amount if amount >= 0 else None


def baseline_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """One observation a derived point; a change that implies another value gets no baseline."""
    gl = disclosure.gl
    amounts: dict[CubePoint, Decimal] = {}
    for derived in derived_baselines(disclosure):
        if amounts.setdefault(derived.point, derived.amount) != derived.amount:
            continue
        node = observation_node(disclosure, derived.point)
        yield from describe(
            node,
            (
                *fiscal_dimensions(disclosure, derived.point),
                (gl["amount"], decimal(derived.amount)),
                (gl["tolerance"], decimal(derived.tolerance)),
                (gl["basis"], disclosure.code("basis", "derived")),
                (PROV["wasDerivedFrom"], observation_node(disclosure, derived.current)),
            ),
        )
        yield from stated_in(disclosure, node, derived.comparison.span)
        change = change_node(disclosure, derived.current, derived.comparison.baseline)
        yield Triple(change, gl["baseline"], node)
