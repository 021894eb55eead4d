"""Counts over a whole release, as VoID tells them: of triples, things, classes and properties.

They are counts of the default graph, the merge of all named ones, found in two readings of the pieces of
its dump. The first finds which subjects several owners speak of: only their statements can repeat, so
only these are held to be counted once. The second counts everything else as it passes by.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
Node: TypeAlias = NamedNode | BlankNode
Object: TypeAlias = Any  # a node or a literal
Statement: TypeAlias = tuple[NamedNode, Object]
Classes: TypeAlias = tuple[str, ...]
Owners: TypeAlias = Iterable[Callable[[], Iterator[Quad]]]


@dataclass
class PropertyStatistics:
    """One property, of one class or of all things: its triples, by the class or datatype of the value."""

    triples: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    datatypes: Counter[str] = field(default_factory=Counter)


@dataclass
class ClassStatistics:
    """One class: how many things it has, and their properties."""

    entities: int = 0
    properties: defaultdict[str, PropertyStatistics] = field(
        default_factory=lambda: defaultdict(PropertyStatistics)
    )


@dataclass
class DatasetStatistics:
    """`entities` are the subjects with an IRI (VoID, 4.2), `subjects` all of them."""

    triples: int = 0
    entities: int = 0
    subjects: int = 0
    classes: defaultdict[str, ClassStatistics] = field(
        default_factory=lambda: defaultdict(ClassStatistics)
    )
    properties: Counter[str] = field(default_factory=Counter)

    def to_json(self) -> dict[str, Any]:
        """The JSON object that `from_json` reads, in a fixed order."""
        return {
            "triples": self.triples,
            "entities": self.entities,
            "subjects": self.subjects,
            "properties": dict(sorted(self.properties.items())),
            "classes": {
                iri: {
                    "entities": found.entities,
                    "properties": {
                        name: {
                            "triples": said.triples,
                            "classes": dict(sorted(said.classes.items())),
                            "datatypes": dict(sorted(said.datatypes.items())),
                        }
                        for name, said in sorted(found.properties.items())
                    },
                }
                for iri, found in sorted(self.classes.items())
            },
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> DatasetStatistics:
        """What `to_json` wrote."""
        statistics = cls(content["triples"], content["entities"], content["subjects"])
        statistics.properties.update(content["properties"])
        for iri, found in content["classes"].items():
            statistics.classes[iri].entities = found["entities"]
            for name, said in found["properties"].items():
                statistics.classes[iri].properties[name] = PropertyStatistics(
                    said["triples"], Counter(said["classes"]), Counter(said["datatypes"])
                )
        return statistics


def dataset_statistics(owners: Owners, store: Store) -> DatasetStatistics:
    """The statistics of a release.

    Args:
        owners: how to read the quads of each owner; each is read twice, and one is held at a time.
        store: the store of the release, asked for the classes of things that another owner speaks of.
    """
    shared = shared_subjects(owners)
    counting = Counting()
    several: defaultdict[Node, set[Statement]] = defaultdict(set)
    for read in owners:
        alone: defaultdict[Node, set[Statement]] = defaultdict(set)
        for quad in read():
            subject = quad.subject
            assert isinstance(subject, NamedNode | BlankNode)
            held = several if hash(subject) in shared else alone
            held[subject].add((quad.predicate, quad.object))
        counting.add(alone)
    counting.add(several)
    return counting.statistics(store)


def shared_subjects(owners: Owners) -> frozenset[int]:
    """The hashes of the subjects that more than one owner speaks of. Two subjects of one hash are taken for
    shared too, which costs a little memory and changes no count."""
    hashes = [
        numpy.fromiter({hash(quad.subject) for quad in read()}, dtype=numpy.int64)
        for read in owners
    ]
    if not hashes:
        return frozenset()
    values, counts = numpy.unique(numpy.concatenate(hashes), return_counts=True)
    return frozenset(values[counts > 1].tolist())


@dataclass
class Counting:
    """What has been counted: by the classes of the subject, the property, and the kind of the value."""

    subjects: Counter[Classes] = field(default_factory=Counter)
    nameless: int = 0
    literals: Counter[tuple[Classes, str, str]] = field(default_factory=Counter)
    links: Counter[tuple[Classes, str, Classes]] = field(default_factory=Counter)
    #: Values that the same owner does not speak of: their classes are looked up at the end.
    elsewhere: Counter[tuple[Classes, str, Node]] = field(default_factory=Counter)

    def add(self, things: Mapping[Node, set[Statement]]) -> None:
        """Count things with all that is said about them."""
        classes = {node: classes_in(statements) for node, statements in things.items()}
        for node, statements in things.items():
            own = classes[node]
            self.subjects[own] += 1
            self.nameless += isinstance(node, BlankNode)
            for predicate, value in statements:
                if isinstance(value, Literal):
                    self.literals[own, predicate.value, value.datatype.value] += 1
                elif value in classes:
                    self.links[own, predicate.value, classes[value]] += 1
                else:
                    self.elsewhere[own, predicate.value, value] += 1

    def statistics(self, store: Store) -> DatasetStatistics:
        """The counts, spread over the classes."""
        self.look_up(store)
        everything = sum(self.subjects.values())
        found = DatasetStatistics(0, everything - self.nameless, everything)
        for classes, number in self.subjects.items():
            for iri in classes:
                found.classes[iri].entities += number
        for (classes, predicate, datatype), number in self.literals.items():
            for said in counted(found, classes, predicate, number):
                said.datatypes[datatype] += number
        for (classes, predicate, others), number in self.links.items():
            for said in counted(found, classes, predicate, number):
                for other in others:
                    said.classes[other] += number
        return found

    def look_up(self, store: Store) -> None:
        known: dict[Node, Classes] = {}
        for (classes, predicate, value), number in self.elsewhere.items():
            if value not in known:
                known[value] = classes_in(
                    (quad.predicate, quad.object)
                    for quad in store.quads_for_pattern(value, TYPE, None, DefaultGraph())
                )
            self.links[classes, predicate, known[value]] += number
        self.elsewhere.clear()


def classes_in(statements: Iterable[Statement]) -> Classes:
    """The classes that a thing is said to have, in order."""
    return tuple(
        sorted(
            value.value
            for predicate, value in statements
            if predicate == TYPE and isinstance(value, NamedNode)
        )
    )


def counted(
    found: DatasetStatistics, classes: Classes, predicate: str, number: int
) -> Iterator[PropertyStatistics]:
    """Add triples of a property of things of some classes; the statistics of each class."""
    found.triples += number
    found.properties[predicate] += number
    for iri in classes:
        said = found.classes[iri].properties[predicate]
        said.triples += number
        yield said
