"""Reading an index: what is found, and what things are called.

Ranking pages of hits and counting facets is `store.search.index`. This does without numpy, whose libraries
start threads and take memory: workers are forked and kept within limits.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from store.errors import DamagedIndexError
from store.search.expression import expression
from store.search.schema import COLUMN_WEIGHTS
from store.search.wanted import Wanted

BM25 = f"bm25(grams, {', '.join(map(str, COLUMN_WEIGHTS))})"
IRIS = "SELECT iri FROM grams JOIN entry ON entry.id = grams.rowid WHERE grams MATCH ?"
SCORES = f"SELECT iri, -{BM25} FROM grams JOIN entry ON entry.id = grams.rowid WHERE grams MATCH ?"


@dataclass
class IndexReader:
    """The finished index file at a path.

    Each thread, and each process after a fork, reads through a connection of its own.

    Raises DamagedIndexError where the file cannot be read.
    """

    path: Path
    _own: threading.local = field(default_factory=threading.local, repr=False, kw_only=True)

    def iris(self, wanted: Wanted) -> frozenset[str]:
        """Everything that is found."""
        return frozenset(row[0] for row in self._rows(IRIS, wanted))

    def scores(self, wanted: Wanted) -> dict[str, float]:
        """How well everything fits that is found."""
        return dict(self._rows(SCORES, wanted))

    def has_value(self, dimension: str, value: str) -> bool:
        """Whether anything has this value in a dimension."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT 1 FROM facet_value WHERE dimension = ? AND value = ?", (dimension, value)
            ).fetchone()
        return found is not None

    def name(self, iri: str) -> str:
        """What a thing is called; empty for one without a name."""
        with self._reading() as connection:
            row = connection.execute("SELECT name FROM entry WHERE iri = ?", (iri,)).fetchone()
        return str(row[0]) if row else ""

    @cached_property
    def base_iri(self) -> str:
        """The base of the IRIs in the release."""
        with self._reading() as connection:
            row = connection.execute("SELECT value FROM property WHERE name = 'base'").fetchone()
        return str(row[0])

    def _rows(self, statement: str, wanted: Wanted) -> list[tuple[str, float]]:
        if not wanted:
            return []
        with self._reading() as connection:
            return connection.execute(statement, (self._expression(wanted),)).fetchall()

    def _expression(self, wanted: Wanted) -> str:
        return expression(wanted, self._syllables)

    @cached_property
    def _syllables(self) -> frozenset[str]:
        with self._reading() as connection:
            return frozenset(row[0] for row in connection.execute("SELECT * FROM syllable"))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The connection of this thread. SQLite's must not be carried across a fork."""
        try:
            if getattr(self._own, "process", None) != os.getpid():
                self._own.connection = open_index(self.path)
                self._own.process = os.getpid()
            yield self._own.connection
        except sqlite3.DatabaseError as error:
            raise DamagedIndexError(f"The index {self.path} cannot be read: {error}.") from error


def open_index(path: Path) -> sqlite3.Connection:
    """A connection that only reads, of a file that never changes."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, isolation_level=None)
