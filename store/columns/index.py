"""The triples of one predicate, found by subject or by object."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from store.columns.terms import Numbers

# A table of places may have so many entries a row before bisection is the better way.
WIDEST = 8


@dataclass(frozen=True, eq=False)
class Index:
    """Pairs of term numbers sorted by `keys`, then by `values`."""

    keys: Numbers
    values: Numbers

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def key_count(self) -> int:
        """How many different keys there are."""
        return int(np.count_nonzero(np.diff(self.keys))) + 1 if len(self) else 0

    @cached_property
    def places(self) -> Numbers | None:
        """For each number from the lowest key on, how many pairs have a lower key; None if that
        table would be far longer than the pairs."""
        width = int(self.keys[-1]) - int(self.keys[0]) + 1 if len(self) else 0
        if not width or width > WIDEST * len(self):
            return None
        counts = np.bincount(self.keys - self.keys[0], minlength=width)
        return np.concatenate(([0], np.cumsum(counts))).astype(np.int32)

    def prepare(self) -> None:
        """Make what is made when first needed."""
        _ = self.key_count, self.places

    def ranges(self, probes: Numbers) -> tuple[Numbers, Numbers]:
        """Where the pairs of each probed key begin and end."""
        if self.places is None:
            left = np.searchsorted(self.keys, probes, "left")
            right = np.searchsorted(self.keys, probes, "right")
            return left.astype(np.int32), right.astype(np.int32)
        shifted = probes - self.keys[0]
        is_outside = (shifted < 0) | (shifted >= len(self.places) - 1)
        if is_outside.any():
            shifted = np.where(is_outside, 0, shifted)
            begins, ends = self.places[shifted], self.places[shifted + 1]
            return begins, np.where(is_outside, begins, ends)
        return self.places[shifted], self.places[shifted + 1]

    def values_of(self, key: int) -> Numbers:
        """The values of one key."""
        begin = np.searchsorted(self.keys, np.int32(key), "left")
        return self.values[begin : np.searchsorted(self.keys, np.int32(key), "right")]


@dataclass(frozen=True, eq=False)
class Predicate:
    """The triples of a predicate, sorted both ways."""

    by_subject: Index
    by_object: Index

    def __len__(self) -> int:
        return len(self.by_subject)


def repeated(begins: Numbers, ends: Numbers) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Ranges written out: for each place in them the number of its range, and the place.

    >>> repeated(np.array([5, 9, 2]), np.array([7, 9, 3]))
    (array([0, 0, 2]), array([5, 6, 2]))
    """
    counts = ends - begins
    rows = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    return rows, np.arange(len(rows)) - np.repeat(before - begins, counts)
