"""Property pair constraint components (SHACL section 4.5) that compare sets of values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import NamedNode

from ontology.shacl.component import Case, Component, Fault, ShapeSource, iri
from ontology.shacl.graph import DataGraph, Term


@dataclass(frozen=True, slots=True)
class Equals(Component):
    """sh:equals (4.5.1): the values are those of the other property."""

    component: ClassVar[str] = "EqualsConstraintComponent"
    other: NamedNode

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        return cls(iri(value, "equals"))

    def faults(self, cases: Sequence[Case], graph: DataGraph) -> Iterable[Fault]:
        for focus, values in cases:
            others = graph.objects(focus, self.other)
            yield from ((focus, value) for value in values if value not in others)
            yield from ((focus, other) for other in others if other not in values)

    def message(self) -> str:
        return f"The values should be those of {self.other}."


@dataclass(frozen=True, slots=True)
class Disjoint(Component):
    """sh:disjoint (4.5.2): no value is one of the other property."""

    component: ClassVar[str] = "DisjointConstraintComponent"
    other: NamedNode

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        return cls(iri(value, "disjoint"))

    def faults(self, cases: Sequence[Case], graph: DataGraph) -> Iterable[Fault]:
        for focus, values in cases:
            others = graph.objects(focus, self.other)
            yield from ((focus, value) for value in values if value in others)

    def message(self) -> str:
        return f"The value is one of {self.other} too."
