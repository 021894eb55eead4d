"""The administrative division (GB/T 2260) that a body belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ingest.identity import UNKNOWN_DIVISION, short_hash
from ingest.quads.disclosure import Disclosure
from ingest.quads.vocabulary import SKOS, A, chinese, describe
from ontology.divisions import Division


def division_node(disclosure: Disclosure, name: str) -> NamedNode:
    """The division of a body. A place outside GB/T 2260 is told apart by the hash of its name."""
    division = division_in_year(disclosure, name)
    place = f"{UNKNOWN_DIVISION}-{short_hash(disclosure.identify(name).place)}"
    return disclosure.thing("div", division.notation if division else place)


def division_in_year(disclosure: Disclosure, name: str) -> Division | None:
    """The division of GB/T 2260 that a body belonged to in the fiscal year of the document."""
    return disclosure.identify(name).division(int(disclosure.facts.fiscal_year))


def division_triples(disclosure: Disclosure, name: str) -> Iterator[Triple]:
    """The division of a body with its code and its full name."""
    division = division_in_year(disclosure, name)
    if division:
        yield from listed_division_triples(disclosure, division)
        return
    yield from describe(
        division_node(disclosure, name),
        (
            (A, disclosure.gl["AdministrativeDivision"]),
            (disclosure.gl["divisionCode"], Literal(UNKNOWN_DIVISION)),
            (SKOS["prefLabel"], chinese(disclosure.identify(name).place)),
        ),
    )


def listed_division_node(disclosure: Disclosure, division: Division) -> NamedNode:
    """A division of GB/T 2260 in one span of validity."""
    return disclosure.thing("div", division.notation)


def listed_division_triples(disclosure: Disclosure, division: Division) -> Iterator[Triple]:
    """A division of GB/T 2260 with its code, its full name and its level."""
    yield from describe(
        listed_division_node(disclosure, division),
        (
            (A, disclosure.gl["AdministrativeDivision"]),
            (disclosure.gl["divisionCode"], Literal(division.code)),
            (SKOS["prefLabel"], chinese(division.full_name)),
            (disclosure.gl["administrativeLevel"], disclosure.code("level", division.level)),
        ),
    )
