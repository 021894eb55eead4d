"""The worker processes: a query is really stopped, and nothing is lost with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from store.embedded import EmbeddedGraph
from store.errors import (
    DamagedReleaseError,
    GraphBusyError,
    QueryTimeoutError,
    WorkerLostError,
)
from store.graph import Boolean
from store.pool import WorkerPool
from store.worker import ALARM_GRACE_SECONDS

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("embedded") / "store"
    graph, predicate = NamedNode("http://g.test/"), NamedNode("http://x.test/p")
    store = Store(str(path))
    store.bulk_extend(
        Quad(NamedNode(f"http://x.test/{number}"), predicate, Literal(str(number)), graph)
        for number in range(2000)
    )
    store.flush()
    return path


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1, timeout_seconds=20, wait_seconds=0.5) as pool:
        yield pool


def process_ids(pool: WorkerPool) -> set[int]:
    return {worker.process_id for worker in pool._idle}


def is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def test_runaway_query_is_stopped_and_its_process_replaced(
    directory: Path, pool: WorkerPool
) -> None:
    graph = EmbeddedGraph(directory, pool)
    before = process_ids(pool)
    started = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"longer than 0\.5 seconds"):
        graph.query(RUNAWAY, timeout_seconds=0.5)
    assert time.monotonic() - started < 3
    assert not any(is_alive(process_id) for process_id in before)
    assert process_ids(pool).isdisjoint(before)
    assert graph.query("ASK { ?s ?p '7' }") == Boolean(True)


def test_worker_that_dies_is_reported_and_replaced(directory: Path, pool: WorkerPool) -> None:
    graph = EmbeddedGraph(directory, pool)
    graph.query("ASK {}")
    (process_id,) = process_ids(pool)
    threading.Timer(0.3, os.kill, (process_id, signal.SIGKILL)).start()
    with pytest.raises(WorkerLostError):
        graph.query(RUNAWAY)
    assert graph.query("ASK {}") == Boolean(True)


def occupy(graph: EmbeddedGraph) -> threading.Thread:
    """Keep one worker busy for two seconds."""

    def ask() -> None:
        with pytest.raises(QueryTimeoutError):
            graph.query(RUNAWAY, timeout_seconds=2)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.2)
    return thread


def test_query_that_finds_no_free_worker_is_told_so(directory: Path, pool: WorkerPool) -> None:
    graph = EmbeddedGraph(directory, pool)
    graph.query("ASK {}")
    thread = occupy(graph)
    with pytest.raises(GraphBusyError, match="All 1 workers"):
        graph.query("ASK {}")
    thread.join()


def test_queries_run_beside_each_other(directory: Path) -> None:
    with WorkerPool(2, timeout_seconds=20) as pool:
        graph = EmbeddedGraph(directory, pool)
        thread = occupy(graph)
        started = time.monotonic()
        assert graph.query("ASK { ?s ?p '7' }") == Boolean(True)
        assert time.monotonic() - started < 1.5
        thread.join()


def test_missing_store_is_a_clear_error(tmp_path: Path, pool: WorkerPool) -> None:
    with pytest.raises(DamagedReleaseError, match="cannot be opened"):
        EmbeddedGraph(tmp_path / "nothing", pool).query("ASK {}")


def test_workers_end_with_their_pool(directory: Path) -> None:
    pool = WorkerPool(2)
    EmbeddedGraph(directory, pool).query("ASK {}")
    ids = process_ids(pool)
    pool.close()
    assert ids
    assert not any(is_alive(process_id) for process_id in ids)


ORPHAN = """
import sys, threading
from pathlib import Path
from store.embedded import EmbeddedGraph
from store.pool import WorkerPool
pool = WorkerPool(1)
EmbeddedGraph(Path(sys.argv[1]), pool).query("ASK {}")
print(pool._idle[0].process_id, flush=True)
EmbeddedGraph(Path(sys.argv[1]), pool).query(sys.argv[2], timeout_seconds=1)
"""


def test_worker_does_not_outlive_a_killed_parent(directory: Path) -> None:
    arguments = [sys.executable, "-c", ORPHAN, str(directory), RUNAWAY]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        time.sleep(0.3)
        parent.kill()
    assert is_alive(worker)
    deadline = time.monotonic() + 1 + ALARM_GRACE_SECONDS + 3
    while is_alive(worker) and not is_zombie(worker) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_alive(worker) or is_zombie(worker)


def is_zombie(process_id: int) -> bool:
    try:
        status = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return True
    return status.rpartition(")")[2].split()[0] == "Z"
