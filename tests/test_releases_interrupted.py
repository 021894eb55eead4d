"""A process that dies or switches at any moment leaves readers one release, whole."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from store.errors import DataFolderError
from store.releases import DataFolder, DocumentGraphs, Release

# Builds releases of ever other content, as fast as it can, until it is killed.
BUILDER = """
import sys
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from store.releases import DataFolder, DocumentGraphs, Release

def document(name, generation):
    graph, predicate = NamedNode(f"http://g.test/{name}"), NamedNode("http://x.test/p")
    value = Literal(generation)
    quads = [Quad(NamedNode(f"http://x.test/{n}"), predicate, value, graph) for n in range(300)]
    return DocumentGraphs(name, name, generation, "{}", quads)

folder = DataFolder.open(sys.argv[1])
for generation in range(int(sys.argv[2]), 1_000_000):
    folder.build([document(name, str(generation)) for name in "abcd"], [])
    print(generation, flush=True)
"""
QUADS_OF_A_RELEASE = 4 * 300


def named(release: Release) -> list[Quad]:
    """The quads of a release without their merge, its default graph."""
    return [quad for quad in release.open_store() if quad.graph_name != DefaultGraph()]


def assert_whole(folder: DataFolder) -> str:
    """The current release has all quads of one generation and none of another."""
    release = folder.current()
    values = [quad.object.value for quad in named(release) if isinstance(quad.object, Literal)]
    assert len(values) == QUADS_OF_A_RELEASE == release.manifest.quads
    assert len(set(values)) == 1
    assert {release.text(name) for name in "abcd"} == set(values)
    return values[0]


def start_builder(folder: DataFolder, generation: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(folder.path), str(generation)],
        stdout=subprocess.PIPE,
        text=True,
    )


def test_kill_at_any_moment_leaves_the_previous_release(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path / "data")
    stages = 0
    for attempt in range(12):
        with start_builder(folder, attempt * 1000) as builder:
            assert builder.stdout is not None
            builder.stdout.readline()
            time.sleep(0.005 + attempt * 0.011)
            builder.kill()
        assert_whole(folder)
        stages += len(list(folder.releases_directory.glob(".building-*")))
    assert stages > 0, "no kill fell into a build: the test proves nothing"
    graph = NamedNode("http://g.test/a")
    quads = [Quad(NamedNode("http://x.test/1"), NamedNode("http://x.test/p"), Literal("x"), graph)]
    outcome = folder.build([DocumentGraphs("a", "a", "x", "{}", quads)], [], replace_all=True)
    assert outcome.release.manifest.quads == 1
    assert not list(folder.releases_directory.glob(".building-*"))


def test_reader_sees_one_release_whole_while_others_are_switched_in(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path / "data")
    with start_builder(folder, 0) as builder:
        assert builder.stdout is not None
        builder.stdout.readline()
        seen = {assert_whole(folder) for _ in range(60)}
        builder.kill()
    assert len(seen) > 1, "no switch happened: the test proves nothing"


def test_release_that_is_being_read_stays_as_it_is(tmp_path: Path) -> None:
    folder = DataFolder.open(tmp_path / "data")
    with start_builder(folder, 0) as builder:
        assert builder.stdout is not None
        builder.stdout.readline()
        release = folder.current()
        store = release.open_store()
        before = {str(quad) for quad in store}
        for _ in range(5):
            builder.stdout.readline()
        builder.kill()
    assert folder.current() != release
    assert {str(quad) for quad in store} == before == {str(quad) for quad in release.open_store()}


@pytest.mark.parametrize("left", [".building-123", ".building-x"])
def test_next_run_clears_what_an_interrupted_one_left(tmp_path: Path, left: str) -> None:
    folder = DataFolder.open(tmp_path / "data")
    stage = folder.releases_directory / left / "store"
    stage.mkdir(parents=True)
    (stage / "000001.sst").write_bytes(b"half")
    assert folder.releases() == []
    folder.build([], [])
    assert not stage.parent.exists()


def one_document(value: str) -> list[DocumentGraphs]:
    graph, subject = NamedNode("http://g.test/a"), NamedNode("http://x.test/1")
    quads = [Quad(subject, NamedNode("http://x.test/p"), Literal(value), graph)]
    return [DocumentGraphs("a", "a", value, "{}", quads)]


STEPS = [
    ("tempfile.mkdtemp", errno.EROFS),
    ("os.link", errno.EROFS),
    ("pathlib.Path.unlink", errno.EACCES),
    ("pathlib.Path.write_bytes", errno.ENOSPC),
    ("pathlib.Path.write_text", errno.ENOSPC),
    ("os.sync", errno.EIO),
    ("pathlib.Path.rename", errno.EACCES),
    ("pathlib.Path.replace", errno.EROFS),
]


@pytest.mark.parametrize(("step", "number"), STEPS)
def test_step_of_a_build_that_fails_is_told_and_leaves_the_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    folder = DataFolder.open(tmp_path / "data")
    before = folder.build(one_document("1"), []).release

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(step, fail)
        with pytest.raises(DataFolderError, match=f"cannot be written: .*{os.strerror(number)}"):
            folder.build(one_document("2"), [])
    assert folder.current() == before
    assert not list(folder.releases_directory.glob(".building-*"))
    assert folder.build(one_document("2"), []).release == folder.current() != before


def test_stage_that_cannot_be_removed_hides_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    folder = DataFolder.open(tmp_path / "data")
    with monkeypatch.context() as patch:
        patch.setattr("os.sync", fail)
        patch.setattr("os.rmdir", fail)
        with pytest.raises(DataFolderError, match=r"cannot be written: .*Input/output"):
            folder.build(one_document("1"), [])
    assert list(folder.releases_directory.glob(".building-*"))
    folder.build(one_document("1"), [])
    assert not list(folder.releases_directory.glob(".building-*"))
