"""The office that discloses, and the bodies that its document names beside it."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from ingest.facts import Name
from ingest.identity import (
    body_class,
    label,
    normalize_name,
    short_hash,
    short_names,
)
from ingest.quads.disclosure import Disclosure
from ingest.quads.division import (
    division_node,
    division_triples,
    listed_division_node,
    listed_division_triples,
)
from ingest.quads.reforms import reform_results, reform_triples, reforms
from ingest.quads.spans import stated_in
from ingest.quads.vocabulary import CV, SKOS, A, chinese, describe
from ontology.terms import TermName


def organization_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """The office with its other names, units and offices, and the reforms that made it."""
    office = disclosure.facts.organization
    kind: TermName = "Department" if office.level == "department" else body_class(office.name)
    yield from body_triples(disclosure, Name(office.name, office.span), kind)
    for name in office.also_known_as:
        yield from related_body(disclosure, "actsAlsoAs", name, "NameplateBody")
    for name in office.subordinate_units:
        yield from related_body(disclosure, "hasSubordinateUnit", name, "PublicInstitution")
    for name in office.predecessors:
        yield from related_body(disclosure, "predecessor", name, body_class(name.text))
    yield from changed_body_triples(disclosure)
    for name in office.internal_offices:
        yield from internal_office_triples(disclosure, name)


def related_body(
    disclosure: Disclosure, relation: TermName, name: Name, kind: TermName
) -> Iterator[Triple]:
    """A body that the office names, unless the name is the office's own."""
    body = disclosure.body(name.text)
    if body != disclosure.office:
        yield Triple(disclosure.office, disclosure.gl[relation], body)
        yield from body_triples(disclosure, name, kind)


def body_triples(disclosure: Disclosure, name: Name, kind: TermName) -> Iterator[Triple]:
    """A public body. Its preferred label follows from its identity, so all documents agree on it;
    the wording of this document is one of the other labels."""
    gl, body = disclosure.gl, disclosure.body(name.text)
    region = disclosure.facts.organization.region
    preferred = label(name.text, region)
    others = dict.fromkeys((*short_names(name.text, region), name.text))
    yield from describe(
        body,
        (
            (A, gl[kind]),
            (A, gl["PublicBody"]),
            (A, CV["PublicOrganisation"]),
            (SKOS["prefLabel"], chinese(preferred)),
            *((SKOS["altLabel"], chinese(other)) for other in others if other != preferred),
            (gl["division"], division_node(disclosure, name.text)),
        ),
    )
    yield from stated_in(disclosure, body, name.span)
    yield from division_triples(disclosure, name.text)
    yield from open_place_triples(disclosure, name)


def changed_body_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """The reforms that made the office, and the other bodies that came of them."""
    for reform in reforms(disclosure):
        yield from reform_triples(disclosure, reform)
        for name in reform_results(disclosure, reform):
            yield from body_triples(disclosure, Name(name, reform.sentences[0]), body_class(name))


def open_place_triples(disclosure: Disclosure, name: Name) -> Iterator[Triple]:
    """A report on a body whose name leaves its place open (鼓楼区财政局 in the text of another
    province): the words that do so, and the divisions that they can mean. It is one body with no
    other, until someone tells which is meant."""
    body = disclosure.identify(name.text)
    if not body.is_open:
        return
    node, gl = disclosure.body(name.text), disclosure.gl
    yield from describe(node, ((gl["ambiguousName"], chinese(body.place)),))
    for division in body.candidates:
        yield Triple(node, gl["possibleDivision"], listed_division_node(disclosure, division))
        yield from listed_division_triples(disclosure, division)


def internal_office_triples(disclosure: Disclosure, name: Name) -> Iterator[Triple]:
    """An internal office (内设机构): a unit without a budget, known inside its office only."""
    office = disclosure.body_identifier(disclosure.facts.organization.name)
    unit = disclosure.thing("office", office, short_hash(normalize_name(name.text)))
    yield Triple(disclosure.office, disclosure.gl["hasInternalOffice"], unit)
    yield from describe(
        unit,
        (
            (A, disclosure.gl["InternalOffice"]),
            (SKOS["prefLabel"], chinese(name.text)),
        ),
    )
    yield from stated_in(disclosure, unit, name.span)
