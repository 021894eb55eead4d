"""The dimensions of an index as arrays: which hits have which values, and how many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: As numbers lie in the file.
NUMBERS = np.dtype("<i4")
Numbers = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """A dimension: pairs of an entry and the number of a value it has, and the values by number.

    Masks tell of each entry, by its number, whether it is meant.
    """

    entries: Numbers
    values: Numbers
    named: Mapping[int, str]

    def mask(self, wanted: Iterable[str], size: int) -> Mask:
        """The entries that have one of the wanted values; `size` is the length of masks."""
        numbers = {value: number for number, value in self.named.items()}
        chosen = [numbers[value] for value in wanted if value in numbers]
        mask = np.zeros(size, bool)
        mask[self.entries[np.isin(self.values, chosen)]] = True
        return mask

    def counts(self, mask: Mask) -> Iterator[tuple[str, int]]:
        """The values of the entries in the mask and how many have each, the most frequent first."""
        counts = np.bincount(self.values[mask[self.entries]])
        for number in np.argsort(-counts, kind="stable"):
            if counts[number] == 0:
                return
            yield self.named[int(number)], int(counts[number])


def narrowed(hits: Mask, masks: Mapping[str, Mask], but: str | None = None) -> Mask:
    """The hits that are in every mask, of the dimension `but` leaving its own aside."""
    kept = hits.copy()
    for dimension, mask in masks.items():
        if dimension != but:
            kept &= mask
    return kept


def weights(column: FacetColumn, worth: Mapping[str, float], size: int) -> NDArray[np.float64]:
    """What each entry is worth by its value in a dimension; 1 without one."""
    found = np.ones(size)
    factors = [worth.get(column.named[int(value)], 1.0) for value in column.values]
    found[column.entries] = factors
    return found


def best(scores: NDArray[np.float64], first: int, size: int) -> Sequence[int]:
    """The places of the best scores in order, from the `first` on; of equals the earlier."""
    return [int(place) for place in np.argsort(-scores, kind="stable")[first : first + size]]
