"""The servers of the comparison by name, in the order of the table; ours comes first."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from benchmarks.serve.servers.guanlian import COLD, GLIBC, ON_DISK, guanlian
from benchmarks.serve.servers.oxigraph import oxigraph_in_memory, oxigraph_on_disk
from benchmarks.serve.servers.rdflib_endpoint import rdflib_endpoint
from benchmarks.serve.servers.running import Server
from benchmarks.serve.servers.virtuoso import virtuoso
from store.release import Release

Start = Callable[[str, Release, Path], AbstractContextManager[Server]]
OURS, WARM = "guanlian", "guanlian-warm"
STARTS: dict[str, Start] = {
    OURS: partial(guanlian, environment=COLD),
    WARM: partial(guanlian, environment=ON_DISK),  # what is kept is given without asking the store
    "guanlian-disk": partial(guanlian, environment={**COLD, **ON_DISK}),
    "guanlian-glibc": partial(guanlian, environment={**COLD, **GLIBC}),
    "oxigraph-memory": oxigraph_in_memory,
    "oxigraph-disk": oxigraph_on_disk,
    "virtuoso": virtuoso,
    "rdflib-endpoint": rdflib_endpoint,
}


def usual() -> list[str]:
    """All servers that can be had here; the one with glibc's allocator is for comparison with ours only."""
    there = {"virtuoso": shutil.which("virtuoso-t"), "guanlian-glibc": None}
    return [name for name in STARTS if there.get(name, True)]
