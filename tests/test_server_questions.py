"""`/queries`: the library over HTTP, on a release of the shipped samples."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import lxml.html
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from queries.catalogue import Catalogue
from queries.stored_queries import query_iri
from server.question_page import UNITS
from server.settings import Settings
from store.graph import Solutions
from tests.serving import Service, running
from tests.test_queries import INJECTIONS, needed_parameters, samples_graph

CATALOGUE = Catalogue.load()
NAMES = [query.name for query in CATALOGUE]
PARAMETERS = [(query.name, name) for query in CATALOGUE for name in query.definition.parameters]


@pytest.fixture(scope="module")
def service(samples_data: Path) -> Iterator[Service]:
    with running(Settings(data=samples_data, workers=1)) as service:
        yield service


def path(name: str, /, **parameters: str) -> str:
    return f"/queries/{name}?{urlencode(parameters)}"


def test_list_tells_every_question_in_three_forms(service: Service) -> None:
    listed = service.ask("/queries").json()
    assert [one["name"] for one in listed] == NAMES
    page = service.page("/queries")
    assert all(f'href="/queries/{name}"' in page for name in NAMES)
    turtle = service.ask("/queries", accept="text/turtle")
    assert turtle.headers["Content-Type"].startswith("text/turtle")


@pytest.mark.parametrize("name", NAMES)
def test_question_answers_its_example_in_every_form(name: str, service: Service) -> None:
    definition = CATALOGUE[name].definition
    asked = dict(definition.example)
    response = service.ask(path(name, **asked))
    assert response.status_code == 200, response.text
    answered = response.json()
    assert len(answered["rows"]) >= definition.expected_rows
    assert [column["name"] for column in answered["columns"]] == [
        column.name for column in definition.columns
    ]
    header, *rows = csv.reader(io.StringIO(service.ask(path(name, **asked, format="csv")).text))
    assert tuple(header) == definition.column_names()
    assert len(rows) == len(answered["rows"])
    assert definition.title.zh in service.page(path(name, **asked))
    assert service.ask(path(name, format="rq")).text == CATALOGUE[name].sparql


@pytest.mark.parametrize(("name", "parameter"), PARAMETERS)
def test_injection_is_refused_or_finds_nothing(name: str, parameter: str, service: Service) -> None:
    definition = CATALOGUE[name].definition
    for payload in INJECTIONS[:: 1 if definition.parameters[parameter].kind == "text" else 5]:
        asked = {**needed_parameters(definition), parameter: payload}
        response = service.ask(path(name, **asked))
        if definition.parameters[parameter].kind == "text":
            assert response.json()["rows"] == []
        else:
            assert response.status_code == 400
            assert response.headers["Content-Type"] == "application/problem+json"
            assert repr(parameter) in response.json()["detail"]


@pytest.mark.parametrize(
    ("address", "status", "detail"),
    [
        ("/queries/shared-function", 404, "did you mean shared-functions"),
        ("/queries/offices?colour=red", 400, "has no parameter 'colour'; it has name"),
        ("/queries/office-spending", 400, "needs the parameter 'office'"),
        ("/queries/observations?evidence=banana", 400, "true or false is wanted"),
        ("/queries/observations?year=1999", 400, "nearest: 2019, 2020"),
        ("/queries/observations?office=甲区教育局", 400, "the nearest are"),
        ("/queries/offices?limit=0", 400, "limit is '0', but a number from 1 to"),
        ("/queries/offices?offset=-1", 400, "offset is '-1'"),
        ("/queries/offices?format=xml", 400, "offered are json, csv, tsv, rq, ttl, html"),
        ("/queries/offices?name=a&name=b", 400, "'name' is given twice"),
    ],
)
def test_wrong_request_is_told_in_one_sentence(
    address: str, status: int, detail: str, service: Service
) -> None:
    response = service.ask(address)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert detail in response.json()["detail"]


def test_media_type_that_is_not_offered_is_not_acceptable(service: Service) -> None:
    assert service.ask("/queries/offices", accept="image/png").status_code == 406


def test_pages_follow_by_link_and_make_up_the_answer(service: Service) -> None:
    rows, address = [], path("function-themes", office="开州", limit="7")
    while address:
        response = service.ask(address)
        rows += response.json()["rows"]
        assert response.json()["truncated"] is ("next" in response.links)
        address = response.links.get("next", {}).get("url", "")
    assert rows == service.ask(path("function-themes", office="开州")).json()["rows"]


def test_answer_has_an_entity_tag_that_holds(service: Service) -> None:
    first = service.ask("/queries/offices")
    again = service.ask("/queries/offices", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_page_counts_its_rows_and_says_what_is_required(service: Service) -> None:
    page = service.page("/queries/offices")
    rows = service.ask("/queries/offices").json()["rows"]
    assert f'<span class="count">{len(rows)} 行</span>' in page
    assert f'<td class="number">{rows[0]["documents"]}</td>' in page
    form = service.page("/queries/office-spending")
    assert form.count('class="required"') == 1
    assert "format=csv" in page and "format=csv" not in form


def test_page_links_rows_to_their_sentences_and_offers_values(service: Service) -> None:
    page = service.page(path("reason-causes", office="开州"))
    assert "#char=" in page
    assert '<option value="previous-final">上年决算数</option>' in page
    assert 'role="alert"' not in page
    form = service.page("/queries/office-spending")
    assert "required" in form
    assert 'role="alert"' not in form


def test_evidence_columns_are_added_when_asked(service: Service) -> None:
    text = service.ask(path("shared-functions", format="csv", evidence="true")).text
    assert "clause_a_iri" in text.splitlines()[0]


def test_year_without_documents_of_the_office_is_refused_in_every_form(service: Service) -> None:
    asked = path("observations", office="开州", year="2022")
    for accept in ("application/json", "text/csv"):
        refused = service.ask(asked, accept=accept)
        assert refused.status_code == 400
        assert refused.json()["nearest"] == ["2020"]
        assert "its documents are of 2020" in refused.json()["detail"]
    for before, told in (
        ("/en", "its documents are of 2020"),
        ("/zh", "没有 2022 年的文件；有的是2020"),
    ):
        page = service.ask(before + asked, accept="text/html")
        assert page.status_code == 400
        assert told in page.text


def test_refusal_offers_what_could_be_asked(service: Service) -> None:
    unknown = service.ask(path("shared-functions", office="开州政务"), accept="application/json")
    assert "重庆市开州区政务服务管理办公室" in unknown.json()["nearest"]
    misspelt = service.ask(path("shared-functions", offce="开州"), accept="application/json")
    assert misspelt.json()["nearest"] == ["office"]


def test_every_new_operation_tells_its_problems_and_no_422(service: Service) -> None:
    paths = service.ask("/openapi.json").json()["paths"]
    told = [name for name in paths if name.startswith(("/queries", "/compare", "/api/graph"))]
    assert len(told) == len(CATALOGUE) + 10
    for name in told:
        responses = paths[name]["get"]["responses"]
        assert {"200", "400", "406", "default"} <= responses.keys()
        assert "422" not in responses
        assert "application/problem+json" in responses["400"]["content"]


def test_every_question_is_an_operation_with_its_parameters(service: Service) -> None:
    paths = service.ask("/openapi.json").json()["paths"]
    for query in CATALOGUE:
        told = paths[f"/queries/{query.name}"]["get"]
        assert told["operationId"] == query.name
        names = [parameter["name"] for parameter in told["parameters"]]
        assert names == [*query.definition.parameters, "limit", "offset", "format", "evidence"]


def test_library_as_rdf_parses_and_every_query_of_it_runs(service: Service) -> None:
    graph = rdflib.Graph().parse(data=service.ask("/queries", accept="text/turtle").text)
    for query in CATALOGUE:
        node = rdflib.URIRef(query_iri(query).value)
        assert (node, RDF.type, SH.SPARQLExecutable) in graph
        assert (node, RDF.type, SH.SPARQLSelectExecutable) in graph
        variables = {
            str(graph.value(parameter, SH.path)).rpartition("#")[2]
            for parameter in graph.objects(node, SH.parameter)
        }
        text = str(graph.value(node, SH.select))
        answer = samples_graph().query(text, maximum=1)
        assert isinstance(answer, Solutions)
        assert variables <= set(answer.variables)


def test_values_of_a_parameter_occur_in_the_release() -> None:
    graph = samples_graph()
    query = CATALOGUE["item-changes"]
    assert [one.value for one in query.values(graph, "year")] == [
        str(year) for year in (2019, 2020, 2021, 2022, 2023)
    ]
    items = {one.value for one in query.values(graph, "item")}
    assert "reception" in items
    assert "func-999" not in items
    for one in query.values(graph, "direction"):
        assert len(query.run(graph, {"direction": one.value})) > 0
    assert json.dumps([one.label for one in query.values(graph, "office")])


def test_answers_call_concepts_and_units_in_the_language_of_the_page(service: Service) -> None:
    asked = path("item-changes", office="开州")
    chinese, english = (service.page(before + asked) for before in ("/zh", "/en"))
    directions = {row["direction"] for row in service.ask(asked).json()["rows"]}
    assert directions
    for direction in directions:
        assert f">{direction}</a>" in chinese and f">{direction}</a>" not in english
    assert '<span class="unit">万元</span>' in chinese
    assert '<span class="unit">10,000 yuan</span>' in english


def test_every_unit_of_the_library_is_called_in_both_languages(service: Service) -> None:
    units = {
        column.unit
        for query in CATALOGUE
        for column in query.definition.columns
        if column.unit and not column.is_hidden
    }
    assert units <= set(UNITS)


def test_of_an_explanation_in_two_languages_a_page_shows_its_own(service: Service) -> None:
    heads = [
        {
            head.get("title")
            for head in lxml.html.fromstring(service.page(f"{before}/queries/anomalies")).iter("th")
        }
        for before in ("/zh", "/en")
    ]
    assert "why_zh" in heads[0] and "why" not in heads[0]
    assert "why" in heads[1] and "why_zh" not in heads[1]
