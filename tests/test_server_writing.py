"""Writing over HTTP: the update operation and the graph store protocol, over the real application."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from server.settings import Settings
from tests.serving import BASE, FIRST, Service, build_release, running

TOKEN = "write-token-of-the-test"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
UPDATE = {**BEARER, "Content-Type": "application/sparql-update"}
FORM = {**BEARER, "Content-Type": "application/x-www-form-urlencoded"}
TURTLE = {**BEARER, "Content-Type": "text/turtle; charset=utf-8"}
GRAPH = "http://a.test/图"
LARGEST = 4000
ONE = b"<http://a.test/s> <http://a.test/p> 1 ."


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("writing")
    build_release(folder)
    settings = Settings.model_validate(
        {"data": folder, "write_token": TOKEN, "largest_body_bytes": LARGEST}
    )
    with running(settings) as service:
        yield service


@pytest.fixture(scope="module")
def readable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("reading")
    build_release(folder)
    with running(Settings(data=folder)) as service:
        yield service


def store(graph: str = GRAPH) -> str:
    return "/store?" + urlencode({"graph": graph})


def send(
    service: Service, method: str, path: str, headers: dict[str, str], body: bytes | str = b""
) -> httpx.Response:
    content = body.encode() if isinstance(body, str) else body
    return service.ask(path, method=method, headers=headers, content=content)


def update(service: Service, text: str) -> httpx.Response:
    return send(service, "POST", "/update", UPDATE, text)


def asks(service: Service, pattern: str) -> bool:
    answer = service.ask("/sparql?" + urlencode({"query": f"ASK {{ {pattern} }}"}))
    return bool(answer.json()["boolean"])


def triples(response: httpx.Response, form: RdfFormat = RdfFormat.TURTLE) -> int:
    return len({str(quad) for quad in parse(response.content, format=form)})


@pytest.mark.parametrize(
    ("path", "query_string", "headers", "body"),
    [
        ("/update", "", UPDATE, "INSERT DATA { <x> <y> 1 }"),
        ("/update", "", FORM, urlencode({"update": "INSERT DATA { <x> <y> 1 }"})),
        ("/sparql", "", UPDATE, "INSERT DATA { <x> <y> 1 }"),
        ("/sparql", "", FORM, urlencode({"update": "INSERT DATA { <x> <y> 1 }"})),
    ],
)
def test_update_is_seen_by_the_next_query(
    service: Service, path: str, query_string: str, headers: dict[str, str], body: str
) -> None:
    before = service.ask("/health").json()["release"]
    update(service, "DELETE WHERE { <x> <y> ?o }")
    answer = send(service, "POST", path + query_string, headers, body)
    assert answer.status_code == 200, answer.text
    assert asks(service, "<x> <y> 1")
    assert service.ask("/health").json()["release"] == answer.json()["release"] != before
    assert update(service, "DELETE WHERE { <x> <y> ?o }").json()["created"]
    assert not asks(service, "<x> <y> 1")


def test_using_of_the_request_selects_what_patterns_see(service: Service) -> None:
    send(service, "PUT", store(), TURTLE, ONE)
    text = "INSERT { GRAPH <copy> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    path = "/update?" + urlencode({"using-graph-uri": GRAPH})
    assert send(service, "POST", path, UPDATE, text).status_code == 200
    assert triples(service.ask(store(f"{BASE}copy"), accept="text/turtle")) == 1


ALL_METHODS = [
    ("POST", "/update"),
    ("PUT", "/store?default"),
    ("POST", "/store"),
    ("DELETE", "/store/x"),
    ("PATCH", "/store?default"),
]


@pytest.mark.parametrize(("method", "path"), ALL_METHODS)
@pytest.mark.parametrize(
    ("given", "status"),
    [
        (None, 401),
        ("Basic d3JpdGU6", 401),
        ("Bearer ", 401),
        (f"Bearer {TOKEN}x", 403),
    ],
)
def test_write_needs_the_token(
    service: Service, method: str, path: str, given: str | None, status: int
) -> None:
    before = service.ask("/health").json()
    headers = {"Content-Type": "text/turtle"}
    response = send(
        service, method, path, headers | ({"Authorization": given} if given else {}), b"junk"
    )
    assert response.status_code == status
    assert ("www-authenticate" in response.headers) == (status == 401)
    assert TOKEN not in response.text
    assert service.ask("/health").json()["release"] == before["release"]


@pytest.mark.parametrize(("method", "path"), ALL_METHODS)
def test_without_a_token_set_nothing_can_be_written(
    readable: Service, method: str, path: str
) -> None:
    response = send(readable, method, path, TURTLE, ONE)
    assert response.status_code in (404, 405)
    assert readable.ask(store(f"{BASE}graph/doc/{FIRST}"), accept="text/turtle").status_code == 200
    assert send(readable, "POST", "/sparql", UPDATE, "CLEAR ALL").status_code == 415


def test_graph_is_made_replaced_merged_changed_and_taken_away(service: Service) -> None:
    other = b"<http://a.test/s> <http://a.test/p> 2 ."
    assert send(service, "PUT", store("http://a.test/g"), TURTLE, ONE).status_code == 201
    assert send(service, "PUT", store("http://a.test/g"), TURTLE, other).status_code == 204
    assert send(service, "POST", store("http://a.test/g"), TURTLE, ONE).status_code == 204
    found = service.ask(store("http://a.test/g"), accept="application/n-triples")
    assert triples(found, RdfFormat.N_TRIPLES) == 2
    assert service.ask(store("http://a.test/g"), method="HEAD").status_code == 200
    patch = "DELETE WHERE { ?s ?p 2 }; INSERT DATA { <s> <p> 3 }"
    assert send(service, "PATCH", store("http://a.test/g"), UPDATE, patch).status_code == 204
    assert asks(service, "GRAPH <http://a.test/g> { <s> <p> 3 MINUS { ?s ?p 2 } }")
    assert send(service, "DELETE", store("http://a.test/g"), BEARER).status_code == 204
    for method in ("GET", "HEAD"):
        assert service.ask(store("http://a.test/g"), method=method).status_code == 404
    assert send(service, "DELETE", store("http://a.test/g"), BEARER).status_code == 404
    assert (
        send(service, "PATCH", store("http://a.test/g"), UPDATE, "CLEAR DEFAULT").status_code == 404
    )


def test_direct_name_is_the_address_under_the_base(service: Service) -> None:
    assert (
        send(service, "PUT", "/store/offices/a%20b.ttl", TURTLE, b"<> <p> <x> .").status_code == 201
    )
    iri = f"{BASE}store/offices/a%20b.ttl"
    assert asks(service, f"GRAPH <{iri}> {{ <{iri}> <{BASE}store/offices/p> ?o }}")
    assert service.ask(store(iri), accept="text/turtle").status_code == 200
    assert send(service, "DELETE", "/store/offices/a%20b.ttl", BEARER).status_code == 204


def test_graph_without_a_name_is_given_one(service: Service) -> None:
    made = send(service, "POST", "/store", TURTLE, ONE)
    assert made.status_code == 201
    place = made.headers["location"]
    assert place.startswith(f"{BASE}store/")
    assert triples(service.ask(store(place), accept="text/turtle")) == 1
    again = send(service, "POST", "/store", TURTLE, ONE)
    assert again.headers["location"] != place


def test_parts_of_a_form_are_merged(service: Service) -> None:
    body = (
        b"--b\r\nContent-Disposition: form-data; name=a; filename=a.ttl\r\n"
        b"Content-Type: text/turtle\r\n\r\n" + ONE + b"\r\n"
        b"--b\r\nContent-Disposition: form-data; name=b; filename=b.nt\r\n"
        b"Content-Type: application/n-triples\r\n\r\n"
        b'<http://a.test/s> <http://a.test/p> "\xe9\x83\xa8\xe9\x97\xa8" .\r\n--b--\r\n'
    )
    headers = {**BEARER, "Content-Type": "multipart/form-data; boundary=b"}
    name = store("http://a.test/parts")
    assert send(service, "POST", name, headers, body).status_code == 201
    assert triples(service.ask(name, accept="text/turtle")) == 2
    assert asks(service, "GRAPH <http://a.test/parts> { ?s ?p '部门' }")


@pytest.mark.parametrize(
    "media_type",
    ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"],
)
def test_graph_is_read_back_in_the_type_that_it_is_sent_in(
    service: Service, media_type: str
) -> None:
    source = service.ask(store(f"{BASE}graph/derived/{FIRST}"), accept=media_type)
    assert source.headers["content-type"].partition(";")[0] == media_type
    send(
        service,
        "PUT",
        store(f"http://a.test/{media_type}"),
        {**BEARER, "Content-Type": media_type},
        source.content,
    )
    both = [
        service.ask(store(graph), accept="application/n-triples").text
        for graph in (f"{BASE}graph/derived/{FIRST}", f"http://a.test/{media_type}")
    ]
    assert sorted(both[0].splitlines()) == sorted(both[1].splitlines())


def test_malformed_graph_is_told_with_line_and_column(service: Service) -> None:
    problem = send(service, "PUT", store(), TURTLE, b"<a> <b> <c> .\n<a> <b> ] .").json()
    assert (problem["status"], problem["line"]) == (400, 2)
    assert problem["column"] > 0
    told = update(service, "CLEAR ALL;\nINSERT DATA { ?s <p> 1 }").json()
    assert (told["status"], told["line"]) == (400, 2)


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("POST", "/update", UPDATE, "ASK {}", 400),
        ("POST", "/update", FORM, "query=ASK%7B%7D", 400),
        ("POST", "/update", FORM, "update=CLEAR+ALL&query=ASK%7B%7D", 400),
        ("POST", "/update", FORM, "update=CLEAR+ALL&update=CLEAR+ALL", 400),
        ("POST", "/update?update=CLEAR+ALL", UPDATE, "CLEAR ALL", 400),
        ("POST", "/update", FORM, "update=CLEAR+XYZ", 400),
        ("POST", "/update", UPDATE, b"CLEAR ALL # \xff", 400),
        ("POST", "/update", {**UPDATE, "Content-Type": "application/sparql-update; charset=utf-16"}, "CLEAR ALL", 415),
        ("POST", "/update", TURTLE, "CLEAR ALL", 415),
        ("POST", "/update", UPDATE, "CLEAR ALL # " + "x" * LARGEST, 413),
        ("POST", "/update", UPDATE, "DROP GRAPH <none>", 400),
        ("POST", "/update", UPDATE, "LOAD SILENT <http://127.0.0.1:9/>", 400),
        ("POST", "/update", UPDATE, "INSERT { <s> <p> 1 } WHERE { SERVICE <http://127.0.0.1:9/> {} }", 400),
        ("POST", "/update?using-graph-uri=x", UPDATE, "CLEAR ALL", 400),
        ("POST", "/update", FORM, "update=CLEAR+ALL" + "&a=1" * 900, 200),
        ("POST", "/update", FORM, "update=CLEAR+ALL" + "&a" * 1900, 400),
        ("GET", "/update?update=CLEAR+ALL", BEARER, b"", 405),
        ("PUT", "/sparql?query=ASK%7B%7D", FORM, b"", 405),
        ("PUT", "/store", TURTLE, ONE, 400),
        ("PUT", "/store?default=x", TURTLE, ONE, 400),
        ("PUT", "/store?default&graph=http://a.test/g", TURTLE, ONE, 400),
        ("PUT", "/store?graph=relative", TURTLE, ONE, 400),
        ("PUT", store(), {**BEARER, "Content-Type": "text/plain"}, ONE, 415),
        ("PUT", store(), BEARER, ONE, 415),
        ("PUT", store(), {**BEARER, "Content-Type": "text/turtle; charset=gb18030"}, ONE, 415),
        ("PUT", store(), {**BEARER, "Content-Type": "application/trig"}, ONE, 415),
        ("PUT", store(), TURTLE, b"# " + b"x" * LARGEST, 413),
        ("POST", store(), {**BEARER, "Content-Type": "multipart/form-data"}, b"--b--", 400),
        ("PATCH", store(), TURTLE, ONE, 415),
        ("PATCH", "/store?default", UPDATE, "INSERT DATA { GRAPH <g> { <a> <b> 1 } }", 400),
        ("GET", "/store", {}, b"", 400),
        ("GET", store("http://a.test/none"), {}, b"", 404),
    ],
)  # fmt: skip
def test_mistake_of_the_writer_is_a_problem_of_its_status(
    service: Service,
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes | str,
    status: int,
) -> None:
    response = send(service, method, path, headers, body)
    assert response.status_code == status, response.text
    if status >= 400:
        assert response.headers["content-type"] == "application/problem+json"


def test_graph_in_no_type_that_is_offered_is_406(service: Service) -> None:
    assert service.ask("/store?default", accept="image/png").status_code == 406


def test_write_that_takes_too_long_is_stopped_and_the_next_one_done(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("slow")
    build_release(folder)
    settings = Settings.model_validate(
        {"data": folder, "write_token": TOKEN, "write_timeout_seconds": 4}
    )
    runaway = "INSERT { <s> <p> ?n } WHERE { SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } }"
    with running(settings) as service:
        before = service.ask("/health").json()["release"]
        assert update(service, runaway).status_code == 504
        assert service.ask("/health").json()["release"] == before
        assert update(service, "INSERT DATA { <s> <p> 1 }").status_code == 200


def test_scripts_of_other_pages_are_not_told_that_they_may_write(service: Service) -> None:
    preflight = {"Origin": "http://other.test", "Access-Control-Request-Headers": "authorization"}
    for method, path in ALL_METHODS:
        asked = service.ask(
            path, method="OPTIONS", headers={**preflight, "Access-Control-Request-Method": method}
        )
        assert "access-control-allow-methods" not in asked.headers
    reads = service.ask(
        "/sparql", method="OPTIONS", headers={**preflight, "Access-Control-Request-Method": "GET"}
    )
    assert reads.status_code == 200


def test_token_is_never_shown() -> None:
    settings = Settings.model_validate({"write_token": TOKEN})
    assert TOKEN not in repr(settings) and TOKEN not in settings.model_dump_json()


def test_paths_of_writing_are_told_only_where_they_are(service: Service, readable: Service) -> None:
    told = service.ask("/openapi.json").json()["paths"]
    assert "post" in told["/update"] and "put" in told["/store"]
    told = readable.ask("/openapi.json").json()["paths"]
    assert "/update" not in told and [*told["/store"]] == ["get"]


def test_address_of_a_graph_may_be_in_any_letters(service: Service) -> None:
    name = f"/store?graph={quote(GRAPH)}"
    assert send(service, "PUT", name, TURTLE, ONE).status_code in (201, 204)
    assert asks(service, f"GRAPH <{GRAPH}> {{ ?s ?p 1 }}")
