"""The classes of expenditure as concepts: values of the item dimension, with COFOG mappings."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ontology.classes import BudgetClass, economic_classes, function_classes
from ontology.namespaces import Namespaces
from ontology.tables import read_table
from ontology.writing import Statement, describe, expand, labelled

_CLASSIFICATIONS = (
    ("func", "function", function_classes),
    ("econ", "economic", economic_classes),
)


def class_triples(namespaces: Namespaces) -> Iterator[Triple]:
    """Every class by function and every economic class, in the schemes `item` and its own.

    The notation is the bare code of the ministry; the IRI says which classification it is of.
    """
    for prefix, scheme, classes in _CLASSIFICATIONS:
        for known in classes().values():
            statements = _class_statements(prefix, scheme, known, namespaces)
            yield from describe(_class_iri(prefix, known.code, namespaces), statements, namespaces)
    yield from _cofog_triples(namespaces)


def _class_statements(
    prefix: str, scheme: str, known: BudgetClass, namespaces: Namespaces
) -> Iterator[Statement]:
    above = f"{prefix}-{known.parent}" if known.parent else "total"
    yield "rdf:type", expand("skos:Concept", namespaces)
    yield "skos:inScheme", NamedNode(namespaces.scheme("item"))
    yield "skos:inScheme", NamedNode(namespaces.scheme(scheme))
    yield "skos:notation", Literal(known.code)
    yield "skos:broader", NamedNode(namespaces.concept("item", above))
    if known.parent is None:
        yield "skos:topConceptOf", NamedNode(namespaces.scheme(scheme))
    yield from labelled("skos:prefLabel", known.name, known.label_en)
    for name in known.other_names:
        if name.name != known.name:
            yield from labelled("skos:altLabel", name.name, None)


def _cofog_triples(namespaces: Namespaces) -> Iterator[Triple]:
    for row in read_table("function_to_cofog"):
        target = NamedNode(namespaces.concept("cofog", row["cofog"]))
        statement = (f"skos:{row['relation']}", target)
        subject = _class_iri("func", row["function"], namespaces)
        yield from describe(subject, (statement,), namespaces)


def _class_iri(prefix: str, code: str, namespaces: Namespaces) -> str:
    return namespaces.concept("item", f"{prefix}-{code}")
