"""The workers of one process: who may ask next, and which worker answers.

A query needs a seat; there are `size` of them. Who waits for one is served in turn, client by client, so
that a client with many queries delays another by one of them at most. A client that has nothing running
may take one of as many spare seats, so long queries of others do not keep it waiting.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import threading
import time
from collections import Counter, OrderedDict, deque
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Self

from store.errors import GraphBusyError, WorkerLostError
from store.frames import HELLO, FrameBuffer, receive
from store.nursery import Nurseries, disk_address, memory_address

#: Who asks, where it is known: queries of one client wait for each other first.
asking_client: ContextVar[str] = ContextVar("asking_client", default="")
START_SECONDS = 20.0
KILL_SECONDS = 2.0
#: How much a worker may have grown that is kept, and how long it must have worked to be looked at.
GROWN_BYTES = 1 << 27
LONG_SECONDS = 0.1


class WorkerConnection:
    """One worker process, and our end of the socket to it.

    Raises WorkerLostError when none can be started.
    """

    def __init__(self, nursery: Path, directory: str | None, seconds: float) -> None:
        """`directory`: the store that the workers of this nursery hold in memory, None: none;
        `seconds`: how long to wait for a nursery that is not there."""
        self.directory = directory
        self.buffer = FrameBuffer()
        self.socket = connected(nursery, seconds)
        try:
            self.process_id = greeted(self.socket, self.buffer)
            self._process = process_descriptor(self.process_id)
        except WorkerLostError:
            self.socket.close()
            raise
        self.socket.setblocking(False)
        self._poll = select.poll()
        self._poll.register(self.socket, select.POLLIN)
        self._began_with = resident_bytes(self.process_id)

    def has_grown(self) -> bool:
        """Whether the process holds much memory that its queries have needed: allocators keep it."""
        return resident_bytes(self.process_id) - self._began_with > GROWN_BYTES

    def is_silent(self) -> bool:
        """Whether the process has said nothing since it was last asked, not even that it has ended."""
        return self.buffer.is_empty and not self._poll.poll(0)

    def kill(self) -> None:
        """End the process, whatever it is doing; our end of the socket then reads as closed."""
        with suppress(ProcessLookupError):
            if self._process is None:
                os.kill(self.process_id, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self._process, signal.SIGKILL)

    def close(self, *, wait_seconds: float = 0) -> None:
        """End the process, once; `wait_seconds`: how long to wait until it has ended."""
        self.kill()
        self.socket.close()
        if self._process is not None:
            poll = select.poll()
            poll.register(self._process, select.POLLIN)
            poll.poll(wait_seconds * 1000)
            os.close(self._process)


def resident_bytes(process_id: int) -> int:
    """How much memory a process holds, 0 where the system does not tell."""
    try:
        pages = Path(f"/proc/{process_id}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def greeted(connection: socket.socket, buffer: FrameBuffer) -> int:
    """The process id that a worker begins with. Raises WorkerLostError."""
    connection.settimeout(START_SECONDS)
    try:
        greeting = receive(connection, buffer)
    except TimeoutError:
        greeting = None
    if greeting is None or greeting.kind != HELLO:
        raise WorkerLostError("A worker process ended before it could answer; please ask again.")
    return int(greeting.payload)


def connected(nursery: Path, seconds: float) -> socket.socket:
    """A new connection to a nursery, which may be starting yet. Raises WorkerLostError."""
    deadline = time.monotonic() + seconds
    while True:
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(str(nursery))
            return connection
        except (FileNotFoundError, ConnectionError):
            connection.close()
        if time.monotonic() >= deadline:
            raise WorkerLostError("No worker process could be started; please ask again later.")
        time.sleep(0.01)


def process_descriptor(process_id: int) -> int | None:
    """A descriptor that stays with the process, where the system has such: a number may come to be that of
    another process. Raises WorkerLostError when the process has ended."""
    if not hasattr(os, "pidfd_open"):
        return None
    try:
        return os.pidfd_open(process_id)
    except ProcessLookupError:
        raise WorkerLostError("A worker process ended before it was asked.") from None
    except OSError:
        return None


class Seats:
    """Who may ask now and who next. Not safe to use from several threads at once."""

    def __init__(self, size: int, most_waiting: int) -> None:
        self.size, self.most_waiting = size, most_waiting
        self.running: Counter[str] = Counter()
        self.waiting: OrderedDict[str, deque[Future[None]]] = OrderedDict()

    def take(self, client: str) -> Future[None] | None:
        """A seat at once, or the promise of one. Raises GraphBusyError when too many wait already."""
        if self.may_start(client) and client not in self.waiting:
            self.running[client] += 1
            return None
        queue = self.waiting.setdefault(client, deque())
        if len(queue) >= self.most_waiting:
            raise GraphBusyError(
                f"{len(queue)} queries of this client are waiting already; please ask again later."
            )
        promise: Future[None] = Future()
        queue.append(promise)
        return promise

    def may_start(self, client: str) -> bool:
        taken = self.running.total()
        return taken < self.size or (taken < 2 * self.size and not self.running[client])

    def give_back(self, client: str) -> None:
        """Free a seat, and let those sit down who may now."""
        self.running[client] -= 1
        if not self.running[client]:
            del self.running[client]
        for waiting in list(self.waiting):
            if self.may_start(waiting):
                self._seat_next(waiting)

    def give_up(self, client: str, promise: Future[None]) -> None:
        """Wait no longer; a seat that was promised just now is free again."""
        if not promise.cancel():
            self.give_back(client)
            return
        queue = self.waiting.get(client, deque())
        with suppress(ValueError):
            queue.remove(promise)
        if not queue:
            self.waiting.pop(client, None)

    def _seat_next(self, client: str) -> None:
        """Keep the promise that a client has waited for longest; the client is served last then."""
        queue = self.waiting.pop(client)
        while queue:
            promise = queue.popleft()
            if promise.set_running_or_notify_cancel():  # else it was cancelled by another thread
                self.running[client] += 1
                promise.set_result(None)
                break
        if queue:
            self.waiting[client] = queue


class WorkerPool:
    """Worker processes that serve any release of any data folder; safe to use from many threads.

    Args:
        size: how many queries are answered at once.
        timeout_seconds: the limit of a query that names none.
        wait_seconds: how long a query waits for a seat before GraphBusyError.
        most_waiting: how many queries of one client may wait.
        nurseries: the directory of nurseries that others run, or nurseries for the pool to close in the end;
            without either the pool starts some that hold nothing in memory.
    """

    def __init__(
        self,
        size: int = 2,
        *,
        timeout_seconds: float = 30.0,
        wait_seconds: float = 30.0,
        most_waiting: int = 256,
        nurseries: Path | Nurseries | None = None,
    ) -> None:
        self.size = size
        self.timeout_seconds = timeout_seconds
        self.wait_seconds = wait_seconds
        self.closed = False
        found = Nurseries() if nurseries is None else nurseries
        self.own_nurseries = found if isinstance(found, Nurseries) else None
        self.nurseries = found.directory if isinstance(found, Nurseries) else found
        self._lock = threading.Lock()
        self._seats = Seats(size, most_waiting)
        self._idle: list[WorkerConnection] = []

    def hold(self, directory: Path, quads: int) -> None:
        """Have the store of a release loaded into memory if it fits, where the nurseries are the pool's own."""
        if self.own_nurseries:
            self.own_nurseries.hold(directory, quads)

    def take_seat(self, client: str) -> Future[None] | None:
        """A seat at once, or the promise of one. Raises GraphBusyError."""
        with self._lock:
            return self._seats.take(client)

    def give_back_seat(self, client: str) -> None:
        """Free a seat that was taken."""
        with self._lock:
            self._seats.give_back(client)

    def wait_for_seat(self, client: str) -> None:
        """Take a seat, waiting for it. Raises GraphBusyError."""
        promise = self.take_seat(client)
        if promise is None:
            return
        try:
            promise.result(self.wait_seconds)
        except (FutureTimeoutError, CancelledError):
            self.give_up(client, promise)
            raise self.busy() from None

    def give_up(self, client: str, promise: Future[None]) -> None:
        """Wait no longer; a seat that was promised just now is free again."""
        with self._lock:
            self._seats.give_up(client, promise)

    def busy(self) -> GraphBusyError:
        """What is told to one who has waited long enough."""
        return GraphBusyError(
            f"All {self.size} workers were busy for {self.wait_seconds:g} seconds; "
            "please ask again later."
        )

    def worker(self, directory: str) -> WorkerConnection:
        """An idle worker for the store in a directory, or a new one. Raises WorkerLostError."""
        return self.idle_worker(directory) or self.new_worker(directory)

    def idle_worker(self, directory: str) -> WorkerConnection | None:
        """A worker that waits for a task, from memory where the store is held there."""
        wanted = self._held(directory)
        while (idle := self._next_idle()) is not None:
            if idle.directory == wanted and idle.is_silent():
                return idle
            idle.close()  # of a release let go of, on disk what is in memory by now, or ended
        return None

    def new_worker(self, directory: str) -> WorkerConnection:
        """A new worker, which takes a moment to start. Raises WorkerLostError."""
        wanted = self._held(directory)
        if wanted is not None:
            with suppress(WorkerLostError):  # the nursery may have gone in this moment
                return WorkerConnection(memory_address(self.nurseries, directory), wanted, 0)
        if self.own_nurseries:
            self.own_nurseries.mend()
        return WorkerConnection(disk_address(self.nurseries), None, START_SECONDS)

    def _held(self, directory: str) -> str | None:
        """The directory, if a nursery holds its store in memory."""
        return directory if memory_address(self.nurseries, directory).exists() else None

    def _next_idle(self) -> WorkerConnection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def keep(self, worker: WorkerConnection, seconds: float = 0) -> None:
        """Take back a worker that has answered, after so many seconds of work."""
        has_grown = seconds > LONG_SECONDS and worker.has_grown()
        with self._lock:
            if not has_grown and not self.closed and len(self._idle) < self.size:
                self._idle.append(worker)
                return
        worker.close()

    def close(self) -> None:
        """Stop all workers; those that are answering stop when they have answered."""
        with self._lock:
            self.closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close(wait_seconds=KILL_SECONDS)
        if self.own_nurseries:
            self.own_nurseries.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
