"""Virtuoso 7 from Debian (`apt-get install virtuoso-opensource-7`), where it is installed.

It has no default graph of its own: without a graph it asks all it has, its own too, and repeats a
triple for every graph that states it. So it is given the merge as one graph, and every request names
that graph as the default graph.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serve.servers.export import default_graph_file
from benchmarks.serve.servers.running import BenchmarkError, Server, free_port, running
from store.release import Release

GRAPH = "urn:guanlian:default"
# Its usual DESCRIBE tells the triples with the thing as object too; the others give those of it alone.
PROLOGUE = 'define sql:describe-mode "CBD" '
# A page of 8 KiB each: 1.3 GiB, more than the database of a thousand documents has.
BUFFERS = 170_000
CONFIGURATION = Path(__file__).with_name("virtuoso.ini")
LOADED = "loaded"


@contextmanager
def virtuoso(name: str, release: Release, folder: Path) -> Iterator[Server]:
    """`virtuoso-t` on a database of its own, loaded when it is new."""
    if shutil.which("virtuoso-t") is None:
        raise BenchmarkError("Virtuoso is not installed (apt-get install virtuoso-opensource-7).")
    database = folder / "virtuoso"
    database.mkdir(exist_ok=True)
    port, sql_port = free_port(), free_port()
    triples = default_graph_file(release, folder)
    configuration = database / "virtuoso.ini"
    configuration.write_text(
        CONFIGURATION.read_text("ascii").format(
            database=database, folder=folder, port=port, sql_port=sql_port, buffers=BUFFERS
        )
    )
    command = ["virtuoso-t", "-f", "+configfile", str(configuration)]
    server = Server(name, 0, port, "/sparql", {"default-graph-uri": GRAPH}, PROLOGUE)
    with running(command, server, folder / f"{name}.log") as started:
        if not (database / LOADED).is_file():
            load(sql_port, triples)
            (database / LOADED).touch()
        yield started


def load(sql_port: int, triples: Path) -> None:
    """Load by the bulk loader. Raises BenchmarkError with what isql said."""
    statements = f"""
        ld_dir('{triples.parent}', '{triples.name}', '{GRAPH}');
        rdf_loader_run();
        checkpoint;
        select 'failed', ll_file, ll_error from DB.DBA.load_list where ll_error is not null;
    """
    command = ["isql-vt", f"127.0.0.1:{sql_port}", "dba", "dba", "ERRORS=STDOUT"]
    said = subprocess.run(command, input=statements, capture_output=True, text=True)
    if said.returncode or "*** Error" in said.stdout or "failed  " in said.stdout:
        raise BenchmarkError(f"Virtuoso does not load {triples}: {said.stdout}{said.stderr}")
