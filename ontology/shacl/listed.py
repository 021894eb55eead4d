"""Constraint components by listed terms (SHACL section 4.8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import NamedNode

from ontology.shacl.component import (
    Case,
    Component,
    Fault,
    ShapeSource,
    ValueComponent,
    is_true,
)
from ontology.shacl.graph import DataGraph, Term
from ontology.shacl.vocabulary import sh


@dataclass(frozen=True, slots=True)
class Closed(Component):
    """sh:closed with sh:ignoredProperties (4.8.1): no property but those of the property shapes."""

    component: ClassVar[str] = "ClosedConstraintComponent"
    is_wanted: bool
    allowed: frozenset[Term]

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        ignored = source.parameter("ignoredProperties")
        named = (source.graph.one(shape, sh("path")) for shape in source.values("property"))
        allowed = {path for path in named if isinstance(path, NamedNode)}
        if ignored is not None:
            allowed |= {one for one in source.graph.members(ignored) if isinstance(one, NamedNode)}
        return cls(is_true(value, "closed"), frozenset(allowed))

    def faults(self, cases: Sequence[Case], graph: DataGraph) -> Iterable[Fault]:
        if not self.is_wanted:
            return ()
        return [
            (focus, value)
            for focus, nodes in cases
            for node in nodes
            for predicate in graph.predicates(node)
            if predicate not in self.allowed
            for value in graph.objects(node, predicate)
        ]

    def message(self) -> str:
        return "There is a property that the shape does not name."


@dataclass(frozen=True, slots=True)
class HasValue(Component):
    """sh:hasValue (4.8.2): one of the values is this one."""

    component: ClassVar[str] = "HasValueConstraintComponent"
    wanted: Term

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        return cls(value)

    def faults(self, cases: Sequence[Case], graph: DataGraph) -> Iterable[Fault]:
        return [(focus, None) for focus, values in cases if self.wanted not in values]

    def message(self) -> str:
        return f"One of the values should be {self.wanted}."


@dataclass(frozen=True, slots=True)
class In(ValueComponent):
    """sh:in (4.8.3): each value is a member of the list."""

    component: ClassVar[str] = "InConstraintComponent"
    members: frozenset[Term]

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        return cls(frozenset(source.graph.members(value)))

    def holds(self, value: Term, graph: DataGraph) -> bool:
        return value in self.members

    def message(self) -> str:
        return f"The value is none of {', '.join(sorted(map(str, self.members)))}."
