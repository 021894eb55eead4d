"""Where workers come from: processes that fork one for each connection to their socket.

A worker so costs a fork and shares, copy on write, what its nursery holds. One nursery holds nothing, its
workers open releases on disk. A release that fits is loaded into the memory of a nursery of its own,
which takes a while: its socket appears when it is ready.
"""

from __future__ import annotations

import gc
import hashlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

from pyoxigraph import RdfFormat, Store

from store.allocator import with_allocator
from store.columns import columns_of
from store.errors import DamagedReleaseError, StoreError
from store.opening import open_store
from store.worker import OpenedStore, work

BACKLOG = 128
PROGRAM = "import sys; sys.path[:] = {path!r}; from store.nursery import main; main(*{arguments!r})"
DUMP = "import sys; sys.path[:] = {path!r}; from store.nursery import dump; dump({directory!r})"
DISK = "disk"
#: A process with threads must not be forked; this one would be given some by its arrays.
WITHOUT_THREADS = {"OPENBLAS_NUM_THREADS": "1"}
#: Bytes of memory a quad of a release takes, with its twin in the default graph, as measured on 1,000
#: documents with 6.2 million quads (benchmarks/serve).
BYTES_PER_QUAD = 700


class Nurseries:
    """The nurseries of one server, as the process sees them that started them; stopped with it.

    Args:
        query_memory_bytes: how much memory a worker may take beyond what it shares; None: any.
        memory_bytes: how large a release may be to be held in memory; 0: none is.
    """

    def __init__(self, *, query_memory_bytes: int | None = None, memory_bytes: int = 0) -> None:
        self.query_memory_bytes, self.memory_bytes = query_memory_bytes, memory_bytes
        # Short: the path of a socket has about 100 characters.
        self.directory = Path(tempfile.mkdtemp(prefix="guanlian-"))
        self._lock = threading.Lock()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._start(DISK, None)

    def hold(self, directory: Path, quads: int) -> None:
        """Load the store of a release into memory if it fits there, in the background, and let go of others.

        Args:
            directory: of the Oxigraph store.
            quads: how many it has in named graphs.
        """
        address = memory_address(self.directory, directory)
        with self._lock:
            for name in [name for name in self._processes if name not in (DISK, address.name)]:
                self._stop(name)
            if address.name not in self._processes and quads * BYTES_PER_QUAD <= self.memory_bytes:
                self._start(address.name, directory)

    def mend(self) -> None:
        """Start the nursery of the disk again if it has ended. One that has died with a release in memory is
        left: the release is served from disk, and what has killed it might do so again."""
        with self._lock:
            for name, process in list(self._processes.items()):
                if process.poll() is None:
                    continue
                clear(self.directory / name)
                if name == DISK:
                    self._stop(DISK)
                    self._start(DISK, None)

    def disown(self) -> None:
        """Leave the nurseries to the process that this one was forked from: they end with that one."""
        for process in self._processes.values():
            assert process.stdin is not None
            process.stdin.close()

    def close(self) -> None:
        """Stop the nurseries; workers end with the connections to them."""
        with self._lock:
            for name in list(self._processes):
                self._stop(name)
            shutil.rmtree(self.directory, ignore_errors=True)

    def _start(self, name: str, directory: Path | None) -> None:
        limit = self.query_memory_bytes
        arguments = (str(self.directory / name), str(directory) if directory else None, limit)
        program = PROGRAM.format(path=sys.path, arguments=arguments)
        self._processes[name] = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            env={**with_allocator(os.environ), **WITHOUT_THREADS},
            process_group=0,  # Ctrl-C is ours to act on
        )

    def _stop(self, name: str) -> None:
        process = self._processes.pop(name)
        assert process.stdin is not None
        process.stdin.close()
        process.kill()
        process.wait()
        clear(self.directory / name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def disk_address(nurseries: Path) -> Path:
    """The socket of the nursery whose workers open releases on disk."""
    return nurseries / DISK


@lru_cache(maxsize=64)
def memory_address(nurseries: Path, directory: str | Path) -> Path:
    """The socket of the nursery that holds the store of a directory in memory, whether or not it is there."""
    return nurseries / hashlib.sha256(str(directory).encode()).hexdigest()[:16]


def columns_address(place: Path) -> Path:
    """The directory of the columns that belong to a nursery with a release in memory."""
    return place.with_name(f"{place.name}-columns")


def clear(place: Path) -> None:
    """Remove the socket of a nursery that has ended, and its columns."""
    place.unlink(missing_ok=True)
    shutil.rmtree(columns_address(place), ignore_errors=True)


def main(address: str, directory: str | None, memory_bytes: int | None) -> None:
    """The program of a nursery: fork a worker for each connection, until the parent closes our input."""
    place = Path(address)
    try:
        opened = OpenedStore()
        if directory is not None:
            store = in_memory(Path(directory), is_orphan)
            columns = columns_of(store, columns_address(place))
            opened = OpenedStore(directory, store, columns)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a worker ended
        gc.freeze()  # what is here now is for good: collecting it would only copy its pages
        with listening(place) as listener:
            while not parent_has_gone(listener):
                bear(listener, opened, memory_bytes)
    except StoreError as error:
        sys.exit(str(error))
    finally:
        clear(place)
        if is_orphan():
            with suppress(OSError):  # the last one removes what the parent could not
                place.parent.rmdir()


def parent_has_gone(*besides: socket.socket, seconds: float | None = None) -> bool:
    """Whether the parent has closed our input, which the kernel does for it when it is killed.

    Args:
        besides: what else to wait for.
        seconds: how long; None: until there is something to say.
    """
    ready, _, _ = select.select([sys.stdin, *besides], [], [], seconds)
    return sys.stdin in ready


def is_orphan() -> bool:
    """Whether the parent has gone by now."""
    return parent_has_gone(seconds=0)


def bear(listener: socket.socket, opened: OpenedStore, memory_bytes: int | None) -> None:
    """Fork a worker for the next connection. If no process can be had, the connection is closed."""
    with suppress(OSError):
        connection, _ = listener.accept()
        with connection:
            if os.fork() == 0:
                start_worker(listener, connection, opened, memory_bytes)


def start_worker(
    listener: socket.socket,
    connection: socket.socket,
    opened: OpenedStore,
    memory_bytes: int | None,
) -> None:
    """Be the worker of a connection, then end."""
    try:
        listener.close()
        os.close(sys.stdin.fileno())
        work(connection, opened, memory_bytes)
    except BaseException:
        traceback.print_exc()  # a fault of ours, for the log of the server
    finally:
        os._exit(0)


def listening(address: Path) -> socket.socket:
    """A socket that is there only when it can be connected to."""
    listener = socket.socket(socket.AF_UNIX)
    in_the_making = address.with_name(f".{address.name}")
    listener.bind(str(in_the_making))
    listener.listen(BACKLOG)
    in_the_making.rename(address)
    return listener


def in_memory(directory: Path, is_unwanted: Callable[[], bool] = lambda: False) -> Store:
    """A copy in memory of a store on disk, which another process opens and writes out as N-Quads: the engine
    leaves threads behind where it has opened a store, and a process with threads must not be forked.

    `is_unwanted` is asked now and then, and ends this process: loading takes minutes.

    Raises DamagedReleaseError when the store cannot be opened or read.
    """
    store = Store()
    program = DUMP.format(path=sys.path, directory=str(directory))
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as dumping:
        assert dumping.stdout is not None
        store.bulk_load(
            cast(IO[bytes], WhileWanted(dumping.stdout, is_unwanted)), format=RdfFormat.N_QUADS
        )
    if dumping.returncode:
        raise DamagedReleaseError(f"The store in {directory} cannot be read into memory.")
    return store


class WhileWanted:
    """A file that is read as long as somebody wants it."""

    def __init__(self, file: IO[bytes], is_unwanted: Callable[[], bool]) -> None:
        self._file, self._is_unwanted = file, is_unwanted

    def read(self, size: int = -1) -> bytes:
        """As a file does. Ends the process when it is unwanted."""
        if self._is_unwanted():
            sys.exit()
        return self._file.read(size)


def dump(directory: str) -> None:
    """Write the quads of a store to standard output."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # who reads may be stopped
    try:
        open_store(Path(directory)).dump(sys.stdout.buffer, format=RdfFormat.N_QUADS)
    except StoreError as error:
        sys.exit(str(error))
    sys.stdout.buffer.flush()
