"""The service in SPARQL 1.1 Service Description: what it speaks, what it holds, what can be asked.

Editors of SPARQL read it where the endpoint answers a GET without a query: prefixes from `sh:declare`, example
queries as `sh:SPARQLExecutable`, and the classes and properties of the data set from its VoID partitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from ontology.namespaces import Namespaces
from ontology.writing import Statement
from queries.catalogue import Catalogue
from queries.stored_queries import query_iri, query_triples
from server.linked_data.hydra import dataset_iri
from server.linked_data.making import made_of
from server.linked_data.statements import XSD, at, both, described_as, kind, number
from server.linked_data.void import FORMATS, void_quads
from server.publication import Publication

RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
#: More named graphs than these are not listed one by one: a description is read before every session.
LISTED_GRAPHS = 200


def service_description(
    publication: Publication,
    *,
    languages: Iterable[str] = ("SPARQL11Query",),
    extension_functions: Iterable[str] = (),
) -> list[Quad]:
    """What a GET of the endpoint without a query answers in RDF.

    Args:
        publication: what is served.
        languages: the `sd:Language`s that the endpoint takes, by local name (`SPARQL11Update` with a
            token).
        extension_functions: the IRIs of functions that queries may call besides those of SPARQL.
    """
    base_iri = publication.links.base_iri
    return [
        *described_as(
            at(base_iri, "sparql"),
            base_iri,
            service_statements(base_iri, languages, extension_functions),
        ),
        *(
            quad
            for iri in extension_functions
            for quad in described_as(NamedNode(iri), base_iri, [kind("sd:Function")])
        ),
        *dataset_quads(publication),
        *prefix_quads(base_iri),
        *example_quads(publication),
        *void_quads(publication, made_of(publication)),
    ]


def service_statements(
    base_iri: str, languages: Iterable[str], extension_functions: Iterable[str]
) -> Iterator[Statement]:
    """The service itself. Its default graph is the merge of the named ones (sd:UnionDefaultGraph)."""
    yield kind("sd:Service")
    yield "sd:endpoint", at(base_iri, "sparql")
    yield from (kind_of("sd:supportedLanguage", f"sd:{name}") for name in languages)
    yield kind_of("sd:feature", "sd:UnionDefaultGraph")
    yield from (("sd:resultFormat", NamedNode(FORMATS + name)) for name in RESULT_FORMATS)
    yield from (("sd:extensionFunction", NamedNode(iri)) for iri in extension_functions)
    yield "sd:defaultDataset", at(base_iri, "sparql#dataset")


def kind_of(property_: str, name: str) -> Statement:
    return property_, kind(name)[1]


def dataset_quads(publication: Publication) -> Iterator[Quad]:
    """The RDF dataset that is asked where a request names none: the default graph, which is the data set
    that VoID describes, and the named graphs with their sizes, as far as they are listed."""
    base_iri, manifest = publication.links.base_iri, publication.release.manifest
    dataset, default = at(base_iri, "sparql#dataset"), dataset_iri(base_iri)
    graphs = manifest.graphs
    listed = [*graphs.items()][:LISTED_GRAPHS]
    whole: list[Statement] = [kind("sd:Dataset"), ("sd:defaultGraph", default)]
    whole += both(
        "rdfs:comment",
        f"共 {len(graphs)} 个命名图，此处列出 {len(listed)} 个。",
        f"{len(graphs)} named graphs, of which {len(listed)} are listed here.",
    )
    whole += (("sd:namedGraph", NamedNode(f"{iri}#named")) for iri, _ in listed)
    yield from described_as(dataset, base_iri, whole)
    yield from described_as(default, base_iri, [kind("sd:Graph")])
    for iri, digest in listed:
        graph = NamedNode(iri)
        named: tuple[Statement, ...] = (
            kind("sd:NamedGraph"),
            ("sd:name", graph),
            ("sd:graph", graph),
        )
        yield from described_as(NamedNode(f"{iri}#named"), base_iri, named)
        size = (kind("sd:Graph"), ("void:triples", number(digest.quads)))
        yield from described_as(graph, base_iri, size)


def prefix_quads(base_iri: str) -> Iterator[Quad]:
    """The prefixes of the model (SHACL, 5.2.1)."""
    prefixes = at(base_iri, "sparql#prefixes")
    yield from described_as(prefixes, base_iri, [kind("owl:Ontology")])
    for prefix, namespace in Namespaces(base_iri).prefixes().items():
        declaration = at(base_iri, f"sparql#prefix-{prefix}")
        value = Literal(namespace, datatype=NamedNode(f"{XSD}anyURI"))
        statements: tuple[Statement, ...] = (
            kind("sh:PrefixDeclaration"),
            ("sh:prefix", Literal(prefix)),
            ("sh:namespace", value),
        )
        yield from described_as(prefixes, base_iri, [("sh:declare", declaration)])
        yield from described_as(declaration, base_iri, statements)


def example_quads(publication: Publication) -> Iterator[Quad]:
    """The questions of the library as examples for this endpoint."""
    base_iri = publication.links.base_iri
    for query in Catalogue.load(base_iri):
        yield from (Quad(*triple) for triple in query_triples(query))
        target: tuple[Statement, ...] = (
            ("schema:target", at(base_iri, "sparql")),
            ("sh:prefixes", at(base_iri, "sparql#prefixes")),
        )
        yield from described_as(query_iri(query), base_iri, target)
