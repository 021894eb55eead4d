"""Columns over a release of the shipped samples: the questions of the library, and those of analysts."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path
from typing import Unpack

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from benchmarks.queries import ways_of_asking
from guanlian.ingestion import Ingestion
from guanlian.samples import sample_documents
from queries.catalogue import Catalogue, NamedQuery
from store.columns import Columns, ColumnsError, build_columns, columns_of
from store.columns.joining import Triples
from store.evaluation import Question, answer_terms
from store.graph import Answer, DatasetSelection, QueryOptions
from store.memory import InProcessGraph
from store.releases import DataFolder

PREFIXES = """BASE <https://w3id.org/guanlian/>
PREFIX flow: <code/flow/> PREFIX fund: <code/fund/> PREFIX gl: <ns#> PREFIX item: <code/item/>
PREFIX nature: <code/nature/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
#: What analysts ask of a cube; columns are to answer each.
ANALYSES = {
    "group-by": "SELECT ?y ?i (SUM(?a) AS ?sum) (AVG(?a) AS ?mean) (COUNT(*) AS ?n) {"
    " ?b gl:item ?i ; gl:fiscalYear ?y ; gl:amount ?a } GROUP BY ?y ?i ORDER BY ?y ?i",
    "one group": "SELECT (MIN(?a) AS ?least) (MAX(?a) AS ?most) (SUM(?a) / COUNT(?a) AS ?mean) {"
    " ?b gl:amount ?a }",
    "top-n": "SELECT ?b ?a { ?b gl:item item:total ; gl:flow flow:expenditure ; gl:amount ?a ;"
    " gl:organization ?o . FILTER(?a > 1000000) } ORDER BY DESC(?a) ?b LIMIT 5",
    "join": "SELECT ?o ?y ?c ?d { ?c gl:current ?b ; gl:delta ?d . ?b gl:nature nature:all ;"
    " gl:organization ?o ; gl:fiscalYear ?y } ORDER BY ?c ?d OFFSET 3 LIMIT 40",
    "reasons by cause": "SELECT ?name (COUNT(DISTINCT ?r) AS ?n) { ?c gl:reason ?r . ?r gl:cause/"
    "skos:prefLabel ?name FILTER(LANG(?name) = 'zh') } GROUP BY ?name ORDER BY DESC(?n) ?name",
    "text filter": 'SELECT ?r ?t { ?r gl:reasonText ?t FILTER(CONTAINS(?t, "增加")) } ORDER BY ?r ?t',
    "different": "SELECT DISTINCT ?o ?i { ?b gl:organization ?o ; gl:item ?i } ORDER BY ?o ?i",
    "boilerplate": "SELECT ?k (MIN(?t) AS ?text) (MIN(STR(?s)) AS ?span) { ?x gl:textKey ?k ;"
    " gl:text ?t ; gl:statedIn ?s } GROUP BY ?k HAVING (COUNT(?x) > 1) ORDER BY ?k",
    "of a selection": "SELECT ?i (ROUND(?sum / 10000) AS ?wan) { { SELECT ?i (SUM(?a) AS ?sum) {"
    " ?b gl:item ?i ; gl:amount ?a } GROUP BY ?i } FILTER(?sum > 0) } ORDER BY DESC(?sum) ?i",
}
#: What stays with the engine: other forms, other graphs, what columns cannot tell.
LEFT = (
    "ASK { ?b gl:item ?i FILTER(?i != 1) }",
    "SELECT DISTINCT ?g { GRAPH ?g { ?b gl:item ?i } }",
    "SELECT DISTINCT ?i FROM <graph/links> { ?b gl:item ?i }",
    "SELECT DISTINCT ?p { ?b ?p ?i }",
    "SELECT DISTINCT ?i { ?b gl:item ?i OPTIONAL { ?b gl:amount ?a } }",
    "SELECT DISTINCT ?i { ?b gl:item ?i FILTER EXISTS { ?b gl:amount ?a } }",
    "SELECT ?b { ?b gl:item ?i FILTER(RAND() > 0.5 && ?i != 1) }",
    "SELECT DISTINCT ?i { ?b gl:item+ ?i }",
    'SELECT DISTINCT ?r { ?r gl:reasonText ?t FILTER(<https://w3id.org/guanlian/fn#matches>(?r, "增加")) }',
    'PREFIX fn: <fn#> SELECT DISTINCT ?r { ?r gl:reasonText ?t FILTER fn:matches(?r, "增加") }',
    "PREFIX fn: <fn#> SELECT DISTINCT (fn:score(?r) AS ?s) { ?r gl:reasonText ?t } ORDER BY ?s",
    "SELECT DISTINCT ?r { ?r gl:reasonText ?t } ORDER BY <fn#score>(?r)",
    "SELECT DISTINCT ?i { ?b gl:amount 1.0 ; gl:item ?i }",
    "SELECT DISTINCT ?b { ?b gl:item ?i } LIMIT 3",
    "SELECT DISTINCT ?i ?j { ?b gl:item ?i . ?c gl:fund ?j }",
    "SELECT (COUNT(?b) AS ?n) { ?b gl:noSuchProperty ?i }",
    "SELECT (SUM(?i) AS ?sum) { ?b gl:item ?i }",
    "SELECT ?b (COUNT(?i) AS ?n) { ?b gl:item ?i }",
    "SELECT (COUNT(?i) AS ?n) { ?b gl:item ?i ",
)


class ColumnsGraph(InProcessGraph):
    """A store asked through its columns, that counts the questions which they answer."""

    def __init__(self, store: Store, columns: Columns) -> None:
        super().__init__(store, keeps_merge=True)
        self.columns = columns
        self.answered = 0

    def query(self, text: str, **options: Unpack[QueryOptions]) -> Answer:
        question = Question(text, **options, keeps_merge=True)
        instead = self.columns.instead_of(question)
        self.answered += instead is not question
        return answer_terms(self.store, instead)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A copy of a release of the samples in memory."""
    folder = tmp_path_factory.mktemp("columns")
    Ingestion(sample_documents(), folder).run()
    copy = Store()
    copy.bulk_extend(DataFolder.open(folder).current().open_store())
    return copy


@pytest.fixture(scope="module")
def directory(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("columns") / "columns"
    build_columns(store, directory)
    return directory


@pytest.fixture
def columns(directory: Path) -> Columns:
    """Columns that answer whatever they can, be it ever so small."""
    return Columns(Triples.open(directory), fewest_triples=0)


def rows(store: Store, text: str) -> list[tuple[str, ...]]:
    solutions = store.query(text)
    assert isinstance(solutions, QuerySolutions)
    return [tuple(map(str, solution)) for solution in solutions]


@pytest.mark.parametrize("text", ANALYSES.values(), ids=ANALYSES)
def test_analysis_is_answered_by_columns_word_for_word(
    text: str, store: Store, columns: Columns
) -> None:
    rewritten = columns.rewritten(PREFIXES + text)
    assert rewritten is not None
    answer = rows(Store(), rewritten)
    assert answer
    if "ORDER BY" in text:
        assert answer == rows(store, PREFIXES + text)
    assert Counter(answer) == Counter(rows(store, PREFIXES + text))
    assert columns.rewritten(PREFIXES + text) == rewritten, "asked again, it is the same"


@pytest.mark.parametrize("text", LEFT)
def test_other_question_is_left_to_the_engine(text: str, columns: Columns) -> None:
    assert columns.rewritten(PREFIXES + text) is None


def test_question_about_few_triples_is_left_to_the_engine(directory: Path) -> None:
    columns = Columns(Triples.open(directory), fewest_triples=10**6)
    assert columns.rewritten(PREFIXES + ANALYSES["group-by"]) is None


def test_question_about_another_dataset_is_left_to_the_engine(columns: Columns) -> None:
    text = PREFIXES + ANALYSES["group-by"]
    chosen = Question(text, keeps_merge=True, dataset=DatasetSelection(("http://g.test/",)))
    for question in (Question(text), chosen):
        assert columns.instead_of(question) is question


@pytest.mark.parametrize("query", Catalogue.load(), ids=lambda query: query.name)
def test_library_question_has_the_same_answer_with_columns(
    query: NamedQuery, store: Store, columns: Columns
) -> None:
    graph = InProcessGraph(store, keeps_merge=True)
    for parameters in [*ways_of_asking(query, graph), query.definition.example]:
        found = query.run(ColumnsGraph(store, columns), parameters)
        wanted = query.run(graph, parameters)
        assert Counter(map(repr, found.rows)) == Counter(map(repr, wanted.rows))


def test_columns_answer_questions_of_the_library(store: Store, columns: Columns) -> None:
    """The test above would prove nothing if all were left to the engine."""
    graph = ColumnsGraph(store, columns)
    for query in Catalogue.load():
        query.run(graph, query.definition.example)
    assert graph.answered >= 5


def test_directory_without_columns_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ColumnsError, match=r"The columns in .* cannot be read: .*terms\.txt"):
        Columns.open(tmp_path)


def test_columns_are_made_on_the_side(store: Store, columns: Columns, tmp_path: Path) -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # as a nursery has it
    made = columns_of(store, tmp_path / "columns")
    signal.signal(signal.SIGCHLD, before)
    assert made is not None
    made.fewest_triples = 0
    text = PREFIXES + ANALYSES["group-by"]
    assert made.rewritten(text) == columns.rewritten(text)


def test_store_that_has_no_columns_answers_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store = Store()
    store.add(Quad(NamedNode("http://x.test/"), NamedNode("http://x.test/p"), Literal("a\0b")))
    assert columns_of(store, tmp_path / "columns") is None
    assert "U+0000 cannot be put in columns" in capfd.readouterr().err


def test_empty_graph_has_columns_that_answer_nothing(tmp_path: Path) -> None:
    columns = columns_of(Store(), tmp_path / "columns")
    assert columns is not None
    assert columns.rewritten("SELECT (COUNT(?s) AS ?n) { ?s a ?c }") is None
