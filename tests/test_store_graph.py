"""A graph answers alike inside the process and behind workers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from store.embedded import EmbeddedGraph
from store.errors import QueryError, QuerySyntaxError, ServiceRefusedError
from store.graph import Boolean, DatasetSelection, Graph, Solutions, Triples
from store.media_types import RDF_FORMATS, RESULTS_FORMATS
from store.memory import InProcessGraph
from store.pool import WorkerPool

QUADS = b"""
<http://x.test/a> <http://x.test/p> "1" <http://g.test/1> .
<http://x.test/b> <http://x.test/p> "2"@zh <http://g.test/2> .
<http://x.test/c> <http://x.test/p> "3" .
"""
SUBJECTS = "SELECT ?s { ?s <http://x.test/p> ?o } ORDER BY ?s"


@pytest.fixture(scope="module", params=["in process", "embedded"])
def graph(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Graph]:
    directory = tmp_path_factory.mktemp("graph") / "store"
    write_store(directory)
    if request.param == "in process":
        yield InProcessGraph(Store.read_only(str(directory)))
        return
    with WorkerPool(1, timeout_seconds=20) as pool:
        yield EmbeddedGraph(directory, pool)


def write_store(directory: Path) -> None:
    store = Store(str(directory))
    store.bulk_load(QUADS, format=RdfFormat.N_QUADS)
    store.flush()


def subjects(
    graph: Graph, text: str = SUBJECTS, dataset: DatasetSelection | None = None
) -> list[str]:
    answer = graph.query(text, dataset=dataset)
    assert isinstance(answer, Solutions)
    return [str(solution["s"])[-2] for solution in answer]


def test_select_gives_terms_in_the_order_of_the_variables(graph: Graph) -> None:
    answer = graph.query("SELECT ?o ?none ?s { ?s ?p ?o FILTER(LANG(?o) = 'zh') }")
    assert answer == Solutions(
        ("o", "none", "s"),
        ((Literal("2", language="zh"), None, NamedNode("http://x.test/b")),),
    )
    assert isinstance(answer, Solutions)
    assert [sorted(solution) for solution in answer] == [["o", "s"]]


def test_ask_and_construct_have_their_own_kinds(graph: Graph) -> None:
    assert graph.query("ASK { ?s ?p '1' }") == Boolean(True)
    answer = graph.query("CONSTRUCT { ?s ?p 'new' } WHERE { ?s ?p '1' }")
    assert isinstance(answer, Triples)
    assert [triple.object for triple in answer] == [Literal("new")]


def test_maximum_cuts_and_says_so(graph: Graph) -> None:
    cut = graph.query(SUBJECTS, maximum=1)
    whole = graph.query(SUBJECTS, maximum=3)
    assert isinstance(cut, Solutions) and isinstance(whole, Solutions)
    assert (len(cut), cut.truncated) == (1, True)
    assert (len(whole), whole.truncated) == (3, False)


def test_default_graph_is_the_union_of_all_graphs(graph: Graph) -> None:
    assert subjects(graph) == ["a", "b", "c"]
    strict = graph.query(SUBJECTS, default_graph_as_union=False)
    assert isinstance(strict, Solutions)
    assert len(strict) == 1


@pytest.mark.parametrize(
    ("clause", "default", "named", "expected"),
    [
        ("", ["1"], [], "a"),
        ("", ["1", "2"], [], "ab"),
        ("", [], ["1"], ""),
        ("FROM <http://g.test/2>", None, None, "b"),
        ("FROM <http://g.test/2>", ["1"], [], "a"),
        ("FROM NAMED <http://g.test/2>", None, None, ""),
    ],
)
def test_dataset_is_that_of_the_request_then_that_of_the_query(
    graph: Graph, clause: str, default: list[str] | None, named: list[str] | None, expected: str
) -> None:
    dataset = None
    if default is not None and named is not None:
        graphs = [tuple(f"http://g.test/{name}" for name in names) for names in (default, named)]
        dataset = DatasetSelection(*graphs)
    text = SUBJECTS.replace("SELECT ?s", f"SELECT ?s {clause}")
    assert subjects(graph, text, dataset) == list(expected)


def test_substitution_binds_a_term_and_never_text(graph: Graph) -> None:
    text = "SELECT ?s ?o { ?s <http://x.test/p> ?o }"
    found = graph.query(text, substitutions={"o": Literal("1")})
    hostile = graph.query(text, substitutions={"o": Literal('1" } #')})
    assert isinstance(found, Solutions) and isinstance(hostile, Solutions)
    assert (len(found), len(hostile)) == (1, 0)


@pytest.mark.parametrize("media_type", [*RESULTS_FORMATS])
def test_solutions_are_written_in_every_media_type(graph: Graph, media_type: str) -> None:
    written = graph.serialize(SUBJECTS, solutions_as=media_type, triples_as=None)
    assert written.media_type == media_type
    assert written.body.count(b"http://x.test/") == 3


@pytest.mark.parametrize("media_type", [*RDF_FORMATS])
def test_triples_are_written_in_every_media_type(graph: Graph, media_type: str) -> None:
    text = "CONSTRUCT WHERE { ?s <http://x.test/p> ?o }"
    written = graph.serialize(text, solutions_as=None, triples_as=media_type)
    assert written.media_type == media_type
    assert len(list(parse(written.body, format=RDF_FORMATS[media_type]))) == 3


def test_answer_whose_kind_is_not_wanted_has_no_body(graph: Graph) -> None:
    written = graph.serialize(SUBJECTS, solutions_as=None, triples_as="text/turtle")
    assert (written.media_type, written.body) == (None, b"")


def test_ask_is_written_as_results(graph: Graph) -> None:
    kind = "application/sparql-results+json"
    written = graph.serialize("ASK {}", solutions_as=kind, triples_as=None)
    assert json.loads(written.body)["boolean"] is True


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * {", QuerySyntaxError),
        ("", QuerySyntaxError),
        ("LOAD <http://x.test/>", QuerySyntaxError),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", QuerySyntaxError),
        ("SELECT * { SERVICE <http://x.test/> { ?s ?p ?o } }", ServiceRefusedError),
    ],
)
def test_what_is_no_answerable_query_is_an_error_of_its_kind(
    graph: Graph, text: str, kind: type[QueryError]
) -> None:
    with pytest.raises(kind) as error:
        graph.query(text)
    assert type(error.value) is kind
    with pytest.raises(kind):
        graph.serialize(text, solutions_as="text/csv", triples_as="text/turtle")


def test_relative_iris_are_resolved_whatever_else_the_query_names(graph: Graph) -> None:
    text = "PREFIX x: <x#> ASK { ?service x:from <service/from> . ?s <p> ?o }"
    assert graph.query(text, base_iri="http://x.test/") == Boolean(False)
    assert graph.query("ASK { <a> <p> ?from }", base_iri="http://x.test/") == Boolean(True)


def test_syntax_error_tells_where_the_parser_stopped(graph: Graph) -> None:
    with pytest.raises(QuerySyntaxError) as error:
        graph.query("SELECT * {\n  ?s ?p }")
    assert (error.value.line, error.value.column) == (2, 9)
    assert "error at" not in str(error.value)


def test_substituting_a_variable_that_is_not_there_is_a_clear_error(graph: Graph) -> None:
    with pytest.raises(QueryError, match="cannot be evaluated"):
        graph.query("SELECT ?s { ?s ?p ?o }", substitutions={"x": Literal("1")})
