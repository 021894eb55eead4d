"""Containment: work on files is done in worker processes, so that no file can harm more than itself.

A library that crashes, hangs or eats all memory takes its process with it. So each file is read in a
worker with limits on time and memory; a worker that is lost is replaced, its file is reported with the
reason, and the others go on. Workers live over many files, since starting one costs more than reading.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Generic, TypeVar

from ingest.reading.limits import DEFAULT_LIMITS, ReadingLimits, in_words

Result = TypeVar("Result")
# pickle finds a function by its module, so the worker is given our path of modules.
PROGRAM = "import sys; sys.path[:] = {path!r}; from ingest.containment_worker import main; main({descriptor})"
STARTING_SECONDS = 120.0
# How long a worker that is told to end may take to end LibreOffice before it.
ENDING_SECONDS = 0.5
# Files handed out ahead of the one whose result is awaited, a worker.
AHEAD = 4


@dataclass(frozen=True, slots=True)
class Contained:
    """What befell a file whose worker was lost; `reason` completes the sentence "FILE …"."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Reply(Generic[Result]):
    """A worker's answer: a result, or why there is none. A worn worker is to be replaced."""

    result: Result | None
    reason: str = ""
    is_worn: bool = False


class WorkerLostError(Exception):
    """A worker ended or had to be ended; the message completes the sentence "FILE …"."""


class Worker(Generic[Result]):
    """One worker process, which does one kind of work, and our end of its socket."""

    def __init__(self, work: Callable[[Path], Result], limits: ReadingLimits) -> None:
        self.limits = limits
        ours, theirs = socket.socketpair()
        self.connection = Connection(ours.detach())
        with theirs:
            self.process = start_process(theirs.fileno())
        try:
            self.connection.send((work, limits))
            if not self.connection.poll(STARTING_SECONDS):
                raise WorkerLostError("could not be read: no reading process could be started")
            self.connection.recv_bytes()
        except (EOFError, OSError) as error:
            self.stop()
            raise WorkerLostError(
                "could not be read: no reading process could be started"
            ) from error
        except BaseException:
            self.stop()
            raise

    def hand_over(self, path: Path) -> bool:
        """Whether the worker took the file; one that ended while it was idle cannot."""
        try:
            self.connection.send(str(path))
        except OSError:
            return False
        return True

    def reply(self) -> Reply[Result]:
        """The answer to the file handed over. Raises WorkerLostError; the worker is of no use then."""
        try:
            if not self.connection.poll(self.limits.seconds):
                raise WorkerLostError(out_of_time(self.limits))
            reply: Reply[Result] = pickle.loads(self.connection.recv_bytes())
        except (EOFError, OSError) as error:
            raise WorkerLostError(self.why_lost()) from error
        return reply

    def why_lost(self) -> str:
        try:
            status = self.process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            return "ended the connection to the process that read it"
        if status == -signal.SIGALRM:
            return out_of_time(self.limits)
        if status < 0:
            return f"crashed the process that read it ({signal.strsignal(-status)})"
        return f"ended the process that read it (exit status {status})"

    def stop(self) -> None:
        """End the process, whatever it is doing; it may first end what it started itself."""
        self.process.terminate()
        try:
            self.process.wait(ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.connection.close()


def start_process(descriptor: int) -> subprocess.Popen[bytes]:
    """A process that finds the same modules as this one. It is out of reach of the terminal's Ctrl-C,
    and what a crashing library has to say goes nowhere: the reason is told by us."""
    program = PROGRAM.format(path=sys.path, descriptor=descriptor)
    return subprocess.Popen(
        [sys.executable, "-c", program],
        pass_fds=[descriptor],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def out_of_time(limits: ReadingLimits) -> str:
    return f"took longer than the limit of {limits.seconds:g} seconds to read"


def out_of_memory(limits: ReadingLimits) -> str:
    """The reason of a file that needs more memory than is allowed."""
    return f"needs more memory than the limit of {in_words(limits.memory_bytes)} to read"


class Workers(Generic[Result]):
    """As many workers as files are read at once; started when first needed, replaced when lost."""

    def __init__(self, work: Callable[[Path], Result], limits: ReadingLimits) -> None:
        self.work = work
        self.limits = limits
        self.idle: SimpleQueue[Worker[Result]] = SimpleQueue()
        self.all: set[Worker[Result]] = set()
        self.lock = Lock()
        self.closed = False

    def do(self, path: Path) -> Result | Contained:
        """The result of one file. Used by one thread for each file that is read at once."""
        try:
            worker = self.with_file(path)
            try:
                reply = worker.reply()
            except WorkerLostError:
                self.drop(worker)
                raise
        except WorkerLostError as error:
            return Contained(path, str(error))
        if reply.is_worn:
            self.drop(worker)
        else:
            self.idle.put(worker)
        if reply.result is None:
            return Contained(path, reply.reason)
        return reply.result

    def with_file(self, path: Path) -> Worker[Result]:
        """A worker that took the file."""
        while not (worker := self.free_worker()).hand_over(path):
            self.drop(worker)
        return worker

    def free_worker(self) -> Worker[Result]:
        try:
            return self.idle.get_nowait()
        except Empty:
            pass
        if self.closed:
            raise WorkerLostError("was not read: reading was ended")
        worker = Worker(self.work, self.limits)
        with self.lock:
            self.all.add(worker)
        if self.closed:
            self.drop(worker)
            raise WorkerLostError("was not read: reading was ended")
        return worker

    def drop(self, worker: Worker[Result]) -> None:
        with self.lock:
            is_ours = worker in self.all
            self.all.discard(worker)
        if is_ours:
            worker.stop()

    def close(self) -> None:
        """End all workers, also those that are reading."""
        self.closed = True
        with self.lock:
            workers = list(self.all)
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            self.drop(worker)


def contained(
    work: Callable[[Path], Result],
    paths: Sequence[Path],
    processes: int,
    limits: ReadingLimits = DEFAULT_LIMITS,
) -> Iterator[Result | Contained]:
    """The results of the work on each file, in the order of the files.

    Args:
        work: a function of a module (or a partial of one): it is called in the workers. Its result
            travels by pickle and is never None.
        processes: how many files are worked on at once.
    """
    workers = Workers(work, limits)
    at_once = max(1, min(processes, len(paths)))
    with ThreadPoolExecutor(at_once, thread_name_prefix="reading") as threads:
        try:
            yield from in_order(threads, workers, paths, at_once * AHEAD)
        finally:
            # The threads wait for their workers: these go first, so that Ctrl-C ends at once.
            threads.shutdown(wait=False, cancel_futures=True)
            workers.close()


def in_order(
    threads: ThreadPoolExecutor, workers: Workers[Result], paths: Sequence[Path], ahead: int
) -> Iterator[Result | Contained]:
    """The results in order; never more than `ahead` of them wait in memory."""
    waiting: deque[Future[Result | Contained]] = deque()
    for path in paths:
        waiting.append(threads.submit(workers.do, path))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def processors() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
