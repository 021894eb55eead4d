"""Our server: its release in memory or on disk, with or without its cache of answers."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serve.servers.running import (
    START_SECONDS,
    BenchmarkError,
    Server,
    answers,
    free_port,
    running,
)
from store.nursery import memory_address
from store.release import Release

COLD = {"GUANLIAN_CACHE_MIB": "0"}
ON_DISK = {"GUANLIAN_MEMORY_MIB": "0"}
GLIBC = {"LD_PRELOAD": ""}
WORKERS = 2


@contextmanager
def guanlian(
    name: str, release: Release, folder: Path, environment: Mapping[str, str]
) -> Iterator[Server]:
    """`guanlian serve` on the data folder of the release; once it is in memory, unless it is to stay on disk.

    Raises BenchmarkError when the release does not get into memory.
    """
    data, port = release.directory.parent.parent, free_port()
    command = [sys.executable, "-m", "guanlian", "serve"]
    command += ["--data", str(data), "--port", str(port), "--workers", str(WORKERS)]
    server = Server(name, 0, port, "/sparql")
    with tempfile.TemporaryDirectory() as temporary:
        settings = {**environment, "TMPDIR": temporary}
        with running(command, server, folder / f"{name}.log", settings) as started:
            if ON_DISK.items() - {**os.environ, **environment}.items():
                wait_until_in_memory(started, release, Path(temporary))
            yield started


def wait_until_in_memory(server: Server, release: Release, temporary: Path) -> None:
    """Until then the release is served from disk."""
    deadline = time.monotonic() + START_SECONDS
    nurseries = next(temporary.glob("guanlian-*"))
    while not memory_address(nurseries, release.store_directory).exists():
        if time.monotonic() > deadline or not answers(server):
            raise BenchmarkError(
                f"{server.name} has not got {release.directory} into memory: see its log, and "
                "whether there is enough of it (GUANLIAN_MEMORY_MIB)."
            )
        time.sleep(0.5)
