"""One worker process: answers questions about releases on a socket, one after the other.

It ends when the other side closes the socket, when a question needs more memory than it may have, and by
the kernel's alarm when a question outruns its limit and the other side, which should have killed it, is
gone.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import resource
import signal
import socket
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path

from pyoxigraph import Store

from store.columns import Columns
from store.errors import QueryMemoryError, StoreError
from store.evaluation import MediaTypes, Question, answer_terms, send_answer
from store.frames import ERROR, HELLO, TERMS, FrameBuffer, frame, receive
from store.opening import open_store

# The parent's own clock comes first; the alarm only serves when the parent cannot.
ALARM_GRACE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Task:
    """A question to the release store in a directory; as bytes if `media_types` is given."""

    directory: str
    question: Question
    timeout_seconds: float
    media_types: MediaTypes | None = None

    def packed(self) -> bytes:
        """As bytes. Pickled dataclasses would cost more than a small query."""
        wanted = self.media_types
        media_types = None if wanted is None else (wanted.solutions, wanted.triples)
        return pickle.dumps(
            (self.directory, values_of(self.question), self.timeout_seconds, media_types)
        )

    @classmethod
    def unpacked(cls, packed: bytes) -> Task:
        """The task that `packed` has made bytes of."""
        directory, values, timeout_seconds, media_types = pickle.loads(packed)
        wanted = None if media_types is None else MediaTypes(*media_types)
        return cls(directory, Question(*values), timeout_seconds, wanted)


values_of = attrgetter(*(field.name for field in fields(Question)))


class OpenedStore:
    """The store opened last; a worker serves one release at a time and changes when asked."""

    def __init__(
        self,
        directory: str | None = None,
        store: Store | None = None,
        columns: Columns | None = None,
    ) -> None:
        """What is open already, as a store in memory is, with the columns of its default graph."""
        self.directory = directory
        self.store = store or Store()
        self.columns = columns

    def at(self, directory: str) -> Store:
        """The store in a directory, opened if it is not. Raises DamagedReleaseError."""
        if directory != self.directory:
            self.store, self.columns = open_store(Path(directory)), None
            self.directory = directory
        return self.store


class Worker:
    """The answering of tasks from one connection."""

    def __init__(
        self, connection: socket.socket, opened: OpenedStore, memory_bytes: int | None
    ) -> None:
        self.connection, self.opened, self.memory_bytes = connection, opened, memory_bytes
        self.seconds = 0.0

    def run(self) -> None:
        """Answer until the other side hangs up."""
        self.connection.sendall(frame(HELLO, str(os.getpid()).encode("ascii")))
        buffer = FrameBuffer()
        while (message := receive(self.connection, buffer)) is not None:
            self.perform(Task.unpacked(message.payload))

    def perform(self, task: Task) -> None:
        """Answer one task, with an error if need be."""
        self.seconds = task.timeout_seconds + ALARM_GRACE_SECONDS
        self.start_alarm()
        try:
            self.answer(task)
        except StoreError as error:
            self.send(frame(ERROR, pickle.dumps(error)))
        except MemoryError:
            self.send(frame(ERROR, pickle.dumps(QueryMemoryError(NEEDS_MEMORY))))
        finally:
            stop_alarm()

    def answer(self, task: Task) -> None:
        store, question = self.store(task.directory), task.question
        if self.opened.columns is not None:
            question = self.opened.columns.instead_of(question)
        if task.media_types is None:
            self.send(frame(TERMS, pickle.dumps(answer_terms(store, question))))
        else:
            send_answer(store, question, task.media_types, self.send)

    def store(self, directory: str) -> Store:
        """The store in a directory. What it takes to open it does not count as memory of a query."""
        if directory != self.opened.directory:
            limit_memory(None)
            self.opened.at(directory)
            limit_memory(self.memory_bytes)
        return self.opened.at(directory)

    def send(self, message: bytes) -> None:
        """Send, for as long as the other side takes: only work is limited."""
        stop_alarm()
        try:
            self.connection.sendall(message)
        except ConnectionError:
            os._exit(0)  # nobody is left to answer
        self.start_alarm()

    def start_alarm(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, self.seconds)


def stop_alarm() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)


NEEDS_MEMORY = "The query needed more memory than a query may have and was stopped."


def work(connection: socket.socket, opened: OpenedStore, memory_bytes: int | None) -> None:
    """The whole life of a worker process.

    Args:
        connection: where tasks come from.
        opened: the store that the process was started with.
        memory_bytes: how much memory it may take beyond what the store takes; None: any.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to act on
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process even inside the engine
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit_memory(memory_bytes)
    # The engine aborts when memory is refused to it: the other side shall hear that it was so.
    faulthandler.enable(connection.fileno(), all_threads=False)
    Worker(connection, opened, memory_bytes).run()


def limit_memory(more_bytes: int | None) -> None:
    """Let this process grow by so many bytes and no more, None: by any, where the system can hold it to
    that."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = hard
    if more_bytes is not None:
        try:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        except OSError:
            return
        limit = pages * resource.getpagesize() + more_bytes
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
