"""Reading the query operation of a request, without a server (SPARQL 1.1 Protocol, section 2.1)."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.answer_formats import MEDIA_TYPES, SHORT_NAMES, AnswerFormat
from server.problems import Problem
from server.query_operation import (
    DIRECT,
    FORM,
    MOST_PARAMETERS,
    QueryOperation,
    query_operation,
    read_query_operation,
    written_parameters,
)
from store.graph import DatasetSelection
from store.media_types import JSON_LD, RDF_FORMATS, RESULTS_FORMATS, SPARQL_JSON, SYNONYMS

ASK = "ASK { ?办公室 ?p '100%&=+' }"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
GRAPHS = st.lists(st.sampled_from(["http://a.test/1", "http://a.test/二", "urn:x:y"]), max_size=3)


def refused(*request: object) -> Problem:
    with pytest.raises(Problem) as caught:
        read_query_operation(*request)  # type: ignore[arg-type]
    return caught.value


@given(query=TEXTS, default=GRAPHS, named=GRAPHS)
def test_every_way_to_ask_says_the_same(query: str, default: list[str], named: list[str]) -> None:
    dataset = [
        *(("default-graph-uri", graph) for graph in default),
        *(("named-graph-uri", graph) for graph in named),
    ]
    whole = urlencode([*dataset, ("query", query)]).encode()
    apart = urlencode(dataset).encode()
    operations = {
        read_query_operation("GET", whole, None, b""),
        read_query_operation("HEAD", whole, None, b""),
        read_query_operation("POST", b"", f"{FORM}; charset=UTF-8", whole),
        read_query_operation("POST", apart, DIRECT, query.encode()),
        read_query_operation("QUERY", apart, 'application/SPARQL-query;charset="utf-8"', query.encode()),
    }  # fmt: skip
    expected = DatasetSelection(tuple(default), tuple(named)) if default or named else None
    assert operations == {QueryOperation(query, expected)}


@given(
    query=TEXTS,
    default=GRAPHS,
    named=GRAPHS,
    name=st.sampled_from([None, *SHORT_NAMES, *MEDIA_TYPES]),
    seconds=st.none() | st.floats(0.001, 1000),
)
def test_operation_is_written_as_it_is_read(
    query: str, default: list[str], named: list[str], name: str | None, seconds: float | None
) -> None:
    parameters = [
        ("query", query),
        *(("default-graph-uri", graph) for graph in default),
        *(("named-graph-uri", graph) for graph in named),
        *([("format", name)] if name else []),
        *([("timeout", str(seconds))] if seconds else []),
    ]
    operation = query_operation(parameters)
    assert query_operation(written_parameters(operation)) == operation


def test_query_string_may_be_text_too() -> None:
    assert read_query_operation("GET", "query=ASK%7B%7D", None, b"").query == "ASK{}"


@pytest.mark.parametrize(
    ("method", "query_string", "content_type", "body", "status"),
    [
        ("PUT", b"query=ASK%7B%7D", FORM, b"", 405),
        ("DELETE", b"query=ASK%7B%7D", None, b"", 405),
        ("GET", b"", None, b"", 400),
        ("GET", b"query=ASK%7B%7D&query=ASK%7B%7D", None, b"", 400),
        ("GET", b"update=CLEAR+ALL", None, b"", 400),
        ("GET", b"query=ASK%7B%7D&update=CLEAR+ALL", None, b"", 400),
        ("GET", b"query=%FF", None, b"", 400),
        ("GET", b"query=\xff", None, b"", 400),
        ("GET", b"query=ASK%7B%7D" + b"&x=1" * MOST_PARAMETERS, None, b"", 400),
        ("GET", b"query=ASK%7B%7D&default-graph-uri=relative", None, b"", 400),
        ("GET", b"query=ASK%7B%7D&named-graph-uri=http://a.test/%3E", None, b"", 400),
        ("POST", b"", None, b"query=ASK%7B%7D", 415),
        ("POST", b"", "", b"ASK{}", 415),
        ("POST", b"", "text/plain", b"ASK{}", 415),
        ("POST", b"", "application/sparql-update", b"CLEAR ALL", 415),
        ("POST", b"", FORM, b"update=CLEAR+ALL", 400),
        ("POST", b"", FORM, b"query=ASK%7B%7D&update=CLEAR+ALL", 400),
        ("POST", b"query=ASK%7B%7D", FORM, b"query=ASK%7B%7D", 400),
        ("POST", b"query=ASK%7B%7D", DIRECT, b"ASK {}", 400),
        ("POST", b"", f"{DIRECT}; charset=UTF-16", "ASK {}".encode("utf-16"), 415),
        ("POST", b"", f"{FORM}; charset=gb18030", b"query=ASK%7B%7D", 415),
        ("POST", b"", DIRECT, "ASK {} # 部门".encode("gb18030"), 400),
        ("QUERY", b"", FORM, b"query=ASK%7B%7D", 415),
    ],
)
def test_mistake_is_a_problem_of_its_status(
    method: str, query_string: bytes, content_type: str | None, body: bytes, status: int
) -> None:
    assert refused(method, query_string, content_type, body).status == status


def test_method_and_type_that_are_refused_are_answered_with_those_that_are_not() -> None:
    assert refused("PUT", b"", None, b"").headers == {"Allow": "GET, HEAD, POST, QUERY"}
    assert DIRECT in refused("POST", b"", "text/plain", b"").headers["Accept-Post"]


@pytest.mark.parametrize("name", [*SHORT_NAMES, *MEDIA_TYPES, "JSON", "Text/CSV"])
def test_format_names_what_can_be_written(name: str) -> None:
    query_string = urlencode({"query": ASK, "format": name}).encode()
    answer_as = read_query_operation("GET", query_string, None, b"").answer_as
    assert answer_as is not None and answer_as != AnswerFormat()
    assert answer_as.solutions in {None, "text/html", *RESULTS_FORMATS, *SYNONYMS}
    assert answer_as.triples in {None, "text/html", *RDF_FORMATS}


def test_format_json_is_the_json_of_either_kind_of_answer() -> None:
    operation = read_query_operation("GET", b"query=ASK%7B%7D&format=json", None, b"")
    assert operation.answer_as == AnswerFormat(SPARQL_JSON, JSON_LD)


@pytest.mark.parametrize("given", ["format=doc", "format=", "format=csv&format=tsv"])
def test_unknown_format_is_told_with_those_there_are(given: str) -> None:
    problem = refused("GET", f"query=ASK%7B%7D&{given}", None, b"")
    assert problem.status == 400 and "csv" in problem.detail


@pytest.mark.parametrize(("given", "expected"), [("2.5", 2.5), ("1e3", 30.0), ("30", 30.0)])
def test_timeout_is_cut_to_the_servers_limit(given: str, expected: float) -> None:
    query_string = f"query=ASK%7B%7D&timeout={given}"
    assert read_query_operation("GET", query_string, None, b"", 30.0).timeout_seconds == expected


@pytest.mark.parametrize("given", ["0", "-1", "nan", "inf", "soon", "", "1&timeout=2"])
def test_timeout_that_is_no_time_is_refused(given: str) -> None:
    assert refused("GET", f"query=ASK%7B%7D&timeout={given}", None, b"", 30.0).status == 400
