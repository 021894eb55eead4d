"""One writer at a time in a data folder; the kernel frees the lock when its holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from store.errors import DataFolderError, FolderLockedError

FILE_NAME = ".lock"
BETWEEN_TRIES_SECONDS = 0.01


@contextmanager
def writing(folder: Path, *, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the folder's lock. Raises FolderLockedError when another holds it for longer than the wait."""
    until = time.monotonic() + wait_seconds
    with open_lock(folder / FILE_NAME) as file:
        while not taken(file):
            if time.monotonic() >= until:
                raise FolderLockedError(
                    f"The data folder {folder} is being written by process {holder(folder)}; "
                    "please wait until it has finished."
                )
            time.sleep(BETWEEN_TRIES_SECONDS)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def taken(file: TextIO) -> bool:
    """Whether the lock is ours now."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_lock(path: Path) -> TextIO:
    try:
        return path.open("a+", encoding="ascii")
    except OSError as error:
        raise DataFolderError(f"{path.parent} cannot be written: {error.strerror}.") from error


def holder(folder: Path) -> str:
    return (folder / FILE_NAME).read_text(encoding="ascii").strip() or "(unknown)"
