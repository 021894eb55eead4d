"""The network of things in a compact form for search: things by number, their steps in compressed rows.

A step leads from a thing along a relation, forward (the thing is the source) or backward, to another.
Two things have as many steps as relations join them, while the graph of `queries.network.things` has one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy
from numpy.typing import NDArray

from queries.network.questions import ask_question
from queries.network.relations import relations
from queries.network.things import JoinedPair, ThingNetwork
from store.graph import Graph

# Fiscal years of a step are bits of one number; a release has fewer than these.
MOST_YEARS = 63
RELATION_NAMES = tuple(relations())


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a thing: the relation, whether the thing is its source, where it leads, and the
    fiscal years of what states it (none for what has no year, such as a place)."""

    relation: str
    is_forward: bool
    other: int
    years: tuple[str, ...]


@dataclass(frozen=True)
class Projection:
    """Things by number in the order of their IRIs, and their steps.

    iris, kinds: what has a number.
    labels, labels_en: what things are called; the English one may be empty.
    years: all fiscal years of the release, in order.
    starts: where the steps of a thing begin; one more than there are things.
    others, relation_numbers, forward, year_bits: the steps; those of a thing stand by relation, in the
        order of the table, forward before backward, then by the label of the other.
    """

    iris: tuple[str, ...]
    kinds: tuple[str, ...]
    labels: tuple[str, ...]
    labels_en: tuple[str, ...]
    years: tuple[str, ...]
    starts: NDArray[numpy.int64]
    others: NDArray[numpy.int64]
    relation_numbers: NDArray[numpy.int16]
    forward: NDArray[numpy.bool_]
    year_bits: NDArray[numpy.int64]

    def __len__(self) -> int:
        return len(self.iris)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of every IRI."""
        return {iri: number for number, iri in enumerate(self.iris)}

    @cached_property
    def degrees(self) -> NDArray[numpy.int64]:
        """To how many others every thing is joined."""
        owners = numpy.repeat(numpy.arange(len(self)), numpy.diff(self.starts))
        pairs = numpy.unique(owners * max(len(self), 1) + self.others)
        return numpy.bincount(pairs // max(len(self), 1), minlength=len(self))

    def label(self, number: int, language: str) -> str:
        """What a thing is called, in Chinese where it has no English name."""
        english = self.labels_en[number] if language == "en" else ""
        return english or self.labels[number]

    def steps(self, number: int) -> list[Step]:
        """All steps from a thing."""
        return [
            self.step(position)
            for position in range(int(self.starts[number]), int(self.starts[number + 1]))
        ]

    def step(self, position: int) -> Step:
        return Step(
            RELATION_NAMES[self.relation_numbers[position]],
            bool(self.forward[position]),
            int(self.others[position]),
            self.years_of(int(self.year_bits[position])),
        )

    def steps_between(self, one: int, other: int, allowed: NDArray[numpy.bool_]) -> list[Step]:
        """The allowed steps that lead from one thing to another."""
        first, last = int(self.starts[one]), int(self.starts[one + 1])
        found = numpy.flatnonzero((self.others[first:last] == other) & allowed[first:last])
        return [self.step(first + int(position)) for position in found]

    def years_of(self, bits: int) -> tuple[str, ...]:
        return tuple(year for place, year in enumerate(self.years) if bits >> place & 1)

    def bits_of(self, years: Collection[str]) -> int:
        """Fiscal years as bits; a year that the release does not have has none."""
        return sum(1 << place for place, year in enumerate(self.years) if year in years)

    def allowed_steps(
        self, kinds: Collection[str] = (), years: Collection[str] = (), also: Collection[int] = ()
    ) -> NDArray[numpy.bool_]:
        """Which steps may be taken: those to things of these kinds and to some others, stated for one of
        these years or without any; no kinds or no years given allow all."""
        allowed = numpy.ones(len(self.others), dtype=numpy.bool_)
        if kinds:
            wanted = numpy.array([kind in kinds for kind in self.kinds], dtype=numpy.bool_)
            wanted[list(also)] = True
            allowed &= wanted[self.others]
        if years:
            allowed &= (self.year_bits == 0) | (self.year_bits & self.bits_of(years) != 0)
        return allowed


def read_projection(graph: Graph, things: ThingNetwork, *, base: str) -> Projection:
    """The projection of a network of things, with the fiscal years that the release has."""
    return make_projection(things, read_years(graph, things, base))


def read_years(graph: Graph, things: ThingNetwork, base: str) -> dict[JoinedPair, set[str]]:
    """The fiscal years of joined pairs, as far as what joins them is stated for a year."""
    joined = {*things.joined}
    found: defaultdict[JoinedPair, set[str]] = defaultdict(set)
    for relation in relations().values():
        if relation.years:
            for row in ask_question(graph, relation.years, base):
                pair = (relation.name, row["source"], row["target"])
                if pair in joined:
                    found[pair].add(row["year"])
    return dict(found)


def make_projection(
    things: ThingNetwork, years_of_pairs: Mapping[JoinedPair, Iterable[str]]
) -> Projection:
    """The projection of a network whose pairs have these years."""
    iris = tuple(sorted(things.graph))
    years = tuple(sorted({y for found in years_of_pairs.values() for y in found}))[-MOST_YEARS:]
    return Projection(
        iris,
        tuple(map(things.kind, iris)),
        tuple(map(things.label, iris)),
        tuple(str(things.graph.nodes[iri]["label_en"]) for iri in iris),
        years,
        *step_columns(things, iris, years, years_of_pairs),
    )


def step_columns(
    things: ThingNetwork,
    iris: tuple[str, ...],
    years: tuple[str, ...],
    years_of_pairs: Mapping[JoinedPair, Iterable[str]],
) -> tuple[
    NDArray[numpy.int64],
    NDArray[numpy.int64],
    NDArray[numpy.int16],
    NDArray[numpy.bool_],
    NDArray[numpy.int64],
]:
    """The columns of all steps, both ways, and where those of each thing begin."""
    numbers = {iri: number for number, iri in enumerate(iris)}
    places = {year: place for place, year in enumerate(years)}
    order = {name: number for number, name in enumerate(relations())}
    ranks = {iri: rank for rank, iri in enumerate(sorted(iris, key=lambda i: (things.label(i), i)))}
    rows = []
    for name, source, target in things.joined:
        stated = years_of_pairs.get((name, source, target), ())
        bits = sum(1 << places[year] for year in stated if year in places)
        rows.append((numbers[source], order[name], 0, ranks[target], numbers[target], bits))
        rows.append((numbers[target], order[name], 1, ranks[source], numbers[source], bits))
    rows.sort()
    table = numpy.array(rows, dtype=numpy.int64).reshape(-1, 6)
    starts = numpy.searchsorted(table[:, 0], numpy.arange(len(iris) + 1))
    return (
        starts.astype(numpy.int64),
        numpy.ascontiguousarray(table[:, 4]),
        table[:, 1].astype(numpy.int16),
        table[:, 2] == 0,
        numpy.ascontiguousarray(table[:, 5]),
    )
