"""The index of a release, opened for searching."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from store.search.entries import DIMENSIONS, KINDS, Entry
from store.search.facets import NUMBERS, FacetColumn, Mask, Numbers, best, narrowed, weights
from store.search.index_file import entry_of_row
from store.search.reader import BM25, IndexReader
from store.search.schema import ENTRY_COLUMNS
from store.search.wanted import Wanted

#: Ranking reads a row a hit, counting does not. Of a word that is nearly everywhere so many hits are ranked, in
#: the order of the index, where what is named comes before what is said.
MOST_RANKED = 20_000
HITS = "SELECT rowid FROM grams WHERE grams MATCH ?"
RANKED = (
    f"SELECT rowid, -{BM25} FROM grams WHERE grams MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid"
)


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
class SearchIndex(IndexReader):
    """An index whose hits are ranked and counted."""

    most_ranked: int = MOST_RANKED

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


def numbers(content: bytes) -> Numbers:
    return np.frombuffer(content, NUMBERS)
