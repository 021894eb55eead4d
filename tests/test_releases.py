"""Releases: immutable, named by content, switched whole."""

from __future__ import annotations

import errno
import fcntl
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from store.errors import (
    DamagedReleaseError,
    DataFolderError,
    FolderLockedError,
    GraphOwnershipError,
    NewerFormatError,
    NoReleaseError,
)
from store.graph import Solutions
from store.memory import InProcessGraph
from store.releases import DataFolder, DocumentGraphs, Release

P = NamedNode("http://x.test/p")
VOCABULARY_GRAPH = NamedNode("http://g.test/vocabulary")


def quad(document: str, value: str, part: str = "doc") -> Quad:
    graph = NamedNode(f"http://g.test/{part}/{document}")
    return Quad(NamedNode(f"http://x.test/{document}"), P, Literal(value), graph)


def document(name: str, *values: str, text: str = "文", source: str = "") -> DocumentGraphs:
    quads = [quad(name, value) for value in values]
    return DocumentGraphs(name, source or f"{name}.txt", text, '{"facts": 1}', quads)


def vocabulary(value: str = "v") -> list[Quad]:
    return [Quad(NamedNode("http://x.test/term"), P, Literal(value), VOCABULARY_GRAPH)]


def content(release: Release) -> set[str]:
    """The named graphs of a release, whose merge is its default graph."""
    store = release.open_store()
    named = {quad for quad in store if quad.graph_name != DefaultGraph()}
    default = {quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}
    assert default == {quad.triple for quad in named}
    return {str(quad) for quad in named}


def expected(*quads: Iterable[Quad]) -> set[str]:
    return {str(one) for group in quads for one in group}


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder.open(tmp_path / "data")


def test_release_holds_what_was_given(folder: DataFolder) -> None:
    outcome = folder.build([document("a", "1", "2"), document("b", "3")], vocabulary())
    release = folder.current()
    assert outcome.created and outcome.release == release
    assert content(release) == expected(
        vocabulary(), [quad("a", "1"), quad("a", "2"), quad("b", "3")]
    )
    manifest = release.manifest
    assert manifest.quads == 4
    assert manifest.documents["a"].graphs["http://g.test/doc/a"].quads == 2
    assert manifest.documents["b"].source == "b.txt"


def test_manifest_file_names_release_format_and_total(folder: DataFolder) -> None:
    release = folder.build([document("a", "1")], vocabulary()).release
    written = json.loads((release.directory / "manifest.json").read_text(encoding="utf-8"))
    assert written["release_id"] == release.release_id
    assert (written["format_version"], written["quads"]) == (3, 2)


def test_same_content_makes_no_new_release(folder: DataFolder) -> None:
    first = folder.build([document("a", "1"), document("b", "2")], vocabulary())
    again = folder.build([document("b", "2"), document("a", "1")], vocabulary())
    part = folder.build([document("a", "1")], vocabulary())
    assert [first.created, again.created, part.created] == [True, False, False]
    assert folder.releases() == [first.release]


def test_id_follows_from_content_not_from_the_folder_or_the_way(tmp_path: Path) -> None:
    at_once = DataFolder.open(tmp_path / "one")
    in_steps = DataFolder.open(tmp_path / "two")
    at_once.build([document("a", "2"), document("b", "3")], vocabulary())
    in_steps.build([document("b", "3"), document("a", "1")], vocabulary("old"))
    in_steps.build([document("a", "2")], vocabulary())
    assert at_once.current().release_id == in_steps.current().release_id
    assert len(at_once.current().release_id) == 16
    assert content(at_once.current()) == content(in_steps.current())


def test_blank_node_labels_make_no_difference_and_never_meet(folder: DataFolder) -> None:
    def with_blank(name: str, label: str) -> DocumentGraphs:
        blank, graph = BlankNode(label), NamedNode(f"http://g.test/doc/{name}")
        quads = [Quad(NamedNode("http://x.test/s"), P, blank, graph), Quad(blank, P, P, graph)]
        return DocumentGraphs(name, name, "文", "{}", quads)

    folder.build([with_blank("a", "x"), with_blank("b", "x")], [])
    again = folder.build([with_blank("a", "y"), with_blank("b", "z")], [])
    assert not again.created
    blanks = {str(quad.subject) for quad in again.release.open_store() if quad.object == P}
    assert len(blanks) == 2


def test_corrected_document_replaces_its_graphs_and_leaves_the_others(folder: DataFolder) -> None:
    before = folder.build([document("a", "1", text="旧"), document("b", "2")], vocabulary()).release
    old_content = content(before)
    after = folder.build([document("a", "9", text="新")], vocabulary()).release
    assert content(after) == expected(vocabulary(), [quad("a", "9"), quad("b", "2")])
    assert (after.text("a"), after.text("b")) == ("新", "文")
    assert content(before) == old_content
    assert before.text("a") == "旧"
    assert {release.release_id for release in folder.releases()} == {
        before.release_id,
        after.release_id,
    }


def test_graph_that_a_correction_no_longer_has_is_gone(folder: DataFolder) -> None:
    both = DocumentGraphs("a", "a", "文", "{}", [quad("a", "1"), quad("a", "x", "quality")])
    folder.build([both], [])
    after = folder.build([document("a", "1")], []).release
    assert content(after) == expected([quad("a", "1")])


def test_replace_all_lets_go_of_the_rest(folder: DataFolder) -> None:
    folder.build([document("a", "1"), document("b", "2")], vocabulary())
    release = folder.build([document("b", "2")], vocabulary(), replace_all=True).release
    assert content(release) == expected(vocabulary(), [quad("b", "2")])
    assert [*release.manifest.documents] == ["b"]
    with pytest.raises(KeyError):
        release.text("a")


def test_later_document_of_one_run_supersedes_and_is_reported(folder: DataFolder) -> None:
    first, last = document("a", "1", source="first"), document("a", "2", source="last")
    outcome = folder.build([first, document("b", "3"), last], [])
    assert content(outcome.release) == expected([quad("a", "2"), quad("b", "3")])
    assert [entry.source for entry in outcome.superseded] == ["first"]


def test_text_and_facts_come_back_character_for_character(folder: DataFolder) -> None:
    text = "\ufeff一\r\n二\u2028𠮷\t"
    folder.build([document("a", "1", text=text)], [])
    assert folder.current().text("a") == text
    assert json.loads(folder.current().facts_json("a")) == {"facts": 1}


def test_earlier_release_can_be_served_again(folder: DataFolder) -> None:
    first = folder.build([document("a", "1")], []).release
    folder.build([document("a", "2")], [])
    assert folder.switch_to(first.release_id) == first
    assert folder.current() == first
    back = folder.build([document("a", "2")], [])
    assert back.created and len(folder.releases()) == 2


def test_folder_without_release_is_a_clear_error(folder: DataFolder) -> None:
    with pytest.raises(NoReleaseError, match="holds no release"):
        folder.current()
    assert (folder.current_id(), folder.releases()) == (None, [])
    with pytest.raises(NoReleaseError, match="no release ffff"):
        folder.switch_to("ffff")


def test_folder_without_release_names_one_below_it_that_has_one(tmp_path: Path) -> None:
    above = DataFolder.open(tmp_path)
    with pytest.raises(NoReleaseError, match="please run `guanlian ingest` first"):
        above.current()
    DataFolder.open(tmp_path / "demo").build([document("a", "1")], [])
    with pytest.raises(NoReleaseError, match=re.escape(f"{tmp_path / 'demo'} below it does")):
        above.current()


def test_release_of_a_newer_format_is_a_clear_error(folder: DataFolder) -> None:
    release = folder.build([document("a", "1")], []).release
    path = release.directory / "manifest.json"
    changed = {**json.loads(path.read_text(encoding="utf-8")), "format_version": 99}
    path.write_text(json.dumps(changed), encoding="utf-8")
    with pytest.raises(NewerFormatError, match="format 99"):
        folder.current()


@pytest.mark.parametrize("damage", ["manifest", "malformed", "directory"])
def test_damaged_release_is_a_clear_error(folder: DataFolder, damage: str) -> None:
    release = folder.build([document("a", "1")], []).release
    path = release.directory / "manifest.json"
    if damage == "manifest":
        path.unlink()
    elif damage == "malformed":
        path.write_text("{", encoding="utf-8")
    else:
        shutil.rmtree(release.directory)
    with pytest.raises(DamagedReleaseError):
        folder.current()


def test_missing_store_and_text_are_clear_errors(folder: DataFolder) -> None:
    release = folder.build([document("a", "1")], []).release
    shutil.rmtree(release.store_directory)
    (release.directory / "texts" / "a.txt").unlink()
    with pytest.raises(DamagedReleaseError, match="cannot be opened"):
        release.open_store()
    with pytest.raises(DamagedReleaseError, match="cannot be read"):
        release.text("a")


def test_store_that_lost_a_file_is_a_clear_error(folder: DataFolder) -> None:
    release = folder.build([document("a", "1")], []).release
    for table in release.store_directory.glob("*.sst"):
        table.unlink()
    with pytest.raises(DamagedReleaseError, match="cannot be opened"):
        release.open_store()
    with pytest.raises(DamagedReleaseError, match="cannot be opened"):
        folder.build([document("a", "2")], [])
    assert not list(folder.releases_directory.glob(".building-*"))


def test_file_in_place_of_the_folder_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    with pytest.raises(DataFolderError, match="cannot be a data folder"):
        DataFolder.open(tmp_path / "data").build([], [])


def test_disk_that_fails_is_a_clear_error_and_leaves_the_release(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folder.build([document("a", "1")], []).release

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DataFolderError, match=r"cannot be written: .*No space left"):
        folder.build([document("a", "2")], [])
    assert folder.current() == before
    assert not list(folder.releases_directory.glob(".*"))


@pytest.mark.parametrize(
    "documents",
    [
        [DocumentGraphs("a", "a", "", "{}", [Quad(P, P, P, DefaultGraph())])],
        [DocumentGraphs("a", "a", "", "{}", [Quad(P, P, P, BlankNode("g"))])],
        [DocumentGraphs("a", "a", "", "{}", [Quad(P, P, P, VOCABULARY_GRAPH)])],
        [document("b", "1"), DocumentGraphs("a", "a", "", "{}", [quad("b", "2")])],
    ],
)
def test_document_that_writes_outside_its_graphs_is_refused(
    folder: DataFolder, documents: list[DocumentGraphs]
) -> None:
    before = folder.build([document("c", "1")], vocabulary()).release
    with pytest.raises(GraphOwnershipError):
        folder.build(documents, vocabulary())
    assert folder.current() == before
    assert not list(folder.releases_directory.glob(".*"))


def test_document_id_that_is_no_plain_name_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\.\./x"):
        DocumentGraphs("../x", "a", "", "{}", [])


def test_second_writer_is_refused_at_once(folder: DataFolder) -> None:
    folder.build([document("a", "1")], [])
    with (folder.path / ".lock").open("a+", encoding="ascii") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(FolderLockedError, match="being written by process"):
            folder.build([document("a", "2")], [])
    assert folder.build([document("a", "2")], []).created


def test_error_in_the_documents_leaves_nothing_behind(folder: DataFolder) -> None:
    before = folder.build([document("a", "1")], []).release

    def failing() -> Iterable[DocumentGraphs]:
        yield document("a", "2")
        raise RuntimeError("reader failed")

    with pytest.raises(RuntimeError, match="reader failed"):
        folder.build(failing(), [])
    assert folder.current() == before
    assert [path.name for path in folder.releases_directory.iterdir()] == [before.release_id]


VALUES = st.lists(st.sampled_from("123"), max_size=3, unique=True)
RUNS = st.lists(
    st.tuples(st.lists(st.tuples(st.sampled_from("abc"), VALUES), max_size=4), st.booleans()),
    min_size=1,
    max_size=4,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RUNS)
def test_release_is_the_last_word_on_every_document(
    tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[list[tuple[str, list[str]]], bool]]
) -> None:
    folder = DataFolder.open(tmp_path_factory.mktemp("runs"))
    held: dict[str, list[str]] = {}
    for given_documents, replace_all in runs:
        held = {} if replace_all else held
        held |= dict(given_documents)
        documents = [document(name, *values) for name, values in given_documents]
        release = folder.build(documents, vocabulary(), replace_all=replace_all).release
        quads = [quad(name, value) for name, values in held.items() for value in values]
        assert content(release) == expected(vocabulary(), quads)
        assert release.manifest.quads == len(content(release))
        assert set(release.manifest.documents) == set(held)


def test_what_two_documents_state_counts_once(tmp_path: Path) -> None:
    shared = [Quad(P, P, Literal("x"), NamedNode(f"http://x.test/graph/{name}")) for name in "ab"]
    documents = [
        DocumentGraphs(name, f"{name}.txt", "文", "{}", [one])
        for name, one in zip("ab", shared, strict=True)
    ]
    release = DataFolder.open(tmp_path).build(documents, vocabulary()).release
    graph = InProcessGraph(release.open_store(), keeps_merge=True)
    answer = graph.query('SELECT (COUNT(*) AS ?n) WHERE { ?s ?p "x" }')
    assert isinstance(answer, Solutions)
    assert str(answer.rows[0][0]) == str(Literal(1))
    assert graph.query('ASK { GRAPH <http://x.test/graph/b> { ?s ?p "x" } }')
