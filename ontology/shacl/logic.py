"""Logical and shape-based constraint components (SHACL sections 4.6 and 4.7.1)."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Self

from ontology.shacl.component import Conformance, ShapeSource, ValueComponent
from ontology.shacl.graph import DataGraph, Term
from ontology.shacl.vocabulary import ShapesError


@dataclass(frozen=True, slots=True)
class OneShape(ValueComponent):
    """A constraint that refers to one shape."""

    shape: Conformance

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        return cls(source.shape(value))


class Node(OneShape):
    """sh:node (4.7.1): each value conforms to the shape."""

    component = "NodeConstraintComponent"

    def holds(self, value: Term, graph: DataGraph) -> bool:
        return self.shape.conforms(value, graph)

    def message(self) -> str:
        return f"The value does not conform to {self.shape.name}."


class Not(OneShape):
    """sh:not (4.6.1): no value conforms to the shape."""

    component = "NotConstraintComponent"

    def holds(self, value: Term, graph: DataGraph) -> bool:
        return not self.shape.conforms(value, graph)

    def message(self) -> str:
        return f"The value conforms to {self.shape.name}, which it should not."


@dataclass(frozen=True, slots=True)
class ManyShapes(ValueComponent):
    """A constraint on how many of a list of shapes each value conforms to."""

    wanted: ClassVar[str]
    shapes: tuple[Conformance, ...]

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        shapes = tuple(source.shape(member) for member in source.graph.members(value))
        if not shapes:
            raise ShapesError(f"sh:{cls.wanted} has no list of shapes")
        return cls(shapes)

    @abstractmethod
    def is_right(self, conforming: int) -> bool:
        """Whether so many of the shapes are right."""

    def holds(self, value: Term, graph: DataGraph) -> bool:
        return self.is_right(sum(shape.conforms(value, graph) for shape in self.shapes))

    def message(self) -> str:
        names = ", ".join(shape.name for shape in self.shapes)
        return f"The value does not conform to the shapes {names} as sh:{self.wanted} wants it."


class And(ManyShapes):
    """sh:and (4.6.2): each value conforms to all."""

    component = "AndConstraintComponent"
    wanted = "and"

    def is_right(self, conforming: int) -> bool:
        return conforming == len(self.shapes)


class Or(ManyShapes):
    """sh:or (4.6.3): each value conforms to at least one."""

    component = "OrConstraintComponent"
    wanted = "or"

    def is_right(self, conforming: int) -> bool:
        return conforming >= 1


class Xone(ManyShapes):
    """sh:xone (4.6.4): each value conforms to exactly one."""

    component = "XoneConstraintComponent"
    wanted = "xone"

    def is_right(self, conforming: int) -> bool:
        return conforming == 1
