"""SPARQL Update on a store in the making: against the engine's own, and what keeps the merge."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from store.errors import (
    QuerySyntaxError,
    ServiceRefusedError,
    SourceRefusedError,
    StoreError,
    UpdateError,
)
from store.graph import DatasetSelection
from store.merged_store import MergedStore
from store.update_evaluation import UpdateRequest

BASE = "http://base.test/"
NOWHERE = Path("/nonexistent/default.nt")


def empty() -> MergedStore:
    return MergedStore(Store(), NOWHERE)


def run(text: str, store: MergedStore | None = None, **options: object) -> MergedStore:
    store = empty() if store is None else store
    UpdateRequest(text, BASE, **options).prepared()(store)  # type: ignore[arg-type]
    return store


def named(store: Store) -> set[str]:
    return {str(quad) for quad in store if quad.graph_name != DefaultGraph()}


def in_default(store: Store) -> set[str]:
    return {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}


def objects(store: MergedStore, graph: str) -> list[int]:
    found = [quad.object for quad in store.quads_of(NamedNode(graph))]
    return [int(term.value) for term in found if isinstance(term, Literal)]


def keeps_merge(store: MergedStore) -> bool:
    quads = [*store.store]
    merge = {str(quad.triple) for quad in quads if quad.graph_name != DefaultGraph()}
    return in_default(store.store) == merge | {str(triple) for triple in store.written}


NODES = st.sampled_from(["<a>", "<b>", "x:c"])
GRAPHS = st.sampled_from(["<g>", "<h>", "x:i"])
TRIPLES = st.lists(st.tuples(NODES, NODES, NODES).map(" ".join), min_size=1, max_size=3)
RUNS = TRIPLES.map(" . ".join)
NAMED_RUNS = st.tuples(GRAPHS, RUNS).map(lambda pair: f"GRAPH {pair[0]} {{ {pair[1]} }}")
QUADS = st.lists(RUNS | NAMED_RUNS, min_size=1, max_size=3).map(
    lambda runs: (
        " . ".join(run for run in runs if not run.startswith("GRAPH"))
        + " "
        + " ".join(run for run in runs if run.startswith("GRAPH"))
    )
)
PATTERNS = st.sampled_from(
    [
        "GRAPH ?g { ?s ?p ?o }",
        "GRAPH <g> { ?s ?p ?o } BIND(<h> AS ?g)",
        "VALUES ?g { <h> x:i } VALUES (?s ?p ?o) { (<a> <b> <a>) }",
    ]
)
SHAPES = st.sampled_from(
    ["?s ?p ?o", "GRAPH ?g { ?s ?p ?o }", "GRAPH <h> { ?o ?p ?s } ?o ?p <a>", ""]
)
NAMED_OR_DEFAULT = st.sampled_from(["<g>", "GRAPH <h>", "DEFAULT"])
OPERATIONS = st.one_of(
    st.tuples(st.sampled_from(["INSERT DATA", "DELETE DATA"]), QUADS).map(
        lambda pair: f"{pair[0]} {{ {pair[1]} }}"
    ),
    st.tuples(SHAPES, SHAPES, PATTERNS).map(
        lambda three: f"DELETE {{ {three[0]} }} INSERT {{ {three[1]} }} WHERE {{ {three[2]} }}"
    ),
    st.tuples(GRAPHS, SHAPES, SHAPES, PATTERNS).map(
        lambda four: (
            f"WITH {four[0]} DELETE {{ {four[1]} }} INSERT {{ {four[2]} }} WHERE {{ {four[3]} }}"
        )
    ),
    st.just("DELETE WHERE { GRAPH ?g { <a> ?p ?o } GRAPH <g> { ?o ?q ?r } }"),
    st.sampled_from(["CLEAR", "DROP SILENT"]).flatmap(
        lambda word: st.sampled_from(["DEFAULT", "NAMED", "ALL", "GRAPH <g>"]).map(
            lambda graph: f"{word} SILENT {graph}" if word == "CLEAR" else f"{word} {graph}"
        )
    ),
    st.just("CREATE SILENT GRAPH <g>"),
    st.tuples(st.sampled_from(["ADD", "COPY", "MOVE"]), GRAPHS, NAMED_OR_DEFAULT).map(
        lambda three: f"{three[0]} SILENT {three[1]} TO {three[2]}"
    ),
)


def moves_nothing(store: Store, operation: str) -> bool:
    """The engine copies an empty graph over another; where a graph without triples is none, that fails
    silently (SPARQL 1.1 Update, 3.2.4 leaves it to the store)."""
    words = operation.split()
    if words[0] not in ("COPY", "MOVE", "ADD"):
        return False
    name = NamedNode({"x:i": "http://x.test/i"}.get(words[2], BASE + words[2].strip("<>")))
    return next(store.quads_for_pattern(None, None, None, name), None) is None


@settings(max_examples=300, deadline=None)
@given(st.lists(OPERATIONS, min_size=1, max_size=8))
def test_update_does_what_the_engine_does_and_keeps_the_merge(texts: list[str]) -> None:
    prologue = "PREFIX x: <http://x.test/> "
    plain, store = Store(), empty()
    for text in texts:
        if moves_nothing(plain, text):
            continue
        plain.update(prologue + text, base_iri=BASE)
        run(f"{prologue}# ; }}\n{text} ;", store)
        assert named(store.store) == named(plain)
        assert {str(triple) for triple in store.written} == in_default(plain)
        assert keeps_merge(store)


def test_what_a_named_graph_states_too_stays_in_the_default_graph() -> None:
    store = run("INSERT DATA { <s> <p> 1 . GRAPH <g> { <s> <p> 1 , 2 } GRAPH <h> { <s> <p> 2 } }")
    run("DELETE DATA { <s> <p> 1 , 2 }", store)
    assert len(in_default(store.store)) == 2
    run("DROP GRAPH <g>", store)
    assert in_default(store.store) == {
        str(quad.triple) for quad in store.store if quad.graph_name != DefaultGraph()
    }
    assert len(in_default(store.store)) == 1


def test_what_was_written_into_the_default_graph_outlives_named_graphs() -> None:
    store = run(
        "INSERT DATA { GRAPH <g> { <s> <p> 1 } }; INSERT DATA { <s> <p> 1 }; DROP GRAPH <g>"
    )
    assert len(in_default(store.store)) == 1 and not named(store.store)
    run("CLEAR DEFAULT", store)
    assert not len(store.store)


def test_patterns_see_all_that_is_stated_and_written_so_far() -> None:
    text = """
        INSERT DATA { <s> <p> 1 . GRAPH <g> { <s> <p> 2 } } ;
        INSERT { GRAPH <found> { ?s <q> ?o } } WHERE { ?s <p> ?o }
    """
    store = run(text)
    assert len(store.quads_of(NamedNode(f"{BASE}found"))) == 2


def test_blank_node_of_a_template_is_one_in_both_graphs() -> None:
    store = run(
        "INSERT { ?s <p> _:new . GRAPH <g> { _:new <q> ?s } } WHERE { VALUES ?s { <a> <b> } }"
    )
    assert bool(store.store.query("ASK { ?s <p> ?n . GRAPH <g> { ?n <q> ?s } }", base_iri=BASE))
    assert len(store.written) == 2


def test_each_operation_may_declare_prefixes_and_base() -> None:
    text = """
        PREFIX p: <http://a.test/> INSERT DATA { p:x p:y 1 } ;
        BASE <http://c.test/> PREFIX p: <http://b.test/> INSERT DATA { <x> p:y 2 } ;
    """
    assert in_default(run(text).store) == {
        '<http://a.test/x> <http://a.test/y> "1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '<http://c.test/x> <http://b.test/y> "2"^^<http://www.w3.org/2001/XMLSchema#integer>',
    }


def test_using_of_the_request_is_the_dataset_of_the_patterns() -> None:
    data = "INSERT DATA { GRAPH <g> { <s> <p> 1 } GRAPH <h> { <s> <p> 2 } <s> <p> 3 }"
    using = DatasetSelection((f"{BASE}g",), (f"{BASE}h",))
    store = run(
        "INSERT { GRAPH <o> { ?s <default> ?o } } WHERE { ?s <p> ?o }", run(data), using=using
    )
    run("INSERT { GRAPH ?g { ?s <seen> ?o } } WHERE { GRAPH ?g { ?s <p> ?o } }", store, using=using)
    assert objects(store, f"{BASE}o") == [1]
    assert sum("seen" in quad for quad in named(store.store)) == 1


@pytest.mark.parametrize(
    "clause", ["WITH <g> INSERT { <a> <b> 1 } WHERE {}", "INSERT { <a> <b> 1 } USING <g> WHERE {}"]
)
def test_using_of_the_request_and_of_the_update_are_a_conflict(clause: str) -> None:
    with pytest.raises(UpdateError):
        run(clause, using=DatasetSelection((f"{BASE}g",)))


def test_update_of_one_graph_has_it_for_the_default_graph_and_touches_no_other() -> None:
    graph = f"{BASE}g"
    store = run("INSERT DATA { <s> <p> 1 }", graph=graph)
    run(
        "DELETE { ?s <p> ?o } INSERT { ?s <p> 2 } WHERE { ?s <p> ?o }",
        store,
        graph=graph,
        is_limited=True,
    )
    run("DELETE WHERE { ?s <p> 3 }", store, graph=graph, is_limited=True)
    assert objects(store, graph) == [2]
    assert not store.written
    for text in (
        "INSERT DATA { GRAPH <h> { <s> <p> 1 } }",
        "CLEAR ALL; INSERT DATA { GRAPH <h> { <s> <p> 1 } }",
    ):
        with pytest.raises(UpdateError, match="alone"):
            run(text, graph=graph, is_limited=True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("CLEAR ALL ;\n  # nothing ;\n  INSERT DATA { <a> <b> ?c }", 3),
        ("INSERT DATA { <a> <b> '''x\ny''' ; ; }; CLEAR  ", 2),
        ("ASK {}", 1),
        ("INSERT DATA { <a> <b> 1 }\nCLEAR ALL", 2),
        ("INSERT DATA { <a> <b> 'unclosed }", 1),
        ("CLEAR ALL ;; CLEAR ALL", None),
        ("# nothing but\nPREFIX a b c", 2),
        ("BASE 5", 1),
        ("}", 1),
    ],
)
def test_malformed_update_is_told_with_its_line(text: str, line: int | None) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        run(text)
    assert caught.value.line == line, caught.value


def test_place_of_an_error_is_that_of_the_engine() -> None:
    with pytest.raises(SyntaxError, match="1:10"):
        Store().update("CLEAR XYZ")
    with pytest.raises(QuerySyntaxError) as caught:
        run("CLEAR ALL ;\n# all\nCLEAR   XYZ")
    assert (caught.value.line, caught.value.column) == (3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "CREATE GRAPH <g>",
        "DROP GRAPH <h>",
        "COPY <h> TO <g>",
        "MOVE <h> TO DEFAULT",
        "ADD <h> TO <g>",
    ],
)
def test_management_that_fails_says_so_unless_silent(text: str) -> None:
    store = run("INSERT DATA { GRAPH <g> { <s> <p> 1 } }")
    with pytest.raises(UpdateError):
        run(text, store)
    word, _, rest = text.partition(" ")
    run(f"{word} SILENT {rest}", store)
    assert len(store.quads_of(NamedNode(f"{BASE}g"))) == 1


SERVICE = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"
SILENT = SERVICE.replace("<", "SILENT <")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (f"INSERT {{ ?s ?p ?o }} WHERE {{ {SERVICE} }}", ServiceRefusedError),
        (f"CLEAR ALL; INSERT {{ ?s ?p ?o }} WHERE {{ {{ OPTIONAL {{ {SILENT} }} }} }}", ServiceRefusedError),
        ("INSERT { ?s ?p ?o } WHERE { sErViCe ?x { ?s ?p ?o } }", ServiceRefusedError),
        ("PREFIX x: <http://127.0.0.1:9/> INSERT { ?s ?p ?o } WHERE { SERVICE x: { ?s ?p ?o } }", ServiceRefusedError),
        ("LOAD <http://127.0.0.1:9/x>", SourceRefusedError),
        ("LOAD SILENT <http://127.0.0.1:9/x> INTO GRAPH <g>", SourceRefusedError),
        ("CLEAR ALL; BASE <http://127.0.0.1:9/> load # x\n <x>", SourceRefusedError),
        ("LOAD <file:///etc/passwd>", SourceRefusedError),
    ],
)  # fmt: skip
def test_nothing_is_asked_of_others(text: str, error: type[StoreError]) -> None:
    with pytest.raises(error):
        run(text)


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX service: <http://x.test/> "
        "INSERT DATA { service:load <http://x.test/LOAD> 'SERVICE <x> LOAD' } # LOAD <x>",
        "INSERT { ?service ?load ?o } WHERE { ?service ?load ?o } # SERVICE <http://x/> {",
        "INSERT DATA { <s> <p> '''; LOAD <http://x.test/> ; SERVICE''' }",
    ],
)
def test_words_in_names_strings_and_comments_are_no_keywords(text: str) -> None:
    run(text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { <s> <p> ?y } WHERE { FILTER(?x<?y||'; LOAD <http://127.0.0.1:9/>'>?z) }",
        "INSERT { ?a ?b ?c } WHERE { ?a ?b ?c FILTER(?a<'b>c') }; LOAD <http://127.0.0.1:9/x> #'>",
    ],
)
def test_text_that_tokens_may_be_read_wrongly_from_fetches_nothing(text: str) -> None:
    with pytest.raises(StoreError):
        run(text)
        raise UpdateError("it was read as the engine reads it")
