"""Cardinality constraint components (SHACL section 4.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from ontology.shacl.component import Case, Component, Fault, ShapeSource, whole_number
from ontology.shacl.graph import DataGraph, Term


@dataclass(frozen=True, slots=True)
class MinCount(Component):
    """sh:minCount (4.2.1): at least so many values."""

    component: ClassVar[str] = "MinCountConstraintComponent"
    least: int

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        return cls(whole_number(value, "minCount"))

    def faults(self, cases: Sequence[Case], graph: DataGraph) -> Iterable[Fault]:
        return [(focus, None) for focus, values in cases if len(values) < self.least]

    def message(self) -> str:
        return f"There should be at least {self.least}."


@dataclass(frozen=True, slots=True)
class MaxCount(Component):
    """sh:maxCount (4.2.2): at most so many values."""

    component: ClassVar[str] = "MaxCountConstraintComponent"
    most: int

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        return cls(whole_number(value, "maxCount"))

    def faults(self, cases: Sequence[Case], graph: DataGraph) -> Iterable[Fault]:
        return [(focus, None) for focus, values in cases if len(values) > self.most]

    def message(self) -> str:
        return f"There should be at most {self.most}."
