"""The embedded graph: a release behind worker processes, so that every query can be stopped.

pyoxigraph's `query` takes no time limit and cannot be cancelled. A worker that outruns its limit is
killed and replaced; the release is read-only, so nothing is lost with it.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from types import TracebackType
from typing import Self, Unpack

from store.errors import GraphBusyError, QueryTimeoutError, StoreError, WorkerLostError
from store.evaluation import MediaTypes, Question
from store.graph import Answer, QueryOptions, Serialized
from store.worker import Task, socket_pair

PROGRAM = "import sys; sys.path[:] = {path!r}; from store.worker import main; main({descriptor})"


class Worker:
    """One worker process and our end of its socket."""

    def __init__(self) -> None:
        self.connection, theirs = socket_pair()
        with theirs:
            self.process = start_process(theirs.fileno())

    def ask(self, task: Task) -> Answer | Serialized | StoreError:
        """The reply. Raises QueryTimeoutError and WorkerLostError; the worker is of no use then."""
        try:
            self.connection.send(task)
            if not self.connection.poll(task.timeout_seconds):
                raise QueryTimeoutError(
                    f"The query took longer than {task.timeout_seconds:g} seconds and was stopped."
                )
            reply: Answer | Serialized | StoreError = self.connection.recv()
        except (EOFError, ConnectionError) as error:
            raise WorkerLostError(
                "The worker process ended while it answered; the query may need too much memory."
            ) from error
        return reply

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        self.connection.close()


def start_process(descriptor: int) -> subprocess.Popen[bytes]:
    """A worker process that finds the same modules as this one."""
    program = PROGRAM.format(path=sys.path, descriptor=descriptor)
    return subprocess.Popen(
        [sys.executable, "-c", program], pass_fds=[descriptor], stdin=subprocess.DEVNULL
    )


class WorkerPool:
    """Worker processes that serve any release of any data folder; safe to use from many threads.

    Args:
        size: how many processes, and so how many queries at once.
        timeout_seconds: the limit of a query that names none.
        wait_seconds: how long a query waits for a free worker before GraphBusyError.
    """

    def __init__(
        self, size: int = 2, *, timeout_seconds: float = 30.0, wait_seconds: float = 30.0
    ) -> None:
        self.size = size
        self.timeout_seconds = timeout_seconds
        self.wait_seconds = wait_seconds
        self.closed = False
        self._lock = threading.Lock()
        self._idle: LifoQueue[Worker] = LifoQueue()
        for _ in range(size):
            self._idle.put(Worker())

    def ask(self, task: Task) -> Answer | Serialized:
        """The answer of the next free worker. Raises what the worker raised, and GraphBusyError."""
        with self._borrowed() as worker:
            reply = worker.ask(task)
        if isinstance(reply, StoreError):
            raise reply
        return reply

    @contextmanager
    def _borrowed(self) -> Iterator[Worker]:
        worker = self._free_worker()
        returned = worker
        try:
            yield worker
        except BaseException:
            worker.stop()
            returned = Worker()
            raise
        finally:
            self._give_back(returned)

    def _free_worker(self) -> Worker:
        try:
            return self._idle.get(timeout=self.wait_seconds)
        except Empty:
            raise GraphBusyError(
                f"All {self.size} workers were busy for {self.wait_seconds:g} seconds; "
                "please ask again later."
            ) from None

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if self.closed:
                worker.stop()
            else:
                self._idle.put(worker)

    def close(self) -> None:
        """Stop all workers; those that are answering stop when they have answered."""
        with self._lock:
            self.closed = True
            while not self._idle.empty():
                self._idle.get().stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


class EmbeddedGraph:
    """The store in a directory, asked through a pool. Implements `store.graph.Graph`."""

    def __init__(self, directory: Path, pool: WorkerPool, *, keeps_merge: bool = False) -> None:
        """`keeps_merge`: the store is that of a release (see `store.evaluation.Question`)."""
        self.directory = directory
        self.pool = pool
        self.keeps_merge = keeps_merge

    def query(self, text: str, **options: Unpack[QueryOptions]) -> Answer:
        """See `Graph.query`; raises GraphBusyError and WorkerLostError too."""
        reply = self._ask(Question(text, **options, keeps_merge=self.keeps_merge), None)
        assert not isinstance(reply, Serialized)
        return reply

    def serialize(
        self,
        text: str,
        *,
        solutions_as: str | None,
        triples_as: str | None,
        **options: Unpack[QueryOptions],
    ) -> Serialized:
        """See `Graph.serialize`; raises GraphBusyError and WorkerLostError too."""
        question = Question(text, **options, keeps_merge=self.keeps_merge)
        reply = self._ask(question, MediaTypes(solutions_as, triples_as))
        assert isinstance(reply, Serialized)
        return reply

    def _ask(self, question: Question, media_types: MediaTypes | None) -> Answer | Serialized:
        seconds = question.timeout_seconds
        limit = self.pool.timeout_seconds if seconds is None else seconds
        return self.pool.ask(Task(str(self.directory), question, limit, media_types))
