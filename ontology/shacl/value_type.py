"""Value type constraint components (SHACL section 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import BlankNode, Literal, NamedNode

from ontology.shacl.component import (
    Case,
    Component,
    Fault,
    ShapeSource,
    ValueComponent,
    iri,
)
from ontology.shacl.graph import RDF, DataGraph, Term
from ontology.shacl.vocabulary import NAMESPACE, ShapesError

XSD = "http://www.w3.org/2001/XMLSchema#"
ZONE = r"(Z|[+-]\d\d:\d\d)?"
YEAR = r"-?([1-9]\d{3,}|0\d{3})"
DATE = rf"{YEAR}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
TIME = r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?"
FLOAT = r"[+-]?(\d+(\.\d*)?|\.\d+)([Ee][+-]?\d+)?|[+-]?INF|NaN"
INTEGER = r"[+-]?\d+"
#: The lexical spaces (XML Schema 1.1 part 2) of the datatypes that a shape may ask for.
LEXICAL_SPACES: Mapping[str, re.Pattern[str]] = {
    datatype: re.compile(pattern, re.ASCII | re.DOTALL)
    for datatype, pattern in {
        f"{XSD}string": ".*",
        f"{RDF}langString": ".*",
        f"{XSD}boolean": "true|false|1|0",
        f"{XSD}integer": INTEGER,
        f"{XSD}nonNegativeInteger": r"\+?\d+|-0+",
        f"{XSD}positiveInteger": r"\+?0*[1-9]\d*",
        f"{XSD}decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)",
        f"{XSD}double": FLOAT,
        f"{XSD}float": FLOAT,
        f"{XSD}date": DATE + ZONE,
        f"{XSD}dateTime": f"{DATE}T{TIME}{ZONE}",
        f"{XSD}gYear": YEAR + ZONE,
        f"{XSD}anyURI": ".*",
    }.items()
}
NODE_KINDS: Mapping[str, tuple[type[Term], ...]] = {
    "IRI": (NamedNode,),
    "BlankNode": (BlankNode,),
    "Literal": (Literal,),
    "BlankNodeOrIRI": (BlankNode, NamedNode),
    "BlankNodeOrLiteral": (BlankNode, Literal),
    "IRIOrLiteral": (NamedNode, Literal),
}


@dataclass(frozen=True, slots=True)
class ClassConstraint(Component):
    """sh:class (4.1.1): each value is a SHACL instance of the class."""

    component: ClassVar[str] = "ClassConstraintComponent"
    class_: NamedNode

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        return cls(iri(value, "class"))

    def faults(self, cases: Sequence[Case], graph: DataGraph) -> Iterable[Fault]:
        instances = graph.instances(self.class_)
        return [
            (focus, value) for focus, values in cases for value in values if value not in instances
        ]

    def message(self) -> str:
        return f"The value is not of the class {self.class_}."


@dataclass(frozen=True, slots=True)
class DatatypeConstraint(ValueComponent):
    """sh:datatype (4.1.2): each value is a literal of the datatype, and well-formed."""

    component: ClassVar[str] = "DatatypeConstraintComponent"
    datatype: NamedNode
    lexical_space: re.Pattern[str]

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        datatype = iri(value, "datatype")
        if datatype.value not in LEXICAL_SPACES:
            raise ShapesError(f"sh:datatype {datatype} is not supported: its forms are not known")
        return cls(datatype, LEXICAL_SPACES[datatype.value])

    def holds(self, value: Term, graph: DataGraph) -> bool:
        return (
            isinstance(value, Literal)
            and value.datatype == self.datatype
            and self.lexical_space.fullmatch(value.value) is not None
        )

    def message(self) -> str:
        return f"The value is no literal of the datatype {self.datatype}."


@dataclass(frozen=True, slots=True)
class NodeKindConstraint(ValueComponent):
    """sh:nodeKind (4.1.3): each value is an IRI, a blank node or a literal, as said."""

    component: ClassVar[str] = "NodeKindConstraintComponent"
    kind: str

    @classmethod
    def read(cls, value: Term, source: ShapeSource) -> Self:
        kind = iri(value, "nodeKind").value.removeprefix(NAMESPACE)
        if kind not in NODE_KINDS:
            raise ShapesError(f"sh:nodeKind is {value}, which is none of {', '.join(NODE_KINDS)}")
        return cls(kind)

    def holds(self, value: Term, graph: DataGraph) -> bool:
        return isinstance(value, NODE_KINDS[self.kind])

    def message(self) -> str:
        return f"The value is not of the kind {self.kind}."
