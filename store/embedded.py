"""The embedded graph: a release behind worker processes, so that every query can be stopped.

pyoxigraph's `query` takes no time limit and cannot be cancelled. A worker that outruns its limit is
killed and replaced; the release is read-only, so nothing is lost with it.
"""

from __future__ import annotations

import pickle
import select
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Unpack

from store.errors import QueryMemoryError, QueryTimeoutError, StoreError, WorkerLostError
from store.evaluation import MediaTypes, Question
from store.frames import (
    ABORTED,
    END,
    ERROR,
    PART,
    RECEIVED_AT_ONCE,
    START,
    TASK,
    TERMS,
    WHOLE,
    AnswerHead,
    Frame,
    frame,
)
from store.graph import Answer, QueryOptions, Serialized
from store.pool import KILL_SECONDS, WorkerConnection, WorkerPool, asking_client
from store.worker import NEEDS_MEMORY, Task


class EmbeddedGraph:
    """The store in a directory, asked through a pool. Implements `store.graph.Graph`."""

    def __init__(
        self,
        directory: Path,
        pool: WorkerPool,
        *,
        keeps_merge: bool = False,
        allowed_services: Iterable[str] = (),
    ) -> None:
        """`keeps_merge`: the store is that of a release; `allowed_services`: the servers that queries may
        call (see `store.evaluation.Question`)."""
        self.allowed_services = tuple(allowed_services)
        self.release = str(directory.parent) if keeps_merge else None
        self.directory = directory
        self.pool = pool
        self.keeps_merge = keeps_merge

    def query(self, text: str, **options: Unpack[QueryOptions]) -> Answer:
        """See `Graph.query`; raises GraphBusyError and WorkerLostError too."""
        with asked(self.pool, self.task(None, text, **options)) as reply:
            message = reply.next()
            assert message.kind == TERMS
            answer: Answer = pickle.loads(message.payload)
            return answer

    def serialize(
        self,
        text: str,
        *,
        solutions_as: str | None,
        triples_as: str | None,
        **options: Unpack[QueryOptions],
    ) -> Serialized:
        """See `Graph.serialize`; raises GraphBusyError and WorkerLostError too."""
        media_types = MediaTypes(solutions_as, triples_as)
        with asked(self.pool, self.task(media_types, text, **options)) as reply:
            return serialized(reply)

    def task(
        self, media_types: MediaTypes | None, text: str, **options: Unpack[QueryOptions]
    ) -> Task:
        """A question as the workers take it."""
        question = self.question(text, **options)
        seconds = question.timeout_seconds
        limit = self.pool.timeout_seconds if seconds is None else seconds
        return Task(str(self.directory), question, limit, media_types)

    def question(self, text: str, **options: Unpack[QueryOptions]) -> Question:
        """A question to this store."""
        return Question(
            text,
            **options,
            keeps_merge=self.keeps_merge,
            release=self.release,
            allowed_services=self.allowed_services,
        )


def serialized(reply: Reply) -> Serialized:
    """All of an answer in bytes."""
    message = reply.next()
    head, body = AnswerHead.unpacked(message.payload)
    parts = [body]
    while message.kind != WHOLE and message.kind != END:
        message = reply.next()
        parts.append(message.payload[1:] if message.kind == END else message.payload)
    return Serialized(head.media_type or None, b"".join(parts))


@contextmanager
def asked(pool: WorkerPool, task: Task) -> Iterator[Reply]:
    """The reply of the next free worker, waited for. Raises GraphBusyError and WorkerLostError."""
    client = asking_client.get()
    pool.wait_for_seat(client)
    try:
        worker = pool.worker(task.directory)
        reply = Reply(worker, task)
        try:
            reply.ask()
            yield reply
        finally:
            if reply.is_complete:
                pool.keep(worker, reply.seconds)
            else:
                worker.close(wait_seconds=KILL_SECONDS)
    finally:
        pool.give_back_seat(client)


class Reply:
    """What one worker says to one task, message by message.

    `is_complete` tells that the worker has said all and can be asked again.
    """

    def __init__(self, worker: WorkerConnection, task: Task) -> None:
        self.worker, self.task = worker, task
        self.is_complete = False
        self._seconds_left = task.timeout_seconds
        self._poll = select.poll()
        self._poll.register(worker.socket, select.POLLIN)

    def ask(self) -> None:
        """Give the worker its task. Raises WorkerLostError."""
        connection = self.worker.socket
        try:
            connection.setblocking(True)
            connection.sendall(frame(TASK, self.task.packed()))
            connection.setblocking(False)
        except ConnectionError as error:
            raise lost() from error

    @property
    def seconds(self) -> float:
        """How long the worker has been waited for."""
        return self.task.timeout_seconds - self._seconds_left

    def next(self) -> Frame:
        """The next message of an answer.

        Raises:
            QueryTimeoutError: the worker has been waited for as long as it may take, in all.
            WorkerLostError, QueryMemoryError: it has ended.
            StoreError: what the worker raised.
        """
        while (message := self.worker.buffer.next()) is None:
            self.worker.buffer.feed(self._received())
        self.is_complete = is_last(message)
        return checked(message)

    def _received(self) -> bytes:
        started = time.monotonic()
        if self._seconds_left <= 0 or not self._poll.poll(self._seconds_left * 1000):
            raise stopped(self.task.timeout_seconds)
        self._seconds_left -= time.monotonic() - started
        try:
            received = self.worker.socket.recv(RECEIVED_AT_ONCE)
        except ConnectionError as error:
            raise lost() from error
        if not received:
            raise lost()
        return received


def is_last(message: Frame) -> bool:
    """Whether a worker has no more to say after a message."""
    return message.kind not in (START, PART, ABORTED)


def checked(message: Frame) -> Frame:
    """A message of an answer. Raises the error that there is instead of one."""
    if message.kind == ERROR:
        error: StoreError = pickle.loads(message.payload)
        raise error
    if message.kind == ABORTED:
        raise QueryMemoryError(NEEDS_MEMORY)
    return message


def stopped(seconds: float) -> QueryTimeoutError:
    """What is told of a query that has outrun its limit."""
    return QueryTimeoutError(f"The query took longer than {seconds:g} seconds and was stopped.")


def lost() -> WorkerLostError:
    """What is told of a worker that has ended of itself."""
    return WorkerLostError("The worker process ended while it answered; please ask again.")
