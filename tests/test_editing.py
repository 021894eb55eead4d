"""Writing into releases: a new release or nothing, named by content, at peace with ingestion."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from store.document_graphs import DocumentGraphs
from store.editing import Edit, EditOutcome, GraphAddition, RdfBody, edit
from store.errors import FolderLockedError, MalformedRdfError, NewerFormatError, UpdateError
from store.manifest import FORMAT_VERSION, WRITTEN_FORMAT_VERSION, read_manifest
from store.releases import DataFolder, Release
from store.update_evaluation import UpdateRequest

BASE = "http://g.test/"
P = NamedNode("http://x.test/p")


def document(name: str, value: str) -> DocumentGraphs:
    graph, node = NamedNode(f"{BASE}doc/{name}"), BlankNode("b")
    subject = NamedNode(f"http://x.test/{name}")
    quads = [
        Quad(subject, P, Literal(value), graph),
        Quad(NamedNode("http://x.test/both"), P, Literal("shared"), graph),
        Quad(subject, P, node, graph),
        Quad(node, P, Literal("of a blank node"), graph),
    ]
    return DocumentGraphs(name, f"{name}.txt", "文", "{}", quads)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path)
    folder.build([document("a", "1"), document("b", "2")], [])
    return folder


def update(folder: DataFolder, text: str) -> EditOutcome:
    return edit(folder, UpdateRequest(text, BASE))


def default_graph(release: Release) -> set[str]:
    store = release.open_store()
    found = store.quads_for_pattern(None, None, None, DefaultGraph())
    return {str(quad.triple) for quad in found}


def merge(release: Release) -> set[str]:
    return {str(quad.triple) for quad in release.open_store() if quad.graph_name != DefaultGraph()}


def test_write_makes_a_release_and_leaves_the_one_before(folder: DataFolder) -> None:
    before = folder.current()
    outcome = update(folder, "INSERT DATA { GRAPH <written> { <s> <p> 1 } }")
    after = folder.current()
    assert outcome.created and outcome.release == after != before
    assert after.manifest.has_graph(f"{BASE}written")
    assert after.manifest.quads == before.manifest.quads + 1
    assert after.manifest.format_version == WRITTEN_FORMAT_VERSION
    assert default_graph(after) == merge(after) != default_graph(before)
    assert not before.manifest.has_graph(f"{BASE}written")
    assert after.text("a") == "文"


@pytest.mark.parametrize("own", ["", "INSERT DATA { <s> <p> 1 } ;"])
def test_triple_taken_from_all_graphs_at_once_is_gone(folder: DataFolder, own: str) -> None:
    triple = f"<{BASE}s> <{BASE}p>"
    update(folder, f"{own} INSERT DATA {{ GRAPH <written> {{ <s> <p> 1 }} }}")
    update(folder, "DELETE { ?s ?p ?o . GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }")
    after = folder.current()
    assert not any(triple in line for line in default_graph(after))
    assert default_graph(after) == merge(after)


def test_write_that_is_undone_gives_the_release_before(folder: DataFolder) -> None:
    before = folder.current()
    update(folder, "DELETE WHERE { GRAPH <doc/a> { ?s ?p 'shared' } }")
    update(folder, "INSERT DATA { <s> <p> 1 }")
    assert folder.current() != before
    text = "CLEAR DEFAULT; INSERT DATA { GRAPH <doc/a> { <http://x.test/both> <http://x.test/p> 'shared' } }"
    assert update(folder, text).release == before
    assert folder.current().manifest.format_version == FORMAT_VERSION


def test_write_that_changes_nothing_makes_no_release(folder: DataFolder) -> None:
    before = folder.current()
    outcome = update(
        folder, "INSERT DATA { GRAPH <doc/a> { <http://x.test/both> <http://x.test/p> 'shared' } }"
    )
    assert not outcome.created and outcome.release == before
    assert len(folder.releases()) == 1


def test_release_id_follows_from_content_not_from_labels_of_blank_nodes(folder: DataFolder) -> None:
    body = b"[] <p> [ <q> 1 ] , [ <q> 2 ] ."
    put = GraphAddition(f"{BASE}g", (RdfBody(body, "text/turtle", BASE),), replaces=True)
    first = edit(folder, put)
    update(folder, "DROP GRAPH <g>")
    assert edit(folder, put).release == first.release
    assert not edit(folder, put).created


def test_statement_of_two_documents_stays_until_the_last_is_gone(folder: DataFolder) -> None:
    shared = '<http://x.test/both> <http://x.test/p> "shared"'
    assert shared in default_graph(update(folder, "DROP GRAPH <doc/a>").release)
    assert shared not in default_graph(update(folder, "DROP GRAPH <doc/b>").release)
    manifest = folder.current().manifest
    assert (manifest.graphs, manifest.quads) == ({}, 0)
    assert manifest.written[f"{BASE}doc/a"].quads == 0


def test_written_default_graph_is_remembered_across_releases(folder: DataFolder) -> None:
    update(folder, "INSERT DATA { <http://x.test/both> <http://x.test/p> 'shared' . _:b <p> 1 }")
    release = update(folder, "CLEAR NAMED").release
    assert len(default_graph(release)) == 2
    assert release.manifest.default_graph is not None
    assert not default_graph(update(folder, "DELETE WHERE { ?s ?p ?o }").release)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (UpdateRequest("CLEAR ALL; DROP GRAPH <none>", BASE), UpdateError),
        (
            GraphAddition(f"{BASE}doc/a", (RdfBody(b"<a> <b>", "text/turtle", BASE),), True),
            MalformedRdfError,
        ),
    ],
)
def test_failed_write_leaves_all_as_it_was(
    folder: DataFolder, change: Edit, error: type[Exception]
) -> None:
    before = folder.current()
    with pytest.raises(error):
        edit(folder, change)
    assert folder.current() == before
    assert [path.name for path in folder.releases_directory.iterdir()] == [before.release_id]


def test_ingestion_keeps_what_was_written_elsewhere(folder: DataFolder) -> None:
    update(
        folder, "INSERT DATA { <s> <p> 1 . GRAPH <doc/a> { <s> <p> 2 } GRAPH <own> { <s> <p> 3 } }"
    )
    same = folder.build([document("a", "1")], [])
    assert same.overwritten == ()
    outcome = folder.build([document("b", "new")], [])
    manifest = outcome.release.manifest
    assert outcome.overwritten == ()
    assert set(manifest.written) == {f"{BASE}doc/a", f"{BASE}own"}
    assert default_graph(outcome.release) == merge(outcome.release) | {
        f'<{BASE}s> <{BASE}p> "1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    }


def test_document_that_comes_anew_wins_and_ingestion_tells_it(folder: DataFolder) -> None:
    update(folder, "INSERT DATA { GRAPH <doc/a> { <s> <p> 2 } GRAPH <doc/c> { <s> <p> 3 } }")
    outcome = folder.build([document("a", "corrected"), document("c", "new")], [])
    assert set(outcome.overwritten) == {f"{BASE}doc/a", f"{BASE}doc/c"}
    clean = DataFolder(folder.path / "other")
    expected = clean.build(
        [document("a", "corrected"), document("b", "2"), document("c", "new")], []
    )
    assert outcome.release.release_id == expected.release.release_id
    assert default_graph(outcome.release) == merge(outcome.release)


def test_document_that_goes_takes_what_was_written_into_it(folder: DataFolder) -> None:
    update(folder, "INSERT DATA { GRAPH <doc/a> { <s> <p> 2 } }")
    outcome = folder.build([document("b", "2")], [], replace_all=True)
    assert outcome.overwritten == (f"{BASE}doc/a",)
    assert default_graph(outcome.release) == merge(outcome.release)
    assert list(outcome.release.manifest.graphs) == [f"{BASE}doc/b"]


def test_first_write_into_an_empty_folder_makes_its_first_release(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "new")
    assert update(folder, "INSERT DATA { <s> <p> 1 }").created
    assert len(default_graph(folder.current())) == 1


def test_write_waits_for_another_writer_and_then_says_who_it_is(folder: DataFolder) -> None:
    with (folder.path / ".lock").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(FolderLockedError):
            edit(folder, UpdateRequest("CLEAR ALL", BASE), wait_seconds=0.05)


def test_manifest_of_a_written_release_reads_back_and_a_later_format_is_refused(
    folder: DataFolder,
) -> None:
    release = update(folder, "INSERT DATA { <s> <p> 1 }").release
    path = release.directory / "manifest.json"
    manifest = read_manifest(release.directory)
    assert manifest.release_id == release.release_id
    assert not manifest.concluded
    text = path.read_text(encoding="utf-8").replace('"format_version": 4', '"format_version": 5')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NewerFormatError):
        read_manifest(release.directory)
