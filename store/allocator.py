"""The memory allocator of the processes that answer queries.

The engine allocates much and little at a time. With glibc's allocator, the one of Python's processes on
most Linux systems, it takes 1.4 to 2.5 times as long for small queries as with jemalloc or mimalloc
(`python -m benchmarks.serve.allocators`), a request 1.1 to 1.5 times as much processor time. Another
one is put in its place by the dynamic linker when a process starts, so it must be named in the
environment before.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

PRELOAD = "LD_PRELOAD"
#: A wheel that carries mimalloc, installed with the extra `mimalloc` of this package.
WHEEL, IN_WHEEL = "cmeel-mimalloc", "libmimalloc.so"
#: Where Linux distributions put shared libraries, and what they call these, the best first.
FOLDERS = ("/usr/lib/*-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib")
LIBRARIES = ("libjemalloc.so.2", "libmimalloc.so.3", "libmimalloc.so.2")


def with_allocator(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for a process that answers queries: with a better allocator where there is one.

    Whoever sets LD_PRELOAD, be it to nothing, has chosen.
    """
    library = None if PRELOAD in environment else allocator()
    return {**environment, PRELOAD: str(library)} if library else {**environment}


@cache
def allocator() -> Path | None:
    """The file of the best allocator that is installed; None leaves the system's own."""
    if not sys.platform.startswith("linux"):
        return None
    return of_system() or of_wheel()


def of_system() -> Path | None:
    found = (
        path
        for name in LIBRARIES
        for folder in FOLDERS
        for path in Path("/").glob(f"{folder[1:]}/{name}")
    )
    return next(found, None)


def of_wheel() -> Path | None:
    try:
        parts = files(WHEEL) or []
    except PackageNotFoundError:
        return None
    found = (Path(str(part.locate())) for part in parts if part.name == IN_WHEEL)
    return next((path for path in found if path.is_file()), None)
