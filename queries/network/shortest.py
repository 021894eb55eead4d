"""The shortest paths between two things of a projection: searched from both ends, told by what says most.

Of paths with equally many steps the better leads over things that are joined to little: passing a thing
costs the natural logarithm of its degree, as in `queries.network.things`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from heapq import nsmallest

import numpy
from numpy.typing import NDArray

from queries.network.projection import Projection

Ways = dict[int, list[tuple[float, tuple[int, ...]]]]
"""The cheapest ways to things: their cost and the things on them."""


@dataclass(frozen=True, slots=True)
class ShortestPaths:
    """The best of the shortest paths as things by number.

    is_exhausted: whether the answer is the whole truth; else there may be paths with more steps than
        were looked at.
    """

    paths: tuple[tuple[int, ...], ...]
    is_exhausted: bool


@dataclass
class Side:
    """A breadth-first search from one end: the layers that it reached so far."""

    layers: list[NDArray[numpy.int64]]
    seen: NDArray[numpy.bool_]

    @classmethod
    def of(cls, start: int, size: int) -> Side:
        """A search that has reached its start only."""
        seen = numpy.zeros(size, dtype=numpy.bool_)
        seen[start] = True
        return cls([numpy.array([start], dtype=numpy.int64)], seen)

    @property
    def frontier(self) -> NDArray[numpy.int64]:
        return self.layers[-1]

    def advance(self, reached: NDArray[numpy.int64]) -> None:
        """Go on to what the steps from the frontier reached."""
        new = numpy.unique(reached[~self.seen[reached]])
        self.seen[new] = True
        self.layers.append(new)


def shortest_paths(
    projection: Projection,
    start: int,
    end: int,
    *,
    limit: int,
    most_steps: int,
    allowed: NDArray[numpy.bool_],
) -> ShortestPaths:
    """At most `limit` of the shortest paths, none where all have more than `most_steps`.

    allowed: which steps may be taken, by position; where a step is, so is the one back, unless it leads
        to what no path may pass.
    """
    if start == end:
        return ShortestPaths(((start,),), is_exhausted=True)
    near, far = Side.of(start, len(projection)), Side.of(end, len(projection))
    middle = meet(projection, near, far, most_steps, allowed)
    if not len(middle):
        return ShortestPaths((), is_exhausted=not (len(near.frontier) and len(far.frontier)))
    there = ways_to(projection, near.layers, middle, limit, allowed)
    back = ways_to(projection, far.layers, middle, limit, allowed)
    joined = (
        (one + other + passing(projection, node, start, end), before + after[::-1][1:])
        for node in there.keys() & back.keys()
        for one, before in there[node]
        for other, after in back[node]
    )
    best = nsmallest(limit, ((round(cost, 9), path) for cost, path in joined))
    return ShortestPaths(tuple(path for _, path in best), is_exhausted=True)


def meet(
    projection: Projection, near: Side, far: Side, most_steps: int, allowed: NDArray[numpy.bool_]
) -> NDArray[numpy.int64]:
    """Search from both ends, always from the smaller frontier, until they meet: the things where they
    do, which are in the last layer of either; none when they do not within that many steps."""
    nowhere = numpy.array([], dtype=numpy.int64)
    for _ in range(most_steps):
        side, other = sorted((near, far), key=lambda one: work_of(projection, one.frontier))
        side.advance(reached_from(projection, side.frontier, allowed))
        middle = side.frontier[other.seen[side.frontier]]
        if len(middle) or not len(side.frontier):
            return middle
    return nowhere


def work_of(projection: Projection, frontier: NDArray[numpy.int64]) -> int:
    """How many steps lead on from a frontier."""
    return int((projection.starts[frontier + 1] - projection.starts[frontier]).sum())


def reached_from(
    projection: Projection, frontier: NDArray[numpy.int64], allowed: NDArray[numpy.bool_]
) -> NDArray[numpy.int64]:
    """Where the allowed steps from a frontier lead."""
    first, last = projection.starts[frontier], projection.starts[frontier + 1]
    sizes = last - first
    offsets = numpy.repeat(first - numpy.cumsum(sizes) + sizes, sizes)
    positions = offsets + numpy.arange(int(sizes.sum()))
    return projection.others[positions[allowed[positions]]]


def ways_to(
    projection: Projection,
    layers: list[NDArray[numpy.int64]],
    wanted: NDArray[numpy.int64],
    limit: int,
    allowed: NDArray[numpy.bool_],
) -> Ways:
    """The cheapest ways from the only thing of the first layer to those wanted of the last, each over
    one thing of every layer."""
    start = int(layers[0][0])
    kept = on_the_way(projection, layers, wanted, allowed)
    ways: Ways = {start: [(0.0, (start,))]}
    for layer in kept[1:]:
        found: Ways = {}
        for node in layer.tolist():
            before = set(reached_from(projection, numpy.array([node]), allowed).tolist())
            leading = (
                (cost + passing(projection, other, start, node), (*path, node))
                for other in sorted(before & ways.keys())
                for cost, path in ways[other]
            )
            found[node] = nsmallest(limit, leading)
        ways = found
    return ways


def on_the_way(
    projection: Projection,
    layers: list[NDArray[numpy.int64]],
    wanted: NDArray[numpy.int64],
    allowed: NDArray[numpy.bool_],
) -> list[NDArray[numpy.int64]]:
    """The part of each layer that leads to what is wanted of the last."""
    kept = [numpy.unique(wanted)]
    for layer in reversed(layers[:-1]):
        leading = reached_from(projection, kept[0], allowed)
        kept.insert(0, layer[numpy.isin(layer, leading)])
    return kept


def passing(projection: Projection, node: int, *ends: int) -> float:
    """What it costs to pass a thing; an end is not passed."""
    return 0.0 if node in ends else math.log(max(1, int(projection.degrees[node])))
