"""How a release comes to be: staged beside the others, then renamed into place in one step.

The stage starts as a snapshot of the current release (hard links), so a document that stays costs
nothing. It is private to this process until it is renamed; dying at any moment leaves only a folder
that the next run clears away.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from store.derivation import DerivationRule, conclusions
from store.document_graphs import DocumentGraphs
from store.errors import DataFolderError
from store.manifest import DocumentEntry, Manifest, write_manifest
from store.merged_store import MergedStore, merged
from store.opening import open_store
from store.page_images import page_archive

STORE, TEXTS, FACTS, LAYOUTS, PAGES = "store", "texts", "facts", "layouts", "pages"
# The folders that hold a file a document, or none where the document has nothing of the kind.
FOLDERS = (TEXTS, FACTS, LAYOUTS, PAGES)
# What was written into the default graph itself, where anything was (see `store.merged_store`).
WRITTEN = "default.nt"
STAGE_PREFIX = ".building-"
# Quads are held back and loaded together: each bulk load writes new files.
BULK_QUADS = 500_000


class Stage:
    """A release under construction in a directory of its own among the releases."""

    def __init__(self, releases: Path, start_from: Path | None) -> None:
        """Raises DataFolderError when nothing can be written among the releases."""
        self._merged: MergedStore | None = None
        self._waiting: list[Quad] = []
        self.directory = new_directory(releases)
        try:
            with clear_errors(self.directory):
                self._start(start_from)
        except BaseException:
            self.abandon()
            raise

    def _start(self, start_from: Path | None) -> None:
        for name in FOLDERS:
            (self.directory / name).mkdir()
        if start_from is not None:
            link_files(start_from, self.directory)
            open_store(start_from / STORE).backup(str(self.directory / STORE))
        store = Store(str(self.directory / STORE))
        self._merged = MergedStore(store, self.directory / WRITTEN)

    @property
    def merged(self) -> MergedStore:
        """The store that is being filled, with its merge."""
        assert self._merged is not None, "the stage is finished"
        return self._merged

    @property
    def store(self) -> Store:
        """The store that is being filled."""
        return self.merged.store

    def replace_graphs(self, old: Iterable[str], quads: Sequence[Quad]) -> None:
        """Drop the named graphs in `old`, then take the quads."""
        stale = [NamedNode(graph) for graph in old]
        if stale:
            self._load()
        with clear_errors(self.directory):
            for graph in stale:
                self.merged.clear(graph)
        self._waiting.extend(quads)
        if len(self._waiting) >= BULK_QUADS:
            self._load()

    def write_files(self, document: DocumentGraphs) -> None:
        """The files of a document, in place of earlier ones."""
        images = document.page_images
        contents = (
            (text_path, document.text.encode()),
            (facts_path, document.facts_json.encode()),
            (layout_path, document.layout_json.encode()),
            (pages_path, page_archive(images) if images else b""),
        )
        with clear_errors(self.directory):
            for path_of, content in contents:
                replace_file(path_of(self.directory, document.document_id), content)

    def remove_files(self, entry: DocumentEntry) -> None:
        """Take the files of a document out; its graphs are for `replace_graphs`."""
        with clear_errors(self.directory):
            for path_of in (text_path, facts_path, layout_path, pages_path):
                path_of(self.directory, entry.document_id).unlink(missing_ok=True)

    def conclude(self, old: Iterable[str], rules: Iterable[DerivationRule]) -> Sequence[Quad]:
        """Drop the named graphs of old conclusions, then take what the rules conclude from the rest.

        Raises RuleError when a rule cannot be run.
        """
        self.replace_graphs(old, ())
        self._load()
        quads = conclusions(self.store, rules)
        self.replace_graphs((), quads)
        return quads

    def finish(
        self, manifest: Manifest, destination: Path, *, sync: Callable[[Path], None] | None = None
    ) -> None:
        """Complete the release and give it its name; after this it never changes.

        `sync` brings the directory whole on disk; without it, all that waits to be written is.
        """
        self._load()
        with clear_errors(self.directory):
            self.store.flush()
            write_manifest(manifest, self.directory)
            self._merged = None  # closes the store
            # Whole on disk before it has a name, should the power fail.
            os.sync() if sync is None else sync(self.directory)
            self.directory.rename(destination)

    def abandon(self) -> None:
        """Throw the stage away. What cannot be removed is left to the next run: why the stage is
        abandoned is what has to be told."""
        self._merged = None
        shutil.rmtree(self.directory, ignore_errors=True)

    def _load(self) -> None:
        if self._waiting:
            with clear_errors(self.directory):
                self.store.bulk_extend(chain(self._waiting, map(merged, self._waiting)))
            self._waiting = []


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


def layout_path(release: Path, document_id: str) -> Path:
    return release / LAYOUTS / f"{document_id}.json"


def pages_path(release: Path, document_id: str) -> Path:
    return release / PAGES / f"{document_id}.zip"


def clear_stages(releases: Path) -> None:
    """Remove what interrupted runs have left; only the holder of the folder's lock may."""
    with clear_errors(releases):
        for stage in releases.glob(f"{STAGE_PREFIX}*"):
            shutil.rmtree(stage)


def link_files(source: Path, target: Path) -> None:
    for name in FOLDERS:
        # A release of an earlier program has not all of the folders.
        for file in (source / name).iterdir() if (source / name).is_dir() else ():
            os.link(file, target / name / file.name)
    if (source / WRITTEN).is_file():
        os.link(source / WRITTEN, target / WRITTEN)


def sync_new_files(directory: Path) -> None:
    """Bring on disk what a stage has of its own: what is linked to an earlier release is there.

    A small write so waits for its own few files, not for all that the machine has to write.
    """
    sync_file(directory)
    for path in directory.rglob("*"):
        if path.is_dir() or path.stat().st_nlink == 1:
            sync_file(path)


def sync_file(path: Path | str) -> None:
    """Bring one file or directory on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_file(path: Path, content: bytes) -> None:
    # The old file may be a hard link into another release: never write through it.
    path.unlink(missing_ok=True)
    if content:
        path.write_bytes(content)
