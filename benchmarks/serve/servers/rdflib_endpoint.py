"""rdflib-endpoint with rdflib's own store: the default graph, which all query classes ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serve.servers.environment import installed
from benchmarks.serve.servers.export import default_graph_file
from benchmarks.serve.servers.running import Server, free_port, running
from store.release import Release


@contextmanager
def rdflib_endpoint(name: str, release: Release, folder: Path) -> Iterator[Server]:
    """`rdflib-endpoint serve` on the file; it reads the whole file before it listens."""
    program = installed(folder, "rdflib-endpoint[cli]", "rdflib-endpoint")
    port, triples = free_port(), default_graph_file(release, folder)
    command = [str(program), "serve", "--host", "127.0.0.1", "--port", str(port), str(triples)]
    with running(command, Server(name, 0, port, "/"), folder / f"{name}.log") as server:
        yield server
