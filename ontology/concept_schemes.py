"""The code lists as SKOS concept schemes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ontology.codes import Concept, code_list, code_list_names, unit_power
from ontology.namespaces import Namespaces
from ontology.tables import read_table
from ontology.writing import Statement, describe, expand, labelled

#: Lists whose concepts are written by a module of their own.
_WRITTEN_ELSEWHERE = frozenset(
    {"function", "economic", "theme", "cause", "check", "partition", "division", "term"}
)


def scheme_triples(namespaces: Namespaces) -> Iterator[Triple]:
    """Every code list with its labels, and the concepts of those that are plain tables."""
    for listed in code_list_names():
        labels = labelled("skos:prefLabel", listed.label_zh, listed.label_en)
        scheme = ("rdf:type", expand("skos:ConceptScheme", namespaces))
        yield from describe(namespaces.scheme(listed.name), (scheme, *labels), namespaces)
        if listed.name not in _WRITTEN_ELSEWHERE:
            yield from list_triples(listed.name, namespaces)


def list_triples(name: str, namespaces: Namespaces) -> Iterator[Triple]:
    """The concepts of one list. Classes of the item list are written with their other names."""
    for concept in code_list(name).values():
        if not concept.notation.startswith(("func-", "econ-")):
            statements = (*concept_statements(name, concept, namespaces), *_matches(name, concept))
            yield from describe(namespaces.concept(name, concept.notation), statements, namespaces)
    if name == "unit":
        yield from _unit_multipliers(namespaces)


def concept_statements(
    name: str, concept: Concept, namespaces: Namespaces, kind: str = "skos:Concept"
) -> Iterator[Statement]:
    """What holds for a concept of any list: type, scheme, notation, place, labels, definition."""
    scheme = NamedNode(namespaces.scheme(name))
    yield "rdf:type", expand("skos:Concept", namespaces)
    if kind != "skos:Concept":
        yield "rdf:type", expand(kind, namespaces)
    yield "skos:inScheme", scheme
    yield "skos:notation", Literal(concept.notation)
    if concept.broader:
        yield "skos:broader", NamedNode(namespaces.concept(name, concept.broader))
    else:
        yield "skos:topConceptOf", scheme
    yield from labelled("skos:prefLabel", concept.label_zh, concept.label_en)
    yield from labelled("skos:definition", concept.definition_zh, concept.definition_en)


def _matches(name: str, concept: Concept) -> Iterable[Statement]:
    """Concepts of other vocabularies that a concept is mapped to."""
    for row in read_table("matches"):
        if (row["list"], row["notation"]) == (name, concept.notation):
            yield f"skos:{row['relation']}", NamedNode(row["target"])


def _unit_multipliers(namespaces: Namespaces) -> Iterator[Triple]:
    """The SDMX unit multiplier: the power of ten that a unit of money stands for."""
    integer = expand("xsd:integer", namespaces)
    for notation in code_list("unit"):
        power = unit_power(notation)
        if power is not None:
            statement = ("sdmx-attribute:unitMult", Literal(str(power), datatype=integer))
            yield from describe(namespaces.concept("unit", notation), (statement,), namespaces)
