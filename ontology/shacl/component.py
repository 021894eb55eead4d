"""What every constraint component has in common (SHACL section 4)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar, Protocol, Self, TypeAlias

from pyoxigraph import Literal, NamedNode

from ontology.shacl.graph import DataGraph, Term, Values
from ontology.shacl.vocabulary import ShapesError

#: A focus node and its value nodes.
Case: TypeAlias = tuple[Term, Values]
#: A focus node and the value at fault; None when the fault is about how many values there are.
Fault: TypeAlias = tuple[Term, Term | None]


class Conformance(Protocol):
    """A shape, as components that refer to one see it."""

    name: str

    def conforms(self, node: Term, graph: DataGraph) -> bool:
        """Whether a node conforms to the shape."""


class ShapeSource(Protocol):
    """A shape while it is read: what a component is made of besides its own parameter."""

    @property
    def graph(self) -> DataGraph:
        """The shapes graph."""

    def parameter(self, name: str) -> Term | None:
        """The value of another parameter of the same shape."""

    def shape(self, node: Term) -> Conformance:
        """A shape that a parameter refers to."""


class Component(ABC):
    """One constraint of one shape. `component` is the local name of its component in SHACL."""

    component: ClassVar[str]

    @classmethod
    @abstractmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        """The constraint that a parameter with this value states.

        Raises:
            ShapesError: the value is none that the parameter can have.
        """

    @abstractmethod
    def faults(self, cases: Sequence[Case], graph: DataGraph) -> Iterable[Fault]:
        """What is at fault about each focus node and its values; nothing when the constraint holds."""

    @abstractmethod
    def message(self) -> str:
        """What was wanted, for a shape that has no message of its own."""


class ValueComponent(Component):
    """A constraint that each value meets or not, whatever the others are."""

    @abstractmethod
    def holds(self, value: Term, graph: DataGraph) -> bool:
        """Whether a value meets the constraint."""

    def faults(self, cases: Sequence[Case], graph: DataGraph) -> Iterable[Fault]:
        holds = self.holds
        return [
            (focus, value) for focus, values in cases for value in values if not holds(value, graph)
        ]


def whole_number(value: Term, parameter: str) -> int:
    """A parameter that counts. Raises ShapesError."""
    if isinstance(value, Literal) and value.value.isascii() and value.value.isdigit():
        return int(value.value)
    raise ShapesError(f"sh:{parameter} is {value}, not a whole number")


def iri(value: Term, parameter: str) -> NamedNode:
    """A parameter that is an IRI. Raises ShapesError."""
    if isinstance(value, NamedNode):
        return value
    raise ShapesError(f"sh:{parameter} is {value}, not an IRI")


def is_true(value: Term, parameter: str) -> bool:
    """A parameter that is true or false. Raises ShapesError."""
    if isinstance(value, Literal) and value.value in ("true", "1", "false", "0"):
        return value.value in ("true", "1")
    raise ShapesError(f"sh:{parameter} is {value}, not true or false")


def text_of(value: Term) -> str | None:
    """The string of a value as SPARQL STR gives it; a blank node has none."""
    return value.value if isinstance(value, (NamedNode, Literal)) else None
