"""Validation of data graphs against a shapes graph (SHACL section 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Quad, Store, Triple

from ontology.shacl.graph import DataGraph, Term
from ontology.shacl.reading import read_shapes
from ontology.shacl.report import ValidationReport, ValidationResult
from ontology.shacl.shape import Shape
from ontology.shacl.sparql import focus_quads

FocusNodes = Mapping[Term, None]


class Validator:
    """Shapes made ready for many data graphs.

    Args:
        shapes: the triples of the shapes graph.
        beside: what every data graph is read together with, such as the members of code lists. The
            queries of SPARQL-based constraints do not see it.

    Raises:
        ShapesError: a shape holds what this validator does not support.
    """

    def __init__(self, shapes: Iterable[Triple], beside: Iterable[Triple] = ()) -> None:
        self.shapes = read_shapes(DataGraph(shapes))
        self.beside = DataGraph(beside)

    def validate(self, quads: Iterable[Quad]) -> ValidationReport:
        """Hold the quads, as one graph whatever their named graphs, against every shape."""
        known = tuple(quads)
        graph = DataGraph(known, self.beside)
        targeted = [(shape, shape.focus_nodes(graph)) for shape in self.shapes]
        found: list[ValidationResult] = []
        for shape, nodes in targeted:
            shape.validate(nodes, graph, found)
        found.extend(answers(known, targeted))
        return ValidationReport(
            tuple(found), len({node for _, nodes in targeted for node in nodes})
        )


def answers(
    quads: Iterable[Quad], targeted: Iterable[tuple[Shape, FocusNodes]]
) -> list[ValidationResult]:
    """What the queries of the shapes find about their focus nodes."""
    asked = [(shape, nodes) for shape, nodes in targeted if shape.queries and nodes]
    store = Store()
    if asked:
        store.extend(quads)
    for shape, nodes in asked:
        store.extend(focus_quads(shape.node, nodes))
    return [
        result
        for shape, _ in asked
        for query in shape.queries
        for result in query.results(store, shape.node, shape.name, shape.severity)
    ]
