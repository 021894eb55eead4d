"""Stated changes: an observation compared with a baseline, and the reasons given for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import NamedNode, Triple

from ingest.facts import Comparison, Direction, Observation
from ingest.quads.disclosure import Disclosure
from ingest.quads.money import in_yuan
from ingest.quads.observations import observation_node, stated_points
from ingest.quads.points import CubePoint, baseline_point
from ingest.quads.reasons import reason_node
from ingest.quads.spans import stated_in
from ingest.quads.vocabulary import A, chinese, decimal, describe
from ingest.reason_effects import OPPOSITE, effect_of

SIGNS: dict[Direction, int] = {"increase": 1, "decrease": -1, "unchanged": 1}


def change_node(disclosure: Disclosure, point: CubePoint, baseline: str) -> NamedNode:
    """The IRI of a change: that of its observation, `~`, its baseline."""
    return disclosure.own("chg", f"{point}~{baseline}")


def stated_changes(
    disclosure: Disclosure,
) -> Iterator[tuple[CubePoint, Observation, list[Comparison]]]:
    """Every change with its observation. Comparisons with one baseline are one change, told several
    times; they come in the order of the text."""
    for point, observation in stated_points(disclosure).items():
        told: dict[str, list[Comparison]] = {}
        for comparison in sorted(observation.comparisons, key=lambda item: item.span.start):
            told.setdefault(comparison.baseline, []).append(comparison)
        for comparisons in told.values():
            yield point, observation, comparisons


def signed_delta(observation: Observation, comparison: Comparison) -> Decimal | None:
    """The change in yuan, negative for a decrease; None where the document gives no amount."""
    if comparison.delta is None:
        return None
    return in_yuan(comparison.delta, observation.unit) * SIGNS[comparison.direction]


def signed_percent(comparison: Comparison) -> Decimal | None:
    """The percentage as printed, negative for a decrease."""
    if comparison.percent is None:
        return None
    return comparison.percent * SIGNS[comparison.direction]


def change_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """The stated changes; a baseline that the document states itself is linked here, one that we
    infer in the derived graph."""
    stated = stated_points(disclosure)
    for point, observation, comparisons in stated_changes(disclosure):
        first = comparisons[0]
        node = change_node(disclosure, point, first.baseline)
        base = baseline_point(point, first.baseline)
        gl, code = disclosure.gl, disclosure.code
        yield from describe(
            node,
            (
                (A, gl["Change"]),
                (gl["current"], observation_node(disclosure, point)),
                (gl["baseline"], observation_node(disclosure, base) if base in stated else None),
                (gl["baselineKind"], code("baseline", first.baseline)),
                (gl["direction"], code("direction", first.direction)),
                (gl["delta"], decimal(signed_delta(observation, first))),
                (gl["percent"], decimal(signed_percent(first))),
                (gl["reasonText"], chinese(first.reason.quote if first.reason else None)),
            ),
        )
        yield from told_in(disclosure, node, comparisons)


def told_in(
    disclosure: Disclosure, change: NamedNode, comparisons: list[Comparison]
) -> Iterator[Triple]:
    """Where a change is told, and its reasons."""
    for comparison in comparisons:
        yield from stated_in(disclosure, change, comparison.span)
        for reason in comparison.reasons:
            yield Triple(change, disclosure.gl["reason"], reason_node(disclosure, reason))


def counteracting_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """The reasons that work against a change which they are given for, by their own words."""
    gl, year = disclosure.gl, disclosure.facts.fiscal_year
    for point, _, comparisons in stated_changes(disclosure):
        direction = comparisons[0].direction
        change = change_node(disclosure, point, comparisons[0].baseline)
        for reason in (one for comparison in comparisons for one in comparison.reasons):
            effect = effect_of(reason.text, year)
            if effect is not None and OPPOSITE[effect] == direction:
                yield Triple(reason_node(disclosure, reason), gl["counteracts"], change)
