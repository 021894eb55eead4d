"""Constraint components by listed terms (SHACL section 4.8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from ontology.shacl.component import (
    Case,
    Component,
    Fault,
    ShapeSource,
    ValueComponent,
)
from ontology.shacl.graph import DataGraph, Term


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
