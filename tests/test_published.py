"""What is made of a release on the side: dumps that give back the store, statistics that SPARQL confirms."""

from __future__ import annotations

import gzip
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

from store.editing import edit
from store.errors import DataFolderError
from store.merged_store import merged
from store.pieces import FORMS, Pieces
from store.published import (
    Publisher,
    data_folder,
    dump_paths,
    owners,
    publish,
    published,
    read_range,
    record_path,
)
from store.releases import DataFolder, Release
from store.statistics import DatasetStatistics, dataset_statistics
from store.update_evaluation import UpdateRequest
from tests.serving import (
    BASE,
    FIRST,
    FIRST_OFFICE,
    SECOND,
    SECOND_OFFICE,
    VOCABULARY,
    build_release,
    document,
    quads_of,
)

FORMATS = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    release = build_release(tmp_path_factory.mktemp("published"))
    publish(release)
    yield release


def named_quads(store: Store) -> set[Quad]:
    return {quad for quad in store if quad.graph_name != DefaultGraph()}


@pytest.mark.parametrize("form", FORMS)
def test_dump_is_the_named_graphs_of_the_store(release: Release, form: str) -> None:
    content = b"".join(path.read_bytes() for path in dump_paths(release, form))
    quads = [*parse(gzip.decompress(content), format=FORMATS[form])]
    assert len(quads) == release.manifest.quads  # each statement once
    assert set(quads) == named_quads(release.open_store())


def test_dump_has_the_same_bytes_whatever_the_release_grew_from(
    tmp_path: Path, release: Release
) -> None:
    folder = DataFolder(tmp_path)
    second = document(SECOND, SECOND_OFFICE, "示例市乙区样板局")
    folder.build([second, document("c" * 16, "000000-cccccccc", "丙")], quads_of(VOCABULARY))
    first = document(FIRST, FIRST_OFFICE, "示例市甲区样板局")
    grown = folder.build([first], quads_of(VOCABULARY), replace_all=True, kept=[SECOND]).release
    assert grown.release_id == release.release_id
    assert publish(grown) == publish(release)


def test_next_release_makes_only_what_changed(tmp_path: Path) -> None:
    first = build_release(tmp_path)
    publish(first)
    times = {path: path.stat().st_mtime_ns for path in dump_paths(first, "nq")}
    folder = DataFolder(tmp_path)
    third = document("c" * 16, "000000-cccccccc", "示例市丙区样板局")
    second = folder.build([third], quads_of(VOCABULARY)).release
    publish(second)
    shared = set(dump_paths(second, "nq")) & set(times)
    assert len(shared) == len([*owners(first)])
    assert all(path.stat().st_mtime_ns == times[path] for path in shared)


def solutions(store: Store, text: str) -> Iterator[tuple[str, ...]]:
    answer = store.query(text)
    assert isinstance(answer, QuerySolutions)
    for solution in answer:
        yield tuple("" if term is None else str(getattr(term, "value", term)) for term in solution)


def counts(store: Store, text: str) -> dict[tuple[str, ...], int]:
    """Solutions whose last variable is a count, by the others."""
    return {row[:-1]: int(row[-1]) for row in solutions(store, text)}


def check(found: DatasetStatistics, store: Store) -> None:
    """Each figure against a query for it."""
    assert (found.triples,) == (counts(store, "SELECT (COUNT(*) AS ?n) {?s ?p ?o}")[()],)
    entities = "SELECT (COUNT(DISTINCT ?s) AS ?n) {?s ?p ?o FILTER(isIRI(?s))}"
    assert found.entities == counts(store, entities)[()]
    assert found.subjects == counts(store, "SELECT (COUNT(DISTINCT ?s) AS ?n) {?s ?p ?o}")[()]
    by_class = counts(store, "SELECT ?c (COUNT(*) AS ?n) {?s a ?c FILTER(isIRI(?c))} GROUP BY ?c")
    assert {(iri,): item.entities for iri, item in found.classes.items()} == by_class
    by_property = counts(store, "SELECT ?p (COUNT(*) AS ?n) {?s ?p ?o} GROUP BY ?p")
    assert {(iri,): n for iri, n in found.properties.items()} == by_property
    parts = [
        (c, p, said) for c, item in found.classes.items() for p, said in item.properties.items()
    ]
    both = "SELECT ?c ?p (COUNT(*) AS ?n) {?s a ?c ; ?p ?o FILTER(isIRI(?c))} GROUP BY ?c ?p"
    assert {(c, p): said.triples for c, p, said in parts} == counts(store, both)
    classes = (
        "SELECT ?c ?p ?d (COUNT(*) AS ?n) {?s a ?c ; ?p ?o . ?o a ?d "
        "FILTER(isIRI(?c) && isIRI(?d))} GROUP BY ?c ?p ?d"
    )
    assert {(c, p, d): n for c, p, said in parts for d, n in said.classes.items()} == counts(
        store, classes
    )
    datatypes = (
        "SELECT ?c ?p ?t (COUNT(*) AS ?n) {?s a ?c ; ?p ?o FILTER(isIRI(?c) && isLiteral(?o)) "
        "BIND(DATATYPE(?o) AS ?t)} GROUP BY ?c ?p ?t"
    )
    assert {(c, p, t): n for c, p, said in parts for t, n in said.datatypes.items()} == counts(
        store, datatypes
    )


def test_statistics_are_what_sparql_counts(release: Release) -> None:
    found = published(release)
    assert found is not None
    check(found.statistics, release.open_store())


SHARED_NODES = st.sampled_from([*(f"<http://x.test/{name}>" for name in "abc"), "_:n"])
VALUES = st.one_of(SHARED_NODES, st.sampled_from(['"1"', '"1"@zh', "1", "true"]))
PREDICATES = st.sampled_from(["a", "<http://x.test/p>", "<http://x.test/q>"])
LINES = st.lists(st.tuples(SHARED_NODES, PREDICATES, VALUES), max_size=8)


@given(st.lists(LINES, max_size=3))
def test_statistics_hold_whatever_the_owners_share(
    graphs: list[list[tuple[str, str, str]]],
) -> None:
    owners = [
        [
            Quad(quad.subject, quad.predicate, quad.object, NamedNode(f"http://x.test/g{place}"))
            for quad in parse(" ".join(f"{s} {p} {o} ." for s, p, o in lines), RdfFormat.TURTLE)
        ]
        for place, lines in enumerate(graphs)
    ]
    quads = [quad for owner in owners for quad in owner]
    store = Store()
    store.extend([*quads, *map(merged, quads)])
    check(dataset_statistics([partial(iter, owner) for owner in owners], store), store)


def test_statistics_are_read_back_as_they_were(release: Release) -> None:
    statistics = publish(release).statistics
    assert DatasetStatistics.from_json(statistics.to_json()) == statistics


def test_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    (tmp_path / "dumps").write_text("in the way", encoding="utf-8")
    with pytest.raises(DataFolderError, match="cannot be written"):
        publish(release)


def test_nothing_is_told_of_a_release_of_which_nothing_is_made(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    assert published(release) is None
    publish(release)
    assert record_path(release).is_file()
    names = Counter(path.suffix for path in Pieces.of(data_folder(release)).folder.rglob("*.gz"))
    assert names[".gz"] == 2 * len([*owners(release)])


@given(st.integers(0, 120), st.integers(0, 120))
def test_range_is_that_part_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int
) -> None:
    folder = tmp_path_factory.mktemp("range")
    paths = [folder / name for name in "abc"]
    for path, size in zip(paths, (10, 0, 90), strict=True):
        path.write_bytes(bytes(range(size)))
    whole = b"".join(path.read_bytes() for path in paths)
    end = min(start + length, len(whole))
    assert b"".join(read_range(paths, start, end)) == whole[start:end]


def test_what_belongs_to_no_release_is_removed(tmp_path: Path) -> None:
    first = build_release(tmp_path)
    publish(first)
    third = document("c" * 16, "000000-cccccccc", "示例市丙区样板局")
    folder = DataFolder(tmp_path)
    second = folder.build([third], quads_of(VOCABULARY), replace_all=True).release
    gone = set(dump_paths(first, "nq")) - set(dump_paths(second, "nq"))
    shutil.rmtree(first.directory)
    publish(second)
    assert gone and not any(path.exists() for path in gone)
    assert not record_path(first).exists()
    assert all(path.is_file() for path in dump_paths(second, "trig"))


@pytest.mark.parametrize("form", FORMS)
def test_dump_holds_what_was_written_into_a_release(tmp_path: Path, form: str) -> None:
    build_release(tmp_path)
    text = f"""
      INSERT DATA {{ <a> <p> 1 . GRAPH <written> {{ <a> <p> 1 , 2 . <b> a <C> }} }} ;
      DELETE WHERE {{ GRAPH <graph/quality/{FIRST}> {{ ?s ?p ?o }} }} ;
      INSERT DATA {{ GRAPH <graph/derived/{FIRST}> {{ <b> <q> <a> }} }}
    """
    release = edit(DataFolder(tmp_path), UpdateRequest(text, BASE)).release
    found = publish(release)
    content = b"".join(path.read_bytes() for path in dump_paths(release, form))
    quads = [*parse(gzip.decompress(content), format=FORMATS[form])]
    own = {quad for quad in quads if quad.graph_name == DefaultGraph()}
    assert set(quads) - own == named_quads(release.open_store())
    assert [str(quad.predicate) for quad in own] == [f"<{BASE}p>"]
    assert len(quads) == release.manifest.quads
    check(found.statistics, release.open_store())


def test_making_that_was_ended_is_taken_up_again(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    with Publisher() as publisher:
        publisher.start(release)
    with Publisher() as publisher:
        found = publisher.wait(release, 30)
    assert found == publish(release)


def test_publisher_forgets_processes_that_have_ended(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    with Publisher() as publisher:
        first = publisher.start(release)
        first.wait(30)
        second = publisher.start(release)
        assert second is not first
        assert second.wait(30) == 0


def test_unfinished_files_of_a_process_that_was_killed_are_removed(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    folder = record_path(release).parent
    left = [folder / ".making-record", folder / "pieces" / "ab" / ".making-piece"]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    publish(release)
    assert not any(path.exists() for path in left)
