"""The changes of classes between editions in XKOS: one correspondence an edition, made of associations.

A class keeps its concept as long as it keeps its code, so an association of a renamed class leads
from a concept to itself, and its label tells the two names; a new class has no source concept.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Triple

from ontology.class_changes import ClassChange, class_changes
from ontology.classes import Classification
from ontology.namespaces import Namespaces
from ontology.tables import read_table
from ontology.writing import Statement, describe, expand, labelled

_PREFIXES = {"function": "func", "economic": "econ"}
_NAMES = {
    "function": ("支出功能分类科目", "expenditure by function"),
    "economic": ("支出经济分类科目", "expenditure by economic class"),
}


def correspondence_triples(namespaces: Namespaces) -> Iterator[Triple]:
    """Every edition that changed classes, with what became of them."""
    sources = {row["key"]: row["text"] for row in read_table("sources")}
    for (classification, edition), changes in groupby(
        class_changes(), key=lambda one: (one.classification, one.edition)
    ):
        subject = namespaces.thing("correspondence", classification, str(edition))
        yield from describe(
            subject, _correspondence(classification, edition, namespaces), namespaces
        )
        for change in changes:
            association = _association_iri(subject, change)
            made_of = ("xkos:madeOf", NamedNode(association))
            yield from describe(subject, (made_of,), namespaces)
            statements = _association(change, sources[change.source], namespaces)
            yield from describe(association, statements, namespaces)


def _correspondence(
    classification: Classification, edition: int, namespaces: Namespaces
) -> Iterator[Statement]:
    chinese, english = _NAMES[classification]
    yield "rdf:type", expand("xkos:Correspondence", namespaces)
    yield "xkos:compares", NamedNode(namespaces.scheme(classification))
    yield "dcterms:issued", Literal(str(edition), datatype=expand("xsd:gYear", namespaces))
    yield from labelled(
        "skos:prefLabel",
        f"{edition}年{chinese}与上一版的对应",
        f"Edition {edition} of {english} against the one before",
    )


def _association(change: ClassChange, source: str, namespaces: Namespaces) -> Iterator[Statement]:
    prefix = _PREFIXES[change.classification]
    yield "rdf:type", expand("xkos:ConceptAssociation", namespaces)
    if change.former_code:
        former = namespaces.concept("item", f"{prefix}-{change.former_code}")
        yield "xkos:sourceConcept", NamedNode(former)
    target = namespaces.concept("item", f"{prefix}-{change.code}")
    yield "xkos:targetConcept", NamedNode(target)
    yield "gl:classChange", NamedNode(namespaces.concept("class-change", change.change))
    yield "gl:certainty", NamedNode(namespaces.concept("certainty", change.certainty))
    before = f"{change.former_code} {change.former_name} → " if change.former_code else ""
    yield from labelled("skos:prefLabel", f"{before}{change.code} {change.name}", None)
    yield "dcterms:source", Literal(source, language="en")


def _association_iri(correspondence: str, change: ClassChange) -> str:
    return f"{correspondence}/{change.former_code or 'new'}-{change.code}"
