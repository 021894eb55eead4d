"""Bytes that arrive in any pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise


def cut_into(stream: bytes, cuts: Sequence[int]) -> Iterator[bytes]:
    """The pieces of a stream that is cut at some places, as far as it reaches that far."""
    places = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    for start, end in pairwise(places):
        yield stream[start:end]
