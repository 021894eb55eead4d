"""Seats and workers: who may ask and who next, whatever is given up or dies meanwhile."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from store.embedded import EmbeddedGraph
from store.errors import GraphBusyError, QueryTimeoutError, WorkerLostError
from store.evaluation import MediaTypes
from store.graph import Boolean
from store.media_types import SPARQL_JSON
from store.pool import Seats, WorkerPool
from store.streaming import Asking
from store.worker import Task
from tests.test_store_embedded import RUNAWAY

CLIENTS = "abc"
WRITTEN = MediaTypes(SPARQL_JSON, None)


class Waiting:
    """Seats as their clients see them: what runs, who waits, and whom the first in each queue saw pass when
    the seat would have been good for itself."""

    def __init__(self, size: int) -> None:
        self.seats, self.size = Seats(size, most_waiting=1000), size
        self.running: list[str] = []
        self.waiting: list[tuple[str, Future[None]]] = []
        self.passed: dict[str, Counter[str]] = {}

    def take(self, client: str) -> None:
        promise = self.seats.take(client)
        if promise is None:
            self.running.append(client)
        else:
            self.waiting.append((client, promise))
            self.passed.setdefault(client, Counter())

    def finish(self, index: int) -> None:
        if self.running:
            client = self.running.pop(index % len(self.running))
            able = {waiting for waiting, _ in self.waiting if self.may_start(waiting)}
            self.seats.give_back(client)
            self.seat(able)

    def give_up(self, index: int) -> None:
        if self.waiting:
            client, promise = self.waiting.pop(index % len(self.waiting))
            self.seats.give_up(client, promise)
            self.forget_served()

    def may_start(self, client: str) -> bool:
        taken = len(self.running)
        return taken < self.size or (taken < 2 * self.size and client not in self.running)

    def seat(self, able: set[str]) -> None:
        seated = [client for client, promise in self.waiting if promise.done()]
        self.waiting = [entry for entry in self.waiting if not entry[1].done()]
        for client in seated:
            self.running.append(client)
            self.passed.pop(client)
            for other in self.passed.keys() & able:
                self.passed[other][client] += 1
            if any(waiting == client for waiting, _ in self.waiting):
                self.passed[client] = Counter()
        self.forget_served()

    def forget_served(self) -> None:
        for client in self.passed.keys() - {client for client, _ in self.waiting}:
            del self.passed[client]


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("take"), st.sampled_from(CLIENTS)),
        st.tuples(st.just("finish"), st.integers(0, 9)),
        st.tuples(st.just("give_up"), st.integers(0, 9)),
    ),
    max_size=60,
)


@given(st.integers(1, 3), STEPS)
def test_seats_are_never_lost_nor_given_twice(size: int, steps: list[tuple[str, object]]) -> None:
    state = Waiting(size)
    for step, value in steps:
        getattr(state, step)(value)
        running = Counter(state.running)
        assert state.seats.running == running
        assert running.total() <= 2 * size
        for client in {client for client, _ in state.waiting}:
            assert not state.seats.may_start(client)  # nobody waits before a free seat
            assert running[client] or running.total() == 2 * size
    while state.running:
        state.finish(0)
    assert not state.waiting and not state.seats.waiting


@given(st.integers(1, 3), STEPS)
def test_no_client_waits_for_more_than_one_query_of_each_other(
    size: int, steps: list[tuple[str, object]]
) -> None:
    state = Waiting(size)
    for step, value in steps:
        getattr(state, step)(value)
        assert all(count <= 1 for passed in state.passed.values() for count in passed.values())


def test_client_with_many_queries_delays_another_by_one() -> None:
    seats = Seats(1, most_waiting=100)
    assert seats.take("busy") is None
    queue = [seats.take("busy") for _ in range(50)]
    assert seats.take("other") is None  # the spare seat
    promise = seats.take("other")
    seats.give_back("busy")
    seats.give_back("other")
    assert promise is not None
    served = [entry for entry in queue if entry is not None and entry.done()]
    assert len(served) <= 1
    seats.give_back("busy")
    assert promise.done()


def test_too_many_waiting_are_refused_and_who_gave_up_is_not_counted() -> None:
    seats = Seats(1, most_waiting=2)
    seats.take("a")
    promises = [seats.take("a"), seats.take("a")]
    with pytest.raises(GraphBusyError, match="2 queries of this client are waiting"):
        seats.take("a")
    assert promises[0] is not None
    seats.give_up("a", promises[0])
    assert seats.take("a") is not None


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pool") / "store"
    store = Store(str(path))
    graph, predicate = NamedNode("http://g.test/"), NamedNode("http://x.test/p")
    store.bulk_extend(
        Quad(NamedNode(f"http://x.test/{number}"), predicate, Literal(str(number)), graph)
        for number in range(3000)
    )
    store.flush()
    return path


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(2, timeout_seconds=20, wait_seconds=10) as pool:
        yield pool


def test_many_threads_lose_no_seat_and_no_worker(directory: Path, pool: WorkerPool) -> None:
    graph = EmbeddedGraph(directory, pool)

    def ask(number: int) -> bool:
        time.sleep(random.Random(number).random() / 100)
        return graph.query(f"ASK {{ ?s ?p '{number}' }}") == Boolean(True)

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(ask, range(200)))
    assert not pool._seats.running and not pool._seats.waiting
    assert 1 <= len(pool._idle) <= pool.size
    assert len({worker.process_id for worker in pool._idle}) == len(pool._idle)


def asking(pool: WorkerPool, directory: Path, text: str, seconds: float = 10) -> Asking:
    task = EmbeddedGraph(directory, pool).task(WRITTEN, text, timeout_seconds=seconds)
    return Asking(pool, task, "client")


async def whole(pool: WorkerPool, directory: Path, text: str) -> bytes:
    question = asking(pool, directory, text)
    try:
        beginning = await question.begin()
        if beginning.whole:
            return beginning.body
        return beginning.body + b"".join([part async for part in question.parts()])
    finally:
        question.close()


def test_cancelled_waits_lose_no_seat(directory: Path, pool: WorkerPool) -> None:
    async def cancel_some() -> None:
        chance = random.Random(7)
        tasks = [
            asyncio.create_task(whole(pool, directory, f"ASK {{ ?s ?p '{number}' }}"))
            for number in range(120)
        ]
        for task in tasks:
            await asyncio.sleep(chance.random() / 500)
            if chance.random() < 0.6:
                task.cancel()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(answer, bytes | asyncio.CancelledError) for answer in answers)

    asyncio.run(cancel_some())
    assert not pool._seats.running and not pool._seats.waiting
    assert len(pool._idle) <= pool.size
    assert EmbeddedGraph(directory, pool).query("ASK {}") == Boolean(True)


def test_seat_that_comes_at_the_moment_of_giving_up_is_free_again(directory: Path) -> None:
    with WorkerPool(1, wait_seconds=0.2) as pool:

        async def wait() -> None:
            assert pool.take_seat("client") is None
            question = asking(pool, directory, "ASK {}")
            waiting = asyncio.create_task(question.begin())
            await asyncio.sleep(0)
            time.sleep(0.3)  # the loop finds the time over and the seat given in one turn
            asyncio.get_running_loop().call_soon(pool.give_back_seat, "client")
            try:
                await waiting
            except GraphBusyError as error:
                assert "0.2 seconds" in str(error)
            finally:
                question.close()

        asyncio.run(wait())
        assert not pool._seats.running


def test_worker_that_died_while_idle_is_not_asked(directory: Path, pool: WorkerPool) -> None:
    graph = EmbeddedGraph(directory, pool)
    graph.query("ASK {}")
    for worker in pool._idle:
        os.kill(worker.process_id, signal.SIGKILL)
    time.sleep(0.1)
    assert graph.query("ASK {}") == Boolean(True)


def test_worker_that_was_stopped_when_it_had_answered_is_not_kept(
    directory: Path, pool: WorkerPool
) -> None:
    async def stop_at_the_end() -> None:
        question = asking(pool, directory, "ASK {}")
        await question.begin()
        question.stop()  # the client has gone, and the answer is complete
        question.close()
        assert await whole(pool, directory, "ASK {}")
        question = asking(pool, directory, "SELECT * { ?s ?p ?o . ?a ?b ?c }")
        await question.begin()
        question.stop()
        question.close()
        assert await whole(pool, directory, "ASK {}")

    asyncio.run(stop_at_the_end())


def test_worker_that_holds_much_memory_is_not_kept(directory: Path, pool: WorkerPool) -> None:
    graph = EmbeddedGraph(directory, pool)
    graph.query("ASK {}")
    kept = {worker.process_id for worker in pool._idle}
    products = "SELECT DISTINCT ?a ?d { ?a ?b ?c . ?d ?e ?f FILTER(?c < '15') }"
    graph.query(f"SELECT (COUNT(*) AS ?n) {{ {{ {products} }} }}")
    left = {worker.process_id for worker in pool._idle}
    assert len(left) == len(kept) - 1 and left < kept


def test_time_of_a_streamed_answer_is_limited_in_all(directory: Path, pool: WorkerPool) -> None:
    async def read() -> None:
        question = asking(pool, directory, "SELECT * { ?s ?p ?o . ?a ?b ?c }", seconds=0.4)
        try:
            await question.begin()
            async for _ in question.parts():
                pass
        finally:
            question.close()

    with pytest.raises(QueryTimeoutError, match=r"0\.4 seconds"):
        asyncio.run(read())


def test_descriptors_are_given_back(directory: Path, pool: WorkerPool) -> None:
    def descriptors() -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    graph = EmbeddedGraph(directory, pool)
    graph.query("ASK {}")
    before = descriptors()
    for _ in range(3):
        with pytest.raises(QueryTimeoutError):
            graph.query(RUNAWAY, timeout_seconds=0.05)
    graph.query("ASK {}")
    assert descriptors() <= before + 2 * pool.size  # an idle worker has two


def test_nurseries_that_are_not_there_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.pool.START_SECONDS", 0.1)
    pool = WorkerPool(1, nurseries=tmp_path)
    with pytest.raises(WorkerLostError, match="No worker process could be started"):
        EmbeddedGraph(tmp_path, pool).query("ASK {}")
    assert not pool._seats.running


def test_pool_that_is_closed_keeps_no_worker(directory: Path) -> None:
    pool = WorkerPool(1)
    graph = EmbeddedGraph(directory, pool)
    graph.query("ASK {}")
    answered = threading.Event()

    def ask() -> None:
        graph.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c }")
        answered.set()

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.1)
    pool.close()
    thread.join()
    assert answered.is_set() and not pool._idle


def test_task_travels_whole(directory: Path, pool: WorkerPool) -> None:
    task = asking(pool, directory, "ASK {}").task
    assert Task.unpacked(task.packed()) == task
