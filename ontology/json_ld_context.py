"""The JSON-LD context of the model: its terms by local name, with types and language maps.

JSON-LD 1.1, section 4: a property whose values are things is coerced to `@id`, one whose values are of a
datatype to that datatype, and one whose values are words to a map by language. All of it follows from
the model; the properties of reused vocabularies keep their prefix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from pyoxigraph import NamedNode, Triple

from ontology.namespaces import DEFAULT_BASE, REUSED_PREFIXES, Namespaces
from ontology.turtle import model_triples

Definition = str | dict[str, str]
RDF, RDFS, OWL, XSD = (REUSED_PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))
TYPE, RANGE = NamedNode(f"{RDF}type"), NamedNode(f"{RDFS}range")
#: Properties of reused vocabularies whose values are words in a language.
WORDINGS = (
    "dcterms:description",
    "dcterms:title",
    "rdfs:label",
    "skos:altLabel",
    "skos:definition",
    "skos:example",
    "skos:hiddenLabel",
    "skos:prefLabel",
    "skos:scopeNote",
)
#: Properties of reused vocabularies whose values are things.
LINKS = (
    "dcterms:hasPart",
    "dcterms:isPartOf",
    "foaf:primaryTopic",
    "oa:hasBody",
    "oa:hasSelector",
    "oa:hasSource",
    "oa:hasTarget",
    "org:purpose",
    "prov:used",
    "prov:wasAssociatedWith",
    "prov:wasDerivedFrom",
    "prov:wasGeneratedBy",
    "qb:dataSet",
    "qb:structure",
    "rdfs:isDefinedBy",
    "rdfs:seeAlso",
    "rdfs:subClassOf",
    "rdfs:subPropertyOf",
    "skos:broader",
    "skos:inScheme",
    "skos:narrower",
    "skos:topConceptOf",
    "void:inDataset",
)


@cache
def json_ld_context(base: str = DEFAULT_BASE) -> Mapping[str, Any]:
    """What stands under `@context`, by prefixed name or local name.

    >>> json_ld_context()["amount"]
    {'@id': 'gl:amount', '@type': 'xsd:decimal'}
    """
    namespaces = Namespaces(base)
    prefixes = {"gl": namespaces.terms, **REUSED_PREFIXES}
    reused = {name: {"@id": name, "@container": "@language"} for name in WORDINGS} | {
        name: {"@id": name, "@type": "@id"} for name in LINKS
    }
    terms = dict(sorted(own_terms(tuple(model_triples(base)), namespaces)))
    return MappingProxyType({"@version": 1.1, **prefixes, **reused, **terms})


def own_terms(model: Iterable[Triple], namespaces: Namespaces) -> Iterator[tuple[str, Definition]]:
    """Each class and property of the model with its definition."""
    kinds, ranges = objects_of(model, TYPE), objects_of(model, RANGE)
    for iri, types in kinds.items():
        if iri.startswith(namespaces.terms):
            name = iri.removeprefix(namespaces.terms)
            yield name, definition(f"gl:{name}", types, ranges.get(iri, set()))


def objects_of(model: Iterable[Triple], predicate: NamedNode) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for subject, said, value in model:
        if said == predicate and isinstance(subject, NamedNode) and isinstance(value, NamedNode):
            found.setdefault(subject.value, set()).add(value.value)
    return found


def definition(name: str, types: set[str], ranges: set[str]) -> Definition:
    """A term by its kind and its range; classes and untyped properties are just a name."""
    if f"{OWL}ObjectProperty" in types:
        return {"@id": name, "@type": "@id"}
    if ranges == {f"{RDF}langString"}:
        return {"@id": name, "@container": "@language"}
    datatypes = [iri for iri in ranges if iri.startswith(XSD) and iri != f"{XSD}string"]
    if len(datatypes) == 1:
        return {"@id": name, "@type": f"xsd:{datatypes[0].removeprefix(XSD)}"}
    return name
