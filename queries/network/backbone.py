"""The edges of a weighted network that say most, when there are too many to draw."""

from __future__ import annotations

from typing import Any

import networkx

Edge = tuple[str, str, dict[str, Any]]


def backbone(network: networkx.Graph[str], most: int) -> list[Edge]:
    """At most `most` edges, or as many as hold together what is joined, if that is more: a spanning
    forest of greatest weight, then those that are least to be expected by the disparity filter (Serrano,
    Boguñá and Vespignani 2009: of a node with k edges, one with the share p of its weight has the
    significance (1 - p)^(k - 1); the end that says more decides)."""
    edges: list[Edge] = sorted(
        (
            (min(one, other), max(one, other), about)
            for one, other, about in network.edges(data=True)
        ),
        key=ends_of,
    )
    if len(edges) <= most:
        return edges
    strengths = dict(network.degree(weight="weight"))
    forest = networkx.maximum_spanning_edges(network, weight="weight", data=False)
    joined = {tuple(sorted(pair)) for pair in forest}

    def rank(edge: Edge) -> tuple[bool, float, str, str]:
        one, other, about = edge
        ends = (significance(network, node, about["weight"], strengths[node]) for node in edge[:2])
        return (one, other) not in joined, min(ends), one, other

    return sorted(sorted(edges, key=rank)[: max(most, len(joined))], key=ends_of)


def ends_of(edge: Edge) -> tuple[str, str]:
    return edge[0], edge[1]


def significance(network: networkx.Graph[str], node: str, weight: float, strength: float) -> float:
    """How likely an edge is so heavy by chance, seen from one of its ends."""
    degree = int(network.degree(node))
    return 1.0 if degree < 2 else float((1 - weight / strength) ** (degree - 1))
