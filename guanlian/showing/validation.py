"""Validation reports in the terminal, as JSON and as RDF (sh:ValidationReport)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from guanlian.validation import Validated
from ontology.namespaces import Namespaces
from ontology.shacl import Severity, ValidationReport, ValidationResult
from ontology.shacl.sentences import sentence_of, shortener
from ontology.writing import expand

PLURALS = {Severity.VIOLATION: "violations", Severity.WARNING: "warnings", Severity.INFO: "infos"}
COLOURS = {Severity.VIOLATION: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


def numbers_of(report: ValidationReport) -> dict[str, int]:
    """How many results there are of each severity."""
    return {plural: len(report.of(severity)) for severity, plural in PLURALS.items()}


def show_validation(
    console: Console, validated: Sequence[Validated], base: str, most: int | None
) -> None:
    """The violations of each document, and how often each shape found something in all of them."""
    prefixes = Namespaces(base).prefixes()
    for one in validated:
        results = one.report.violations if len(validated) > 1 else one.report.results
        shown = results if most is None else results[:most]
        for result in shown:
            line = f"{one.source}: {result.severity}: {sentence_of(result, prefixes)}"
            console.print(line, style=COLOURS[result.severity], markup=False, soft_wrap=True)
        if len(shown) < len(results):
            console.print(f"{one.source}: and {len(results) - len(shown)} more", markup=False)
    if any(one.report.results for one in validated):
        console.print(shapes_table(validated))


def shapes_table(validated: Sequence[Validated]) -> Table:
    """What each shape found, the gravest and most frequent first."""
    results: Counter[tuple[Severity, str, str]] = Counter()
    documents: defaultdict[tuple[Severity, str, str], set[str]] = defaultdict(set)
    for one in validated:
        for result in one.report.results:
            kind = (result.severity, local_name(result), result.message)
            results[kind] += 1
            documents[kind].add(one.document_id or one.source)
    table = Table(box=SIMPLE_HEAD)
    table.add_column("程度 severity", no_wrap=True)
    table.add_column("形状 shape", overflow="fold")
    for heading in ("结果 results", "文件 documents"):
        table.add_column(heading, justify="right", no_wrap=True)
    order = [*Severity]
    for kind, count in sorted(
        results.items(), key=lambda item: (order.index(item[0][0]), -item[1])
    ):
        severity, shape, message = kind
        cells = (Text(severity, COLOURS[severity]), Text(f"{shape}: {message}"))
        table.add_row(*cells, str(count), str(len(documents[kind])))
    return table


def local_name(result: ValidationResult) -> str:
    return result.shape_name.rpartition("#")[2]


def to_json(validated: Sequence[Validated]) -> dict[str, Any]:
    """Every document with its results. `conforms` is SHACL's: true when there is no result at all."""
    totals: Counter[str] = Counter()
    for one in validated:
        totals.update(numbers_of(one.report))
    return {
        "documents": [
            {
                "source": one.source,
                "document_id": one.document_id,
                "conforms": one.report.conforms,
                "focus_nodes": one.report.focus_nodes,
                **numbers_of(one.report),
                "results": [result_to_json(result) for result in one.report.results],
            }
            for one in validated
        ],
        "totals": {plural: totals[plural] for plural in PLURALS.values()},
    }


def result_to_json(result: ValidationResult) -> dict[str, Any]:
    """A result under the names of SHACL; the path as SPARQL writes it, terms as N-Triples does."""
    full = shortener({})
    return {
        "severity": result.severity,
        "source_shape": result.shape_name,
        "source_constraint_component": result.component,
        "focus_node": str(result.focus_node),
        "result_path": None if result.path is None else result.path.in_words(full),
        "value": None if result.value is None else str(result.value),
        "result_message": result.message,
    }


def to_turtle(validated: Sequence[Validated], base: str) -> str:
    """One sh:ValidationReport a document, with its source."""
    namespaces = Namespaces(base)
    triples = [triple for one in validated for triple in report_triples(one, namespaces)]
    text = serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(namespaces.prefixes()))
    return (text or b"").decode()


def report_triples(validated: Validated, namespaces: Namespaces) -> Iterator[Triple]:
    """The report of one document, which names the document it is about."""
    node = BlankNode()
    yield from validated.report.triples(node)
    yield Triple(node, expand("rdfs:label", namespaces), Literal(validated.source))
    if validated.document_id:
        document = NamedNode(namespaces.thing("doc", validated.document_id))
        yield Triple(node, expand("dcterms:source", namespaces), document)
