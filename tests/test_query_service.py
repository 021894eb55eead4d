"""`/sparql` for programs: what is kept, cut, streamed, stopped and told, over the real application."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from server.settings import Settings
from store.memory import InProcessGraph
from store.pool import asking_client
from store.releases import DataFolder, DocumentGraphs
from tests.serving import (
    BASE,
    FIRST,
    FIRST_OFFICE,
    VOCABULARY,
    Service,
    build_release,
    document,
    quads_of,
    running,
)
from tests.test_nursery import AWKWARD, eventually

DIRECT, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
JSON, CSV, TURTLE = "application/sparql-results+json", "text/csv", "text/turtle"
LARGE, PREDICATE = "cccccccccccccccc", "http://x.test/p"
ROWS = 6000
#: Larger than one part, smaller than what is kept; then larger than that.
STREAMED = f"SELECT ?s ?o {{ ?s <{PREDICATE}> ?o }} ORDER BY ?s"
ENDLESS = f"SELECT * {{ ?s <{PREDICATE}> ?o . ?t <{PREDICATE}> ?p . ?u <{PREDICATE}> ?q }}"
FALTERING = (
    f"SELECT ?s ?o {{ {{ ?s <{PREDICATE}> ?o }} UNION "
    "{ SELECT (COUNT(*) AS ?o) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } } }"
)
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"


def large_document() -> DocumentGraphs:
    """A document with more rows than one part of an answer holds, and with strings easily spoilt."""
    graph = NamedNode(f"{BASE}graph/doc/{LARGE}")
    quads = (
        Quad(
            NamedNode(f"http://x.test/{number:05}"),
            NamedNode(PREDICATE),
            Literal(f"{AWKWARD[number % len(AWKWARD)]}{number}"),
            graph,
        )
        for number in range(ROWS)
    )
    return DocumentGraphs(LARGE, "大.txt", "大", "{}", quads)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("service")
    small = document(FIRST, FIRST_OFFICE, "示例市甲区样板局")
    DataFolder(path).build([small, large_document()], quads_of(VOCABULARY))
    return path


@pytest.fixture(scope="module")
def graph(folder: Path) -> InProcessGraph:
    """The release, asked without any service."""
    return InProcessGraph(DataFolder(folder).current().open_store(), keeps_merge=True)


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[Service]:
    with running(Settings(data=folder, workers=2)) as service:
        yield service


@pytest.fixture(scope="module")
def narrow(folder: Path) -> Iterator[Service]:
    """A service with small limits."""
    limits = Settings(data=folder, workers=2, row_limit=2500, answer_mib=1, query_memory_mib=200)
    with running(limits) as service:
        yield service


def address(query: str, **more: str) -> str:
    return "/sparql?" + urlencode({"query": query, **more})


def asked_by(service: Service, method: str, query: str) -> httpx.Response:
    if method in ("GET", "HEAD"):
        return service.ask(address(query), method=method)
    kind, body = (FORM, urlencode({"query": query})) if method == "FORM" else (DIRECT, query)
    verb = "QUERY" if method == "QUERY" else "POST"
    return service.ask(
        "/sparql", method=verb, headers={"Content-Type": kind}, content=body.encode()
    )


def fresh(query: str) -> str:
    """The same query as one not asked before."""
    return f"{query} # {time.monotonic_ns()}"


@pytest.mark.parametrize("accept", [JSON, "application/json", CSV, "text/tab-separated-values"])
def test_kept_answer_is_the_answer(service: Service, accept: str) -> None:
    query = fresh(f"SELECT ?o {{ ?s <{PREDICATE}> ?o }} ORDER BY ?s LIMIT 100")
    first, second = (service.ask(address(query), accept=accept) for _ in range(2))
    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    assert first.headers == second.headers


def test_streamed_answer_is_kept_as_it_was(service: Service) -> None:
    query = fresh(STREAMED)
    first, second = service.ask(address(query)), service.ask(address(query))
    assert "content-length" not in first.headers  # it was sent while it was made
    assert int(second.headers["content-length"]) == len(first.content) > 1 << 16
    assert first.content == second.content
    assert len(first.json()["results"]["bindings"]) == ROWS


def test_every_method_gives_one_answer(service: Service) -> None:
    query = fresh("SELECT ?s { ?s a <ns#FunctionStatement> }")
    answers = [asked_by(service, method, query) for method in ("FORM", "POST", "QUERY", "GET")]
    assert len({answer.content for answer in answers}) == 1
    assert [("etag" in answer.headers) for answer in answers] == [False, False, False, True]


@pytest.mark.parametrize("query", [STREAMED, "ASK { ?s ?p ?o }"])
def test_head_tells_what_get_tells(service: Service, query: str) -> None:
    got, head = (asked_by(service, method, query) for method in ("GET", "HEAD"))
    assert head.status_code == 200 and not head.content
    for name in ("etag", "content-type", "vary", "cache-control"):
        assert head.headers[name] == got.headers[name]


def test_etag_depends_on_query_and_form_and_saves_the_answer(service: Service) -> None:
    query = fresh("ASK { ?s ?p ?o }")
    answer = service.ask(address(query), accept=JSON)
    tag = answer.headers["etag"]
    again = service.ask(address(query), accept=JSON, headers={"If-None-Match": f'"other", {tag}'})
    assert again.status_code == 304 and not again.content
    assert again.headers["etag"] == tag
    for other in (
        service.ask(address(query), accept=CSV, headers={"If-None-Match": tag}),
        service.ask(address(fresh(query)), accept=JSON, headers={"If-None-Match": tag}),
    ):
        assert other.status_code == 200 and other.headers["etag"] != tag


def test_new_release_is_answered_at_once(tmp_path: Path) -> None:
    build_release(tmp_path)
    query = address("SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a <ns#DisclosureDocument> }")
    with running(Settings(data=tmp_path, workers=1)) as service:
        before, kept = service.ask(query), service.ask(query)
        assert before.content == kept.content
        one = [document(FIRST, FIRST_OFFICE, "示例市甲区样板局")]
        DataFolder(tmp_path).build(one, quads_of(VOCABULARY), replace_all=True)
        tag = before.headers["etag"]
        after = service.ask(query, headers={"If-None-Match": tag})
        assert after.status_code == 200 and after.headers["etag"] != tag
        counts = [answer.json()["results"]["bindings"][0]["n"]["value"] for answer in (kept, after)]
        assert counts == ["2", "1"]


def test_answer_that_may_change_is_not_kept(service: Service) -> None:
    query = address("SELECT (STRUUID() AS ?x) {}")
    first, second = service.ask(query), service.ask(query)
    assert first.content != second.content
    assert first.headers["cache-control"] == "no-store" and "etag" not in first.headers


def test_same_queries_at_the_same_time_get_the_same_answer(service: Service) -> None:
    query = address(fresh(STREAMED))

    async def ask_all() -> list[httpx.Response]:
        return await asyncio.gather(*(service.client.get(query) for _ in range(8)))

    answers = service.runner.run(ask_all())
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


def test_pages_and_questions_wait_with_the_queries_of_their_client(service: Service) -> None:
    @service.app.get("/asking")
    def asking() -> str:
        return asking_client.get()

    assert service.ask("/asking").json() == "127.0.0.1"


CUT = f"SELECT ?o {{ ?s <{PREDICATE}> ?o }}"


@pytest.mark.parametrize("method", ["GET", "FORM", "POST", "QUERY"])
def test_pages_of_a_cut_answer_are_the_answer(
    narrow: Service, service: Service, method: str
) -> None:
    whole = service.ask(address(f"{CUT} ORDER BY ?s LIMIT {ROWS}"), accept=JSON).json()
    query = fresh(f"{CUT} ORDER BY ?s") + "\n# and a comment"
    answer = asked_by(narrow, method, query)
    found = list(answer.json()["results"]["bindings"])
    pages = 1
    while (told := answer.json().get("truncated")) is not None:
        assert told["rows"] == 2500
        answer = narrow.ask(told["next"])
        found += answer.json()["results"]["bindings"]
        pages += 1
    assert pages == 3
    assert found == whole["results"]["bindings"]


def test_cut_is_told_in_headers_where_they_are_not_behind_it(narrow: Service) -> None:
    query = fresh(f"SELECT (1 AS ?x) {{ ?s <{PREDICATE}> ?o }}")
    streamed = narrow.ask(address(query), accept=CSV)
    kept = narrow.ask(address(query), accept=CSV)
    assert streamed.content == kept.content
    assert kept.headers["guanlian-truncated"] == "rows=2500"
    assert len(kept.text.splitlines()) == 2501
    link = kept.headers["link"].partition(">")[0].removeprefix("<")
    assert "OFFSET+2500" in link


def test_dataset_and_form_of_a_cut_answer_hold_for_its_next_page(narrow: Service) -> None:
    graph = f"{BASE}graph/doc/{LARGE}"
    form = {"query": CUT, "default-graph-uri": graph, "format": "json", "timeout": "1.5"}
    answer = narrow.ask(
        "/sparql", method="POST", headers={"Content-Type": FORM}, content=urlencode(form).encode()
    )
    link = urlsplit(answer.json()["truncated"]["next"])
    told = dict(httpx.QueryParams(link.query))
    assert told["default-graph-uri"] == graph and told["timeout"] == "1.5"
    assert told["format"] == "json" and told["query"].endswith("OFFSET 2500")


@pytest.mark.parametrize(("rows", "is_cut"), [(2499, False), (2500, True), (2501, True)])
def test_answer_is_cut_exactly_at_the_limit(narrow: Service, rows: int, is_cut: bool) -> None:
    query = fresh(f"SELECT ?x {{ {{ SELECT ?s {{ ?s <{PREDICATE}> ?o }} LIMIT {rows} }} }}")
    answer = narrow.ask(address(query)).json()
    assert len(answer["results"]["bindings"]) == min(rows, 2500)
    assert ("truncated" in answer) == is_cut


@pytest.mark.parametrize(
    "query",
    [f"{CUT} LIMIT 3000", f"SELECT ?o {{ ?s <{PREDICATE}> ?o }} LIMIT 3000 OFFSET 10"],
)
def test_limit_of_the_query_itself_cuts_nothing(narrow: Service, query: str) -> None:
    answer = narrow.ask(address(query)).json()
    assert len(answer["results"]["bindings"]) == 3000
    assert "truncated" not in answer


def test_triples_are_not_cut_untold(narrow: Service) -> None:
    answer = narrow.ask(
        address(f"CONSTRUCT WHERE {{ ?s <{PREDICATE}> ?o }}"), accept="application/n-triples"
    )
    assert answer.content.count(b"\n") == ROWS


@pytest.mark.parametrize(
    ("query", "status", "exceeded"),
    [
        (RUNAWAY, 504, "0.3 seconds"),
        ("SELECT (CONCAT(?o, ?o) AS ?x) { VALUES ?o { '" + "x" * 1000 + "' } }", 200, ""),
        ("SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a", 503, "memory"),
    ],
)
def test_what_is_exceeded_is_told(narrow: Service, query: str, status: int, exceeded: str) -> None:
    seconds = "0.3" if status == 504 else "20"
    answer = narrow.ask(address(query, timeout=seconds))
    assert answer.status_code == status
    if status != 200:
        problem = answer.json()
        assert problem["status"] == status and exceeded in problem["detail"]
        assert ("retry-after" in answer.headers) == (status == 503)
    assert narrow.ask(address(fresh("ASK { ?s ?p ?o }"))).json()["boolean"] is True


def test_query_nested_too_deeply_for_the_engine_ends_a_worker_and_no_more(service: Service) -> None:
    query = "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }"
    answer = asked_by(service, "POST", query)
    assert answer.status_code in (400, 503)
    assert answer.headers["content-type"] == "application/problem+json"
    assert service.ask(address(fresh("ASK { ?s ?p ?o }"))).json()["boolean"] is True


PATTERNS = (
    "?s <http://x.test/p> ?o",
    "?s ?p ?o",
    "?s a ?o",
    "GRAPH ?g { ?s <http://x.test/p> ?o }",
)
FILTERS = ("", "FILTER(isLiteral(?o))", 'FILTER(CONTAINS(STR(?o), "}"))', "OPTIONAL { ?o a ?none }")
QUERIES = st.builds(
    lambda distinct, pattern, more, order, limit, offset: (
        f"SELECT {distinct} ?s ?o ?none {{ {pattern} {more} }} "
        f"ORDER BY {order} ?s ?o LIMIT {limit} OFFSET {offset}"
    ),
    st.sampled_from(["", "DISTINCT"]),
    st.sampled_from(PATTERNS),
    st.sampled_from(FILTERS),
    st.sampled_from(["?s", "DESC(?o)", "STRLEN(STR(?o))"]),
    st.integers(0, 3000),
    st.integers(0, 4000),
)
FORMS = st.sampled_from([JSON, CSV, "text/tab-separated-values", "application/sparql-results+xml"])


@settings(max_examples=30, deadline=None)
@given(query=QUERIES, form=FORMS)
def test_streamed_answers_are_those_of_the_store(
    service: Service, graph: InProcessGraph, query: str, form: str
) -> None:
    expected = graph.serialize(query, solutions_as=form, triples_as=TURTLE, base_iri=BASE)
    answer = service.ask(address(query), accept=form)
    assert answer.status_code == 200, answer.text
    assert answer.content == expected.body


PROGRAM = """
import sys
from pathlib import Path
from server.run import serve
from server.settings import Settings
limits = dict(idle_client_seconds=1, query_timeout_seconds=2, answer_mib=8, memory_mib=0)
settings = Settings(data=Path(sys.argv[1]), port=0, workers=1, **limits)
serve(settings, lambda address: print(address, flush=True))
"""


@pytest.fixture(scope="module")
def host(folder: Path) -> Iterator[str]:
    """The address of a real server."""
    with served(folder) as address:
        yield address


@contextmanager
def served(folder: Path) -> Iterator[str]:
    arguments = [sys.executable, "-c", PROGRAM, str(folder)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        assert httpx.get(f"{address}/health", timeout=20).status_code == 200
        yield address
        server.terminate()


@pytest.mark.parametrize("query", [ENDLESS, FALTERING], ids=["bytes", "seconds"])
def test_client_notices_that_an_answer_was_stopped(host: str, query: str) -> None:
    """The last chunk is missing (RFC 9112, section 8)."""
    received = 0
    with (
        pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"),
        httpx.stream("GET", host + address(query), timeout=20) as answer,
    ):
        assert answer.status_code == 200
        for part in answer.iter_raw():
            received += len(part)
    assert received > 1 << 16


def test_first_bytes_come_before_the_last_row_is_made(host: str) -> None:
    started = time.monotonic()
    with httpx.stream("GET", host + address(ENDLESS), timeout=20) as answer:
        next(answer.iter_raw())
        assert time.monotonic() - started < 1.5  # all of it would take longer than may be


def connected(host: str) -> socket.socket:
    """A connection over which an endless answer has been asked for, with a small buffer."""
    parts = urlsplit(host)
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect((parts.hostname, parts.port))
    request = f"GET {address(ENDLESS)} HTTP/1.1\r\nHost: x.test\r\n\r\n"
    connection.sendall(request.encode())
    return connection


def established(port: int) -> list[str]:
    """The connections that the server's side of a port holds."""
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    ours = f":{port:04X}"
    return [line for line in lines if line.split()[1].endswith(ours) and line.split()[3] != "0A"]


def test_connection_of_a_client_that_takes_nothing_is_given_up(host: str) -> None:
    port = urlsplit(host).port or 0
    with connected(host):
        assert eventually(lambda: bool(established(port)))
        assert eventually(lambda: not [c for c in established(port) if c.split()[3] == "01"], 8)
        answer = httpx.get(host + address("ASK { ?s ?p ?o }"), timeout=10)
        assert answer.json()["boolean"] is True


def test_client_that_leaves_frees_its_worker(host: str) -> None:
    for _ in range(4):
        connected(host).close()
    started = time.monotonic()
    answer = httpx.get(host + address(fresh("ASK { ?s ?p ?o }")), timeout=10)
    assert answer.json()["boolean"] is True
    assert time.monotonic() - started < 5


def test_client_that_is_slow_but_takes_the_answer_gets_all_of_it(host: str) -> None:
    query = f"SELECT ?s ?o ?t {{ ?s <{PREDICATE}> ?o . ?t <{PREDICATE}> ?p }} LIMIT 25000"
    whole = httpx.get(host + address(query), timeout=20).content
    parts = urlsplit(host)
    received = bytearray()
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect((parts.hostname, parts.port))
        request = f"GET {address(query)} HTTP/1.1\r\nHost: x.test\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        for _ in range(5):  # longer than a client may take nothing
            time.sleep(0.5)
            received += connection.recv(1 << 16)
        while piece := connection.recv(1 << 20):
            received += piece
    assert len(whole) > 3 << 20
    assert received.partition(b"\r\n\r\n")[2] == whole
