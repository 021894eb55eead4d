"""The validation report (SHACL section 3.6): what a validation found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology.shacl.graph import TYPE, Subject, Term
from ontology.shacl.paths import Path
from ontology.shacl.value_type import XSD
from ontology.shacl.vocabulary import sh


class Severity(StrEnum):
    """How grave a result is (section 2.1.4), the gravest first."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """One result. `shape_name` is the IRI of the named shape that the source shape belongs to; `path` and
    `value` are None where the result is about the focus node as a whole."""

    focus_node: Term
    path: Path | None
    value: Term | None
    source_shape: Term
    shape_name: str
    component: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All results of one data graph, in the order of the shapes; `focus_nodes` is how many nodes the
    shapes were held against."""

    results: tuple[ValidationResult, ...] = ()
    focus_nodes: int = 0

    @property
    def conforms(self) -> bool:
        """Whether there is no result of any severity, as the standard has it (section 3.6.1.1)."""
        return not self.results

    @property
    def violations(self) -> tuple[ValidationResult, ...]:
        """The results for which a graph is not published."""
        return self.of(Severity.VIOLATION)

    def of(self, severity: Severity) -> tuple[ValidationResult, ...]:
        """The results of one severity."""
        return tuple(result for result in self.results if result.severity is severity)

    def triples(self, node: Subject | None = None) -> Iterator[Triple]:
        """The report in RDF (section 3.6), about this node, or else a new blank node."""
        report = node or BlankNode()
        yield Triple(report, TYPE, sh("ValidationReport"))
        truth = Literal("true" if self.conforms else "false", datatype=NamedNode(f"{XSD}boolean"))
        yield Triple(report, sh("conforms"), truth)
        for result in self.results:
            inner = BlankNode()
            yield Triple(report, sh("result"), inner)
            yield from result_triples(inner, result)


def result_triples(node: Subject, result: ValidationResult) -> Iterator[Triple]:
    """One result in RDF (section 3.6.2). A source shape without a name is told by that it belongs to:
    its blank node would mean nothing outside the shapes graph."""
    yield Triple(node, TYPE, sh("ValidationResult"))
    yield Triple(node, sh("focusNode"), result.focus_node)
    yield Triple(node, sh("resultSeverity"), sh(result.severity))
    yield Triple(node, sh("sourceConstraintComponent"), sh(result.component))
    yield Triple(node, sh("sourceShape"), NamedNode(result.shape_name))
    yield Triple(node, sh("resultMessage"), Literal(result.message))
    if result.value is not None:
        yield Triple(node, sh("value"), result.value)
    if result.path is not None:
        path, about = result.path.as_rdf()
        yield Triple(node, sh("resultPath"), path)
        yield from about
