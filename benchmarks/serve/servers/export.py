"""The release as files that the peers load; made once and kept beside them."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import DefaultGraph, RdfFormat, Store

from store.release import Release


def default_graph_file(release: Release, folder: Path) -> Path:
    """The default graph, which is the merge of all named graphs, as N-Triples."""
    path = folder / "default.nt"
    if not path.is_file():
        store = release.open_store()
        partial = path.with_suffix(".partial")
        store.dump(str(partial), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        partial.rename(path)
    return path


def dataset_file(release: Release, folder: Path) -> Path:
    """The default graph and the named graphs, as N-Quads."""
    path = folder / "dataset.nq"
    if not path.is_file():
        store = release.open_store()
        partial = path.with_suffix(".partial")
        store.dump(str(partial), RdfFormat.N_QUADS)
        partial.rename(path)
    return path


def store_copy(release: Release, folder: Path) -> Path:
    """The store as Oxigraph wrote it: a snapshot, so that a peer never opens the release itself."""
    path = folder / "store"
    if not path.is_dir():
        Store.read_only(str(release.store_directory)).backup(str(path))
    return path
