"""The facts of a document, family by family, each with the sentence that states it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from server.highlights import FAMILIES, MarkedSpan
from server.linked_data.described import named
from server.publication import Publication, Row

#: The queries that tell the facts of a family.
QUERIES: Mapping[str, tuple[str, ...]] = {
    "amount": ("document-amounts",),
    "change": ("document-changes",),
    "reason": ("document-reasons",),
    "function": ("document-functions",),
    "count": ("document-counts",),
    "project": ("document-projects",),
    "performance": ("document-assessments", "document-indicators"),
    "term": ("document-terms",),
    "body": ("document-bodies",),
}
#: Columns whose concept may be of this document alone, so that the vocabulary has no label for it.
LABELLED = ("item",)


@dataclass(slots=True)
class Fact:
    """A fact at one of the places that state it. `kind` is what the query that tells it is about, `row` is its
    first solution, `concepts` are the themes or causes that it falls under."""

    family: str
    kind: str
    iri: str
    span: MarkedSpan
    row: Row
    concepts: list[str] = field(default_factory=list)


def spans_of(publication: Publication, document: NamedNode) -> list[MarkedSpan]:
    """The spans of a document that state facts of a known family, with these families."""
    families: defaultdict[str, set[str]] = defaultdict(set)
    for row in publication.ask("document-spans", document=document):
        family = FAMILIES.get(publication.labels.name(row["kind"]).rpartition(":")[2])
        if family is not None:
            families[row["span"]].add(family)
    return [marked_span(iri, found) for iri, found in families.items()]


def marked_span(iri: str, families: Iterable[str]) -> MarkedSpan:
    """A span by its IRI, whose fragment tells where it is (RFC 5147).

    >>> marked_span("https://w3id.org/guanlian/id/doc/d/text/t#char=3,7", {"amount"}).end
    7
    """
    start, _, end = iri.rpartition("#char=")[2].partition(",")
    return MarkedSpan(int(start), int(end), iri, frozenset(families))


def facts_of(
    publication: Publication, document: NamedNode, family: str, spans: Iterable[MarkedSpan]
) -> list[Fact]:
    """The facts of a family that a document states in some of its spans, in the order of the text."""
    known = {span.iri: span for span in spans if family in span.families}
    found = [
        fact
        for query in QUERIES.get(family, ())
        for fact in facts_by(publication, document, family, query, known)
    ]
    return sorted(found, key=lambda fact: (fact.span.start, fact.span.end, fact.kind, fact.iri))


def facts_by(
    publication: Publication,
    document: NamedNode,
    family: str,
    query: str,
    spans: Mapping[str, MarkedSpan],
) -> Iterable[Fact]:
    """The facts that one query tells; a solution for each concept of a fact is put into one."""
    if not spans:
        return ()
    kind = query.removeprefix("document-")
    rows = publication.ask(query, document=document, span=[*map(named, spans)])
    facts: dict[tuple[str, str], Fact] = {}
    for row in rows:
        key = row["fact"], row["span"]
        fact = facts.setdefault(key, Fact(family, kind, row["fact"], spans[row["span"]], row))
        if "concept" in row and row["concept"] not in fact.concepts:
            fact.concepts.append(row["concept"])
    add_labels(publication, facts.values())
    return facts.values()


def add_labels(publication: Publication, facts: Iterable[Fact]) -> None:
    """Add to the solutions what the document itself calls concepts that the vocabulary does not have."""
    facts = [*facts]
    unknown = {named(iri) for iri in unlabelled(publication, facts)}
    names = publication.names(unknown) if unknown else {}
    for fact in facts:
        for column in LABELLED:
            if fact.row.get(column) in names:
                fact.row[f"{column}_name"] = names[fact.row[column]]


def unlabelled(publication: Publication, facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        for column in LABELLED:
            iri = fact.row.get(column)
            if iri is not None and not publication.labels.known(iri):
                yield iri


def within(spans: Iterable[MarkedSpan], start: int, end: int) -> list[MarkedSpan]:
    """The spans that a stretch of the text has a part of."""
    return [span for span in spans if span.start < end and start < span.end]
