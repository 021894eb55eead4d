"""The queries behind the pages: each says its question, runs, and takes values only as terms."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from server.named_queries import FOLDER, bound, query_text, window
from store.graph import Solutions, Triples
from store.memory import InProcessGraph
from store.releases import DataFolder
from tests.serving import (
    BASE,
    FIRST_OFFICE,
    MODEL,
    SECOND_OFFICE,
    VOCABULARY,
    build_release,
)

NAMES = sorted(path.stem for path in FOLDER.glob("*.rq"))
DOCUMENTED = (
    "ontology.json_ld_context",
    "server.linked_data.byte_ranges",
    "server.linked_data.forms",
    "server.linked_data.hydra",
    "server.linked_data.link_header",
    "server.links",
    "server.near_matches",
    "server.negotiation",
    "server.office_facts",
    "server.office_flows",
    "server.office_projects",
    "server.office_words",
    "server.pages",
    "server.recently_kept",
    "server.rounded_money",
    "store.graph",
    "store.memory",
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> InProcessGraph:
    folder = tmp_path_factory.mktemp("queries")
    return InProcessGraph(build_release(folder, VOCABULARY + MODEL).open_store(), keeps_merge=True)


@pytest.fixture(scope="module")
def samples_graph(samples_data: Path) -> InProcessGraph:
    return InProcessGraph(DataFolder(samples_data).current().open_store(), keeps_merge=True)


@pytest.mark.parametrize("name", NAMES)
def test_query_says_its_question_and_finds_something(
    name: str, graph: InProcessGraph, samples_graph: InProcessGraph
) -> None:
    text = query_text(name).replace("?part { UNDEF }", '?part { "" }')
    assert text.startswith("# ")
    answers = [each.query(text, base_iri=BASE) for each in (graph, samples_graph)]
    assert any(len(found) for found in answers if isinstance(found, Solutions | Triples))


def test_parameter_limits_the_answer_to_its_values(graph: InProcessGraph) -> None:
    offices = [NamedNode(f"{BASE}id/org/{name}") for name in (FIRST_OFFICE, SECOND_OFFICE)]
    one = graph.query(bound("office-documents", office=offices[0]), base_iri=BASE)
    both = graph.query(bound("office-documents", office=offices), base_iri=BASE)
    none = graph.query(bound("office-documents", office=[]), base_iri=BASE)
    assert [len(found) for found in (one, both, none) if isinstance(found, Solutions)] == [1, 2, 0]


def test_unknown_parameter_is_an_error() -> None:
    with pytest.raises(KeyError, match="no parameter city"):
        bound("office-documents", city=Literal("x"))


@given(st.text(max_size=30))
def test_no_value_changes_the_query(value: str) -> None:
    answer = InProcessGraph(Store()).query(bound("offices", part=Literal(value)), base_iri=BASE)
    assert answer == Solutions(
        ("office", "name", "division", "documents", "first_year", "last_year"), ()
    )


def test_windows_of_a_query_make_up_its_answer(graph: InProcessGraph) -> None:
    whole = graph.query(query_text("office-amounts"), base_iri=BASE)
    assert isinstance(whole, Solutions)
    parts = [
        graph.query(window(query_text("office-amounts"), first, 1), base_iri=BASE, maximum=1)
        for first in range(len(whole))
    ]
    rows = [row for part in parts if isinstance(part, Solutions) for row in part.rows]
    assert rows == [*whole.rows]


@pytest.mark.parametrize("name", DOCUMENTED)
def test_examples_in_the_documentation_hold(name: str) -> None:
    outcome = doctest.testmod(importlib.import_module(name))
    assert outcome.attempted > 0
    assert outcome.failed == 0


def test_every_query_is_asked_by_some_page() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in FOLDER.parent.rglob("*.py"))
    assert [name for name in NAMES if f'"{name}"' not in sources] == []
