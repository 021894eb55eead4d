"""Value range constraint components (SHACL section 4.3), for numbers."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import ClassVar, Self

from pyoxigraph import Literal

from ontology.shacl.component import ShapeSource, ValueComponent
from ontology.shacl.graph import DataGraph, Term
from ontology.shacl.value_type import XSD
from ontology.shacl.vocabulary import ShapesError

NUMERIC = frozenset(
    XSD + name
    for name in (
        "integer", "decimal", "double", "float", "nonNegativeInteger", "positiveInteger", "int", "long",
        "short", "byte", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
        "nonPositiveInteger", "negativeInteger",
    )
)  # fmt: skip


def number_of(term: Term) -> Decimal | None:
    """The number that a literal is; None for all else, also for a number that is ill-formed or NaN."""
    if not isinstance(term, Literal) or term.datatype.value not in NUMERIC:
        return None
    try:
        number = Decimal(term.value)
    except InvalidOperation:
        return None
    return None if number.is_nan() else number


@dataclass(frozen=True, slots=True)
class Bound(ValueComponent):
    """A bound that each value is compared with; a value that cannot be compared is at fault."""

    parameter: ClassVar[str]
    relation: ClassVar[str]
    bound: Decimal

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        bound = number_of(value)
        if bound is None:
            raise ShapesError(f"sh:{cls.parameter} {value} is not supported: it is no number")
        return cls(bound)

    @abstractmethod
    def allows(self, number: Decimal) -> bool:
        """Whether a number is on the right side of the bound."""

    def holds(self, value: Term, graph: DataGraph) -> bool:
        number = number_of(value)
        return number is not None and self.allows(number)

    def message(self) -> str:
        return f"The value is no number {self.relation} {self.bound}."


class MinExclusive(Bound):
    """sh:minExclusive (4.3.1)."""

    component = "MinExclusiveConstraintComponent"
    parameter, relation = "minExclusive", ">"

    def allows(self, number: Decimal) -> bool:
        return number > self.bound


class MinInclusive(Bound):
    """sh:minInclusive (4.3.2)."""

    component = "MinInclusiveConstraintComponent"
    parameter, relation = "minInclusive", ">="

    def allows(self, number: Decimal) -> bool:
        return number >= self.bound


class MaxExclusive(Bound):
    """sh:maxExclusive (4.3.3)."""

    component = "MaxExclusiveConstraintComponent"
    parameter, relation = "maxExclusive", "<"

    def allows(self, number: Decimal) -> bool:
        return number < self.bound


class MaxInclusive(Bound):
    """sh:maxInclusive (4.3.4)."""

    component = "MaxInclusiveConstraintComponent"
    parameter, relation = "maxInclusive", "<="

    def allows(self, number: Decimal) -> bool:
        return number <= self.bound
