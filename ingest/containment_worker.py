"""The program of a worker process: works on one file after the other, within its limits.

It ends when its parent closes the socket, when it is told to (ending LibreOffice before), and by the
kernel's alarm when a file outruns its limit and the parent, which should have ended it, is gone.
"""

from __future__ import annotations

import gc
import mmap
import pickle
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

from ingest.containment import Reply, out_of_memory
from ingest.reading.limits import ReadingLimits

# The parent's own clock comes first; the alarm only serves when the parent cannot.
ALARM_GRACE_SECONDS = 2.0
# A worker that once took more than this share of its memory has it still, mostly.
WORN_SHARE = 0.5
PAGE_BYTES = mmap.PAGESIZE
PICKLE_PROTOCOL = 5
# New objects before the youngest ones are looked at; Python's own number is some hundreds.
COLLECT_AFTER = 50_000


def main(file_descriptor: int) -> None:
    """Work on the files that the parent names, until it hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to act on
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process even inside a library
    connection = Connection(file_descriptor)
    do_without_numpy()
    work, limits = connection.recv()
    baseline = limit_memory(limits)
    collect_seldom()
    connection.send_bytes(b"ready")
    while (path := next_path(connection)) is not None:
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + ALARM_GRACE_SECONDS)
        reply = perform(work, path, limits, baseline)
        connection.send_bytes(reply)
        signal.setitimer(signal.ITIMER_REAL, 0)


def do_without_numpy() -> None:
    """Let openpyxl find no numpy, of which it only wants to know the types of numbers: the libraries
    that come with it end the process where the memory of a document does not hold their buffers."""
    sys.modules["numpy"] = None  # type: ignore[assignment]


def collect_seldom() -> None:
    """Let the garbage collector pass over what the program consists of, and look at what reading makes less
    often: a document makes a great many small objects and hardly any circle."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


def leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def next_path(connection: Connection) -> Path | None:
    try:
        return Path(connection.recv())
    except (EOFError, ConnectionError):
        return None


def perform(
    work: Callable[[Path], object], path: Path, limits: ReadingLimits, baseline: int
) -> bytes:
    """The reply, pickled."""
    try:
        result = work(path)
        reply = Reply(result, is_worn=is_worn(limits, baseline))
        return pickle.dumps(reply, PICKLE_PROTOCOL)
    except MemoryError:
        pass  # what was read so far is let go before anything else is made
    return pickle.dumps(Reply(None, out_of_memory(limits), is_worn=True), PICKLE_PROTOCOL)


def limit_memory(limits: ReadingLimits) -> int:
    """Let the address space grow by the limit and no more; the size it has now, in bytes.

    The limit is soft: LibreOffice, which this process may start, sets its own.
    """
    baseline = address_space()
    if sys.platform != "win32":
        import resource

        _, hardest = resource.getrlimit(resource.RLIMIT_AS)
        most = baseline + limits.memory_bytes
        if hardest != resource.RLIM_INFINITY:
            most = min(most, hardest)
        resource.setrlimit(resource.RLIMIT_AS, (most, hardest))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    return baseline


def is_worn(limits: ReadingLimits, baseline: int) -> bool:
    return address_space() - baseline > WORN_SHARE * limits.memory_bytes


def address_space() -> int:
    """The size of this process's address space in bytes, 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * PAGE_BYTES
    except OSError:
        return 0
