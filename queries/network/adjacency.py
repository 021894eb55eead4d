"""What a thing is joined to, relation by relation, and how some things are joined among each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import networkx
import numpy
from numpy.typing import NDArray

from queries.network.paths import Thing
from queries.network.projection import Projection, Step
from queries.network.relations import relations
from queries.network.results import NetworkResult
from queries.network.routes import numbered_thing


@dataclass(frozen=True, slots=True)
class RelationCount:
    """A relation of a thing: whether the thing is its source, the kind of the others, their number."""

    relation: str
    is_forward: bool
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Adjacent:
    """A thing next to another: how it is joined, and the fiscal years of what states that."""

    thing: Thing
    relation: str
    is_forward: bool
    years: tuple[str, ...]


@dataclass(frozen=True)
class Adjacency(NetworkResult):
    """What a thing is joined to.

    relations: all its relations, counted after the filter.
    adjacent: the things of the relation asked for, a part of `total`; none without such a relation.
    years: the fiscal years of all that states its relations.
    """

    thing: Thing
    relations: tuple[RelationCount, ...]
    adjacent: tuple[Adjacent, ...]
    total: int
    years: tuple[str, ...]

    def to_graph(self) -> networkx.Graph[str]:
        """A star around the thing."""
        graph: networkx.Graph[str] = networkx.Graph()
        for thing in (self.thing, *(one.thing for one in self.adjacent)):
            graph.add_node(thing.iri, kind=thing.kind, label=thing.label, degree=thing.degree)
        for one in self.adjacent:
            graph.add_edge(self.thing.iri, one.thing.iri, relation=one.relation)
        return graph


@dataclass(frozen=True, slots=True)
class JoinedThings:
    """Two things that a relation joins, and the fiscal years of what states it."""

    relation: str
    source: str
    target: str
    years: tuple[str, ...]


@dataclass(frozen=True)
class Selection(NetworkResult):
    """Some things, and all that joins them among each other."""

    things: tuple[Thing, ...]
    joined: tuple[JoinedThings, ...]
    years: tuple[str, ...]

    def to_graph(self) -> networkx.Graph[str]:
        """The things and the first relation of each pair of them."""
        graph: networkx.Graph[str] = networkx.Graph()
        for thing in self.things:
            graph.add_node(thing.iri, kind=thing.kind, label=thing.label, degree=thing.degree)
        for pair in self.joined:
            if not graph.has_edge(pair.source, pair.target):
                graph.add_edge(
                    pair.source, pair.target, relation=pair.relation, source_thing=pair.source
                )
        return graph


def allowed_from(
    projection: Projection, number: int, allowed: NDArray[numpy.bool_]
) -> Iterable[Step]:
    """The allowed steps from a thing."""
    first = int(projection.starts[number])
    return (
        step
        for position, step in enumerate(projection.steps(number), start=first)
        if allowed[position]
    )


def count_relations(steps: Iterable[Step]) -> tuple[RelationCount, ...]:
    """The relations of some steps of one thing in the order of the table."""
    counts = Counter((step.relation, step.is_forward) for step in steps)
    return tuple(
        RelationCount(
            name,
            is_forward,
            relation.target if is_forward else relation.source,
            counts[name, is_forward],
        )
        for name, relation in relations().items()
        for is_forward in (True, False)
        if counts[name, is_forward]
    )


def adjacent_of(projection: Projection, step: Step) -> Adjacent:
    return Adjacent(
        numbered_thing(projection, step.other), step.relation, step.is_forward, step.years
    )


def years_of(projection: Projection, number: int) -> tuple[str, ...]:
    """The fiscal years of all that states the relations of a thing."""
    own = projection.year_bits[projection.starts[number] : projection.starts[number + 1]]
    return projection.years_of(int(numpy.bitwise_or.reduce(own)) if len(own) else 0)


def joined_among(
    projection: Projection, numbers: Collection[int], allowed: NDArray[numpy.bool_]
) -> tuple[JoinedThings, ...]:
    """All that joins some things among each other, each once."""
    chosen = numpy.zeros(len(projection), dtype=numpy.bool_)
    chosen[list(numbers)] = True
    inside = allowed & chosen[projection.others] & projection.forward
    return tuple(
        JoinedThings(
            step.relation, projection.iris[number], projection.iris[step.other], step.years
        )
        for number in sorted(numbers)
        for step in allowed_from(projection, number, inside)
    )
