"""Lookups: what is answered without a worker is what a worker would have answered, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from store.evaluation import MediaTypes, Question
from store.graph import DatasetSelection
from store.lookups import MOST_OBJECTS, Lookups, lookup_in
from store.memory import InProcessGraph

X = "http://x.test/"
GRAPH = NamedNode(f"{X}graph")
WANTED = MediaTypes("application/sparql-results+json", "application/n-triples")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lookups") / "store"
    store = Store(str(path))
    for thing in range(6):
        for number in range(thing):
            triple = (
                NamedNode(f"{X}{thing}"),
                NamedNode(f"{X}p{number % 3}"),
                Literal(f"值{number}"),
            )
            store.extend([Quad(*triple), Quad(*triple, GRAPH)])
    for number in range(MOST_OBJECTS + 1):
        store.add(Quad(NamedNode(f"{X}many"), NamedNode(f"{X}p0"), Literal(number)))
    for number in range(4000):
        store.add(
            Quad(NamedNode(f"{X}large"), NamedNode(f"{X}p1"), Literal("大" * 30 + str(number)))
        )
    store.flush()
    return path


@pytest.fixture(scope="module")
def lookups(directory: Path) -> Lookups:
    return Lookups(directory)


predicates = st.sampled_from([f"<{X}p0>", "x:p1", "x:p2", "a"])


@st.composite
def queries(draw: st.DrawFn) -> str:
    """A query about one thing."""
    thing = draw(st.sampled_from([f"<{X}{number}>" for number in range(7)] + ["x:many"]))
    if draw(st.booleans()):
        return f"PREFIX x: <{X}>\n# what is it?\nDESCRIBE {thing}"
    pairs = [
        f"{predicate} ?o{place}"
        for place, predicate in enumerate(draw(st.lists(predicates, min_size=1, max_size=4)))
    ]
    where = draw(st.sampled_from(["WHERE ", "where\n", ""]))
    return f"prefix x: <{X}> SELECT * {where}{{ {thing} {' ; '.join(pairs)} . }}"


@given(text=queries())
def test_lookup_is_answered_as_any_query(text: str, lookups: Lookups) -> None:
    found = lookups.answer(Question(text, keeps_merge=True), WANTED)
    answer = InProcessGraph(lookups.store, keeps_merge=True).serialize(
        text, solutions_as=WANTED.solutions, triples_as=WANTED.triples
    )
    assert lookup_in(text) is not None
    assert found is None or found == (answer.media_type, answer.body)
    assert found is not None or "x:many" in text


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ ?s ?p <{X}1> }}",
        f"SELECT * {{ <{X}1> <{X}p0> ?a ; <{X}p1> ?a }}",
        f"SELECT * {{ <{X}1> ?p ?a ; ?q ?b }}",
        f"SELECT * {{ <{X}1> ?p ?p }}",
        f"SELECT * {{ <{X}1> <{X}p0>* ?a }}",
        f"SELECT * {{ <{X}1> <{X}p0> ?a . ?a ?b ?c }}",
        f"SELECT DISTINCT * {{ <{X}1> ?p ?o }}",
        f"SELECT (COUNT(*) AS ?n) {{ <{X}1> ?p ?o }}",
        f"SELECT * {{ <{X}1> ?p ?o }} ORDER BY ?o",
        f"SELECT * {{ <{X}1> ?p ?o FILTER(?o > 1) }}",
        f"SELECT * FROM <{X}graph> {{ <{X}1> ?p ?o }}",
        f"SELECT * {{ SERVICE <{X}1> {{ ?s ?p ?o }} }}",
        f"DESCRIBE <{X}1> <{X}2>",
        f"DESCRIBE ?s {{ ?s ?p <{X}1> }}",
        # A carriage return ends a comment: what is behind it is asked.
        f"SELECT * {{ <{X}1> <{X}p0> ?a #\r . ?b ?c ?d FILTER(?d = 1)\n }}",
        # What stands in a comment is no pattern, what stands behind it is one.
        f"SELECT * {{ <{X}many> <{X}p1> ?a ; #<{X}p2>\n <{X}p0> ?b }}",
        "SELECT * { y:1 ?p ?o }",
        "SELECT * { <http://::x.test/1> ?p ?o }",
        "",
    ],
)
def test_any_other_query_is_for_the_workers(text: str, lookups: Lookups) -> None:
    assert lookups.answer(Question(text, keeps_merge=True), WANTED) is None


def test_what_turns_out_to_be_large_is_for_the_workers(lookups: Lookups) -> None:
    for text in (f"DESCRIBE <{X}large>", f"SELECT * {{ <{X}large> ?p ?o }}"):
        assert lookup_in(text) is not None
        assert lookups.answer(Question(text, keeps_merge=True), WANTED) is None


def test_dataset_of_the_request_is_for_the_workers(lookups: Lookups) -> None:
    question = Question(f"DESCRIBE <{X}1>", dataset=DatasetSelection((f"{X}graph",)))
    assert lookups.answer(question, WANTED) is None


@given(
    query=queries(),
    cut=st.integers(0, 200),
    more=st.text("SELECTDRIB*{}<>?$:;.# \nhtpx/1a", max_size=9),
)
def test_text_that_is_nearly_a_lookup_is_answered_as_it_stands_or_not_at_all(
    query: str, cut: int, more: str, lookups: Lookups
) -> None:
    text = query[:cut] + more + query[cut:]
    found = lookups.answer(Question(text, keeps_merge=True), WANTED)
    if found is not None:
        answer = InProcessGraph(lookups.store, keeps_merge=True).serialize(
            text, solutions_as=WANTED.solutions, triples_as=WANTED.triples
        )
        assert found == (answer.media_type, answer.body)
