"""Columns of a store in memory, made on the side and shared by all processes forked afterwards."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from pyoxigraph import Store

from store.columns.answering import Columns
from store.columns.building import build_columns
from store.columns.errors import ColumnsError


def columns_of(store: Store, directory: Path) -> Columns | None:
    """The columns of a store's default graph, written to a new directory and opened.

    They are made by a fork of this process, so that the memory it takes is given back; this process
    must have no threads. None if they cannot be made, which standard error tells: then the store
    answers alone.
    """
    process = os.fork()
    if not process:
        os._exit(exit_code(store, directory))
    # Where SIGCHLD is ignored, waiting ends with this error; whether they were made, their files tell.
    with suppress(ChildProcessError):
        os.waitpid(process, 0)
    if not directory.exists():
        return None
    columns = Columns.open(directory)
    columns.triples.prepare()
    return columns


def exit_code(store: Store, directory: Path) -> int:
    """Make the columns in a process that ends with this code."""
    try:
        build_columns(store, directory)
    except (ColumnsError, MemoryError) as error:
        print(f"Questions are asked of the store alone. {error}", file=sys.stderr, flush=True)
        return 1
    return 0
