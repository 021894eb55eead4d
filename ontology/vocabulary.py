"""The whole vocabulary as quads: the model, the structures, the code lists, themes, causes, rules."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ontology.checking import check_triples, metric_triples, partition_triples
from ontology.class_correspondences import correspondence_triples
from ontology.class_schemes import class_triples
from ontology.concept_schemes import scheme_triples
from ontology.divisions import Division, divisions
from ontology.meanings import cause_triples, theme_triples
from ontology.namespaces import DEFAULT_BASE, Namespaces
from ontology.rules import rule_triples
from ontology.turtle import model_triples
from ontology.writing import Statement, describe, expand, labelled


def vocabulary_quads(base: str = DEFAULT_BASE) -> Iterator[Quad]:
    """Every triple of the vocabulary, in the named graph `graph/ontology`."""
    graph = NamedNode(Namespaces(base).graph("ontology"))
    for triple in vocabulary_triples(base):
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def vocabulary_triples(base: str = DEFAULT_BASE) -> Iterator[Triple]:
    """The model, the data structure definitions, the code lists, the rules and the divisions."""
    namespaces = Namespaces(base)
    yield from model_triples(base)
    yield from scheme_triples(namespaces)
    yield from class_triples(namespaces)
    yield from correspondence_triples(namespaces)
    yield from theme_triples(namespaces)
    yield from cause_triples(namespaces)
    yield from check_triples(namespaces)
    yield from metric_triples(namespaces)
    yield from partition_triples(namespaces)
    yield from rule_triples(namespaces)
    yield from division_triples(namespaces)


def division_triples(namespaces: Namespaces) -> Iterator[Triple]:
    """The administrative divisions, each inside the one above it."""
    for division in divisions().values():
        subject = namespaces.thing("div", division.notation)
        yield from describe(subject, _division_statements(division, namespaces), namespaces)


def _division_statements(division: Division, namespaces: Namespaces) -> Iterator[Statement]:
    yield "rdf:type", expand("gl:AdministrativeDivision", namespaces)
    yield "gl:divisionCode", Literal(division.code)
    yield "gl:administrativeLevel", NamedNode(namespaces.concept("level", division.level))
    yield from labelled("skos:prefLabel", division.full_name, None)
    if division.name != division.full_name:
        yield from labelled("skos:altLabel", division.name, None)
    if division.parent:
        yield "dcterms:isPartOf", NamedNode(namespaces.thing("div", division.parent))
