"""The library as RDF: each query a `sh:SPARQLSelectExecutable` with its words and parameters.

SHACL Advanced Features (section 5.1) has the classes; `sh:select` holds the text as any endpoint takes it.
A `sh:Parameter` stands for each variable that a value is bound to, which its path names by local name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from ontology.namespaces import REUSED_PREFIXES, Namespaces
from queries.catalogue import NamedQuery
from queries.definitions import Parameter, Words

RDF, RDFS, SH, XSD = (REUSED_PREFIXES[prefix] for prefix in ("rdf", "rdfs", "sh", "xsd"))
TYPE = NamedNode(RDF + "type")
PREFIXES = {name: REUSED_PREFIXES[name] for name in ("dcterms", "rdf", "rdfs", "sh", "xsd")}
#: What values of a kind must be; concepts of a code list are IRIs.
DATATYPES: Mapping[str, str] = MappingProxyType(
    {"integer": "integer", "text": "string", "year": "gYear"}
)


def stored_queries(queries: Iterable[NamedQuery]) -> bytes:
    """Queries of the library in Turtle."""
    triples = (triple for query in queries for triple in query_triples(query))
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""


def query_iri(query: NamedQuery) -> NamedNode:
    """The IRI of a query, which is also where it answers."""
    return NamedNode(f"{query.base}queries/{query.name}")


def query_triples(query: NamedQuery) -> Iterator[Triple]:
    """What the catalogue says of one query."""
    iri, definition = query_iri(query), query.definition
    yield Triple(iri, TYPE, NamedNode(SH + "SPARQLExecutable"))
    yield Triple(iri, TYPE, NamedNode(SH + "SPARQLSelectExecutable"))
    yield Triple(iri, NamedNode(REUSED_PREFIXES["dcterms"] + "identifier"), Literal(query.name))
    yield from word_triples(iri, RDFS + "label", definition.title)
    yield from word_triples(iri, RDFS + "comment", definition.description)
    yield Triple(iri, NamedNode(SH + "select"), Literal(query.sparql))
    for place, (parameter, variable) in enumerate(bound_variables(query)):
        node = BlankNode(f"{query.name}-{place}".replace("-", "_"))
        yield Triple(iri, NamedNode(SH + "parameter"), node)
        yield from parameter_triples(node, NamedNode(f"{iri.value}#{variable}"), parameter, query)


def bound_variables(query: NamedQuery) -> Iterator[tuple[Parameter, str]]:
    for parameter in query.definition.parameters.values():
        for variable in parameter.variables:
            yield parameter, variable


def parameter_triples(
    node: BlankNode, path: NamedNode, parameter: Parameter, query: NamedQuery
) -> Iterator[Triple]:
    """One variable: its name, its meaning, and of what kind its values are."""
    yield Triple(node, TYPE, NamedNode(SH + "Parameter"))
    yield Triple(node, NamedNode(SH + "path"), path)
    yield Triple(node, NamedNode(SH + "name"), Literal(parameter.name))
    yield from word_triples(node, SH + "description", parameter.meaning)
    optional = Literal(parameter.is_optional or parameter.default is not None)
    yield Triple(node, NamedNode(SH + "optional"), optional)
    if parameter.kind in DATATYPES:
        datatype = NamedNode(XSD + DATATYPES[parameter.kind])
        yield Triple(node, NamedNode(SH + "datatype"), datatype)
        if parameter.default is not None:
            default = Literal(parameter.default, datatype=datatype)
            yield Triple(node, NamedNode(SH + "defaultValue"), default)
    else:
        yield Triple(node, NamedNode(SH + "nodeKind"), NamedNode(SH + "IRI"))
    if parameter.kind == "office":
        body = NamedNode(Namespaces(query.base).term("PublicBody"))
        yield Triple(node, NamedNode(SH + "class"), body)


def word_triples(subject: NamedNode | BlankNode, predicate: str, words: Words) -> Iterator[Triple]:
    for language, text in (("zh", words.zh), ("en", words.en)):
        yield Triple(subject, NamedNode(predicate), Literal(text, language=language))
