"""Two validators on one graph: ours, and pyshacl as the oracle, with results that can be compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TypeAlias

import pyoxigraph
from pyoxigraph import RdfFormat
from pyshacl import validate
from rdflib import RDF, RDFS, SH, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.namespaces import DEFAULT_BASE
from ontology.shacl import Validator
from ontology.turtle import shapes_turtle
from ontology.validation import document_validator, known_triples

GLS = f"{DEFAULT_BASE}shapes#"
#: A term without its blank node label, which two reports need not share.
PlainTerm: TypeAlias = tuple[str, str, str, str]
NUMBER = re.compile(r"[+-]?\d+(\.\d*)?")


@dataclass(frozen=True, slots=True)
class Found:
    """A result as both validators tell it. A path is written as SPARQL writes it."""

    shape: str
    component: str
    severity: str
    focus: PlainTerm
    path: str
    value: PlainTerm | None


@cache
def project_shapes() -> Graph:
    """The shapes of this project."""
    return Graph().parse(data=shapes_turtle(), format="turtle")


@cache
def known_graph() -> Graph:
    """What documents are validated beside."""
    text = pyoxigraph.serialize(known_triples(), format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=text, format="nt")


def beside_vocabulary(graph: Graph) -> Graph:
    """The graph with what the vocabulary knows of the terms in it: all of it would only take longer."""
    named = {*graph.subjects(), *graph.objects()}
    known = known_graph()
    beside = Graph()
    for subject, predicate, value in known.triples((None, SKOS.inScheme, None)):
        if subject in named:
            beside.add((subject, predicate, value))
    return graph + beside + classes(known)


def classes(known: Graph) -> Graph:
    hierarchy = Graph()
    for triple in known.triples((None, RDFS.subClassOf, None)):
        hierarchy.add(triple)
    return hierarchy


def found_by_oracle(graph: Graph, shapes: Graph | None = None) -> Counter[Found]:
    """The results of pyshacl over the graph as it is."""
    shapes = project_shapes() if shapes is None else shapes
    _, report, _ = validate(graph, shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph)
    return Counter(found_in(report, shapes, node) for node in report.objects(None, SH.result))


def found_in(report: Graph, shapes: Graph, node: Node) -> Found:
    def told(predicate: URIRef) -> Node:
        value = report.value(node, predicate)
        assert value is not None
        return value

    path = report.value(node, SH.resultPath)
    value = report.value(node, SH.value)
    return Found(
        shape=owner(shapes, told(SH.sourceShape)),
        component=local_name(told(SH.sourceConstraintComponent)),
        severity=local_name(told(SH.resultSeverity)),
        focus=plain(told(SH.focusNode)),
        path="" if path is None else path_words(report, path),
        value=None if value is None else plain(value),
    )


def owner(shapes: Graph, shape: Node) -> str:
    """The IRI of a shape, or of the one that a shape without an IRI belongs to."""
    while not isinstance(shape, URIRef):
        above = next(shapes.subjects(None, shape), None)
        assert above is not None
        shape = above
    return str(shape)


def local_name(iri: Node) -> str:
    return str(iri).removeprefix(str(SH))


def path_words(graph: Graph, path: Node) -> str:
    if isinstance(path, URIRef):
        return f"<{path}>"
    if (inner := graph.value(path, SH.inversePath)) is not None:
        return f"^{path_words(graph, inner)}"
    if (ways := graph.value(path, SH.alternativePath)) is not None:
        return "(" + "|".join(path_words(graph, way) for way in graph.items(ways)) + ")"
    return "/".join(path_words(graph, step) for step in graph.items(path))


def plain(term: Node) -> PlainTerm:
    if isinstance(term, Literal):
        return plain_literal(str(term), str(term.datatype or ""), term.language)
    return ("blank" if isinstance(term, BNode) else "iri"), str(term), "", ""


def plain_literal(value: str, datatype: str, language: str | None) -> PlainTerm:
    """A literal; a decimal to the digits, and without the zeros, that not every engine gives."""
    if datatype == str(XSD.decimal) and NUMBER.fullmatch(value):
        return "literal", str(round(Decimal(value), 12).normalize()), datatype, ""
    bare = datatype in ("", str(XSD.string), str(RDF.langString))
    return "literal", value, "" if bare else datatype, (language or "").lower()


def found_by_us(graph: Graph, shapes: Graph | None = None) -> Counter[Found]:
    """The results of our validator over the graph as it is, with nothing beside it."""
    validator = Validator(as_triples(project_shapes() if shapes is None else shapes))
    return found_by(validator, graph)


def found_by_documents_validator(graph: Graph) -> Counter[Found]:
    """The results of the validator of documents, which has the vocabulary beside it."""
    return found_by(document_validator(), graph)


def found_by(validator: Validator, graph: Graph) -> Counter[Found]:
    report = validator.validate(pyoxigraph.Quad(*triple) for triple in as_triples(graph))
    return Counter(
        Found(
            shape=result.shape_name,
            component=result.component,
            severity=str(result.severity),
            focus=plain_of(result.focus_node),
            path="" if result.path is None else result.path.in_words(str),
            value=None if result.value is None else plain_of(result.value),
        )
        for result in report.results
    )


def as_triples(graph: Graph) -> Iterable[pyoxigraph.Triple]:
    text = graph.serialize(format="nt", encoding="utf-8")
    return [quad.triple for quad in pyoxigraph.parse(text, format=RdfFormat.N_TRIPLES)]


def plain_of(term: object) -> PlainTerm:
    if isinstance(term, pyoxigraph.Literal):
        return plain_literal(term.value, term.datatype.value, term.language)
    if isinstance(term, pyoxigraph.BlankNode):
        return "blank", term.value, "", ""
    assert isinstance(term, pyoxigraph.NamedNode)
    return "iri", term.value, "", ""


def shape_names(found: Counter[Found]) -> set[str]:
    """The local names of the shapes that found something."""
    return {one.shape.removeprefix(GLS) for one in found}


def node_shapes(shapes: Graph) -> list[str]:
    """The local names of all node shapes."""
    named = (shape for shape in shapes.subjects(RDF.type, SH.NodeShape))
    return sorted(str(shape).removeprefix(GLS) for shape in named if isinstance(shape, URIRef))
