"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, over the real application."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import RdfFormat, parse

from server.settings import Settings
from tests.serving import BASE, FIRST, Service, build_release, listening, running
from tests.test_server_pages import Page

SELECT = "SELECT ?s { ?s a <ns#FunctionStatement> } ORDER BY ?s"
ASK = "ASK { ?s a <ns#Anomaly> }"
CONSTRUCT = "CONSTRUCT WHERE { ?s a <ns#Anomaly> }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("sparql")
    build_release(folder)
    with running(Settings(data=folder, workers=2, query_timeout_seconds=1.5)) as service:
        yield service


def address(query: str, **more: str) -> str:
    return "/sparql?" + urlencode({"query": query, **more})


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, None, "application/sparql-results+json"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "application/xml", "application/xml"),
        (SELECT, "text/csv", "text/csv"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values"),
        (SELECT, "text/turtle, text/csv;q=0.1", "text/csv"),
        (SELECT, "text/html", "text/html"),
        (
            SELECT,
            "text/html;q=0.1, application/sparql-results+json",
            "application/sparql-results+json",
        ),
        (ASK, None, "application/sparql-results+json"),
        (ASK, "text/csv", "text/csv"),
        (ASK, "text/html", "text/html"),
        (CONSTRUCT, None, "text/turtle"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "text/csv, text/turtle;q=0.2", "text/turtle"),
        (CONSTRUCT, "text/html;q=0.1, application/sparql-results+json", "text/html"),
        (f"DESCRIBE <id/doc/{FIRST}>", "text/turtle", "text/turtle"),
    ],
)
def test_answer_has_the_media_type_that_is_liked_best(
    service: Service, query: str, accept: str | None, expected: str
) -> None:
    response = service.ask(address(query), accept=accept)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].partition(";")[0] == expected
    assert response.content


@pytest.mark.parametrize(
    ("query", "accept", "offered"),
    [
        (SELECT, "text/turtle", "text/csv"),
        (CONSTRUCT, "text/csv", "text/turtle"),
        (SELECT, "image/png", "text/html"),
    ],
)
def test_media_type_that_is_not_offered_is_406_with_what_is(
    service: Service, query: str, accept: str, offered: str
) -> None:
    response = service.ask(address(query), accept=accept)
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"
    assert offered in response.json()["offered"]


def test_the_three_operations_give_one_answer(service: Service) -> None:
    by_get = service.ask(address(SELECT))
    form = urlencode({"query": SELECT}).encode()
    by_form = service.ask("/sparql", method="POST", headers={"Content-Type": FORM}, content=form)
    directly = service.ask(
        "/sparql",
        method="POST",
        headers={"Content-Type": f"{DIRECT}; charset=utf-8"},
        content=SELECT.encode(),
    )
    assert by_get.json() == by_form.json() == directly.json()
    found = [row["s"]["value"] for row in by_get.json()["results"]["bindings"]]
    assert found[0] == f"{BASE}id/fn/{FIRST}/1"
    assert len(found) == 2


def test_query_method_gives_the_answer_of_post(service: Service) -> None:
    headers = {"Content-Type": DIRECT}
    posted = service.ask("/sparql", method="POST", headers=headers, content=SELECT.encode())
    asked = service.ask("/sparql", method="QUERY", headers=headers, content=SELECT.encode())
    assert asked.status_code == 200
    assert asked.content == posted.content


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        (SELECT, "csv", "text/csv"),
        (SELECT, "json", "application/sparql-results+json"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "html", "text/html"),
        (CONSTRUCT, "json", "application/ld+json"),
        (CONSTRUCT, "nq", "application/n-quads"),
        (CONSTRUCT, "trig", "application/trig"),
    ],
)
def test_format_wins_over_accept(service: Service, query: str, name: str, expected: str) -> None:
    response = service.ask(address(query, format=name), accept="text/tab-separated-values, */*;q=0")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].partition(";")[0] == expected


def test_format_of_the_other_kind_of_answer_is_406(service: Service) -> None:
    assert service.ask(address(SELECT, format="ttl")).status_code == 406
    assert service.ask(address(CONSTRUCT, format="csv")).status_code == 406


def test_timeout_of_the_request_stops_the_query_sooner(service: Service) -> None:
    response = service.ask(address(RUNAWAY, timeout="0.3"))
    assert response.status_code == 504
    assert "0.3 seconds" in response.json()["detail"]


def test_csv_and_turtle_say_what_json_says(service: Service) -> None:
    rows = [*csv.reader(io.StringIO(service.ask(address(SELECT), accept="text/csv").text))]
    assert rows[0] == ["s"] and rows[1] == [f"{BASE}id/fn/{FIRST}/1"]
    turtle = service.ask(address(CONSTRUCT), accept="text/turtle").content
    assert len([*parse(turtle, format=RdfFormat.TURTLE)]) == 2


@pytest.mark.parametrize("method", ["GET", "form", "direct"])
def test_dataset_of_the_request_is_the_one_that_is_asked(service: Service, method: str) -> None:
    graph = f"{BASE}graph/doc/{FIRST}"
    parameters = {"default-graph-uri": graph}
    if method == "GET":
        response = service.ask(address(SELECT, **parameters))
    elif method == "form":
        form = urlencode({"query": SELECT, **parameters}).encode()
        response = service.ask(
            "/sparql", method="POST", headers={"Content-Type": FORM}, content=form
        )
    else:
        response = service.ask(
            "/sparql?" + urlencode(parameters),
            method="POST",
            headers={"Content-Type": DIRECT},
            content=SELECT.encode(),
        )
    assert len(response.json()["results"]["bindings"]) == 1


def test_named_graphs_of_the_request_limit_graph_patterns(service: Service) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    graphs = [f"{BASE}graph/doc/{FIRST}", f"{BASE}graph/quality/{FIRST}"]
    named = "".join(f"&named-graph-uri={quote(graph)}" for graph in graphs)
    found = service.ask(address(query) + named).json()["results"]["bindings"]
    assert {row["g"]["value"] for row in found} == set(graphs)


@pytest.mark.parametrize(
    ("path", "method", "headers", "content", "status"),
    [
        ("/sparql?timeout=1", "GET", {}, None, 400),
        (address("SELECT *"), "GET", {}, None, 400),
        (address(SELECT) + "&query=ASK%7B%7D", "GET", {}, None, 400),
        (address(SELECT, **{"default-graph-uri": "not an iri"}), "GET", {}, None, 400),
        ("/sparql", "POST", {}, SELECT.encode(), 415),
        ("/sparql", "POST", {"Content-Type": "text/plain"}, SELECT.encode(), 415),
        ("/sparql", "POST", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 415),
        ("/sparql", "POST", {"Content-Type": FORM}, b"update=CLEAR+ALL", 400),
        ("/sparql", "POST", {"Content-Type": DIRECT}, "ASK {} # \xe9".encode("latin-1"), 400),
        ("/sparql", "POST", {"Content-Type": DIRECT}, b"CLEAR ALL", 400),
        (address(SELECT), "PUT", {}, None, 405),
        (address(SELECT), "DELETE", {}, None, 405),
        (address("SELECT * { SERVICE <http://x.test/> { ?s ?p ?o } }"), "GET", {}, None, 400),
    ],
)
def test_mistake_of_the_caller_is_a_problem_of_its_status(
    service: Service,
    path: str,
    method: str,
    headers: dict[str, str],
    content: bytes | None,
    status: int,
) -> None:
    response = service.ask(path, method=method, headers=headers, content=content)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"] and problem["detail"]


def test_malformed_query_is_told_with_line_and_column(service: Service) -> None:
    problem = service.ask(address("SELECT * {\n  ?s ?p }")).json()
    assert (problem["line"], problem["column"]) == (2, 9)
    assert problem["title"] == "查询有语法错误 Malformed query"
    page = service.ask(address("SELECT * {\n  ?s ?p }"), accept="text/html")
    assert page.status_code == 400
    assert "第 2 行" in page.text and "<textarea" in page.text


def test_cut_answer_is_read_to_its_end_by_its_links(tmp_path: Path) -> None:
    build_release(tmp_path)
    vocabulary = f"{BASE}graph/ontology"
    query = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
    form = {"query": query, "default-graph-uri": vocabulary, "format": "csv"}
    with running(Settings(data=tmp_path, workers=1, row_limit=1000)) as service:
        body = urlencode(form).encode()
        whole = service.ask("/sparql", method="POST", headers={"Content-Type": FORM}, content=body)
    assert "link" not in whole.headers
    with running(Settings(data=tmp_path, workers=1, row_limit=7)) as service:
        page = service.ask("/sparql", method="POST", headers={"Content-Type": FORM}, content=body)
        rows = page.text.splitlines()
        while "next" in page.links:
            assert page.headers["guanlian-truncated"] == "rows=7"
            page = service.ask(page.links["next"]["url"])
            rows += page.text.splitlines()[1:]
    assert len(rows) > 2 * 7
    assert rows == whole.text.splitlines()


def test_405_and_415_say_what_is_allowed(service: Service) -> None:
    wrong_method = service.ask(address(SELECT), method="PUT")
    assert set(wrong_method.headers["allow"].split(", ")) == {"GET", "POST", "HEAD", "QUERY"}
    assert service.ask("/static/style.css", method="POST").headers["allow"] == "GET, HEAD"
    wrong_type = service.ask("/sparql", method="POST", headers={"Content-Type": "text/plain"})
    assert DIRECT in wrong_type.headers["accept-post"]


def test_runaway_query_is_504_and_the_next_one_is_answered(service: Service) -> None:
    response = service.ask(address(RUNAWAY))
    assert response.status_code == 504
    assert "1.5 seconds" in response.json()["detail"]
    assert service.ask(address(ASK)).json()["boolean"] is True


def test_browser_without_a_query_gets_the_form(service: Service) -> None:
    page = service.page("/sparql")
    assert '<form class="sparql" id="query-form" action="/sparql" method="get"' in page
    assert Page(page).foreign_scripts() == []


def test_page_of_results_escapes_links_and_keeps_the_query(service: Service) -> None:
    query = f'SELECT ?s ("<script>" AS ?x) {{ ?s a <ns#DisclosureDocument> FILTER(STR(?s) = "{BASE}id/doc/{FIRST}") }}'
    page = service.page(address(query))
    assert f'href="/documents/{FIRST}"' in page
    assert "&lt;script&gt;" in page and "<script>" not in page
    assert "SELECT ?s (&#34;&lt;script&gt;&#34; AS ?x)" in page


def test_long_answer_on_a_page_says_that_it_is_cut(service: Service) -> None:
    query = "SELECT ?a ?b { ?a a ?x . ?b a ?y . ?c a ?z }"
    page = service.page(address(query))
    assert page.count("<tr>") == 1001
    assert "只显示前 1000 行" in page


def test_xml_and_json_results_are_what_they_say(service: Service) -> None:
    xml = service.ask(address(ASK), accept="application/sparql-results+xml").text
    assert "<boolean>true</boolean>" in xml
    assert json.loads(service.ask(address(ASK)).text)["boolean"] is True


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (NOW() AS ?x) {}",
        "SELECT (rand() AS ?x) {}",
        "SELECT (UUID() AS ?x) {}",
        "SELECT (StrUUID # here\n () AS ?x) {}",
        "SELECT (BNODE() AS ?x) {}",
        "CONSTRUCT { [] a ?type } WHERE { ?s a ?type }",
        "CONSTRUCT { _:b a ?type } WHERE { ?s a ?type }",
    ],
)
@pytest.mark.parametrize("accept", ["application/json, text/turtle", "text/html"])
def test_answer_that_changes_has_no_etag_and_is_never_304(
    service: Service, query: str, accept: str
) -> None:
    known = service.ask(address(SELECT), accept=accept).headers["etag"]
    for tags in ("*", known):
        response = service.ask(address(query), accept=accept, headers={"If-None-Match": tags})
        assert response.status_code == 200
        assert "etag" not in response.headers
        assert response.content


@pytest.mark.parametrize("query", [SELECT, ASK, CONSTRUCT, "SELECT ?known { ?known a ?branded }"])
def test_answer_that_the_release_decides_has_an_etag(service: Service, query: str) -> None:
    first = service.ask(address(query))
    tag = first.headers["etag"]
    assert service.ask(address(query), headers={"If-None-Match": tag}).status_code == 304
    assert service.ask(address(query)).content == first.content


def test_service_reaches_the_servers_that_the_settings_list(tmp_path: Path) -> None:
    build_release(tmp_path / "here")
    build_release(tmp_path / "there")
    query = "SELECT ?office WHERE { SERVICE <%s> { ?office a <https://w3id.org/guanlian/ns#Department> } }"
    with listening(Settings(data=tmp_path / "there")) as (host, port):
        there = f"http://{host}:{port}/sparql"
        with running(Settings(data=tmp_path / "here", allowed_services=(there,))) as service:
            allowed = service.ask("/sparql?" + urlencode({"query": query % there}), "text/csv")
            assert allowed.status_code == 200, allowed.text
            assert len(allowed.text.splitlines()) == 3
            assert allowed.headers["Cache-Control"] == "no-store"
            other = query % there.replace("/sparql", "/other")
            refused = service.ask("/sparql?" + urlencode({"query": other}), "text/csv")
            assert refused.status_code == 400
            assert "SERVICE is refused" in refused.json()["title"]
