"""Reading a shapes graph: every shape with its constraints, or the first thing that is not supported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from ontology.shacl.cardinality import MaxCount, MinCount
from ontology.shacl.component import Component, is_true
from ontology.shacl.graph import RDFS, TYPE, DataGraph, Term, Values
from ontology.shacl.listed import HasValue, In
from ontology.shacl.logic import And, Node, Not, Or, Xone
from ontology.shacl.pairs import Disjoint, Equals
from ontology.shacl.paths import read_path
from ontology.shacl.report import Severity
from ontology.shacl.shape import Shape
from ontology.shacl.sparql import SparqlConstraint, read_constraint
from ontology.shacl.strings import LanguageIn, MaxLength, MinLength, Pattern, UniqueLang
from ontology.shacl.targets import SELECTIONS, Target
from ontology.shacl.value_range import MaxExclusive, MaxInclusive, MinExclusive, MinInclusive
from ontology.shacl.value_type import ClassConstraint, DatatypeConstraint, NodeKindConstraint
from ontology.shacl.vocabulary import NAMESPACE, ShapesError, sh

#: The constraint components by their parameter. Sections 4.5.3, 4.5.4 (sh:lessThan…), 4.7.3 (qualified
#: value shapes) and 4.8.1 (sh:closed) are missing: no shape here needs them.
COMPONENTS: Mapping[str, type[Component]] = {
    "class": ClassConstraint,
    "datatype": DatatypeConstraint,
    "nodeKind": NodeKindConstraint,
    "minCount": MinCount,
    "maxCount": MaxCount,
    "minExclusive": MinExclusive,
    "minInclusive": MinInclusive,
    "maxExclusive": MaxExclusive,
    "maxInclusive": MaxInclusive,
    "minLength": MinLength,
    "maxLength": MaxLength,
    "pattern": Pattern,
    "languageIn": LanguageIn,
    "uniqueLang": UniqueLang,
    "equals": Equals,
    "disjoint": Disjoint,
    "not": Not,
    "and": And,
    "or": Or,
    "xone": Xone,
    "node": Node,
    "hasValue": HasValue,
    "in": In,
}
#: What else a shape may say: read elsewhere, or of no effect on validation (section 2.3.2).
OTHER_PARAMETERS = frozenset(
    {
        "path", "property", "sparql", "severity", "message", "deactivated", "flags",
        "name", "description", "order", "group", "defaultValue", *SELECTIONS,
    }
)  # fmt: skip
SHAPE_CLASSES = (sh("NodeShape"), sh("PropertyShape"))
CLASSES = (NamedNode(f"{RDFS}Class"), NamedNode("http://www.w3.org/2002/07/owl#Class"))


def read_shapes(graph: DataGraph) -> tuple[Shape, ...]:
    """The shapes that have a target.

    Raises:
        ShapesError: something about a shape is not supported or not sound; the message names both.
    """
    reader = ShapesReader(graph)
    named = [node for kind in SHAPE_CLASSES for node in graph.instances(kind)]
    targeted = [node for kind in SELECTIONS for node in graph.subjects_of(sh(kind))]
    shapes = [reader.shape(node) for node in dict.fromkeys((*named, *targeted))]
    return tuple(shape for shape in shapes if shape.targets and not shape.is_deactivated)


@dataclass(slots=True)
class ShapesReader:
    """Reads shapes, each once. A shape that refers to itself is refused (section 3.4.3)."""

    graph: DataGraph
    read: dict[Term, Shape] = field(default_factory=dict)
    under_way: dict[Term, str] = field(default_factory=dict)

    def shape(self, node: Term, owner: str | None = None) -> Shape:
        """The shape of a node; one without an IRI bears the name of the shape it belongs to."""
        if node in self.under_way:
            raise ShapesError(f"the shape {self.under_way[node]} refers to itself")
        if node not in self.read:
            name = node.value if isinstance(node, NamedNode) else owner or str(node)
            self.under_way[node] = name
            try:
                self.read[node] = ShapeReading(self, node, name).finish()
            except ShapesError as error:
                raise ShapesError(about(name, error)) from error
            del self.under_way[node]
        return self.read[node]


def about(name: str, error: ShapesError) -> str:
    sentence = str(error)
    return sentence if sentence.startswith("the shape ") else f"the shape {name}: {sentence}"


@dataclass(frozen=True, slots=True)
class ShapeReading:
    """One shape while it is read; what components ask about it (`ShapeSource`)."""

    reader: ShapesReader
    node: Term
    name: str

    @property
    def graph(self) -> DataGraph:
        return self.reader.graph

    def parameter(self, name: str) -> Term | None:
        return self.graph.one(self.node, sh(name))

    def values(self, name: str) -> Values:
        return self.graph.objects(self.node, sh(name))

    def shape(self, node: Term) -> Shape:
        """A shape that a component refers to: it is asked about nodes one by one, so no query may be in it."""
        shape = self.reader.shape(node, self.name)
        if any(each.queries for each in with_inner(shape)):
            raise ShapesError(f"sh:sparql in {shape.name} is not supported where it is referred to")
        return shape

    def finish(self) -> Shape:
        self.refuse_unknown()
        path, message, deactivated = (
            self.parameter(name) for name in ("path", "message", "deactivated")
        )
        return Shape(
            node=self.node,
            name=self.name,
            path=None if path is None else read_path(self.graph, path),
            severity=self.severity(),
            message=message.value if isinstance(message, Literal) else None,
            is_deactivated=deactivated is not None and is_true(deactivated, "deactivated"),
            targets=tuple(self.targets()),
            components=tuple(self.components()),
            properties=tuple(self.properties()),
            queries=tuple(self.queries()),
        )

    def refuse_unknown(self) -> None:
        """Refuse a parameter that is not known here: to pass over it would be to find nothing."""
        for predicate in self.graph.predicates(self.node):
            name = predicate.value.removeprefix(NAMESPACE)
            if name == predicate.value or name in COMPONENTS or name in OTHER_PARAMETERS:
                continue
            raise ShapesError(f"sh:{name} is not supported")

    def severity(self) -> Severity:
        value = self.parameter("severity")
        if value is None:
            return Severity.VIOLATION
        known: dict[Term, Severity] = {sh(severity): severity for severity in Severity}
        if value not in known:
            raise ShapesError(f"sh:severity {value} is none of {', '.join(Severity)}")
        return known[value]

    def targets(self) -> Iterator[Target]:
        for kind in SELECTIONS:
            for term in self.values(kind):
                yield Target(kind, term)
        if any(kind in CLASSES for kind in self.graph.objects(self.node, TYPE)):
            yield Target("targetClass", self.node)

    def components(self) -> Iterator[Component]:
        for name, component in COMPONENTS.items():
            for value in self.values(name):
                yield component.read(value, self)

    def properties(self) -> Iterator[Shape]:
        for node in self.values("property"):
            shape = self.reader.shape(node, self.name)
            if shape.path is None:
                raise ShapesError(f"the property shape {shape.name} has no sh:path")
            yield shape

    def queries(self) -> Iterator[SparqlConstraint]:
        for node in self.values("sparql"):
            if not isinstance(self.node, NamedNode) or self.parameter("path") is not None:
                raise ShapesError("sh:sparql is only supported in a node shape with an IRI")
            constraint = read_constraint(self.graph, node, self.node)
            if constraint is not None:
                yield constraint


def with_inner(shape: Shape) -> Iterator[Shape]:
    yield shape
    for inner in shape.properties:
        yield from with_inner(inner)
