"""How the index of a release comes to be, beside the releases and in one step.

    DATA/search/{release}.{format}.sqlite

An index follows from its release alone, so it is no part of it: a release that an earlier program built, or
whose index a later one makes otherwise, gets its own without being touched, and its id stays. A build
makes the index before the release is switched to; it starts from the one made last, of which only what has
changed is made anew. Whoever serves a release without one, as after a write over HTTP, makes it then.
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
from store.document_graphs import GraphDigest, sha256_of
from store.errors import DamagedReleaseError, DataFolderError
from store.manifest import Manifest
from store.release import Release
from store.search import index_file
from store.search.entries import KINDS, Entry, read_entries
from store.search.reader import open_index
from store.search.schema import SUFFIX, index_path

LOCK = ".lock"
UNFINISHED = ".making-"
#: What belongs to no document, among the sources; no document has this id.
ELSEWHERE = "*"
MOST_KEPT = 4
UNSTATED = tuple(kind.name for kind in KINDS if not kind.is_stated)


def make_index(release: Release) -> Path:
    """Make the index of a release unless it is there, from the one that was made last in its folder.

    Raises:
        DataFolderError: the folder of the indexes cannot be written.
        DamagedReleaseError: the release cannot be read.
    """
    path = index_path(release.directory)
    if path.is_file():
        return path
    with making(path.parent):
        if not path.is_file():  # another process may just have made it
            write_index(release, path)
            clear(path.parent, release.directory.parent)
    return path


def write_index(release: Release, path: Path) -> None:
    descriptor, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    unfinished = Path(name)
    try:
        fill(unfinished, release, next(iter(indexes(path.parent)), None))
        os.fchmod(descriptor, 0o644)  # mkstemp's privacy would keep other users from searching
        os.fsync(descriptor)  # whole on disk before it has a name, should the power fail
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    finally:
        os.close(descriptor)


def indexes(folder: Path) -> list[Path]:
    """The finished indexes of a folder, the one made last first."""
    found = folder.glob(f"*{SUFFIX}")
    return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def fill(unfinished: Path, release: Release, earlier: Path | None) -> None:
    now, known = sources(release.manifest), sources_of_index(earlier, base_of(release.manifest))
    changed = {name for name in now.keys() | known.keys() if now.get(name) != known.get(name)}
    # Taking tokens out costs about as much as putting them in.
    is_update = ELSEWHERE not in changed and 2 * len(changed) < len(now)
    if earlier is not None and is_update:
        shutil.copyfile(earlier, unfinished)
    with closing(index_file.open_private(unfinished)) as index:
        if earlier is not None and is_update:
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
    """What statements follow from, as a digest of the graphs of each document, and one of those that were
    written into the release and belong to no document."""
    graphs = manifest.graphs
    found = {
        name: digest_of({iri: graphs[iri] for iri in entry.graphs if iri in graphs})
        for name, entry in manifest.documents.items()
    }
    owned = {iri for entry in manifest.documents.values() for iri in entry.graphs}
    written = {iri: digest for iri, digest in manifest.written.items() if iri not in owned}
    own = {"": manifest.default_graph} if manifest.default_graph else {}
    return {**found, ELSEWHERE: digest_of(written | own)}


def digest_of(graphs: Mapping[str, GraphDigest]) -> str:
    return sha256_of("".join(f"{iri} {graph.sha256}\n" for iri, graph in sorted(graphs.items())))


def sources_of_index(path: Path | None, base_iri: str) -> Mapping[str, str]:
    """The sources that an index was made from; none without a usable one."""
    if path is None:
        return {}
    try:
        with closing(open_index(path)) as index:
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
    """Remove what interrupted makers have left, indexes of other formats and of releases that are gone, and
    of others all but the latest, which can be made again; only the holder of the lock may."""
    there = [path for path in indexes(folder) if (releases / path.name.split(".")[0]).is_dir()]
    for file in folder.iterdir():
        if file.name != LOCK and file not in there[:MOST_KEPT]:
            file.unlink()
