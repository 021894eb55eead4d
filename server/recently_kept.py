"""Answers that were asked for lately: as many as there is room for, the one not asked for longest goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class RecentlyKept(Generic[Kept]):
    """At most `size` answers by name; safe to use from several threads.

    >>> kept = RecentlyKept[int](2)
    >>> [kept.get(word, lambda: len(word)) for word in ("a", "bb", "ccc", "bb")]
    [1, 2, 3, 2]
    >>> [*kept.names()]
    ['ccc', 'bb']
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: str, find: Callable[[], Kept]) -> Kept:
        """The answer of a name, found now if it is not kept. What `find` raises is not kept."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        found = find()  # two who ask at once may both look; that costs less than making one wait
        with self._lock:
            self._kept[name] = found
            self._kept.move_to_end(name)
            while len(self._kept) > self.size:
                self._kept.popitem(last=False)
        return found

    def names(self) -> list[str]:
        """What is kept, the answer not asked for longest first."""
        with self._lock:
            return [*self._kept]

    def forget(self) -> None:
        """Keep nothing of what was kept."""
        with self._lock:
            self._kept.clear()
