"""The indexes that a server searches: opened once, and made where a release has none."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from store.errors import NoIndexError
from store.release import Release
from store.search.index import SearchIndex
from store.search.making import make_index
from store.search.schema import index_path

#: A process of its own, for making an index takes memory and a core for a while.
PROGRAM = """
import sys
sys.path = {path!r}
from pathlib import Path
from store.release import Release
from store.search.making import make_index
make_index(Release(Path({release!r})))
"""
#: How long a search waits for an index that is being made: as long as a small one takes.
WAIT_SECONDS = 5.0


@dataclass
class SearchIndexes:
    """The index of the release that is served; safe to use from many threads."""

    wait_seconds: float = WAIT_SECONDS
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _opened: SearchIndex | None = None
    _makers: dict[Path, subprocess.Popen[bytes]] = field(default_factory=dict)

    def of(self, release: Release) -> SearchIndex:
        """The index of a release.

        Raises:
            NoIndexError: it has none; a process is making it now, so asking again later may succeed.
            DataFolderError: it has none, and none can be made.
        """
        path = index_path(release.directory)
        if not path.is_file():
            self._wait_for(self._maker(release, path), release)
        with self._lock:
            if (maker := self._makers.pop(path, None)) is not None:
                maker.wait()
            if self._opened is None or self._opened.path != path:
                self._opened = SearchIndex(path)
            return self._opened

    def close(self) -> None:
        """Stop what is being made; who searches next has it made anew."""
        with self._lock:
            for maker in self._makers.values():
                maker.kill()
                maker.wait()
            self._makers.clear()

    def _maker(self, release: Release, path: Path) -> subprocess.Popen[bytes]:
        """The process that makes an index, the one that is at it already if there is one."""
        with self._lock:
            if path not in self._makers:
                self._makers[path] = start_making(release)
            return self._makers[path]

    def _wait_for(self, maker: subprocess.Popen[bytes], release: Release) -> None:
        try:
            status = maker.wait(self.wait_seconds)
        except subprocess.TimeoutExpired:
            raise NoIndexError(
                f"The search index of the release {release.release_id} is being made; "
                "please ask again in a moment."
            ) from None
        if status != 0:
            make_index(release)  # which raises what is wrong


def start_making(release: Release) -> subprocess.Popen[bytes]:
    """A process that finds the same modules as this one."""
    program = PROGRAM.format(path=sys.path, release=str(release.directory))
    silent = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-c", program], stdin=silent, stdout=silent, stderr=silent
    )
