"""Where the nodes of a large network stand: each community a disc of its own, the discs near those that
they are joined to most.

Springs inside a disc and springs between discs take time with the square of what is in them, not of all
nodes; the same network has the same layout, for nothing is left to chance. Lengths are in units of the
distance that two nodes keep.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx
import numpy
from numpy.typing import NDArray

Places = NDArray[numpy.float64]
"""A row of x and y for every node."""

GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
STEPS = 150
PUSHES = 200
# How far the discs are apart, and how much wider a disc is than its nodes would fill.
GAP = 2.0
ROOM = 1.15
ROWS = 512
# Springs between more take minutes and gibibytes: these stand evenly instead.
MOST_SPRUNG = 800
# No two places of a sunflower are nearer.
NEAREST_SEEDS = 1.5


@dataclass(frozen=True, slots=True)
class Disc:
    """Where a community stands."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of every node, and the disc of every community in their order."""

    places: Mapping[str, tuple[float, float]]
    discs: tuple[Disc, ...]


def lay_out(network: networkx.Graph[str], communities: Sequence[Sequence[str]]) -> Layout:
    """The layout of a weighted network whose nodes are divided into communities."""
    if not communities:
        return Layout({}, ())
    inner = [disc_places(network, members) for members in communities]
    radii = numpy.array([disc_radius(len(members)) for members in communities])
    centres = disc_centres(network, communities, radii)
    places = {
        node: (round(float(x), 3), round(float(y), 3))
        for members, local, centre in zip(communities, inner, centres, strict=True)
        for node, (x, y) in zip(members, local + centre, strict=True)
    }
    discs = (
        Disc(round(float(x), 3), round(float(y), 3), round(float(radius), 3))
        for (x, y), radius in zip(centres, radii, strict=True)
    )
    return Layout(places, tuple(discs))


def disc_radius(members: int) -> float:
    """The radius in which so many nodes keep their distance.

    >>> disc_radius(1) < disc_radius(100) < 10
    True
    """
    return 0.55 * ROOM * math.sqrt(members) + 0.5


def disc_places(network: networkx.Graph[str], members: Sequence[str]) -> Places:
    """The places of the nodes of a community around its centre."""
    inside = network.subgraph(members)
    radius = disc_radius(len(members)) - 0.5
    if len(members) > MOST_SPRUNG or not inside.number_of_edges():
        return evenly(inside, members) * (radius / math.sqrt(len(members)))
    numbers = {node: number for number, node in enumerate(members)}
    edges, weights = numbered_edges(
        (numbers[one], numbers[other], about["weight"])
        for one, other, about in sorted(inside.edges(data=True), key=str)
    )
    places = springs(sunflower(len(members)), edges, weights)
    return kept_apart(within(places, radius), numpy.full(len(members), 0.5), radius)


def evenly(network: networkx.Graph[str], members: Sequence[str]) -> Places:
    """Evenly spread places, those of the members that are joined most in the middle."""
    ranked = sorted(range(len(members)), key=lambda n: (-network.degree(members[n]), n))
    places = numpy.empty((len(members), 2))
    places[ranked] = sunflower(len(members))
    return places


def disc_centres(
    network: networkx.Graph[str],
    communities: Sequence[Sequence[str]],
    radii: NDArray[numpy.float64],
) -> Places:
    """The centres of the discs: near where they are joined, and nowhere one over another."""
    if len(communities) > MOST_SPRUNG:
        return sunflower(len(communities)) * float((2 * radii.max() + GAP) / NEAREST_SEEDS)
    home = {node: number for number, members in enumerate(communities) for node in members}
    between: dict[tuple[int, int], float] = {}
    for one, other, about in network.edges(data=True):
        first, last = sorted((home[one], home[other]))
        if first != last:
            between[first, last] = between.get((first, last), 0.0) + about["weight"]
    strongest = max(between.values(), default=1.0)
    edges, weights = numbered_edges(
        (*pair, weight / strongest) for pair, weight in sorted(between.items())
    )
    places = springs(sunflower(len(communities)), edges, weights)
    spread = within(places, float(numpy.sqrt((radii**2).sum())))
    return kept_apart(spread, radii + GAP / 2, None)


def numbered_edges(
    edges: Iterable[tuple[int, int, float]],
) -> tuple[NDArray[numpy.int64], NDArray[numpy.float64]]:
    """Edges as two columns of numbers, and their weights."""
    rows = numpy.array(list(edges), dtype=numpy.float64).reshape(-1, 3)
    return rows[:, :2].astype(numpy.int64), rows[:, 2]


def sunflower(nodes: int) -> Places:
    """Evenly spread places in a disc, the first in the middle; where springs begin."""
    order = numpy.arange(nodes)
    radius, angle = numpy.sqrt(order + 0.5), order * GOLDEN_ANGLE
    return numpy.column_stack((radius * numpy.cos(angle), radius * numpy.sin(angle)))


def springs(places: Places, edges: NDArray[numpy.int64], weights: NDArray[numpy.float64]) -> Places:
    """The places after so many steps of Fruchterman and Reingold's method: all push each other away,
    the joined pull each other, and the farthest that one may go in a step shrinks to nothing."""
    nodes = len(places)
    if nodes < 2:
        return places * 0.0
    places = places.copy()
    for step in range(STEPS):
        force = pushes(places) - places * 0.02
        pull = places[edges[:, 0]] - places[edges[:, 1]]
        pull *= (numpy.hypot(pull[:, 0], pull[:, 1]) * weights)[:, None]
        for axis in (0, 1):
            force[:, axis] -= numpy.bincount(edges[:, 0], pull[:, axis], nodes)
            force[:, axis] += numpy.bincount(edges[:, 1], pull[:, axis], nodes)
        length = numpy.maximum(numpy.hypot(force[:, 0], force[:, 1]), 1e-9)
        farthest = 0.5 * math.sqrt(nodes) * (1 - step / STEPS)
        places += force * (numpy.minimum(length, farthest) / length)[:, None]
    centred: Places = places - places.mean(axis=0)
    return centred


def pushes(places: Places) -> Places:
    """How much each is pushed by all others: the inverse of the distance, added up."""
    force = numpy.zeros_like(places)
    for first in range(0, len(places), ROWS):
        apart = places[first : first + ROWS, None, :] - places[None, :, :]
        square = numpy.maximum((apart**2).sum(axis=2), 1e-6)
        force[first : first + ROWS] = (apart / square[:, :, None]).sum(axis=1)
    return force


def within(places: Places, radius: float) -> Places:
    """The places scaled so that nearly all are within a radius, and the others pulled onto it."""
    lengths = numpy.hypot(places[:, 0], places[:, 1])
    usual = float(numpy.quantile(lengths, 0.95)) or 1.0
    scaled = places * (radius / usual)
    return pulled_in(scaled, radius)


def pulled_in(places: Places, radius: float) -> Places:
    lengths = numpy.maximum(numpy.hypot(places[:, 0], places[:, 1]), 1e-9)
    pulled: Places = places * numpy.minimum(1.0, radius / lengths)[:, None]
    return pulled


def kept_apart(places: Places, radii: NDArray[numpy.float64], inside: float | None) -> Places:
    """The places after pushing apart, as far as they are nearer than their radii; `inside` is the
    radius that none may leave."""
    places = places.copy()
    wanted = radii[:, None] + radii[None, :]
    for _ in range(PUSHES):
        apart = places[:, None, :] - places[None, :, :]
        distance = numpy.maximum(numpy.hypot(apart[..., 0], apart[..., 1]), 1e-9)
        overlap = numpy.maximum(0.0, wanted - distance)
        numpy.fill_diagonal(overlap, 0.0)
        if overlap.max(initial=0.0) < 1e-3:
            break
        places += (apart / distance[..., None] * overlap[..., None] * 0.25).sum(axis=1)
        if inside is not None:
            places = pulled_in(places, inside)
    return places
