"""The program of one worker process: opens releases read-only and answers questions on a socket.

It ends when its parent closes the socket, and by the kernel's alarm when a question outruns its
limit and the parent, which should have killed it, is gone.
"""

from __future__ import annotations

import signal
import socket
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from pyoxigraph import Store

from store.errors import DamagedReleaseError, StoreError
from store.evaluation import MediaTypes, Question, answer_bytes, answer_terms
from store.graph import Answer, Serialized

# The parent's own clock comes first; the alarm only serves when the parent cannot.
ALARM_GRACE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Task:
    """A question to the release store in a directory; as bytes if `media_types` is given."""

    directory: str
    question: Question
    timeout_seconds: float
    media_types: MediaTypes | None = None


def main(file_descriptor: int) -> None:
    """Answer tasks until the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to act on
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process even inside the engine
    connection = Connection(file_descriptor)
    opened = OpenedStore()
    while (task := next_task(connection)) is not None:
        signal.setitimer(signal.ITIMER_REAL, task.timeout_seconds + ALARM_GRACE_SECONDS)
        reply = perform(task, opened)
        signal.setitimer(signal.ITIMER_REAL, 0)
        connection.send(reply)


class OpenedStore:
    """The store opened last; a worker serves one release at a time and changes when asked."""

    def __init__(self) -> None:
        self.directory: str | None = None
        self.store = Store()

    def at(self, directory: str) -> Store:
        if directory != self.directory:
            self.store = open_store(Path(directory))
            self.directory = directory
        return self.store


def open_store(directory: Path) -> Store:
    """The store of a finished release, read-only. Raises DamagedReleaseError."""
    try:
        return Store.read_only(str(directory))
    except (OSError, RuntimeError) as error:  # pyoxigraph says RuntimeError of corruption
        raise DamagedReleaseError(f"The store in {directory} cannot be opened: {error}.") from error


def next_task(connection: Connection) -> Task | None:
    try:
        task: Task = connection.recv()
    except (EOFError, ConnectionError):
        return None
    return task


def perform(task: Task, opened: OpenedStore) -> Answer | Serialized | StoreError:
    try:
        store = opened.at(task.directory)
        if task.media_types is None:
            return answer_terms(store, task.question)
        return answer_bytes(store, task.question, task.media_types)
    except StoreError as error:
        return error


def socket_pair() -> tuple[Connection, socket.socket]:
    """The parent's end as a connection, the worker's end as a socket to hand down."""
    ours, theirs = socket.socketpair()
    return Connection(ours.detach()), theirs
