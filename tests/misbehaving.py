"""Work that goes wrong in the ways in which libraries do; done in real worker processes."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path


def work(path: Path) -> str:
    """Does what the file's name says, else answers with the process that it was done in."""
    behaviour = BEHAVIOURS.get(path.stem)
    if behaviour is not None:
        behaviour()
    return f"{path.name} {os.getpid()}"


def segfault() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(3)


def loop() -> None:
    while True:
        pass


def sleep_in_c() -> None:
    # A call that holds the interpreter's lock and takes no signal handler of Python's.
    ctypes.PyDLL(None).sleep(600)


def eat_memory() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(2**24))


def eat_memory_at_once() -> None:
    "x" * 2**40


def exit_politely() -> None:
    sys.exit(4)


BEHAVIOURS: dict[str, Callable[[], object]] = {
    "segfault": segfault,
    "leave": leave,
    "loop": loop,
    "sleep-in-c": sleep_in_c,
    "eat-memory": eat_memory,
    "eat-at-once": eat_memory_at_once,
    "exit": exit_politely,
    "short-sleep": lambda: time.sleep(0.2),
}
