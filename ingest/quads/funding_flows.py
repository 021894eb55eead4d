"""Funding flows: sources to the office, the office to function classes and projects, as nodes.

A Sankey diagram or a table of flows reads them as they are; the flows of one total, the remainder
included, add up to it exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import NamedNode, Triple

from ingest.quads.breakdowns import Breakdown, Part, breakdowns, own_phase
from ingest.quads.disclosure import Disclosure
from ingest.quads.vocabulary import PROV, A, boolean, decimal, describe, year

# The stages whose money comes to the office; that of the others leaves it.
INWARD = frozenset({"income", "carry-in"})
REMAINDER = "remainder"


def funding_flow_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """Every part of every total as a flow, and the remainder, whose other end is unknown."""
    for breakdown in breakdowns(disclosure):
        for part in breakdown.parts:
            yield from part_triples(disclosure, breakdown, part)
        if breakdown.remainder:
            yield from remainder_triples(disclosure, breakdown)


def part_triples(disclosure: Disclosure, breakdown: Breakdown, part: Part) -> Iterator[Triple]:
    """A flow between the office and a stated source or use."""
    node = disclosure.own("flow", breakdown.stage, part.fund, part.key)
    yield from flow_triples(disclosure, node, breakdown, part.fund, part.amount, part.end)
    yield Triple(node, PROV["wasDerivedFrom"], part.stated)


def remainder_triples(disclosure: Disclosure, breakdown: Breakdown) -> Iterator[Triple]:
    """What is not broken down, derived from the total and all its parts."""
    node = disclosure.own("flow", breakdown.stage, breakdown.fund, REMAINDER)
    yield from flow_triples(disclosure, node, breakdown, breakdown.fund, breakdown.remainder, None)
    for stated in (breakdown.stated, *(part.stated for part in breakdown.parts)):
        yield Triple(node, PROV["wasDerivedFrom"], stated)


def flow_triples(
    disclosure: Disclosure,
    node: NamedNode,
    breakdown: Breakdown,
    fund: str,
    amount: Decimal,
    other_end: NamedNode | None,
) -> Iterator[Triple]:
    gl, code = disclosure.gl, disclosure.code
    ends = (other_end, disclosure.office)
    source, target = ends if breakdown.stage in INWARD else reversed(ends)
    yield from describe(
        node,
        (
            (A, gl["FundingFlow"]),
            (gl["organization"], disclosure.office),
            (gl["scope"], disclosure.scope),
            (gl["fiscalYear"], year(disclosure.facts.fiscal_year)),
            (gl["phase"], code("phase", own_phase(disclosure))),
            (gl["flowStage"], code("flow-stage", breakdown.stage)),
            (gl["fund"], code("fund", fund)),
            (gl["flowFrom"], source),
            (gl["flowTo"], target),
            (gl["amount"], decimal(amount)),
            (gl["isRemainder"], boolean(other_end is None)),
            (gl["breaksDown"], breakdown.stated),
        ),
    )
