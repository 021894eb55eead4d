"""Descriptions of things: every form says the same, links are counted and paged, headers lead on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import httpx
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)
from rdflib.compare import isomorphic

from ontology.json_ld_context import json_ld_context
from server.linked_data.json_ld import compact_json_ld
from server.linked_data.schema_org import data_block
from server.settings import Settings
from store.releases import DataFolder
from tests.serving import (
    BASE,
    FIRST,
    FIRST_OFFICE,
    MODEL,
    PREFIXES,
    VOCABULARY,
    Service,
    document,
    quads_of,
    running,
    with_context,
)

# rdflib's own reader of JSON-LD still makes one.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
HYDRA = "http://www.w3.org/ns/hydra/core#"
GL = f"{BASE}ns#"
SHARED = f"{BASE}code/scope/department"
MANY = 230


def many_observations() -> str:
    """A graph in which a hundred things and more point to one."""
    triples = "\n".join(
        f"<id/obs/many/{n}> gl:scope <code/scope/department> ." for n in range(MANY)
    )
    return f"{PREFIXES}<graph/many> {{ {triples} }}"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("linked")
    vocabulary = [*quads_of(VOCABULARY), *quads_of(MODEL), *quads_of(many_observations())]
    DataFolder(folder).build([document(FIRST, FIRST_OFFICE, "示例市甲区样板局")], vocabulary)
    with running(Settings(data=folder)) as service:
        yield service


def canonical(triples: Iterator[Triple] | list[Triple] | set[Triple]) -> set[Quad]:
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


PATHS = (
    f"/doc/org/{FIRST_OFFICE}",
    f"/doc/doc/{FIRST}",
    f"/doc/chg/{FIRST}/total~previous-final",
    "/code/scope/department",
    "/def/Change",
    "/ns",
    "/def",
    "/code",
    "/code/scope/department?inverse=gl:scope&page=2",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_form_says_the_same(service: Service, path: str) -> None:
    name, _, query = path.partition("?")

    def loaded(extension: str, format_: RdfFormat) -> set[Quad]:
        response = service.ask(f"{name}{extension}?{query}")
        assert response.status_code == 200, response.text
        content = with_context(service, response) if extension == ".jsonld" else response.content
        return canonical([quad.triple for quad in parse(content, format=format_)])

    wanted = loaded(".nt", RdfFormat.N_TRIPLES)
    assert wanted
    assert loaded(".ttl", RdfFormat.TURTLE) == wanted
    assert loaded(".rdf", RdfFormat.RDF_XML) == wanted
    assert loaded(".jsonld", RdfFormat.JSON_LD) == wanted
    assert loaded(".trig", RdfFormat.TRIG) == wanted
    assert loaded(".nq", RdfFormat.N_QUADS) == wanted


@pytest.mark.parametrize("path", PATHS)
def test_rdflib_reads_compact_json_ld_as_it_reads_turtle(service: Service, path: str) -> None:
    name, _, query = path.partition("?")
    compact = with_context(service, service.ask(f"{name}.jsonld?{query}"))
    turtle = service.ask(f"{name}.ttl?{query}").content
    read = rdflib.Graph().parse(data=compact, format="json-ld")
    assert isomorphic(read, rdflib.Graph().parse(data=turtle, format="turtle"))


def test_description_tells_which_graph_states_what(service: Service) -> None:
    quads = parse(service.ask(f"/doc/fn/{FIRST}/1.nq").content, format=RdfFormat.N_QUADS)
    graphs = {quad.predicate.value: str(quad.graph_name) for quad in quads}
    assert graphs[f"{GL}theme"] == f"<{BASE}graph/derived/{FIRST}>"
    assert graphs[f"{GL}functionOf"] == f"<{BASE}graph/doc/{FIRST}>"


def test_page_of_the_service_writes_the_prefixes_that_its_rdf_declares(service: Service) -> None:
    declared = rdflib.Graph().parse(data=service.ask("/service.ttl").content, format="turtle")
    namespaces = {str(value) for value in declared.objects(None, rdflib.SH.namespace)}
    page = service.page("/service")
    assert GL in namespaces
    assert all(f": &lt;{namespace}&gt;" in page for namespace in namespaces)
    assert 'href="/service"' in service.page("/sparql")


def test_json_ld_without_context_comes_by_its_profile(service: Service) -> None:
    profile = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"'
    path = f"/doc/org/{FIRST_OFFICE}"
    expanded = service.ask(path, accept=profile)
    assert "@context" not in expanded.text
    triples = [quad.triple for quad in parse(expanded.content, format=RdfFormat.JSON_LD)]
    turtle = service.ask(path, accept="text/turtle").content
    assert canonical(triples) == canonical(
        [quad.triple for quad in parse(turtle, format=RdfFormat.TURTLE)]
    )


def links_of(response: httpx.Response) -> dict[str, list[str]]:
    """The targets of the Link header by relation."""
    found: dict[str, list[str]] = {}
    for target, relation in re.findall(r'<([^>]*)>; rel="([^"]*)"', response.headers["link"]):
        found.setdefault(relation, []).append(target)
    return found


def test_links_are_counted_and_paged_to_the_last(service: Service) -> None:
    path, pages = "/code/scope/department?inverse=gl:scope&page=1", 0
    seen: set[rdflib.term.Node] = set()
    while path:
        response = service.ask(path, accept="text/turtle")
        graph = rdflib.Graph().parse(data=response.content, format="turtle")
        found = set(graph.subjects(rdflib.URIRef(f"{GL}scope"), rdflib.URIRef(SHARED)))
        assert not found & seen
        seen |= found
        totals = {int(str(n)) for n in graph.objects(None, rdflib.URIRef(f"{HYDRA}totalItems"))}
        assert totals == {MANY + 1}
        path = next(iter(links_of(response).get("next", [])), "")
        pages += 1
    assert (len(seen), pages) == (MANY + 1, 3)
    beyond = service.ask("/code/scope/department?inverse=gl:scope&page=4", accept="text/turtle")
    assert beyond.status_code == 404


def test_description_never_lists_all_that_points_to_a_thing(service: Service) -> None:
    turtle = service.ask("/code/scope/department", accept="text/turtle").content
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    pointing = set(graph.subjects(rdflib.URIRef(f"{GL}scope"), rdflib.URIRef(SHARED)))
    assert len(pointing) == 10
    page = service.page("/code/scope/department")
    assert f"全部 {MANY + 1} 个" in page
    assert "inverse=gl:scope" in page
    assert 'rel="next"' in service.page("/code/scope/department?inverse=gl:scope")


def test_headers_lead_to_the_other_forms_and_to_the_thing(service: Service) -> None:
    path = f"/doc/org/{FIRST_OFFICE}"
    response = service.ask(path, accept="application/ld+json, text/turtle;q=0.5")
    links = links_of(response)
    assert response.headers["content-location"] == f"{path}.jsonld"
    assert links["canonical"] == [f"{BASE}doc/org/{FIRST_OFFICE}"]
    assert links["describes"] == [f"{BASE}id/org/{FIRST_OFFICE}"]
    assert len(links["alternate"]) == 6
    for address in links["alternate"]:
        other = service.ask(address, method="HEAD")
        assert (other.status_code, other.content) == (200, b"")
        assert other.headers["content-location"] == address
    assert f"</doc/org/{FIRST_OFFICE}>" in service.ask(f"/id/org/{FIRST_OFFICE}").headers["link"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/turtle"),
        ("text/*;q=0.3, application/*;q=0.2", "text/turtle"),
        ("text/turtle;q=0.1, application/rdf+xml;q=0.9", "application/rdf+xml"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/trig, */*;q=0.1", "application/trig"),
    ],
)
def test_accept_header_decides(service: Service, accept: str, media_type: str) -> None:
    response = service.ask(f"/doc/org/{FIRST_OFFICE}", accept=accept)
    assert response.headers["content-type"].partition(";")[0] == media_type


def test_concept_page_tells_place_use_and_questions(service: Service) -> None:
    page = service.page("/code/scope/department")
    assert "部门汇总的口径。" in page and 'href="/code/scope"' in page
    assert 'href="/code/scope/unit"' in page  # narrower
    theme = service.page("/code/theme/service-platform")
    assert "/queries/theme-offices?theme=service-platform" in theme
    assert "政务平台" in theme
    scheme = service.page("/code/scope")
    assert scheme.index("/code/scope/department") < scheme.index("/code/scope/unit")
    assert 'href="/code/scope"' in service.page("/code")


def test_term_page_tells_meaning_and_use(service: Service) -> None:
    change = service.page("/def/Change")
    assert "一个金额与基准的比较。" in change
    assert 'href="/def/percent"' in change
    assert "1 个事物" in change
    assert "1 条陈述" in service.page("/def/percent")
    assert service.ask("/def/none", accept="text/html").status_code == 404
    assert "/def/percent" in service.page("/ns")


def test_context_is_that_of_the_model(service: Service) -> None:
    response = service.ask("/context.jsonld")
    assert response.headers["content-type"] == "application/ld+json"
    context = response.json()["@context"]
    assert context == dict(json_ld_context(BASE))
    assert context["text"] == {"@id": "gl:text", "@container": "@language"}
    assert context["theme"] == {"@id": "gl:theme", "@type": "@id"}


IRIS = st.sampled_from(
    [
        f"{GL}theme",
        f"{GL}text",
        f"{GL}amount",
        f"{GL}fiscalYear",
        f"{GL}Change",
        f"{GL}unknown",
        f"{BASE}code/theme/a",
        f"{BASE}id/org/甲",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "http://www.w3.org/2004/02/skos/core#prefLabel",
        "http://www.w3.org/2004/02/skos/core#broader",
        "http://purl.org/dc/terms/",
        "http://xmlns.com/foaf/0.1///x",
        "http://example.org/p#q",
        "urn:x:y",
    ]
).map(NamedNode)
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["zh", "en"])),
    st.sampled_from(
        [
            Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{name}"))
            for text, name in (
                ("1.5", "decimal"),
                ("2022", "gYear"),
                ("7", "integer"),
                ("true", "boolean"),
                ("2022-01-01", "date"),
            )
        ]
    ),
)
BLANKS = st.sampled_from([BlankNode("a"), BlankNode("b")])
TRIPLES = st.lists(
    st.builds(Triple, st.one_of(IRIS, BLANKS), IRIS, st.one_of(IRIS, BLANKS, LITERALS)),
    max_size=6,
)


@given(TRIPLES)
def test_compact_json_ld_is_read_back_as_it_was(triples: list[Triple]) -> None:
    written = compact_json_ld(triples, BASE, dict(json_ld_context(BASE)))
    back = [quad.triple for quad in parse(written, format=RdfFormat.JSON_LD)]
    assert canonical(back) == canonical(triples), written
    read = rdflib.Graph().parse(data=written, format="json-ld")
    lines = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    assert isomorphic(read, rdflib.Graph().parse(data=lines, format="nt"))


def block_of(page: str) -> dict[str, object]:
    """The data block of a page."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    content: dict[str, object] = json.loads(found[0])
    assert content["@context"] == "https://schema.org/"
    return content


def test_pages_tell_search_engines_what_they_are_about(service: Service) -> None:
    office = block_of(service.page(f"/offices/{FIRST_OFFICE}"))
    assert (office["@type"], office["name"]) == ("GovernmentOrganization", "示例市甲区样板局")
    assert office["@id"] == f"{BASE}id/org/{FIRST_OFFICE}"
    found = block_of(service.page(f"/documents/{FIRST}"))
    assert found["@type"] == ["DigitalDocument", "Report"]
    assert found["temporalCoverage"] == "2022"
    dataset = block_of(service.page("/catalog"))
    assert (dataset["@type"], dataset["temporalCoverage"]) == ("Dataset", "2022/2022")


def test_page_of_an_office_leads_to_its_description(service: Service) -> None:
    links = links_of(service.ask(f"/offices/{FIRST_OFFICE}", accept="text/html"))
    assert links["describedby"] == [f"/doc/org/{FIRST_OFFICE}"]
    for address in links["alternate"]:
        assert service.ask(address).status_code == 200


def test_data_block_cannot_be_left_by_what_a_document_says() -> None:
    block = data_block({"@type": "Thing", "name": "</script><script>alert(1)</script>"})
    assert "<" not in block
    assert json.loads(block)["name"] == "</script><script>alert(1)</script>"


def test_name_of_a_parameter_may_be_percent_encoded(service: Service) -> None:
    plain = service.ask("/code/scope/department?fragment=x", accept="text/turtle")
    encoded = service.ask("/code/scope/department?%66ragment=x", accept="text/turtle")
    assert plain.status_code == encoded.status_code == 200
    assert plain.content == encoded.content
