"""The similarity of every office to every other, a block of rows at a time.

The whole of it (the projection of the bipartite graph onto offices) is never held: at 2,000 offices
600,000 pairs share a theme, and what is wanted of them are a few to each office.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy
from numpy.typing import NDArray

from queries.network.themes import PLACES, ThemeSets

ROWS = 256
Similarities = list[tuple[str, float]]


def nearest_of_all(themes: ThemeSets, limit: int | None) -> Iterator[tuple[str, Similarities]]:
    """Every office with its nearest, the nearest first, of equals by IRI; as `rank_nearest`."""
    offices = sorted(themes.holders)
    for first, block in similarity_blocks(themes, offices):
        for row, order in enumerate(numpy.argsort(-block, axis=1, kind="stable")[:, :limit]):
            millionths = block[row, order]
            yield (
                offices[first + row],
                [
                    (offices[other], int(found) / PLACES)
                    for other, found in zip(order, millionths, strict=True)
                    if found >= 0
                ],
            )


def pairs_at_least(
    themes: ThemeSets, offices: list[str], threshold: float
) -> Iterator[tuple[str, str]]:
    """The pairs of some offices with that similarity or more, each once, in their order."""
    for first, block in similarity_blocks(themes, offices):
        for row, other in numpy.argwhere(block >= threshold * PLACES):
            if first + row < other:
                yield offices[first + row], offices[other]


def similarity_blocks(
    themes: ThemeSets, offices: list[str]
) -> Iterator[tuple[int, NDArray[numpy.float64]]]:
    """Rows of similarities in millionths, with the number of the first row; -1 where two offices share
    nothing, and of an office to itself."""
    columns = {theme: column for column, theme in enumerate(sorted(themes.parts))}
    parts = numpy.array([themes.parts[theme] for theme in columns], dtype=numpy.float64)
    member = numpy.zeros((len(offices), len(columns)))
    for row, iri in enumerate(offices):
        member[row, [columns[theme] for theme in themes.holders[iri].themes]] = 1.0
    totals = member @ parts
    for first in range(0, len(offices), ROWS):
        rows = slice(first, first + ROWS)
        shared = (member[rows] * parts) @ member.T
        whole = totals[rows, None] + totals[None, :] - shared
        block = numpy.where(shared > 0, numpy.rint(shared / whole * PLACES), -1.0)
        block[numpy.arange(len(block)), numpy.arange(first, first + len(block))] = -1.0
        yield first, block
