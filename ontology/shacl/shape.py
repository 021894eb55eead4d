"""A shape (SHACL section 2): its constraints, and what they find about one focus node."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from ontology.shacl.component import Case, Component
from ontology.shacl.graph import DataGraph, Term
from ontology.shacl.paths import Path
from ontology.shacl.report import Severity, ValidationResult
from ontology.shacl.sparql import SparqlConstraint
from ontology.shacl.targets import Target


@dataclass(slots=True)
class Shape:
    """A node shape, or a property shape where it has a path. It is filled while it is read."""

    node: Term
    name: str
    path: Path | None = None
    severity: Severity = Severity.VIOLATION
    message: str | None = None
    is_deactivated: bool = False
    targets: tuple[Target, ...] = ()
    components: tuple[Component, ...] = ()
    properties: tuple[Shape, ...] = ()
    queries: tuple[SparqlConstraint, ...] = field(default=())

    def focus_nodes(self, graph: DataGraph) -> dict[Term, None]:
        """The nodes that the targets select (section 2.1.3), each once."""
        return {node: None for target in self.targets for node in target.nodes(graph)}

    def validate(
        self, nodes: Collection[Term], graph: DataGraph, found: list[ValidationResult]
    ) -> None:
        """Add to `found` what is at fault about the focus nodes. Queries are asked elsewhere."""
        if self.is_deactivated or not nodes:
            return
        cases = self.cases(nodes, graph)
        for component in self.components:
            for focus, value in component.faults(cases, graph):
                found.append(self.result(focus, value, component))
        if self.properties:
            inner_nodes = nodes if self.path is None else [one for _, each in cases for one in each]
            for inner in self.properties:
                inner.validate(inner_nodes, graph, found)

    def cases(self, nodes: Collection[Term], graph: DataGraph) -> list[Case]:
        """The focus nodes with their value nodes (section 3.4.1)."""
        if self.path is None:
            return [(node, (node,)) for node in nodes]
        values = self.path.values
        return [(node, values(graph, node)) for node in nodes]

    def conforms(self, node: Term, graph: DataGraph) -> bool:
        """Whether nothing at all is at fault about a node (section 3.5)."""
        found: list[ValidationResult] = []
        self.validate((node,), graph, found)
        return not found

    def result(self, focus: Term, value: Term | None, component: Component) -> ValidationResult:
        return ValidationResult(
            focus_node=focus,
            path=self.path,
            value=value,
            source_shape=self.node,
            shape_name=self.name,
            component=component.component,
            severity=self.severity,
            message=self.message or component.message(),
        )
