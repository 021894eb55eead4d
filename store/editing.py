"""Writing into a release: each write makes a new release out of the current one, or nothing at all.

The new release starts as a snapshot (hard links), so what a write does not touch costs nothing. It says
in its manifest which named graphs are not as ingestion made them (`written`), and what was written into
the default graph itself. Conclusions of rules are not drawn anew by a write, since that takes a look at
everything: the next ingestion does. Ingestion keeps what was written, except into graphs that it makes
anew; it tells which (`BuildOutcome.overwritten`), and the releases before still have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    Triple,
)

from store.building import program_version
from store.document_graphs import GraphDigest, sha256_of
from store.errors import DataFolderError
from store.folder_lock import writing
from store.manifest import FORMAT_VERSION, Manifest
from store.merged_store import MergedStore, on_default
from store.rdf_reading import read_triples
from store.release import Release
from store.releases import DataFolder
from store.stage import Stage, clear_stages, sync_new_files

NOTHING = GraphDigest(sha256_of(""), 0)
WAIT_SECONDS = 30.0


class Edit(Protocol):
    """A change of a release; travels to the writing process."""

    def prepared(self) -> Callable[[MergedStore], None]:
        """Read and check the change, and give what makes it; either raises StoreError."""
        ...


@dataclass(frozen=True, slots=True)
class RdfBody:
    """A graph as it was sent: bytes in a media type of `store.rdf_reading.GRAPH_FORMATS`."""

    content: bytes
    media_type: str
    base_iri: str

    def quads(self, graph: str | None) -> list[Quad]:
        """The triples in a graph. Raises MalformedRdfError."""
        name = DefaultGraph() if graph is None else NamedNode(graph)
        found = read_triples(self.content, self.media_type, self.base_iri)
        return [Quad(quad.subject, quad.predicate, quad.object, name) for quad in found]


@dataclass(frozen=True, slots=True)
class GraphAddition:
    """Add what was sent to a graph, or put it in place of it; `graph` None is the default graph.

    `replaces` also when nothing was sent: DELETE of the graph store protocol.
    """

    graph: str | None
    bodies: tuple[RdfBody, ...]
    replaces: bool

    def prepared(self) -> Callable[[MergedStore], None]:
        """Raises MalformedRdfError."""
        return partial(self.put, [quad for body in self.bodies for quad in body.quads(self.graph)])

    def put(self, quads: list[Quad], store: MergedStore) -> None:
        if self.replaces:
            store.clear(DefaultGraph() if self.graph is None else NamedNode(self.graph))
        store.insert(quads)


@dataclass(frozen=True, slots=True)
class EditOutcome:
    """The release that is current now, and the one before; they are the same when nothing has changed."""

    release: Release
    previous: Release | None

    @property
    def created(self) -> bool:
        """Whether the release says something else than the one before."""
        return self.release != self.previous


def edit(folder: DataFolder, change: Edit, *, wait_seconds: float = WAIT_SECONDS) -> EditOutcome:
    """Make the current release, changed, the new one. A folder without a release gets its first.

    Raises:
        FolderLockedError: another process was writing for longer than the wait.
        DataFolderError: the folder cannot be written.
        QueryError, MalformedRdfError: the change cannot be made; all stays as it was.
    """
    apply = change.prepared()
    make_directory(folder)
    with writing(folder.path, wait_seconds=wait_seconds):
        clear_stages(folder.releases_directory)
        current = folder.current() if folder.current_id() else None
        stage = Stage(folder.releases_directory, current.directory if current else None)
        try:
            apply(stage.merged)
            manifest = changed_manifest(current, stage.merged)
            release = Release(folder.releases_directory / manifest.release_id)
            if current is not None and release.release_id == current.release_id:
                return EditOutcome(current, current)
            if not release.directory.is_dir():
                stage.merged.write_file()
                stage.finish(manifest, release.directory, sync=sync_new_files)
        finally:
            stage.abandon()
        folder.switch(release)
        return EditOutcome(release, current)


def first_release(folder: DataFolder) -> None:
    """Give a folder without a release an empty one, which can be written into."""
    if folder.current_id() is None:
        folder.build([], [])


def make_directory(folder: DataFolder) -> None:
    try:
        folder.releases_directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderError(f"{folder.path} cannot be a data folder: {error}.") from error


def changed_manifest(current: Release | None, store: MergedStore) -> Manifest:
    """The manifest after a write: only graphs that were written into are looked at again."""
    before = current.manifest if current else Manifest({}, {}, program_version())
    ingested = before.ingested_graphs
    written = dict(before.written)
    for name in store.changed:
        if isinstance(name, NamedNode):
            digest = digest_of(store.quads_of(name), ingested.get(name.value))
            written[name.value] = digest
    written = {
        graph: digest for graph, digest in written.items() if digest != ingested.get(graph, NOTHING)
    }
    own = before.default_graph
    if DefaultGraph() in store.changed:
        own = digest_of(map(on_default, store.written), None)
    own = own if own and own.quads else None
    return replace(
        before,
        written=written,
        default_graph=own,
        concluded=not (written or own),
        format_version=FORMAT_VERSION,
    )


def digest_of(quads: Iterable[Quad], as_ingested: GraphDigest | None) -> GraphDigest:
    """The digest of one graph, which does not depend on the labels of its blank nodes (RDFC-1.0); that
    of ingestion, which labels them by document, when nothing was changed after all."""
    quads = list(quads)
    digest = digest_of_lines(quads)
    if digest == as_ingested or not any(has_blank_node(quad) for quad in quads):
        return digest
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return digest_of_lines(dataset)


def digest_of_lines(quads: Iterable[Quad]) -> GraphDigest:
    lines = sorted(map(str, quads))
    return GraphDigest(sha256_of("\n".join(lines)), len(lines))


def has_blank_node(quad: Quad) -> bool:
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode | Triple)
