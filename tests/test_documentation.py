"""`/docs`: a page of all operations and one of each, with commands that work as they stand."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from lxml import html
from pydantic import SecretStr

from server.app import create_app
from server.documentation.curl import curl_command
from server.documentation.schema_rows import DEEPEST, schema_rows
from server.openapi.document import document, operations
from server.problem_types import PROBLEM_TYPES
from server.settings import Settings
from tests.serving import Service, running

MADE = create_app(Settings()).openapi()
NAMES = [told["operationId"] for _, _, told in operations(MADE)]
#: Those whose parameters all have an example; a dump is named by its release.
READ = [
    told["operationId"]
    for path, _, told in operations(MADE)
    if "security" not in told and not path.startswith("/dumps")
]


@pytest.fixture(scope="module")
def service(samples_data: Path) -> Iterator[Service]:
    with running(Settings(data=samples_data, workers=1)) as service:
        yield service


def page(service: Service, path: str) -> html.HtmlElement:
    return html.fromstring(service.page(path))


def ask_as_curl(service: Service, command: str) -> httpx.Response:
    """The answer to a command, which may use what curl's manual says of these options."""
    words = shlex.split(command.replace("\\\n", " "))
    assert words[0] == "curl"
    address, method, data, in_query = urlsplit(words[1]), "GET", [], False
    raw, media_type = None, "application/x-www-form-urlencoded"
    options = iter(words[2:])
    for option in options:
        match option:
            case "-G":
                in_query = True
            case "--data-urlencode":
                name, _, value = next(options).partition("=")
                data.append((name, value))
            case "--data-raw":
                raw = next(options).encode()
            case _ if option.startswith("-HContent-Type: "):
                media_type = option.removeprefix("-HContent-Type: ")
            case _:
                raise AssertionError(option)
    assert address.netloc == "service.test"
    if raw is not None or (data and not in_query):
        method = "POST"
    target = f"{address.path}?{urlencode(data)}" if in_query else address.path
    content = (raw or urlencode(data).encode()) if method == "POST" else None
    headers = {"Content-Type": media_type} if content else {}
    return service.ask(target, accept="*/*", method=method, headers=headers, content=content)


def test_index_leads_to_every_operation_and_explains_every_problem(service: Service) -> None:
    index = page(service, "/docs")
    links = set(index.xpath("//a/@href"))
    assert {f"/docs/{name}" for name in NAMES} <= links
    assert "/openapi.json" in links
    anchors = set(index.xpath("//@id"))
    for kind in PROBLEM_TYPES.values():
        path, _, anchor = kind.reference.partition("#")
        assert path == "/docs" and anchor in anchors
    assert {link[1:] for link in links if link.startswith("#")} <= anchors


@pytest.mark.parametrize("name", NAMES)
def test_operation_has_a_page_with_its_parameters_and_answers(name: str, service: Service) -> None:
    told = next(each for _, _, each in operations(MADE) if each["operationId"] == name)
    text = page(service, f"/docs/{name}").text_content()
    assert all(each["name"] in text for each in told.get("parameters", []))
    assert all(status in text for status in told["responses"])


@pytest.mark.parametrize("name", READ)
def test_command_works_as_it_stands(name: str, service: Service) -> None:
    (command,) = page(service, f"/docs/{name}").xpath("//pre[@class='command']")
    response = ask_as_curl(service, command.text_content())
    assert response.status_code in (200, 303), response.text


@pytest.mark.parametrize("path", ["/docs", "/docs/audit", "/docs/query-by-post"])
def test_page_takes_nothing_from_elsewhere_and_has_nothing_inline(
    path: str, service: Service
) -> None:
    told = page(service, path)
    ours = "starts-with(@src, '/static/built/')"
    assert not told.xpath(f"//script[not({ours})] | //style | //@style | //iframe | //@onclick")
    taken = told.xpath("//link[not(@hreflang)]/@href | //img/@src | //script/@src")
    assert taken and all(re.match(r"/static/", address) for address in taken)
    for address in taken:
        assert service.ask(address).status_code == 200


def test_unknown_operation_is_not_found(service: Service) -> None:
    response = service.ask("/docs/none")
    assert response.status_code == 404
    assert response.json()["detail"] == "No operation is called 'none'."


def test_nothing_in_a_command_reaches_the_shell() -> None:
    told = {"parameters": [{"name": "a", "in": "query", "example": "';$(reboot) `x`\n"}]}
    command = curl_command("http://a", "/b", "get", told)
    assert shlex.split(command.replace("\\\n", " "))[-1] == "a=';$(reboot) `x`\n"


def test_writing_is_told_with_its_token_where_it_is_served() -> None:
    app = create_app(Settings(write_token=SecretStr("a token of some length")))
    commands = {
        told["operationId"]: curl_command("http://a", path, method, told)
        for path, method, told in operations(document(app))
    }
    for name in ("update", "put-graph", "delete-graph"):
        assert '-H "Authorization: Bearer $GUANLIAN_WRITE_TOKEN"' in commands[name]
    assert "-X PUT" in commands["put-graph"]
    assert "--data-binary @graph.ttl" in commands["put-graph"]
    assert "-X" not in commands["update"] and "--data-urlencode 'update=" in commands["update"]


def test_rows_of_a_schema_that_holds_itself_end() -> None:
    schemas = {"Node": {"properties": {"next": {"$ref": "#/components/schemas/Node"}}}}
    rows = [*schema_rows({"$ref": "#/components/schemas/Node"}, schemas)]
    assert [(row.depth, row.name, row.kind) for row in rows] == [(0, "next", "Node")]


def test_rows_tell_members_of_what_lists_hold() -> None:
    inner = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
    told = {"type": "object", "properties": {"list": {"type": "array", "items": inner}}}
    rows = [*schema_rows({"anyOf": [told, {"type": "null"}]}, {})]
    assert [(row.depth, row.name, row.required) for row in rows] == [
        (0, "list", False),
        (1, "a", True),
    ]
    assert all(row.depth <= DEEPEST for row in rows)
