"""What is made of a finished release on the side, once: the pieces of its dumps, its statistics, checksums.

    DATA/dumps/{release}.json        sizes and SHA-256 of the dumps, statistics

The release itself never changes. A process of its own does the work, with low priority, and only one at a
time; its result appears whole or not at all, and outlives restarts.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Self

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from store.document_graphs import GraphDigest
from store.errors import DamagedReleaseError, DataFolderError, StoreError
from store.folder_lock import open_lock
from store.pieces import FOLDER, FORMS, MAKING, Pieces, write_whole
from store.release import Release
from store.stage import WRITTEN
from store.statistics import DatasetStatistics, dataset_statistics

PROGRAM = (
    "import sys; sys.path[:] = {path!r}; from store.published import main; main({directory!r})"
)
BLOCK = 1 << 20
NICENESS = 10
#: The name of the default graph among the named ones.
DEFAULT = ""
Graphs = Mapping[str, GraphDigest]


@dataclass(frozen=True, slots=True)
class Dump:
    """A whole dump: its size in bytes and its SHA-256."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Published:
    """What was made of a release: a dump in each form, and the statistics."""

    dumps: Mapping[str, Dump]
    statistics: DatasetStatistics


def data_folder(release: Release) -> Path:
    """The data folder that a release stands in."""
    return release.directory.parent.parent


def record_path(release: Release) -> Path:
    return data_folder(release) / FOLDER / f"{release.release_id}.json"


def published(release: Release) -> Published | None:
    """What was made of the release; None as long as it is not finished. Raises DamagedReleaseError."""
    path = record_path(release)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        dumps = {form: Dump(**found) for form, found in content["dumps"].items()}
        return Published(dumps, DatasetStatistics.from_json(content["statistics"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedReleaseError(f"The file {path} cannot be read: {error!r}.") from error


def owners(release: Release) -> Iterator[Graphs]:
    """The graphs of each owner as they are now: the vocabulary, the conclusions, the documents by id, then
    what writes over HTTP made of nobody's. `""` stands for what was written into the default graph itself.
    """
    manifest = release.manifest
    now = manifest.graphs
    if manifest.default_graph is not None:
        now[DEFAULT] = manifest.default_graph
    documents = (entry.graphs for _, entry in sorted(manifest.documents.items()))
    ingested = (manifest.vocabulary, manifest.conclusions, *documents)
    for graphs in ingested:
        owned = {iri: now.pop(iri) for iri in graphs if iri in now}
        if owned:
            yield owned
    yield from ({iri: now[iri]} for iri in sorted(now))


def document_graphs(release: Release, document_id: str) -> Graphs:
    """The graphs of one document as they are now. Raises KeyError for an unknown document."""
    now = release.manifest.graphs
    graphs = release.manifest.documents[document_id].graphs
    return {iri: now[iri] for iri in graphs if iri in now}


def dump_paths(release: Release, form: str) -> list[Path]:
    """The files that make a dump, one after the other."""
    pieces = Pieces.of(data_folder(release))
    return [pieces.path(graphs, form) for graphs in owners(release)]


def publish(
    release: Release, progress: Callable[[int, int], object] = lambda done, total: None
) -> Published:
    """Make what is missing, and give all of it. It waits for another process that does the same.

    Raises DataFolderError when the data folder cannot be written.
    """
    with publishing(data_folder(release)):
        found = published(release)
        if found is None:
            make_pieces(release, progress)
            found = Published(dumps_of(release), statistics_of(release))
            write_record(release, found)
            prune(data_folder(release))
        return found


def prune(data: Path) -> None:
    """Remove what belongs to no release that is still there."""
    releases = [Release(folder) for folder in (data / "releases").glob("[!.]*")]
    records = {record_path(release) for release in releases}
    pieces = {path for release in releases for form in FORMS for path in dump_paths(release, form)}
    for kept, found in (
        (records, (data / FOLDER).glob("*.json")),
        (pieces, Pieces.of(data).folder.glob("*/*.gz")),
    ):
        for path in {*found} - kept:
            path.unlink(missing_ok=True)
    for path in (data / FOLDER).rglob(f"{MAKING}*"):
        path.unlink(missing_ok=True)  # what a process that was killed has left


@contextmanager
def publishing(data: Path) -> Iterator[None]:
    """Hold the lock of what is made on the side; the kernel frees it when its holder dies."""
    folder = data / FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise DataFolderError(f"{folder} cannot be written: {error.strerror}.") from error
    with open_lock(folder / ".lock") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_pieces(release: Release, progress: Callable[[int, int], object]) -> None:
    """The pieces that are not there yet, from the store."""
    pieces = Pieces.of(data_folder(release))
    missing = [graphs for graphs in owners(release) if not pieces.has(graphs)]
    store = release.open_store()
    for done, graphs in enumerate(missing, 1):
        quads = chain.from_iterable(quads_of(release, store, iri) for iri in graphs)
        pieces.write(graphs, quads)
        progress(done, len(missing))


def quads_of(release: Release, store: Store, graph: str) -> Iterator[Quad]:
    """The quads of a named graph, or those that were written into the default graph itself."""
    if graph != DEFAULT:
        yield from store.quads_for_pattern(None, None, None, NamedNode(graph))
    else:
        yield from parse(path=str(release.directory / WRITTEN), format=RdfFormat.N_TRIPLES)


def statistics_of(release: Release) -> DatasetStatistics:
    pieces = Pieces.of(data_folder(release))
    readers = [partial(pieces.read, graphs) for graphs in owners(release)]
    return dataset_statistics(readers, release.open_store())


def dumps_of(release: Release) -> dict[str, Dump]:
    return {form: dump_of(dump_paths(release, form)) for form in FORMS}


def dump_of(paths: list[Path]) -> Dump:
    digest, size = hashlib.sha256(), 0
    for path in paths:
        content = path.read_bytes()
        digest.update(content)
        size += len(content)
    return Dump(size, digest.hexdigest())


def write_record(release: Release, found: Published) -> None:
    content = {
        "dumps": {
            form: {"bytes": dump.bytes, "sha256": dump.sha256} for form, dump in found.dumps.items()
        },
        "statistics": found.statistics.to_json(),
    }
    write_whole(record_path(release), json.dumps(content, indent=1).encode())


def read_range(paths: list[Path], start: int, end: int) -> Iterator[bytes]:
    """The bytes from `start` up to `end` of files that follow each other, block by block."""
    for path in paths:
        size = path.stat().st_size
        if start < size and end > 0:
            with path.open("rb") as file:
                file.seek(max(start, 0))
                wanted = min(end, size) - max(start, 0)
                while wanted > 0 and (block := file.read(min(BLOCK, wanted))):
                    wanted -= len(block)
                    yield block
        start, end = start - size, end - size


class Publisher:
    """Starts the making on the side, at most one process for a release at a time from here."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, release: Release) -> subprocess.Popen[bytes]:
        """Have it made, unless that is under way: the process that does it. Raises DataFolderError when a
        run before failed."""
        with self._lock:
            ended = {
                name: each for name, each in self._processes.items() if each.poll() is not None
            }
            for name in ended:
                del self._processes[name]
            failed = ended.get(release.release_id)
            if failed is not None and failed.returncode:
                raise DataFolderError(
                    f"{data_folder(release) / FOLDER} cannot be filled: see the log of the server."
                )
            if release.release_id not in self._processes:
                self._processes[release.release_id] = start_process(release)
            return self._processes[release.release_id]

    def wait(self, release: Release, seconds: float) -> Published | None:
        """What was made of a release, waiting a moment for it where it is not finished."""
        found = published(release)
        if found is not None:
            return found
        try:
            self.start(release).wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        return published(release)

    def close(self) -> None:
        """End what is under way; what it has made stays, and the next one goes on from there."""
        with self._lock:
            for process in self._processes.values():
                process.terminate()
                process.wait()
            self._processes.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def start_process(release: Release) -> subprocess.Popen[bytes]:
    program = PROGRAM.format(path=sys.path, directory=str(release.directory))
    return subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.DEVNULL)


def main(directory: str) -> None:
    """The process on the side: it gives way to those that answer. Exit status 1 when it cannot be done."""
    os.nice(NICENESS)
    try:
        publish(Release(Path(directory)))
    except StoreError as error:
        sys.exit(str(error))
