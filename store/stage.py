"""How a release comes to be: staged beside the others, then renamed into place in one step.

The stage starts as a snapshot of the current release (hard links), so a document that stays costs
nothing. It is private to this process until it is renamed; dying at any moment leaves only a folder
that the next run clears away.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from store.derivation import DerivationRule, conclusions
from store.document_graphs import DocumentGraphs
from store.errors import DataFolderError
from store.manifest import DocumentEntry, Manifest, write_manifest
from store.worker import open_store

STORE, TEXTS, FACTS = "store", "texts", "facts"
STAGE_PREFIX = ".building-"
# Quads are held back and loaded together: each bulk load writes new files.
BULK_QUADS = 500_000


class Stage:
    """A release under construction in a directory of its own among the releases."""

    def __init__(self, releases: Path, start_from: Path | None) -> None:
        """Raises DataFolderError when nothing can be written among the releases."""
        self._store: Store | None = None
        self._waiting: list[Quad] = []
        self.directory = new_directory(releases)
        try:
            with clear_errors(self.directory):
                self._start(start_from)
        except BaseException:
            self.abandon()
            raise

    def _start(self, start_from: Path | None) -> None:
        for name in (TEXTS, FACTS):
            (self.directory / name).mkdir()
        if start_from is not None:
            link_files(start_from, self.directory)
            open_store(start_from / STORE).backup(str(self.directory / STORE))
        self._store = Store(str(self.directory / STORE))

    @property
    def store(self) -> Store:
        """The store that is being filled."""
        assert self._store is not None, "the stage is finished"
        return self._store

    def replace_graphs(self, old: Iterable[str], quads: Sequence[Quad]) -> None:
        """Drop the named graphs in `old`, then take the quads."""
        stale = [NamedNode(graph) for graph in old]
        if stale:
            self._load()
        with clear_errors(self.directory):
            for graph in stale:
                self._remove(graph)
        self._waiting.extend(quads)
        if len(self._waiting) >= BULK_QUADS:
            self._load()

    def write_files(self, document: DocumentGraphs) -> None:
        """The text and the facts of a document, in place of earlier ones."""
        with clear_errors(self.directory):
            replace_file(text_path(self.directory, document.document_id), document.text)
            replace_file(facts_path(self.directory, document.document_id), document.facts_json)

    def remove_document(self, entry: DocumentEntry) -> None:
        """Take a document out, with its graphs and files."""
        self.replace_graphs(entry.graphs, ())
        with clear_errors(self.directory):
            text_path(self.directory, entry.document_id).unlink()
            facts_path(self.directory, entry.document_id).unlink()

    def conclude(self, old: Iterable[str], rules: Iterable[DerivationRule]) -> Sequence[Quad]:
        """Drop the named graphs of old conclusions, then take what the rules conclude from the rest.

        Raises RuleError when a rule cannot be run.
        """
        self.replace_graphs(old, ())
        self._load()
        quads = conclusions(self.store, rules)
        self.replace_graphs((), quads)
        return quads

    def finish(self, manifest: Manifest, destination: Path) -> None:
        """Complete the release and give it its name; after this it never changes."""
        self._load()
        with clear_errors(self.directory):
            self.store.flush()
            write_manifest(manifest, self.directory)
            self._store = None  # closes it
            os.sync()  # whole on disk before it has a name, should the power fail
            self.directory.rename(destination)

    def abandon(self) -> None:
        """Throw the stage away. What cannot be removed is left to the next run: why the stage is
        abandoned is what has to be told."""
        self._store = None
        shutil.rmtree(self.directory, ignore_errors=True)

    def _load(self) -> None:
        if self._waiting:
            with clear_errors(self.directory):
                self.store.bulk_extend(chain(self._waiting, map(merged, self._waiting)))
            self._waiting = []

    def _remove(self, graph: NamedNode) -> None:
        """Drop a named graph, and from the default graph what no other one states."""
        gone = [*self.store.quads_for_pattern(None, None, None, graph)]
        self.store.remove_graph(graph)
        for quad in gone:
            stated = self.store.quads_for_pattern(quad.subject, quad.predicate, quad.object)
            if all(other.graph_name == DefaultGraph() for other in stated):
                self.store.remove(merged(quad))


def merged(quad: Quad) -> Quad:
    """The quad as it stands in the default graph, the RDF merge of all named graphs: what two documents
    state, the name of their office, stands there once, so that counts count it once."""
    return Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())


def new_directory(releases: Path) -> Path:
    with clear_errors(releases):
        directory = Path(tempfile.mkdtemp(prefix=STAGE_PREFIX, dir=releases))
        directory.chmod(0o755)  # mkdtemp's privacy would keep other users from reading
        return directory


@contextmanager
def clear_errors(directory: Path) -> Iterator[None]:
    """Say of a failure to write, such as a full disk, where it happened."""
    try:
        yield
    except OSError as error:
        raise DataFolderError(f"{directory} cannot be written: {error}.") from error


def text_path(release: Path, document_id: str) -> Path:
    return release / TEXTS / f"{document_id}.txt"


def facts_path(release: Path, document_id: str) -> Path:
    return release / FACTS / f"{document_id}.json"


def clear_stages(releases: Path) -> None:
    """Remove what interrupted runs have left; only the holder of the folder's lock may."""
    with clear_errors(releases):
        for stage in releases.glob(f"{STAGE_PREFIX}*"):
            shutil.rmtree(stage)


def link_files(source: Path, target: Path) -> None:
    for name in (TEXTS, FACTS):
        for file in (source / name).iterdir():
            os.link(file, target / name / file.name)


def replace_file(path: Path, text: str) -> None:
    # The old file may be a hard link into another release: never write through it.
    path.unlink(missing_ok=True)
    path.write_bytes(text.encode())
