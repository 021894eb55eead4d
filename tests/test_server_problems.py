"""Every refusal has one shape: problem details (RFC 9457), whatever was wrong with the request."""

from __future__ import annotations

import ast
import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from fastapi import Response
from jsonschema import Draft202012Validator

from server.openapi.problem_schema import PROBLEM
from server.problem_types import PROBLEM_TYPES
from server.request_limits import LONGEST_TARGET
from server.settings import Settings
from store.errors import QueryError, StoreError
from tests.serving import Service, build_release, listening, running

SERVER = Path(__file__).parent.parent / "server"
LARGEST_BODY = 100_000


@dataclass(frozen=True)
class Hostile:
    """A request that is to be refused, and the kind of problem that tells why."""

    path: str
    status: int
    title: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None


FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
REQUESTS = [
    Hostile("/wp-login.php", 404, "Not found"),
    Hostile("/%2F", 404, "Not found"),
    Hostile("/static/../app.py", 404, "Not found"),
    Hostile("/static/none.css", 404, "Not found"),
    Hostile("/offices", 405, "Method not allowed", method="DELETE"),
    Hostile("/offices", 405, "Method not allowed", method="BREW"),
    Hostile("/offices?page=0", 400, "Wrong parameter"),
    Hostile("/offices?page=%FF", 400, "Wrong parameter"),
    Hostile("/offices/none", 404, "Not in the release"),
    Hostile("/offices/%zz", 404, "Not in the release"),
    Hostile("/offices/%00", 404, "Not in the release"),
    Hostile("/offices/a%20b%3E", 404, "Not in the release"),
    Hostile("/documents/%E4%B8", 404, "Not in the release"),
    Hostile("/doc/%22", 404, "Not in the release"),
    Hostile("/graph/none", 404, "Not in the release"),
    Hostile("/ns", 406, "Not acceptable", headers={"Accept": "image/png"}),
    Hostile("/queries/none", 404, "Unknown query"),
    Hostile("/queries/offices?colour=red", 400, "Wrong parameter"),
    Hostile("/queries/offices?format=xml", 400, "Unknown format"),
    Hostile("/queries/offices", 406, "Not acceptable", headers={"Accept": "image/png"}),
    Hostile("/compare?office=a&office=b", 404, "Unknown office"),
    Hostile(f"/compare?office={quote('示例市甲区样板局')}", 400, "Wrong number of offices"),
    Hostile("/api/graph/similar", 400, "Wrong parameter"),
    Hostile("/api/graph/similar?office=none", 404, "Unknown name"),
    Hostile("/sparql?timeout=1", 400, "Bad request"),
    Hostile("/sparql?query=SELECT", 400, "Malformed query"),
    Hostile("/sparql?query=ASK%7B%7D", 406, "Not acceptable", headers={"Accept": "image/png"}),
    Hostile("/sparql?query=ASK%7BSERVICE%20%3Chttp://x/%3E%7B%7D%7D", 400, "SERVICE is refused"),
    Hostile("/sparql", 400, "Bad request", "POST", DIRECT, b"\xff"),
    Hostile("/sparql", 415, "Unsupported media type", "POST", {}, b"ASK {}"),
    Hostile("/sparql", 413, "Content too large", "POST", FORM, b"a" * (LARGEST_BODY + 1)),
    Hostile("/" + "a" * LONGEST_TARGET, 414, "URI too long"),
    Hostile("/offices?name=" + "a" * LONGEST_TARGET, 414, "URI too long"),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("problems")
    build_release(folder)
    settings = Settings(data=folder, workers=1, largest_body_bytes=LARGEST_BODY)
    with running(settings) as service:
        yield service


def assert_is_problem(response: httpx.Response, status: int, title: str | None = None) -> None:
    """The one shape, with the headers that every answer has; of any kind without a title."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    kind = next(kind for kind in PROBLEM_TYPES.values() if kind.reference == problem["type"])
    assert title is None or kind == PROBLEM_TYPES[title]
    assert problem["title"] in (kind.heading, kind.title_zh, kind.title_en)
    Draft202012Validator(PROBLEM).validate(problem)
    assert problem["status"] == status
    assert problem["detail"].endswith((".", "?")) and "\n" not in problem["detail"]
    assert len(problem["detail"]) < 1_000
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("asked", REQUESTS, ids=lambda asked: f"{asked.method} {asked.path[:50]}")
def test_hostile_request_is_refused_in_the_one_shape(asked: Hostile, service: Service) -> None:
    response = service.ask(
        asked.path,
        accept=asked.headers.get("Accept"),
        method=asked.method,
        headers=asked.headers,
        content=asked.content,
    )
    assert_is_problem(response, asked.status, asked.title)


def test_browser_gets_a_page_in_the_language_of_its_address(service: Service) -> None:
    kind = PROBLEM_TYPES["Not in the release"]
    for before, texts in (
        ("", (kind.title_zh, kind.advice_zh, "当前发布中没有")),
        ("/en", (kind.title_en, kind.advice_en, "The current release has no")),
    ):
        response = service.ask(f"{before}/offices/none", accept="text/html")
        assert response.status_code == 404
        assert response.headers["content-type"].startswith("text/html")
        assert all(text in response.text for text in texts)


@pytest.mark.parametrize(
    ("accept_language", "title"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "没有这个路径"),
        ("en-GB, *;q=0.1", "Not found"),
        ("fr", "没有这个路径 Not found"),
        (";;q=,-", "没有这个路径 Not found"),
    ],
)
def test_title_is_in_the_language_of_the_reader(
    accept_language: str, title: str, service: Service
) -> None:
    response = service.ask("/none", headers={"Accept-Language": accept_language})
    assert response.json()["title"] == title
    told = "/none 这个地址没有内容。" if title == "没有这个路径" else "There is nothing at /none."
    assert response.json()["detail"] == told
    assert "Accept-Language" in response.headers["vary"]


SECRET = "/home/operator/secret.key"


@pytest.mark.parametrize(
    "error", [RuntimeError(SECRET), OSError(SECRET), QueryError(SECRET), StoreError(SECRET)]
)
def test_fault_of_ours_tells_nothing_of_the_inside(
    error: Exception, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    build_release(tmp_path)
    with running(Settings(data=tmp_path, workers=1)) as service:

        @service.app.get("/raises")
        def raises() -> Response:
            raise error

        response = service.ask("/raises")
    kind = "Query failed" if isinstance(error, QueryError) else "Internal error"
    assert_is_problem(response, 500, kind)
    assert "secret" not in response.text
    assert SECRET in caplog.text


def test_every_kind_of_problem_is_in_the_table() -> None:
    """Every title that stands in the code; the first class names are read by their arguments."""
    titles = {
        title
        for path in SERVER.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and (title := problem_title(call)) is not None
    }
    assert titles and titles <= set(PROBLEM_TYPES)
    names = [kind.name for kind in PROBLEM_TYPES.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z-]+", name) for name in names)


def problem_title(call: ast.Call) -> str | None:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name not in ("Problem", "StoreProblem") or len(call.args) < 2:
        return None
    title = call.args[1]
    return title.value if isinstance(title, ast.Constant) and isinstance(title.value, str) else None


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    folder = tmp_path_factory.mktemp("socket")
    build_release(folder)
    with listening(Settings(data=folder, workers=1)) as address:
        yield address


#: A client that waits for leave before it sends far too much to `/sparql` (RFC 9110, 10.1.1).
TOO_LARGE_ANNOUNCED = (
    b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
    b"Expect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n"
)


def exchange(address: tuple[str, int], request: bytes) -> httpx.Response:
    """The answer to bytes as they stand."""
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(request)
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    return httpx.Response(int(first.split()[1]), headers=headers, content=body)


@pytest.mark.parametrize(
    ("request_bytes", "status", "title"),
    [
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400, "Bad request"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, "Bad request"),
        (b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400, "Bad request"),
        (b"GET / HTTP/1.1\r\n\r\n", 400, "Bad request"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "Bad request"),
        (TOO_LARGE_ANNOUNCED, 413, "Content too large"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 70_000, 431, "Header fields too large"),
        (b"GET /" + b"a" * 70_000, 431, "Header fields too large"),
    ],
)
def test_what_is_no_http_is_refused_in_the_one_shape(
    request_bytes: bytes, status: int, title: str, address: tuple[str, int]
) -> None:
    assert_is_problem(exchange(address, request_bytes), status, title)


def test_address_in_chinese_is_read_as_its_percent_encoding(address: tuple[str, int]) -> None:
    asked = [f"/queries/offices?name={name}" for name in ("示例市甲区", quote("示例市甲区"))]
    answers = [
        exchange(address, f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        for path in asked
    ]
    raw, encoded = [answer.json()["rows"] for answer in answers]
    assert raw == encoded and len(raw) == 1


def test_body_that_outgrows_its_limit_without_a_length_is_refused(tmp_path: Path) -> None:
    build_release(tmp_path)
    settings = Settings(data=tmp_path, workers=1, largest_body_bytes=LARGEST_BODY)
    pieces = (b"a" * 10_000 for _ in range(20))
    with listening(settings) as (host, port):
        response = httpx.post(f"http://{host}:{port}/sparql", content=pieces, headers=FORM)
    assert_is_problem(response, 413, "Content too large")
    assert response.json()["limit"] == LARGEST_BODY
