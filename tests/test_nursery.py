"""Nurseries: one release in memory and on disk answers the same, and no process or folder is left behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store

from store.embedded import EmbeddedGraph
from store.errors import DamagedReleaseError, QueryMemoryError
from store.graph import Boolean
from store.media_types import CSV, N_TRIPLES
from store.nursery import Nurseries, disk_address, in_memory, memory_address
from store.pool import WorkerPool
from tests.test_store_embedded import is_alive, is_zombie

XSD = "http://www.w3.org/2001/XMLSchema#"
AWKWARD = ('"', "\\", "\r\n", "\t", "示例", "}},{", "<b>&", "\u2028", "😀", "")
BLANK = re.compile(r"_:\w+")
GREEDY = "SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a"


def awkward_quads() -> Iterator[Quad]:
    """Quads with strings that are easily spoilt on the way, in several graphs and in the default one."""
    predicate = NamedNode("http://x.test/p")
    for number in range(3000):
        graph = NamedNode(f"http://x.test/g{number % 3}")
        subject = NamedNode(f"http://x.test/{number}")
        value = AWKWARD[number % len(AWKWARD)] + str(number)
        yield Quad(subject, predicate, Literal(value), graph)
        yield Quad(subject, predicate, Literal(value, language="zh-Hans"))
        amount = Literal(f"{number}.50", datatype=NamedNode(f"{XSD}decimal"))
        yield Quad(BlankNode(f"b{number}"), predicate, amount, graph)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("nursery") / "store"
    store = Store(str(path))
    store.bulk_extend(awkward_quads())
    store.flush()
    return path


@pytest.fixture(scope="module")
def pool(directory: Path) -> Iterator[WorkerPool]:
    nurseries = Nurseries(query_memory_bytes=1 << 27, memory_bytes=1 << 28)
    with WorkerPool(1, timeout_seconds=20, nurseries=nurseries) as pool:
        yield pool


def eventually(holds: Callable[[], bool], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return held


def have_ended(processes: Iterable[int], seconds: float = 10) -> bool:
    """Whether the processes end in time."""
    return eventually(
        lambda: all(not is_alive(process) or is_zombie(process) for process in processes), seconds
    )


QUERIES = (
    "SELECT * { ?s ?p ?o FILTER(isIRI(?s)) } ORDER BY ?o ?s",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
    "SELECT (SUM(?o) AS ?sum) { ?s ?p ?o FILTER(isNumeric(?o)) }",
    'CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(CONTAINS(STR(?o), "示例") && isIRI(?s)) } ORDER BY ?s',
)


def quads(store: Store) -> list[str]:
    """The quads of a store without the labels of blank nodes, which say nothing."""
    dumped = store.dump(format=RdfFormat.N_QUADS)
    assert dumped is not None
    lines = dumped.decode().split("\n")
    return sorted(BLANK.sub("[]", line) for line in lines)


def answers(graph: EmbeddedGraph) -> list[bytes]:
    return [
        b"\n".join(
            sorted(graph.serialize(query, solutions_as=CSV, triples_as=N_TRIPLES).body.split(b"\n"))
        )
        for query in QUERIES
    ]


def test_release_is_answered_from_memory_as_from_disk_once_it_is_there(
    directory: Path, pool: WorkerPool
) -> None:
    graph = EmbeddedGraph(directory, pool, keeps_merge=True)
    from_disk = answers(graph)
    assert [worker.directory for worker in pool._idle] == [None]
    pool.hold(directory, 9000)
    assert answers(graph) == from_disk  # nobody waits for the loading
    assert eventually(memory_address(pool.nurseries, str(directory)).exists)
    assert answers(graph) == from_disk
    assert [worker.directory for worker in pool._idle] == [str(directory)]
    assert len(from_disk[0]) > 50_000


def test_nursery_has_no_threads_when_it_forks(directory: Path, pool: WorkerPool) -> None:
    pool.hold(directory, 9000)
    assert eventually(memory_address(pool.nurseries, str(directory)).exists)
    assert pool.own_nurseries is not None
    for process in pool.own_nurseries._processes.values():
        assert len(list(Path(f"/proc/{process.pid}/task").iterdir())) == 1


def test_copy_in_memory_is_whole(directory: Path) -> None:
    copy, original = in_memory(directory), Store.read_only(str(directory))
    assert quads(copy) == quads(original)
    assert len(quads(copy)) == 9001  # an empty line ends them


def test_damaged_store_is_not_held_in_memory(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(DamagedReleaseError, match="cannot be read into memory"):
        in_memory(tmp_path / "nothing")
    with Nurseries(memory_bytes=1 << 28) as nurseries:
        nurseries.hold(tmp_path / "nothing", 10)
        address = memory_address(nurseries.directory, tmp_path / "nothing")
        process = nurseries._processes[address.name]
        assert process.wait(10) != 0
        assert not address.exists() and nurseries.directory.exists()
    assert "cannot be read into memory" in capfd.readouterr().err


def test_release_that_does_not_fit_stays_on_disk(directory: Path) -> None:
    with Nurseries(memory_bytes=1 << 20) as nurseries:
        nurseries.hold(directory, 9000)
        assert list(nurseries._processes) == ["disk"]


def test_other_release_is_let_go_of(directory: Path, tmp_path: Path) -> None:
    with Nurseries(memory_bytes=1 << 28) as nurseries:
        nurseries.hold(directory, 9000)
        held = memory_address(nurseries.directory, directory)
        assert eventually(held.exists)
        process = nurseries._processes[held.name]
        nurseries.hold(tmp_path / "other", 1 << 40)
        assert process.returncode is not None and not held.exists()


@pytest.mark.parametrize("killed", ["disk", "memory"])
def test_nursery_that_was_killed_is_mended_or_done_without(directory: Path, killed: str) -> None:
    nurseries = Nurseries(memory_bytes=1 << 28)
    with WorkerPool(1, nurseries=nurseries) as pool:
        graph = EmbeddedGraph(directory, pool)
        address = disk_address(nurseries.directory)
        if killed == "memory":
            pool.hold(directory, 9000)
            address = memory_address(nurseries.directory, directory)
        assert eventually(address.exists)
        graph.query("ASK {}")
        os.kill(nurseries._processes[address.name].pid, signal.SIGKILL)
        os.kill(pool._idle[0].process_id, signal.SIGKILL)
        assert eventually(lambda: not pool._idle[0].is_silent())
        assert graph.query("ASK { ?s ?p ?o }") == Boolean(True)
        nurseries.mend()
        assert graph.query("ASK { ?s ?p ?o }") == Boolean(True)
        (kept,) = pool._idle
        assert graph.query("ASK { ?s ?p ?o }") == Boolean(True)
        assert pool._idle == [kept]  # and no worker is started for each query


def test_query_that_needs_too_much_memory_is_told_and_the_next_is_answered(
    directory: Path, pool: WorkerPool
) -> None:
    graph = EmbeddedGraph(directory, pool)
    with pytest.raises(QueryMemoryError, match="more memory"):
        graph.query(GREEDY)
    assert graph.query("ASK { ?s ?p ?o }") == Boolean(True)


def test_nothing_is_left_of_a_server_that_ended(directory: Path) -> None:
    nurseries = Nurseries(memory_bytes=1 << 28)
    with WorkerPool(1, nurseries=nurseries) as pool:
        EmbeddedGraph(directory, pool).query("ASK {}")
        processes = [process.pid for process in nurseries._processes.values()]
        processes += [worker.process_id for worker in pool._idle]
    assert have_ended(processes)
    assert not nurseries.directory.exists()


PARENT = """
import sys, time
from pathlib import Path
from store.embedded import EmbeddedGraph
from store.nursery import Nurseries, memory_address
from store.pool import WorkerPool
directory = Path(sys.argv[1])
pool = WorkerPool(1, nurseries=Nurseries(memory_bytes=1 << 40))
pool.hold(directory, 9000)
while sys.argv[2] == "loaded" and not memory_address(pool.nurseries, directory).exists():
    time.sleep(0.01)
EmbeddedGraph(directory, pool).query("ASK {}")
processes = [process.pid for process in pool.own_nurseries._processes.values()]
print(pool.nurseries, *processes, pool._idle[0].process_id, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("state", ["loaded", "loading"])
def test_nothing_is_left_of_a_server_that_was_killed(directory: Path, state: str) -> None:
    arguments = [sys.executable, "-c", PARENT, str(directory), state]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        folder, *processes = parent.stdout.readline().split()
        parent.kill()
    assert len(processes) == 3
    assert have_ended([int(process) for process in processes])
    assert eventually(lambda: not Path(folder).exists())
