"""The index of a release, opened for searching."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from store.errors import DamagedIndexError
from store.search.entries import DIMENSIONS, KINDS, Entry
from store.search.expression import expression
from store.search.facets import FacetColumn, Mask, Numbers, best, narrowed, weights
from store.search.index_file import COLUMN_WEIGHTS, ENTRY_COLUMNS, NUMBERS, entry_of_row
from store.search.wanted import Wanted

#: Ranking reads a row a hit, counting does not. Of a word that is nearly everywhere so many hits are ranked, in
#: the order of the index, where what is named comes before what is said.
MOST_RANKED = 20_000
BM25 = f"bm25(grams, {', '.join(map(str, COLUMN_WEIGHTS))})"
HITS = "SELECT rowid FROM grams WHERE grams MATCH ?"
RANKED = (
    f"SELECT rowid, -{BM25} FROM grams WHERE grams MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid"
)
IRIS = "SELECT iri FROM grams JOIN entry ON entry.id = grams.rowid WHERE grams MATCH ?"
SCORES = f"SELECT iri, -{BM25} FROM grams JOIN entry ON entry.id = grams.rowid WHERE grams MATCH ?"


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry, how well it fits (more is better; 0 if not ranked), and the syllables of its names, a line each."""

    entry: Entry
    score: float
    spelling: str


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a dimension, an IRI but for kinds and years, and how many hits have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """Some of the hits of `total`: the best first, then the others, if fewer than all are `ranked`.

    The `facets` of a dimension count the hits that fit what is asked of all other dimensions, the most
    frequent value first.
    """

    hits: tuple[Hit, ...]
    total: int
    ranked: int
    facets: Mapping[str, tuple[FacetCount, ...]]


@dataclass
class SearchIndex:
    """The finished index file at a path.

    Each thread, and each process after a fork, reads through a connection of its own.

    Raises DamagedIndexError where the file cannot be read.
    """

    path: Path
    most_ranked: int = MOST_RANKED
    _own: threading.local = field(default_factory=threading.local, repr=False)

    def search(
        self,
        wanted: Wanted,
        *,
        values: Mapping[str, Sequence[str]] | None = None,
        first: int = 0,
        size: int = 20,
        facet_size: int = 20,
    ) -> SearchAnswer:
        """The hits from the `first` (counted from 0) on, at most `size`.

        Args:
            values: for a dimension the values of which a hit has to have one; none, and all will do.
            facet_size: the most values of a dimension that are counted.
        """
        if not wanted:
            return SearchAnswer((), 0, 0, dict.fromkeys(DIMENSIONS, ()))
        found = self._found(wanted)
        masks = {
            name: self._columns[name].mask(chosen, self._size)
            for name, chosen in (values or {}).items()
            if chosen
        }
        ids = np.flatnonzero(narrowed(found, masks))
        scores = self._scored(wanted, ids[: self.most_ranked])
        page = [*best(scores, first, size), *range(max(first, len(scores)), len(ids))][:size]
        return SearchAnswer(
            hits=tuple(
                self._hit(int(ids[at]), float(scores[at]) if at < len(scores) else 0.0)
                for at in page
            ),
            total=len(ids),
            ranked=len(scores),
            facets={
                name: tuple(self._counted(name, narrowed(found, masks, but=name), facet_size))
                for name in DIMENSIONS
            },
        )

    def iris(self, wanted: Wanted) -> frozenset[str]:
        """Everything that is found."""
        return frozenset(row[0] for row in self._rows(IRIS, wanted))

    def scores(self, wanted: Wanted) -> dict[str, float]:
        """How well everything fits that is found."""
        return dict(self._rows(SCORES, wanted))

    def _rows(self, statement: str, wanted: Wanted) -> list[tuple[str, float]]:
        if not wanted:
            return []
        with self._reading() as connection:
            return connection.execute(statement, (self._expression(wanted),)).fetchall()

    def _expression(self, wanted: Wanted) -> str:
        return expression(wanted, self._syllables)

    def _found(self, wanted: Wanted) -> Mask:
        """Which entries are found."""
        with self._reading() as connection:
            rows = connection.execute(HITS, (self._expression(wanted),)).fetchall()
        found = np.zeros(self._size, bool)
        found[np.fromiter((row[0] for row in rows), NUMBERS, len(rows))] = True
        return found

    def _scored(self, wanted: Wanted, ids: NDArray[np.int64]) -> NDArray[np.float64]:
        """How well entries fit that are found, whose numbers are in order."""
        if not len(ids):
            return np.zeros(0)
        scope = (self._expression(wanted), int(ids[0]), int(ids[-1]))
        with self._reading() as connection:
            table = np.array(connection.execute(RANKED, scope).fetchall(), np.float64)
        fits = table[np.searchsorted(table[:, 0], ids), 1]
        return np.asarray(fits * self._weights[ids])

    def _hit(self, number: int, score: float) -> Hit:
        with self._reading() as connection:
            row = connection.execute(
                f"SELECT {ENTRY_COLUMNS} FROM entry WHERE id = ?", (number,)
            ).fetchone()
        return Hit(entry_of_row(row[1:-1]), score, row[-1])

    def _counted(self, dimension: str, mask: Mask, size: int) -> Iterator[FacetCount]:
        for value, count in islice(self._columns[dimension].counts(mask), size):
            yield FacetCount(value, count)

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

    @cached_property
    def _size(self) -> int:
        """One more than the highest number of an entry."""
        with self._reading() as connection:
            row = connection.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM entry").fetchone()
        return int(row[0])

    @cached_property
    def _columns(self) -> Mapping[str, FacetColumn]:
        with self._reading() as connection:
            named: dict[str, dict[int, str]] = {name: {} for name in DIMENSIONS}
            for number, dimension, value in connection.execute("SELECT * FROM facet_value"):
                named[dimension][number] = value
            return {
                name: FacetColumn(numbers(entries), numbers(values), named[name])
                for name, entries, values in connection.execute("SELECT * FROM facet_column")
            }

    @cached_property
    def _weights(self) -> NDArray[np.float64]:
        worth = {kind.name: kind.weight for kind in KINDS}
        return weights(self._columns["kind"], worth, self._size)

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


def numbers(content: bytes) -> Numbers:
    return np.frombuffer(content, NUMBERS)
