"""What is told of a query that does not parse: the place, what stands there, what may."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.catalogue import Catalogue
from store.errors import QuerySyntaxError
from store.syntax import malformed
from store.syntax_explanation import LONGEST_EXPLAINED, REASONS, WANTED, words_of

BASE = "https://w3id.org/guanlian/"
VALID = [query.sparql for query in Catalogue.load()]
SHORT = [text for text in VALID if len(text) < 2_000]
#: No token of SPARQL begins with it.
JUNK = "§"


def refused(text: str) -> QuerySyntaxError:
    error = malformed(text, BASE)
    assert error is not None, text
    return error


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("", 1, 1, "The query ends too early; wanted is `SELECT`, `CONSTRUCT`"),
        ("SELEC ?s { ?s ?p ?o }", 1, 1, "`SELEC` cannot stand here; wanted is `SELECT`"),
        ("SELECT ?s { ?s ?p", 1, 18, "The query ends too early; wanted is a variable, an IRI"),
        ("SELECT ?s\n{ ?s ?p }", 2, 9, "`}` cannot stand here; wanted is a variable, an IRI"),
        ("SELECT ?s { ?s ?p ?o } LIMIT abc", 1, 30, "`abc` cannot stand here; wanted is a number."),
        ("SELECT ?s { ?s ?p ?o }}", 1, 23, "LIMIT`, `OFFSET` or the end of the query."),
        ("SELECT ?s { ?s ?p ?o FILTER (?o > ) }", 1, 35, "`)` cannot stand here; wanted is"),
        ("ASK { VALUES (?a ?b) { (1) } }", 1, 28, "`}` cannot stand here; wanted is `(`."),
        ("ASK { ?s ex:name ?o }", 1, 10, "The prefix ex: is not declared."),
        ("ASK { ?s ?p 'a'^^xsd:int }", 1, 16, "The prefix xsd: is not declared."),
        ("ASK { ?s ?p 'a }\n", 1, 13, "A string begins here that does not end."),
        ('ASK { ?s ?p """a\n" }', 1, 13, "A string begins here that does not end."),
        ("ASK { ?s <http://a b> ?o }", 1, 20, "An IRI is malformed here"),
        ("PREFIX a <http://x/> ASK {}", 1, 8, "wanted is a prefix with its colon."),
        ("SELECT ?s ?s { ?s ?p ?o }", 1, 26, "SELECT names a variable twice."),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?p", 1, 35, "neither grouped nor aggregated."),
        ("# 注释\nASK { ?s ?p 中文 }", 2, 13, "`中文` cannot stand here; wanted is a variable"),
    ],
)
def test_place_and_remedy_are_told(text: str, line: int, column: int, message: str) -> None:
    error = refused(text)
    assert (error.line, error.column) == (line, column)
    assert message in str(error)
    assert str(error).startswith(f"Line {line}, column {column}: ")


def test_fragment_shows_the_place_below_the_line() -> None:
    error = refused("ASK {\n  ?年度 ?p FILTR(?o)\n}")
    assert error.fragment == "  ?年度 ?p FILTR(?o)\n   \u3000\u3000    ^"
    assert "a variable" in error.expected


@given(st.sampled_from(SHORT), st.data())
@settings(max_examples=40, deadline=None)
def test_junk_in_a_valid_query_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    words = [*words_of(text)]
    place = data.draw(st.integers(0, len(words)))
    offset = words[place].start if place < len(words) else len(text)
    error = refused(f"{text[:offset]} {JUNK} {text[offset:]}")
    before = f"{text[:offset]} "
    assert error.line == before.count("\n") + 1
    assert error.column == len(before) - before.rfind("\n")
    assert f"`{JUNK}` cannot stand here" in str(error)


@given(
    st.text(alphabet=st.sampled_from("SELECT ?s{}()[].;,'\"<>^@_:#\\ \n\taé中\x00"), max_size=60)
)
@settings(max_examples=150, deadline=None)
def test_whatever_does_not_parse_is_told_in_one_sentence(text: str) -> None:
    error = malformed(text, BASE)
    if error is not None:
        assert str(error).endswith(".") and "\n" not in str(error)
        assert error.line is not None and 1 <= error.line <= text.count("\n") + 1


@pytest.mark.parametrize("text", VALID)
def test_words_cover_a_query_and_spread_out_it_still_parses(text: str) -> None:
    words = [*words_of(text)]
    assert all(one.end <= other.start for one, other in pairwise(words))
    assert malformed(" \n ".join(text[word.start : word.end] for word in words), BASE) is None


def test_long_query_is_told_where_it_stops_without_experiments() -> None:
    text = "ASK { " + "?s ?p ?o . " * (LONGEST_EXPLAINED // 10) + "FILTR }"
    error = refused(text)
    assert "does not parse near here" in str(error)
    assert error.expected == ()


def test_tables_say_each_thing_once() -> None:
    assert len(set(WANTED.values())) == len(WANTED)
    assert all(not reason.endswith(".") for reason in REASONS.values())
