"""Observations of the fiscal cube, and the mentions that state them."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ingest.facts import Mention, Observation
from ingest.quads.disclosure import Disclosure
from ingest.quads.money import in_yuan, unit_notation
from ingest.quads.points import CubePoint, cube_point
from ingest.quads.spans import describe_span, span_node, stated_in
from ingest.quads.tolerances import amount_tolerance
from ingest.quads.vocabulary import OA, QB, A, Property, decimal, describe, year

# How a section is named whose mentions stand in a table.
TABLE_SECTION = "table"


def observation_node(disclosure: Disclosure, point: CubePoint) -> NamedNode:
    return disclosure.own("obs", str(point))


def point_key(disclosure: Disclosure, point: CubePoint) -> Literal:
    """What the point is called in all documents of the office: so one finds in one step what another
    document says of it."""
    office = disclosure.body_identifier(disclosure.facts.organization.name)
    return Literal(f"{office}/{disclosure.facts.organization.level}/{point}")


def stated_points(disclosure: Disclosure) -> dict[CubePoint, Observation]:
    """The observations that the document states, by point, in the order of the cube."""
    amounts = sorted(disclosure.facts.amounts, key=lambda item: (item.key, item.span.start))
    points: dict[CubePoint, Observation] = {}
    for observation in amounts:
        points.setdefault(cube_point(observation.key), observation)
    return points


def observation_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """One observation a point of the cube, with every place that states it."""
    gl = disclosure.gl
    for point, observation in stated_points(disclosure).items():
        node = observation_node(disclosure, point)
        amount = in_yuan(observation.value, observation.unit)
        yield from describe(
            node,
            (
                *fiscal_dimensions(disclosure, point),
                (gl["amount"], decimal(amount)),
                (gl["tolerance"], decimal(amount_tolerance(disclosure, observation))),
                (gl["basis"], disclosure.code("basis", basis(observation))),
                (gl["share"], decimal(observation.share)),
                (gl["completionRate"], decimal(observation.completion)),
            ),
        )
        yield from stated_in(disclosure, node, observation.span, sentence=True)
        for mention in observation.mentions:
            yield from mention_triples(disclosure, point, mention)


def fiscal_dimensions(disclosure: Disclosure, point: CubePoint) -> tuple[Property, ...]:
    """Class, data set, the eight dimensions of the fiscal cube, and the key of the point that they make."""
    gl, code = disclosure.gl, disclosure.code
    return (
        (A, gl["FiscalObservation"]),
        (A, QB["Observation"]),
        (QB["dataSet"], disclosure.own("dataset", "fiscal")),
        (gl["pointKey"], point_key(disclosure, point)),
        (gl["organization"], disclosure.office),
        (gl["scope"], disclosure.scope),
        (gl["fiscalYear"], year(point.year)),
        (gl["phase"], code("phase", point.phase)),
        (gl["fund"], code("fund", point.fund)),
        (gl["flow"], code("flow", point.flow)),
        (gl["item"], code("item", point.item)),
        (gl["nature"], code("nature", point.nature)),
    )


def basis(observation: Observation) -> str:
    """A value is stated in a table when its first mention stands in one."""
    first = min(observation.mentions, key=lambda item: item.span.start, default=None)
    in_table = first is not None and first.section.startswith(TABLE_SECTION)
    return "stated-table" if in_table else "stated-text"


def mention_triples(disclosure: Disclosure, point: CubePoint, mention: Mention) -> Iterator[Triple]:
    """One place that states an observation, with the digits and the unit as written."""
    gl, span = disclosure.gl, mention.span
    digits = decimal(mention.value)
    place = f"{span.start}-{span.end}"
    node = disclosure.own("mention", str(point), place, str(mention.value))
    unit = unit_notation(mention.unit) if mention.unit else None
    yield from describe(
        node,
        (
            (A, gl["Mention"]),
            (OA["hasBody"], observation_node(disclosure, point)),
            (OA["hasTarget"], span_node(disclosure, span)),
            (gl["statedValue"], digits),
            (gl["statedUnit"], disclosure.code("unit", unit) if unit else None),
        ),
    )
    yield from describe_span(disclosure, span)
