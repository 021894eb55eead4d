"""The native Oxigraph server, on a copy of the release's store and with the same quads in memory."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serve.servers.environment import installed
from benchmarks.serve.servers.export import dataset_file, store_copy
from benchmarks.serve.servers.running import BenchmarkError, Server, free_port, running
from store.release import Release

REQUIREMENT, PROGRAM = "oxigraph", "oxigraph"


@contextmanager
def oxigraph_on_disk(name: str, release: Release, folder: Path) -> Iterator[Server]:
    """`oxigraph serve-read-only` on a snapshot of the store."""
    program, port = installed(folder, REQUIREMENT, PROGRAM), free_port()
    command = [str(program), "serve-read-only", "--location", str(store_copy(release, folder))]
    command += ["--bind", f"127.0.0.1:{port}"]
    with running(command, Server(name, 0, port, "/query"), folder / f"{name}.log") as server:
        yield server


@contextmanager
def oxigraph_in_memory(name: str, release: Release, folder: Path) -> Iterator[Server]:
    """`oxigraph serve` without a location, given the quads over the graph store protocol."""
    program, port = installed(folder, REQUIREMENT, PROGRAM), free_port()
    quads = dataset_file(release, folder)
    command = [str(program), "serve", "--bind", f"127.0.0.1:{port}"]
    with running(command, Server(name, 0, port, "/query"), folder / f"{name}.log") as server:
        load(port, quads)
        yield server


def load(port: int, quads: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Content-Type": "application/n-quads", "Content-Length": str(quads.stat().st_size)}
    with quads.open("rb") as body:
        connection.request("POST", "/store?no_transaction", body, headers)
        answer = connection.getresponse()
        said = answer.read().decode("utf-8", "replace")
    connection.close()
    if answer.status >= 300:
        raise BenchmarkError(f"The native server does not load {quads}: {said}")
