"""The writing process: makes edits one after the other, and can be stopped like a worker.

An update cannot be cancelled inside the engine. A writer that outruns its limit is killed: the stage that
it leaves is cleared away by the next write, the folder's lock is freed by the kernel, and the release
stays what it was.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

from store.editing import WAIT_SECONDS, Edit, EditOutcome, edit
from store.errors import QueryTimeoutError, StoreError, WorkerLostError
from store.release import Release
from store.releases import DataFolder

PROGRAM = "import sys; sys.path[:] = {path!r}; from store.writer import main; main({descriptor})"
# The parent's own clock comes first; the alarm only serves when the parent cannot.
ALARM_GRACE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class WriteTask:
    """An edit of a data folder, and how long it may take, waiting for other writers included."""

    folder: Path
    change: Edit
    timeout_seconds: float


@dataclass(frozen=True, slots=True)
class WriteReply:
    """The ids of the releases before and after."""

    previous: str | None
    current: str


class Writer:
    """One writing process for a data folder, started at the first write; safe to use from many threads.

    Args:
        timeout_seconds: the limit of one write.
    """

    def __init__(self, folder: DataFolder, *, timeout_seconds: float) -> None:
        self.folder, self.timeout_seconds = folder, timeout_seconds
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def edit(self, change: Edit) -> EditOutcome:
        """As `store.editing.edit`. Raises QueryTimeoutError and WorkerLostError too."""
        task = WriteTask(self.folder.path, change, self.timeout_seconds)
        with self._lock:
            reply = self._ask(task)
        if isinstance(reply, StoreError):
            raise reply
        directory = self.folder.releases_directory
        return EditOutcome(
            Release(directory / reply.current),
            Release(directory / reply.previous) if reply.previous else None,
        )

    def _ask(self, task: WriteTask) -> WriteReply | StoreError:
        try:
            connection = self._started()
            connection.send(task)
            if not connection.poll(task.timeout_seconds):
                raise QueryTimeoutError(
                    f"The write took longer than {task.timeout_seconds:g} seconds and was stopped; "
                    "nothing was written."
                )
            reply: WriteReply | StoreError = connection.recv()
        except (EOFError, ConnectionError) as error:
            self.close()
            raise WorkerLostError("The writing process ended; nothing was written.") from error
        except BaseException:
            self.close()
            raise
        return reply

    def _started(self) -> Connection:
        if self._connection is None:
            self._connection, theirs = Pipe()
            with theirs:
                program = PROGRAM.format(path=sys.path, descriptor=theirs.fileno())
                self._process = subprocess.Popen(
                    [sys.executable, "-c", program],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                )
        return self._connection

    def close(self) -> None:
        """Stop the process, whatever it is doing; the next write starts another."""
        if self._process is not None and self._connection is not None:
            self._process.kill()
            self._process.wait()
            self._connection.close()
        self._process = self._connection = None


def main(file_descriptor: int) -> None:
    """Make edits until the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to act on
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process even inside the engine
    connection = Connection(file_descriptor)
    while (task := next_task(connection)) is not None:
        signal.setitimer(signal.ITIMER_REAL, task.timeout_seconds + ALARM_GRACE_SECONDS)
        reply = perform(task)
        signal.setitimer(signal.ITIMER_REAL, 0)
        connection.send(reply)


def next_task(connection: Connection) -> WriteTask | None:
    try:
        task: WriteTask = connection.recv()
    except (EOFError, ConnectionError):
        return None
    return task


def perform(task: WriteTask) -> WriteReply | StoreError:
    wait = min(WAIT_SECONDS, task.timeout_seconds / 2)
    try:
        outcome = edit(DataFolder(task.folder), task.change, wait_seconds=wait)
    except StoreError as error:
        return error
    previous = outcome.previous.release_id if outcome.previous else None
    return WriteReply(previous, outcome.release.release_id)
