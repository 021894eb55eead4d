"""The data set and the service described: VoID, DCAT, service description and dumps, loaded back."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib.namespace import DCTERMS, RDF, VOID
from rdflib.query import ResultRow

from queries.catalogue import Catalogue
from server.conditional import NO_STORE
from server.linked_data.service_description import service_description
from server.settings import Settings
from store.releases import DataFolder, Release
from tests.serving import BASE, FIRST, MODEL, VOCABULARY, Service, build_release, quads_of, running

# Whole: that of the library ends at DCAT 2.
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
DATASET = rdflib.URIRef(f"{BASE}void#dataset")
# How the SPARQL editor of the SIB asks for what it completes names with.
EDITOR_PARTITIONS = """
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX void-ext: <http://ldf.fi/void-ext#>
SELECT DISTINCT ?class ?property ?value_class ?datatype {
  ?part void:class ?class ; void:propertyPartition ?inner .
  ?inner void:property ?property
  OPTIONAL {
    { ?inner void:classPartition [ void:class ?value_class ] }
    UNION { ?inner void-ext:datatypePartition [ void-ext:datatype ?datatype ] }
  }
}
"""
EDITOR_EXAMPLES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?example ?query {
  ?example a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct ?query
}
"""
EDITOR_PREFIXES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT ?prefix ?namespace { [] sh:namespace ?namespace ; sh:prefix ?prefix }
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build_release(tmp_path_factory.mktemp("dataset"), VOCABULARY + MODEL)


@pytest.fixture(scope="module")
def service(release: Release) -> Iterator[Service]:
    settings = Settings(
        data=release.directory.parent.parent,
        publisher="示例市数据局",
        license_iri="https://creativecommons.org/licenses/by/4.0/",
    )
    with running(settings) as service:
        yield service


def loaded(service: Service, path: str) -> rdflib.Graph:
    """The graph at a path, whole: the making on the side has a moment's start."""
    for _ in range(20):
        response = service.ask(path, accept="text/turtle")
        assert response.status_code == 200, response.text
        if b"void:propertyPartition" in response.content or b"byteSize" in response.content:
            break
    return rdflib.Graph().parse(data=response.content, format="turtle")


def found_in(graph: rdflib.Graph, text: str) -> list[ResultRow]:
    """The solutions of a SELECT query."""
    return [row for row in graph.query(text) if isinstance(row, ResultRow)]


def integer(graph: rdflib.Graph, subject: rdflib.term.Node, name: str) -> int:
    return int(str(graph.value(subject, VOID[name])))


def test_void_counts_what_the_store_holds(service: Service, release: Release) -> None:
    graph, store = loaded(service, "/void"), release.open_store()
    assert (DATASET, RDF.type, VOID.Dataset) in graph
    triples = {quad.triple for quad in store}
    assert integer(graph, DATASET, "triples") == len(triples)
    assert integer(graph, DATASET, "properties") == len({triple.predicate for triple in triples})
    parts = {
        str(graph.value(part, VOID["class"])): integer(graph, part, "entities")
        for part in graph.objects(DATASET, VOID.classPartition)
    }
    assert parts[f"{BASE}ns#FunctionStatement"] == 2
    assert integer(graph, DATASET, "classes") == len(parts)
    by_property = {
        str(graph.value(part, VOID.property)): integer(graph, part, "triples")
        for part in graph.objects(DATASET, VOID.propertyPartition)
    }
    assert sum(by_property.values()) == len(triples)
    assert str(graph.value(DATASET, VOID.uriSpace)) == f"{BASE}id/"
    assert rdflib.URIRef(f"{BASE}ns#") in set(graph.objects(DATASET, VOID.vocabulary))


@pytest.mark.parametrize("path", ["/void", "/catalog", "/service"])
def test_description_comes_in_every_form_and_as_a_page(service: Service, path: str) -> None:
    wanted = len(loaded(service, path))
    for extension, format_ in ((".nt", RdfFormat.N_TRIPLES), (".rdf", RdfFormat.RDF_XML)):
        content = service.ask(path + extension).content
        assert len({quad.triple for quad in parse(content, format=format_)}) == wanted
    assert service.page(path)
    assert service.ask(path, accept="image/png").status_code == 406


SHAPES = Path(__file__).parent / "data" / "dataset_shapes.ttl"
#: Of each description, the classes that it must have things of: shapes hold of nothing as well.
DESCRIBED = {
    "/void": (VOID.Dataset, VOID.Linkset),
    "/catalog": (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, DCAT.DataService, SPDX.Checksum),
    "/service": (SD.Service, SD.Dataset, SD.NamedGraph, VOID.Dataset),
}


@pytest.mark.parametrize("path", DESCRIBED)
def test_description_is_as_its_vocabulary_wants_it(service: Service, path: str) -> None:
    graph = loaded(service, path)
    assert all((None, RDF.type, kind) in graph for kind in DESCRIBED[path])
    conforms, _, report = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(SHAPES))
    assert conforms, report


def test_host_tells_where_its_data_set_is_described(service: Service) -> None:
    response = service.ask("/.well-known/void")
    assert (response.status_code, response.headers["location"]) == (303, "/void")


def test_editor_finds_partitions_examples_and_prefixes(service: Service) -> None:
    graph = loaded(service, "/service")
    rows = {tuple(map(str, row)) for row in found_in(graph, EDITOR_PARTITIONS)}
    change, reason = f"{BASE}ns#Change", f"{BASE}ns#ReasonStatement"
    assert (change, f"{BASE}ns#reason", reason, "None") in rows
    decimal = "http://www.w3.org/2001/XMLSchema#decimal"
    assert (change, f"{BASE}ns#delta", "None", decimal) in rows
    examples = {str(row[0]): str(row[1]) for row in found_in(graph, EDITOR_EXAMPLES)}
    catalogue = Catalogue.load(BASE)
    assert len(examples) == len(catalogue)
    assert examples[f"{BASE}queries/offices"] == catalogue["offices"].sparql
    prefixes = {str(row[0]): str(row[1]) for row in found_in(graph, EDITOR_PREFIXES)}
    assert prefixes["gl"] == f"{BASE}ns#"


def test_service_tells_its_endpoint_graphs_and_functions(
    service: Service, release: Release
) -> None:
    graph = loaded(service, "/service")
    endpoint = rdflib.URIRef(f"{BASE}sparql")
    assert (endpoint, RDF.type, SD.Service) in graph
    assert graph.value(endpoint, SD.endpoint) == endpoint
    assert (endpoint, SD.supportedLanguage, SD.SPARQL11Query) in graph
    dataset = graph.value(endpoint, SD.defaultDataset)
    assert graph.value(dataset, SD.defaultGraph) == DATASET
    named = {graph.value(node, SD.name) for node in graph.objects(dataset, SD.namedGraph)}
    digests = release.manifest.documents[FIRST].graphs
    assert {rdflib.URIRef(iri) for iri in digests} <= named
    for iri, digest in digests.items():
        assert integer(graph, rdflib.URIRef(iri), "triples") == digest.quads
    function = "https://example.org/function"
    publication = service.app.state.publications.current()
    quads = service_description(
        publication, languages=("SPARQL11Query", "SPARQL11Update"), extension_functions=[function]
    )
    objects = {str(quad.object) for quad in quads if quad.subject == NamedNode(f"{BASE}sparql")}
    assert {f"<{SD.SPARQL11Update}>", f"<{function}>"} <= objects


def test_endpoint_describes_itself_as_the_service_does(service: Service) -> None:
    wanted = len(loaded(service, "/service"))
    response = service.ask("/sparql", accept="application/n-triples")
    assert len({q.triple for q in parse(response.content, format=RdfFormat.N_TRIPLES)}) == wanted
    assert response.headers["content-location"] == "/service.nt"
    assert service.ask(response.headers["content-location"]).content == response.content


def test_catalogue_has_what_dcat_wants(service: Service, release: Release) -> None:
    graph = loaded(service, "/catalog")
    catalog = graph.value(None, RDF.type, DCAT.Catalog)
    for node, wanted in (
        (catalog, (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset)),
        (DATASET, (DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.temporal)),
    ):
        assert all(graph.value(node, property_) for property_ in wanted)
    publisher = graph.value(catalog, DCTERMS.publisher)
    assert "示例市数据局" in {str(name) for name in graph.objects(publisher)}
    period = graph.value(DATASET, DCTERMS.temporal)
    years = {str(graph.value(period, name)) for name in (DCAT.startDate, DCAT.endDate)}
    assert years == {"2022"}
    version = graph.value(DATASET, DCAT.hasCurrentVersion)
    assert str(graph.value(version, DCAT.version)) == release.release_id
    distributions = set(graph.objects(version, DCAT.distribution))
    assert len(distributions) == 2
    for distribution in distributions:
        address = str(graph.value(distribution, DCAT.downloadURL)).removeprefix(BASE)
        content = service.ask(f"/{address}").content
        assert len(content) == int(str(graph.value(distribution, DCAT.byteSize)))
        checksum = graph.value(distribution, SPDX.checksum)
        value = str(graph.value(checksum, SPDX.checksumValue))
        assert hashlib.sha256(content).hexdigest() == value.lower()
    services = set(graph.subjects(RDF.type, DCAT.DataService))
    assert rdflib.URIRef(f"{BASE}sparql") in services
    assert all((node, DCAT.servesDataset, DATASET) in graph for node in services)


def test_dump_is_checked_by_its_sums_and_comes_in_ranges(
    service: Service, release: Release
) -> None:
    loaded(service, "/void")
    folder = f"/dumps/{release.release_id}"
    for line in service.ask(f"{folder}/SHA256SUMS").text.splitlines():
        digest, name = line.split()
        whole = service.ask(f"{folder}/{name}")
        assert hashlib.sha256(whole.content).hexdigest() == digest
        assert whole.headers["accept-ranges"] == "bytes"
        part = service.ask(f"{folder}/{name}", headers={"Range": "bytes=100-299"})
        assert (part.status_code, part.content) == (206, whole.content[100:300])
        size = len(whole.content)
        assert part.headers["content-range"] == f"bytes 100-299/{size}"
        assert part.headers["etag"] == whole.headers["etag"]
        stale = {"Range": "bytes=100-299", "If-Range": '"other"'}
        assert service.ask(f"{folder}/{name}", headers=stale).content == whole.content
        beyond = service.ask(f"{folder}/{name}", headers={"Range": f"bytes={size}-"})
        assert beyond.status_code == 416
        assert beyond.headers["content-range"] == f"bytes */{size}"
    quads = [*parse(gzip.decompress(whole.content), format=RdfFormat.TRIG)]
    assert len(quads) == release.manifest.quads
    assert service.ask("/dumps/none/SHA256SUMS").status_code == 404
    assert service.ask(f"{folder}/guanlian.xml.gz").status_code == 404


def test_dump_of_a_document_is_its_graphs(service: Service, release: Release) -> None:
    loaded(service, "/void")
    path = f"/dumps/{release.release_id}/documents/{FIRST}"
    quads = [
        *parse(gzip.decompress(service.ask(f"{path}.nq.gz").content), format=RdfFormat.N_QUADS)
    ]
    assert len(quads) == release.manifest.documents[FIRST].quads
    graphs = {str(quad.graph_name)[1:-1] for quad in quads}
    assert graphs == set(release.manifest.documents[FIRST].graphs)
    assert service.ask(f"/dumps/{release.release_id}/documents/none.nq.gz").status_code == 404


@pytest.mark.parametrize("name", ["guanlian.nq.gz", f"documents/{FIRST}.nq.gz"])
def test_range_that_is_none_counts_for_nothing(
    service: Service, release: Release, name: str
) -> None:
    loaded(service, "/void")
    path = f"/dumps/{release.release_id}/{name}"
    whole = service.ask(path)
    for none in ("bytes=5-2", "items=0-9", "bytes=0-1,4-5", f"bytes=0-{'9' * 5000}", "bytes=-"):
        answer = service.ask(path, headers={"Range": none})
        assert (answer.status_code, answer.content) == (200, whole.content), none[:20]
    part = service.ask(path, headers={"Range": "bytes=0-9", "If-Range": whole.headers["etag"]})
    assert (part.status_code, part.content) == (206, whole.content[:10])
    assert part.headers["etag"] == whole.headers["etag"]
    beyond = service.ask(path, headers={"Range": f"bytes={len(whole.content)}-"})
    assert (beyond.status_code, beyond.json()["status"]) == (416, 416)


def test_old_releases_stay_in_the_catalogue(service: Service, release: Release) -> None:
    folder = DataFolder(release.directory.parent.parent)
    folder.build([], quads_of(VOCABULARY), replace_all=True)
    try:
        graph = loaded(service, "/catalog")
        assert len(set(graph.objects(DATASET, DCAT.hasVersion))) == 2
    finally:
        folder.switch_to(release.release_id)


def test_folder_that_cannot_be_written_is_described_without_counts(service: Service) -> None:
    publication = service.app.state.publications.current()
    blocked = publication.release.directory.parent.parent / "blocked"
    build_release(blocked)
    (blocked / "dumps").write_text("in the way", encoding="utf-8")
    with running(Settings(data=blocked, workers=1)) as other:
        for _ in range(2):
            response = other.ask("/void", accept="text/turtle")
            assert response.status_code == 200
            assert response.headers["cache-control"] == NO_STORE
        release_id = other.ask("/health").json()["release"]
        refused = other.ask(f"/dumps/{release_id}/guanlian.nq.gz", accept="application/json")
    assert refused.status_code == 503
    assert "dumps" in refused.json()["detail"]
