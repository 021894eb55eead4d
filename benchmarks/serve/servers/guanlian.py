"""Our server, once with and once without its cache of answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serve.servers.running import Server, free_port, running
from store.release import Release

COLD = {"GUANLIAN_CACHE_MIB": "0"}


@contextmanager
def guanlian(
    name: str, release: Release, folder: Path, environment: Mapping[str, str]
) -> Iterator[Server]:
    """`guanlian serve` on the data folder of the release."""
    data, port = release.directory.parent.parent, free_port()
    command = [sys.executable, "-m", "guanlian", "serve"]
    command += ["--data", str(data), "--port", str(port), "--workers", "2"]
    server = Server(name, 0, port, "/sparql")
    with running(command, server, folder / f"{name}.log", environment) as started:
        yield started
