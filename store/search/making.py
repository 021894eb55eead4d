"""How the index of a release comes to be, beside the releases and in one step.

    DATA/search/{release}.{format}.sqlite

An index follows from its release alone, so it is no part of it: a release that an earlier program built, or
whose index a later one makes otherwise, gets its own without being touched, and its id stays. A build
makes the index before the release is switched to; it starts from that of the release before, of which
only what has changed is made anew. Whoever serves a release without one makes it then.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from ontology.namespaces import DEFAULT_BASE
from store.document_graphs import sha256_of
from store.errors import DamagedReleaseError, DataFolderError
from store.manifest import Manifest
from store.release import Release
from store.search import index_file
from store.search.entries import KINDS, Entry, read_entries
from store.search.index import open_index

FOLDER = "search"
LOCK = ".lock"
UNFINISHED = ".making-"
SUFFIX = f".{index_file.FORMAT}.sqlite"
UNSTATED = tuple(kind.name for kind in KINDS if not kind.is_stated)


def index_path(release: Path) -> Path:
    """Where the index of a release lies, by the directory of the release."""
    return release.parent.parent / FOLDER / f"{release.name}{SUFFIX}"


def make_index(release: Release, before: Release | None = None) -> Path:
    """Make the index of a release unless it is there; from that of the release `before`, if it has one.

    Raises:
        DataFolderError: the folder of the indexes cannot be written.
        DamagedReleaseError: the release cannot be read.
    """
    path = index_path(release.directory)
    if path.is_file():
        return path
    with making(path.parent):
        if not path.is_file():  # another process may just have made it
            clear(path.parent, release.directory.parent)
            write_index(release, path, before)
    return path


def write_index(release: Release, path: Path, before: Release | None) -> None:
    descriptor, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    unfinished = Path(name)
    try:
        fill(unfinished, release, before)
        os.fchmod(descriptor, 0o644)  # mkstemp's privacy would keep other users from searching
        os.fsync(descriptor)  # whole on disk before it has a name, should the power fail
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


def fill(unfinished: Path, release: Release, before: Release | None) -> None:
    now, known = sources(release.manifest), sources_of_index(before, base_of(release.manifest))
    changed = {name for name in now.keys() | known.keys() if now.get(name) != known.get(name)}
    # Taking tokens out costs about as much as putting them in.
    is_update = before is not None and 2 * len(changed) < len(now)
    if before is not None and is_update:
        shutil.copyfile(index_path(before.directory), unfinished)
    with closing(index_file.open_private(unfinished)) as index:
        if is_update:
            update(index, release, changed)
        else:
            index_file.create(index)
            index_file.insert(index, read(release))
        index_file.finish(index, now, base_of(release.manifest))


def update(index: sqlite3.Connection, release: Release, changed: Collection[str]) -> None:
    """Bring the index of an earlier release up to date: what changed documents state, and anything else
    that differs."""
    old = dict(index_file.stored(index, changed, UNSTATED))
    documents = release.manifest.documents
    graphs = [graph for name in changed if name in documents for graph in documents[name].graphs]
    new: dict[str, Entry] = {}
    for entry in read(release, graphs):
        new.setdefault(entry.iri, entry)
    index_file.remove(
        index, [iri for iri, known in old.items() if iri not in new or new[iri] != known]
    )
    index_file.insert(index, (entry for iri, entry in new.items() if old.get(iri) != entry))


def read(release: Release, stating: Sequence[str] | None = None) -> Iterator[Entry]:
    """The entries of a release. Raises DamagedReleaseError."""
    try:
        yield from read_entries(release.open_store(), base_of(release.manifest), stating)
    except OSError as error:
        raise DamagedReleaseError(
            f"The store in {release.store_directory} cannot be read: {error}."
        ) from error


def base_of(manifest: Manifest) -> str:
    """The base IRI of a release, which its manifest does not tell: what comes before the name of the
    vocabulary's graph."""
    named = (graph.partition("graph/") for graph in sorted(manifest.vocabulary))
    return next((base for base, slash, _ in named if slash), DEFAULT_BASE)


def sources(manifest: Manifest) -> dict[str, str]:
    """What the statements of each document follow from, as a digest."""
    return {
        name: sha256_of("".join(f"{iri} {graph.sha256}\n" for iri, graph in entry.graphs.items()))
        for name, entry in manifest.documents.items()
    }


def sources_of_index(release: Release | None, base_iri: str) -> Mapping[str, str]:
    """The sources that the index of a release was made from; none without a usable one."""
    if release is None or not index_path(release.directory).is_file():
        return {}
    try:
        with closing(open_index(index_path(release.directory))) as index:
            return index_file.stored_sources(index, base_iri)
    except sqlite3.DatabaseError:
        return {}  # a damaged one is not built upon


@contextmanager
def making(folder: Path) -> Iterator[None]:
    """Be the only one who makes an index in a folder; the kernel frees the lock when its holder dies."""
    try:
        folder.mkdir(exist_ok=True)
        with (folder / LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except (OSError, sqlite3.OperationalError) as error:
        raise DataFolderError(f"{folder} cannot be written: {error}.") from error


def clear(folder: Path, releases: Path) -> None:
    """Remove what interrupted makers have left, and the indexes of releases that are gone; only the holder
    of the lock may."""
    for file in folder.iterdir():
        is_orphan = file.suffix == ".sqlite" and not (releases / file.name.split(".")[0]).is_dir()
        if file.name.startswith(UNFINISHED) or is_orphan:
            file.unlink()
