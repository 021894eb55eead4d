"""Indicators of a self-assessment: asserted as printed; polarity and whether met are derived."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from ingest.facts import Indicator
from ingest.quads.disclosure import Disclosure
from ingest.quads.goals import comparator_code, goal_of, is_met
from ingest.quads.money import read_number
from ingest.quads.spans import stated_in
from ingest.quads.vocabulary import A, boolean, chinese, decimal, describe, integer
from ontology.lexicon import load_lexicon


def indicator_node(disclosure: Disclosure, project: str, ordinal: int) -> NamedNode:
    return disclosure.own("asm", project, "ind", str(ordinal))


def indicator_triples(
    disclosure: Disclosure, project: str, ordinal: int, indicator: Indicator
) -> Iterator[Triple]:
    """One row of the indicator table as printed; a target in words goes to gl:targetText."""
    gl, node = disclosure.gl, indicator_node(disclosure, project, ordinal)
    target, actual = read_number(indicator.target), read_number(indicator.actual)
    comparator = comparator_code(indicator)
    kind = indicator_type(indicator)
    yield from describe(
        node,
        (
            (A, gl["IndicatorResult"]),
            (gl["ordinal"], integer(ordinal)),
            (gl["indicatorName"], chinese(indicator.name)),
            (gl["indicatorType"], disclosure.code("indicator-type", kind) if kind else None),
            (gl["unitText"], chinese(indicator.unit)),
            (gl["comparator"], disclosure.code("comparator", comparator) if comparator else None),
            (gl["target"], decimal(target)),
            (gl["targetText"], chinese(indicator.target) if target is None else None),
            (gl["actual"], decimal(actual)),
            (gl["actualText"], chinese(indicator.actual) if actual is None else None),
            (gl["deviation"], decimal(read_number(indicator.deviation))),
            (gl["scoreRate"], decimal(read_number(indicator.score_rate))),
            (gl["weight"], decimal(read_number(indicator.weight))),
            (gl["indicatorScore"], decimal(read_number(indicator.score))),
            (gl["isCore"], boolean(indicator.core)),
        ),
    )
    yield from stated_in(disclosure, node, indicator.span)


def indicator_judgement(
    disclosure: Disclosure, project: str, ordinal: int, indicator: Indicator
) -> Iterator[Triple]:
    """What follows from the goal: which way is better, and whether the result meets it."""
    polarity = goal_of(indicator).polarity
    yield from describe(
        indicator_node(disclosure, project, ordinal),
        (
            (
                disclosure.gl["polarity"],
                disclosure.code("polarity", polarity) if polarity else None,
            ),
            (disclosure.gl["met"], boolean(is_met(indicator))),
        ),
    )


def indicator_type(indicator: Indicator) -> str | None:
    """The concept of an indicator's type by the words of its second level, else of its first."""
    meanings = (
        load_lexicon().find_meaning("indicator-type", level or "")
        for level in (indicator.level2, indicator.level1)
    )
    return next((meaning for meaning in meanings if meaning), None)
