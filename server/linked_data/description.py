"""The description of a thing: what is said about it, and who points to it, counted and by pages.

A theme or a code has tens of thousands of incoming links, so a description holds a few of each property
with their number, and the others are pages of their own (`?inverse=gl:theme&page=2`). In RDF they are
collections of Hydra Core (hydra:totalItems, hydra:view, hydra:next); pages carry the `Link` relations of
Linked Data Platform Paging 1.0 (section 6.2) too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from server.named_queries import bound, bound_together, window
from server.publication import Publication
from store.graph import Solution, Solutions, Term

#: The most statements about the thing itself, and of incoming links by one property.
STATEMENTS, SHOWN, PAGE_SIZE = 1000, 10, 100
#: As many links by one property are put in the order of their IRIs; more stay in the order of the store, which
#: is the same as long as the release is asked on disk, or in memory: to sort 80,000 takes it half a minute.
ORDERED = 1000
SKOS = "http://www.w3.org/2004/02/skos/core#"
#: Links that make the tree of a code list: a concept shows all that are directly under it.
HIERARCHY = frozenset({f"{SKOS}broader", f"{SKOS}topConceptOf"})


@dataclass(frozen=True, slots=True)
class IncomingLinks:
    """The links to a thing by one property: how many there are, and the subjects of one page."""

    thing: NamedNode
    predicate: NamedNode
    total: int
    subjects: tuple[NamedNode | BlankNode, ...]
    page: int = 1

    @property
    def last_page(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def is_whole(self) -> bool:
        return len(self.subjects) == self.total

    def quads(self) -> Iterable[Quad]:
        """The links themselves, as the merge of all graphs states them."""
        return (Quad(subject, self.predicate, self.thing) for subject in self.subjects)


@dataclass(frozen=True, slots=True)
class Description:
    """What the release says of a thing; `is_whole` unless there was more than a description holds."""

    thing: NamedNode
    quads: tuple[Quad, ...]
    incoming: tuple[IncomingLinks, ...]
    is_whole: bool

    def __bool__(self) -> bool:
        return bool(self.quads or self.incoming)

    @property
    def own(self) -> list[Quad]:
        """The statements about the thing itself, without those of its nameless nodes."""
        return [quad for quad in self.quads if quad.subject == self.thing]

    def values(self, predicate: str) -> list[Term]:
        """The values of a property of the thing, each once."""
        found = [quad.object for quad in self.own if quad.predicate.value == predicate]
        return list(dict.fromkeys(found))

    def words(self, predicate: str, language: str) -> list[str]:
        """The values of a property in a language."""
        return [
            value.value
            for value in self.values(predicate)
            if isinstance(value, Literal) and value.language == language
        ]


def read_description(publication: Publication, thing: NamedNode) -> Description:
    """The description of a thing; empty when the release does not speak of it."""
    found = publication.solutions(bound("thing-quads", thing=thing), STATEMENTS)
    incoming = (
        read_links(publication, thing, predicate, total, 1, shown_of(predicate))
        for predicate, total in link_counts(publication, thing).items()
    )
    return Description(
        thing, tuple(map(quad_of, found)), tuple(incoming), is_whole=not found.truncated
    )


def shown_of(predicate: NamedNode) -> int:
    """How many incoming links of a property a description holds."""
    return STATEMENTS if predicate.value in HIERARCHY else SHOWN


def read_page(
    publication: Publication, thing: NamedNode, predicate: NamedNode, page: int
) -> IncomingLinks | None:
    """One page of the incoming links by a property, counted from 1; None when there is none such."""
    total = link_counts(publication, thing).get(predicate)
    if total is None or page > max(1, -(-total // PAGE_SIZE)):
        return None
    return read_links(publication, thing, predicate, total, page, PAGE_SIZE)


def link_counts(publication: Publication, thing: NamedNode) -> Mapping[NamedNode, int]:
    """How many links come in by each property. What half of all facts points to takes long to count, and
    stands in the vocabulary: so its counts are found once a release."""

    def find(publication: Publication) -> Mapping[NamedNode, int]:
        counts = publication.solutions(bound("link-counts", thing=thing))
        return dict(map(counted, counts))

    if thing.value in publication.labels.by_language["zh"]:
        return publication.kept(f"links to {thing.value}", find)
    return find(publication)


def read_links(
    publication: Publication,
    thing: NamedNode,
    predicate: NamedNode,
    total: int,
    page: int,
    size: int,
) -> IncomingLinks:
    text = bound_together("linking-things", thing=thing, predicate=predicate)
    first = (page - 1) * size
    if total <= ORDERED:
        nodes = sorted(subjects_in(publication.solutions(text)), key=str)[first : first + size]
    else:
        nodes = subjects_in(publication.solutions(window(text, first, size), maximum=size))
    return IncomingLinks(thing, predicate, total, tuple(nodes), page)


def subjects_in(solutions: Solutions) -> list[NamedNode | BlankNode]:
    subjects = (solution["subject"] for solution in solutions)
    return [node for node in subjects if isinstance(node, NamedNode | BlankNode)]


def counted(solution: Solution) -> tuple[NamedNode, int]:
    predicate, count = solution["predicate"], solution["count"]
    assert isinstance(predicate, NamedNode) and isinstance(count, Literal)
    return predicate, int(count.value)


def quad_of(solution: Solution) -> Quad:
    """A solution with subject, predicate, object and perhaps graph as a quad."""
    subject, predicate = solution["subject"], solution["predicate"]
    graph = solution.get("graph", DefaultGraph())
    assert isinstance(subject, NamedNode | BlankNode) and isinstance(predicate, NamedNode)
    assert isinstance(graph, NamedNode | BlankNode | DefaultGraph)
    return Quad(subject, predicate, solution["object"], graph)
