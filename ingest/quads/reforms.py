"""The reforms that made the office (org:ChangeEvent): what it came from, and what else came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from ingest.facts import Name, Span
from ingest.identity import short_hash
from ingest.quads.disclosure import Disclosure
from ingest.quads.spans import sentence_around, stated_in
from ingest.quads.vocabulary import DCTERMS, ORG, XSD, A, chinese, describe
from ingest.reforms import read_reform

# The types of a date by its length: as exact as the sentence tells it.
DATE_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}


@dataclass(frozen=True, slots=True)
class ToldReform:
    """One reform: its former bodies as the document calls them, and the sentences that tell of it."""

    former: tuple[Name, ...]
    sentences: tuple[Span, ...]

    @property
    def results(self) -> tuple[str, ...]:
        """The bodies that the sentences say came of it, by name."""
        return tuple(name for one in self.sentences for name in read_reform(one.quote).results)

    @property
    def dates(self) -> tuple[str, ...]:
        """The dates that the sentences tell; one that only says another less exactly is left out."""
        told = {read_reform(one.quote).date for one in self.sentences}
        dates = sorted(date for date in told if date)
        return tuple(
            date for date in dates if not any(other.startswith(f"{date}-") for other in dates)
        )


def reforms(disclosure: Disclosure) -> Iterator[ToldReform]:
    """The reforms of the office. What one sentence tells is one reform, be it a change of name, a merger
    or a division; and so is what several tell of the same former bodies."""
    told: dict[Span, list[Name]] = {}
    for name in disclosure.facts.organization.predecessors:
        if disclosure.body(name.text) != disclosure.office:
            told.setdefault(sentence_around(disclosure.text, name.span), []).append(name)
    events: dict[NamedNode, dict[Span, list[Name]]] = {}
    for sentence, names in told.items():
        events.setdefault(event_node(disclosure, names), {})[sentence] = names
    for sentences in events.values():
        former = tuple(name for names in sentences.values() for name in names)
        yield ToldReform(former, tuple(sentences))


def reform_results(disclosure: Disclosure, reform: ToldReform) -> list[str]:
    """The other bodies that came of a reform, by the names in its sentences."""
    known = {disclosure.office, *(disclosure.body(name.text) for name in reform.former)}
    found = {disclosure.body(name): name for name in reform.results}
    return [name for body, name in found.items() if body not in known]


def reform_triples(disclosure: Disclosure, reform: ToldReform) -> Iterator[Triple]:
    """One event: its former and its resulting bodies, its dates and its sentences."""
    event, others = event_node(disclosure, reform.former), reform_results(disclosure, reform)
    originals = sorted({disclosure.body(name.text) for name in reform.former}, key=str)
    resulting = [disclosure.office, *(disclosure.body(name) for name in others)]
    yield from describe(
        event,
        (
            (A, ORG["ChangeEvent"]),
            *((ORG["originalOrganization"], body) for body in originals),
            *((ORG["resultingOrganization"], body) for body in resulting),
            *((DCTERMS["date"], date_literal(date)) for date in reform.dates),
            *((DCTERMS["description"], chinese(one.quote)) for one in reform.sentences),
        ),
    )
    for body in originals:
        yield Triple(body, ORG["changedBy"], event)
    for body in resulting:
        yield Triple(body, ORG["resultedFrom"], event)
    for sentence in reform.sentences:
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
