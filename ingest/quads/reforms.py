"""The reforms that made the office (org:ChangeEvent): what it came from, and what else came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from ingest.facts import Name, Span
from ingest.identity import short_hash
from ingest.quads.disclosure import Disclosure
from ingest.quads.spans import sentence_around, stated_in
from ingest.quads.vocabulary import DCTERMS, ORG, XSD, A, chinese, describe
from ingest.reforms import read_reform

# The types of a date by its length: as exact as the sentence tells it.
DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


def reforms(disclosure: Disclosure) -> Iterator[tuple[Span, tuple[Name, ...]]]:
    """The sentences of reforms with the former bodies that each names; what one sentence tells is
    one event, be it a change of name, a merger or a division."""
    told: dict[Span, list[Name]] = {}
    for name in disclosure.facts.organization.predecessors:
        if disclosure.body(name.text) != disclosure.office:
            told.setdefault(sentence_around(disclosure.text, name.span), []).append(name)
    for sentence, names in told.items():
        yield sentence, tuple(names)


def reform_results(disclosure: Disclosure, sentence: Span, former: Sequence[Name]) -> list[str]:
    """The other bodies that came of a reform, by the names in its sentence."""
    known = {disclosure.office, *(disclosure.body(name.text) for name in former)}
    found = {disclosure.body(name): name for name in read_reform(sentence.quote).results}
    return [name for body, name in found.items() if body not in known]


def reform_triples(
    disclosure: Disclosure, sentence: Span, former: Sequence[Name]
) -> Iterator[Triple]:
    """One event: its former and its resulting bodies, its date and its sentence."""
    event, date = event_node(disclosure, former), read_reform(sentence.quote).date
    others = reform_results(disclosure, sentence, former)
    originals = sorted({disclosure.body(name.text) for name in former}, key=str)
    resulting = [disclosure.office, *(disclosure.body(name) for name in others)]
    yield from describe(
        event,
        (
            (A, ORG["ChangeEvent"]),
            *((ORG["originalOrganization"], body) for body in originals),
            *((ORG["resultingOrganization"], body) for body in resulting),
            (DCTERMS["date"], date_literal(date) if date else None),
            (DCTERMS["description"], chinese(sentence.quote)),
        ),
    )
    for body in originals:
        yield Triple(body, ORG["changedBy"], event)
    for body in resulting:
        yield Triple(body, ORG["resultedFrom"], event)
    yield from stated_in(disclosure, event, sentence, sentence=True)


def event_node(disclosure: Disclosure, former: Sequence[Name]) -> NamedNode:
    """The event by the office and the former bodies; of several by a hash over them."""
    office = disclosure.body_identifier(disclosure.facts.organization.name)
    bodies = sorted({disclosure.body_identifier(name.text) for name in former})
    return disclosure.thing("event", office, bodies[0] if len(bodies) == 1 else hashed(bodies))


def hashed(identifiers: Sequence[str]) -> str:
    """One hash over several identifiers."""
    return short_hash("\n".join(identifiers))


def date_literal(date: str) -> Literal:
    """A year, a month or a day, typed by what is told."""
    return Literal(date, datatype=XSD[DATE_TYPES[len(date)]])
