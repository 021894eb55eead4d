"""What is told of a query before it is run: errors with their place, SERVICE, FROM."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, Store

from store.errors import QuerySyntaxError, ServiceRefusedError
from store.syntax import names_its_dataset, refuse_service

CALLS = [
    "SELECT * { SERVICE <http://other.test/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://other.test/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o OPTIONAL { Service ?s { ?a ?b ?c } } }",
    "ASK { { SELECT * { SERVICE<http://other.test/>{ ?s ?p ?o } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://other.test/> { ?s ?p ?o } }",
    # A tokeniser could take `<?y)SERVICE#>` for an IRI; the parser does not.
    "SELECT * { ?x ?p ?y FILTER(?x<?y)SERVICE#>\n <http://other.test/> { ?s ?p ?o } }",
    'SELECT * { ?s ?p "service" . # service\n SERVICE <http://other.test/> { ?s ?p ?o } }',
    "PREFIX service: <http://s.test/> SELECT * { SERVICE service:x { ?s ?p ?o } }",
]
NAMES = [
    "SELECT ?service { ?service ?p ?o }",
    'SELECT * { ?s ?p "SERVICE <x> {" }',
    "SELECT * { ?s ?p '''\nSERVICE <x> { }\n''' }",
    "SELECT * { ?s <http://x.test/SERVICE> ?o }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://other.test/> { }",
    "PREFIX service: <http://s.test/> SELECT * { ?s service:service _:service }",
    "SELECT * { ?s ?p 'x'@service }",
]


@pytest.mark.parametrize("text", CALLS)
def test_query_that_would_call_another_server_is_refused(text: str) -> None:
    with pytest.raises(ServiceRefusedError) as error:
        refuse_service(text)
    lines_of_the_word = {
        number for number, line in enumerate(text.split("\n"), 1) if "service" in line.lower()
    }
    assert error.value.line in lines_of_the_word


@pytest.mark.parametrize("text", NAMES)
def test_query_that_only_names_a_service_passes(text: str) -> None:
    refuse_service(text)


@given(st.text(alphabet="service SERVICE<>{}#?:.\n政务", max_size=40))
def test_no_string_literal_makes_a_query_refused(content: str) -> None:
    literal = content.replace("\n", "\\n")
    refuse_service(f'SELECT * {{ ?s ?p "{literal}" }}')


@settings(deadline=None)
@given(st.text(alphabet="\n ?xyab<>()#.{}'\"=", max_size=20))
def test_query_that_passes_calls_no_other_server(prelude: str) -> None:
    text = f"SELECT * {{ {prelude}\n SERVICE <http://other.invalid/> {{ ?s ?p ?o }} }}"
    try:
        refuse_service(text)
    except QuerySyntaxError:
        return
    results = Store().query(text)  # a call would fail: there is no such host
    assert isinstance(results, QuerySolutions)
    assert list(results) == []


def test_malformed_query_that_names_a_service_is_a_syntax_error_with_its_place() -> None:
    with pytest.raises(QuerySyntaxError) as error:
        refuse_service("SELECT ?service\n{ ?service ?p }")
    assert not isinstance(error.value, ServiceRefusedError)
    assert error.value.line == 2
    with pytest.raises(QuerySyntaxError) as error:
        refuse_service("SELECT * { ?s ?p ?service } }")
    assert not isinstance(error.value, ServiceRefusedError)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * FROM <http://g.test/> { ?s ?p ?o }", True),
        ("SELECT * from named <http://g.test/> { GRAPH ?g { ?s ?p ?o } }", True),
        ("SELECT ?from { ?from ?p 'FROM <x>' } # FROM <x>", False),
        ("SELECT * { ?s ?p ?o }", False),
    ],
)
def test_dataset_clauses_are_seen_where_the_parser_sees_them(text: str, expected: bool) -> None:
    assert names_its_dataset(text) is expected


# 90 to the power of 5 solutions, none of which passes.
ENDLESS = " ".join(f"VALUES ?v{n} {{ {'1 ' * 90}}}" for n in range(5)) + " FILTER(?v0 + ?v4 > 2)"


@pytest.mark.parametrize(
    "text",
    [
        f"ASK {{ {ENDLESS} }} # service from",
        f"SELECT (COUNT(*) AS ?service) (1 AS ?from) {{ {ENDLESS} }}",
        f"CONSTRUCT {{ <x:service> <x:from> ?v0 }} {{ {ENDLESS} }}",
    ],
)
def test_query_is_not_evaluated_to_learn_which_keywords_it_uses(text: str) -> None:
    """In a process of its own, as a query that is being evaluated cannot be stopped otherwise."""
    program = (
        "import sys; from store.syntax import names_its_dataset, refuse_service; "
        "refuse_service(sys.argv[1], 'x:/'); print(names_its_dataset(sys.argv[1], 'x:/'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, text], capture_output=True, text=True, timeout=20
    )
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_call_behind_text_that_may_be_read_in_two_ways_is_refused() -> None:
    """The parser takes `'''a'` for two strings when the long one does not end."""
    with pytest.raises(QuerySyntaxError):
        refuse_service("ASK { VALUES ?x { '''a' } SERVICE <http://other.test/> { ?s ?p ?o } }")


def test_only_an_iri_names_a_server_that_may_be_asked() -> None:
    asked = "PREFIX xurn: <http://other.test/> ASK {{ SERVICE {} {{ ?s ?p ?o }} }}"
    refuse_service(asked.format("<urn:a>"), allowed=["urn:a"])
    with pytest.raises(ServiceRefusedError):
        refuse_service(asked.format("xurn:ab"), allowed=["urn:a"])
