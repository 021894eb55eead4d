"""The page of queries without JavaScript, and what its editor asks the server."""

from __future__ import annotations

import doctest
import json
import re
from collections.abc import Iterator
from types import ModuleType
from urllib.parse import urlencode

import httpx
import pytest
from pyoxigraph import Store

from queries.catalogue import Catalogue
from server import built_files, syntax_words
from server.api.query_editing import MOST_IRIS
from server.query_page import EXAMPLE, with_whole_iris
from server.settings import Settings
from server.syntax_words import chinese_sentence
from store.syntax import malformed
from tests.serving import BASE, FIRST_OFFICE, Service, build_release, running
from tests.test_server_problems import assert_is_problem
from web import node

HTML, JSON = "text/html", "application/json"
OFFICE = f"{BASE}id/org/{FIRST_OFFICE}"
#: Queries that break, with the line and column of the place.
BROKEN = [
    ("SELECT ?x { ?x a ?y } LIMITT 5", 1, 23),
    ("SELECT ?x\n{ ?x ex:p ?y }", 2, 6),
    ('SELECT ?x { ?x ?p "one }', 1, 19),
    ("SELECT ?x { ?x a ?y", 1, 20),
    ("SELECT ?x { ?x a ?y . ?x 中 ?z }", 1, 26),
    ("SELECT ?x ?x { ?x a ?y }", 1, 25),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("query-page")
    build_release(folder)
    with running(Settings(data=folder, query_timeout_seconds=5)) as service:
        yield service


def page(service: Service, language: str, **parameters: str) -> httpx.Response:
    return service.ask(f"/{language}/sparql?{urlencode(parameters)}", accept=HTML)


def check(service: Service, query: str) -> httpx.Response:
    return service.ask(
        "/api/query-check",
        accept=JSON,
        method="POST",
        headers={"Content-Type": "application/sparql-query"},
        content=query.encode(),
    )


def names(service: Service, language: str, iris: list[str]) -> httpx.Response:
    return service.ask(
        f"/{language}/api/names",
        accept=JSON,
        method="POST",
        headers={"Content-Type": JSON},
        content=json.dumps({"iris": iris}).encode(),
    )


@pytest.mark.parametrize(("language", "label"), [("zh", "职能表述"), ("en", "Function statement")])
def test_iris_of_an_answer_are_shown_by_name_in_the_language_of_the_page(
    service: Service, language: str, label: str
) -> None:
    query = f"SELECT ?o ?c {{ VALUES (?o ?c) {{ (<{OFFICE}> <ns#FunctionStatement>) }} }}"
    text = page(service, language, query=query).text
    [name] = re.findall(
        f'<a href="/{language}/offices/[^"]+" title="{OFFICE}"[^>]*>(?:<span[^>]*>)?([^<]+)<', text
    )
    assert name and not name.startswith("id/")
    assert f'title="{BASE}ns#FunctionStatement">{label}</a>' in text
    assert re.search(r"\d\.\d\d (秒|s)", text)


def test_numbers_and_languages_are_kept_in_the_table(service: Service) -> None:
    text = page(
        service, "en", query='SELECT (2 AS ?n) ("x"@fr AS ?w) (<<( <a:b> <a:c> 1 )>> AS ?t) {}'
    ).text
    assert '<td class="number"><span class="literal" data-datatype' in text
    assert '<span class="literal" lang="fr">x</span>' in text


@pytest.mark.parametrize(("query", "line", "column"), BROKEN)
def test_the_place_of_an_error_is_marked_on_the_page(
    service: Service, query: str, line: int, column: int
) -> None:
    response = page(service, "zh", query=query)
    assert response.status_code == 400
    assert f"第 {line} 行第 {column} 列" in response.text
    [(before, marked)] = re.findall(
        r'<code lang="en">([^<]*)<mark class="stopped">([^<]*)</mark>', response.text
    )
    shown = query.split("\n")[line - 1].replace('"', "&#34;")
    assert shown.startswith(before) and len(before.replace("&#34;", '"')) == column - 1
    assert marked == "␤" or marked == query.split("\n")[line - 1][column - 1].replace('"', "&#34;")


@pytest.mark.parametrize(("query", "line", "column"), BROKEN)
def test_a_malformed_query_is_told_while_it_is_written(
    service: Service, query: str, line: int, column: int
) -> None:
    response = check(service, query)
    assert response.status_code == 200
    found = response.json()["malformed"]
    assert (found["line"], found["column"]) == (line, column)
    assert found["zh"].startswith(f"第 {line} 行第 {column} 列：")
    assert found["en"].startswith(f"Line {line}, column {column}: ")
    assert response.json()["form"] is None


@pytest.mark.parametrize(
    ("query", "form", "variables"),
    [
        ("SELECT ?x (1 AS ?n) { ?x a ?y }", "select", ["x", "n"]),
        ("ASK { ?x a ?y }", "ask", []),
        ("DESCRIBE <id/doc/x>", "construct", ["subject", "predicate", "object"]),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "select", ["n"]),
    ],
)
def test_a_query_is_checked_without_being_evaluated(
    service: Service, query: str, form: str, variables: list[str]
) -> None:
    assert check(service, query).json() == {
        "form": form,
        "variables": variables,
        "malformed": None,
    }


def test_service_is_told_to_be_refused(service: Service) -> None:
    found = check(service, "SELECT * { SERVICE <http://x.test/> { ?s ?p ?o } }").json()["malformed"]
    assert "SERVICE" in found["zh"] and "SERVICE" in found["en"]


def test_a_check_is_of_a_query_and_nothing_else(service: Service) -> None:
    response = service.ask(
        "/api/query-check", JSON, "POST", {"Content-Type": "text/plain"}, b"ASK {}"
    )
    assert_is_problem(response, 415, "Unsupported media type")


def test_whatever_the_parser_explains_is_told_in_chinese() -> None:
    for query, line, column in BROKEN:
        error = malformed(query, BASE)
        assert error is not None
        assert chinese_sentence(error).startswith(f"第 {line} 行第 {column} 列：")


@pytest.mark.parametrize("module", [syntax_words, built_files, node])
def test_examples_of_docstrings_hold(module: ModuleType) -> None:
    tried = doctest.testmod(module)
    assert tried.attempted > 0 and tried.failed == 0


def test_names_are_in_the_language_of_the_address(service: Service) -> None:
    iris = [OFFICE, f"{BASE}ns#FunctionStatement", "http://www.w3.org/ns/oa#exact"]
    found = names(service, "en", iris).json()["names"]
    assert found[iris[1]] == {"name": "Function statement", "address": "/en/def/FunctionStatement"}
    assert found[iris[2]] == {"name": "oa:exact", "address": iris[2]}
    assert found[OFFICE]["address"] == f"/en/offices/{FIRST_OFFICE}"
    assert names(service, "zh", iris).json()["names"][iris[1]]["name"] == "职能表述"


@pytest.mark.parametrize("iris", [["no iri"], ["urn:x:a"] * (MOST_IRIS + 1)])
def test_what_is_no_iri_or_too_many_is_refused(service: Service, iris: list[str]) -> None:
    iris = [f"{BASE}id/{iri}" if " " in iri else iri for iri in iris]
    assert_is_problem(names(service, "en", iris), 400, "Wrong parameter")


@pytest.mark.parametrize("name", [query.name for query in Catalogue.load(BASE)])
def test_each_question_of_the_library_is_an_example_that_parses(
    service: Service, name: str
) -> None:
    text = page(service, "en", example=name).text
    [query] = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", text, re.DOTALL)
    title = Catalogue.load(BASE)[name].definition.title.en
    assert query.startswith("# ")
    assert f'data-example="{name}"' in text and title.split('"')[0] in text
    assert check(service, unescaped(query)).json()["malformed"] is None


def unescaped(text: str) -> str:
    """A text as it was before it was written into a page."""
    for escaped, character in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'")):
        text = text.replace(escaped, character)
    return text.replace("&amp;", "&")


def test_an_unknown_example_is_told_with_the_nearest(service: Service) -> None:
    response = service.ask("/sparql?example=office", accept=HTML)
    assert response.status_code == 404


def test_an_answer_can_be_downloaded_by_the_form_alone(service: Service) -> None:
    text = page(service, "en", query="SELECT (1 AS ?n) {}").text
    formats = re.findall(r'formmethod="post" name="format" value="(\w+)"', text)
    assert formats == ["csv", "tsv", "json", "xml"]
    for name in formats:
        answer = service.ask(
            "/en/sparql",
            HTML,
            "POST",
            {"Content-Type": "application/x-www-form-urlencoded"},
            urlencode({"query": "SELECT (1 AS ?n) {}", "format": name}).encode(),
        )
        assert answer.status_code == 200
        assert "html" not in answer.headers["content-type"]


@pytest.mark.parametrize(
    "query",
    [
        'SELECT (IRI("javascript:alert(1)") AS ?x) {}',
        "CONSTRUCT { <javascript:alert(1)> a <JavaScript:alert(2)> } {}",
    ],
)
def test_an_iri_that_a_query_makes_up_is_never_run_as_a_script(
    service: Service, query: str
) -> None:
    page = service.ask("/sparql?" + urlencode({"query": query}), accept=HTML).text
    assert "alert(1)" in page
    assert not re.search(r'href="\s*javascript:', page, re.IGNORECASE)
    assert 'href="/sparql?query=DESCRIBE+%3Cjavascript%3Aalert%281%29%3E"' in page


@pytest.mark.parametrize("name", [None, *(query.name for query in Catalogue.load(BASE))])
def test_example_says_the_same_elsewhere(name: str | None) -> None:
    """Where no server resolves what is relative; a parser without a base refuses that."""
    query = EXAMPLE if name is None else Catalogue.load(BASE)[name].definition.text
    Store().query(with_whole_iris(query, BASE))
