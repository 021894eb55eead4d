"""Maps of a whole network: every node with its place and community, and the edges that say most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import networkx

from queries.network.backbone import backbone
from queries.network.communities import find_communities
from queries.network.layout import Disc, lay_out
from queries.network.results import NetworkResult
from queries.network.themes import ThemeSets

MOST_NODES = 4000
# Edges drawn to a node, on the average.
EDGES_A_NODE = 2
TELLING = 3
SEED = 1


@dataclass(frozen=True, slots=True)
class MapNode:
    """A node: its place, the number of its community (0 for what is joined to nothing), and to how
    many it is joined."""

    iri: str
    kind: str
    community: int
    x: float
    y: float
    degree: int


@dataclass(frozen=True, slots=True)
class MapEdge:
    """An edge between two nodes, by their position in the list of nodes."""

    source: int
    target: int
    weight: float


@dataclass(frozen=True, slots=True)
class MapCommunity:
    """A community: its number from 1, the largest first; its disc, its size, the IRIs of the themes
    that tell it from others, and the IRI of the node that is joined most in it."""

    number: int
    disc: Disc
    size: int
    themes: tuple[str, ...]
    central: str


@dataclass(frozen=True)
class NetworkMap(NetworkResult):
    """A network with places.

    edges: a part of `all_edges`.
    left_out: how many nodes are too many to draw; those that are joined least.
    """

    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    communities: tuple[MapCommunity, ...]
    all_edges: int
    left_out: int

    def to_graph(self) -> networkx.Graph[str]:
        """The nodes with their places, and the edges that are drawn."""
        graph: networkx.Graph[str] = networkx.Graph()
        for node in self.nodes:
            graph.add_node(node.iri, kind=node.kind, community=node.community, x=node.x, y=node.y)
        for edge in self.edges:
            one, other = self.nodes[edge.source].iri, self.nodes[edge.target].iri
            graph.add_edge(one, other, weight=edge.weight)
        return graph


@dataclass(frozen=True)
class Drawn:
    """What a map is made of: the nodes that fit, joined and divided."""

    network: networkx.Graph[str]
    communities: tuple[tuple[str, ...], ...]
    alone: tuple[str, ...]
    left_out: int


def draw(network: networkx.Graph[str]) -> Drawn:
    """The part of a network that fits on a map, in communities; what is joined to nothing is apart."""
    ranked = sorted(network, key=lambda node: (-network.degree(node), node))
    kept = in_order(network, ranked[:MOST_NODES])
    found = find_communities(kept, resolution=1.0, seed=SEED)
    joined = tuple(members for members in found if len(members) > 1)
    alone = tuple(sorted(members[0] for members in found if len(members) == 1))
    return Drawn(kept, joined, alone, max(0, len(ranked) - MOST_NODES))


def in_order(network: networkx.Graph[str], nodes: Sequence[str]) -> networkx.Graph[str]:
    """The part of a network that these nodes make, its nodes and edges by their names: communities and sums
    follow the order, and a map is to be the same whenever it is drawn."""
    ordered: networkx.Graph[str] = networkx.Graph()
    ordered.add_nodes_from((node, network.nodes[node]) for node in sorted(nodes))
    edges = network.subgraph(nodes).edges(data=True)
    joined = {(min(one, other), max(one, other)): about for one, other, about in edges}
    for (one, other), about in sorted(joined.items(), key=lambda edge: edge[0]):
        ordered.add_edge(one, other, **about)
    return ordered


def map_nodes(drawn: Drawn) -> tuple[tuple[MapNode, ...], tuple[Disc, ...]]:
    """The nodes by community, and the discs of the communities."""
    groups = [*drawn.communities, *([drawn.alone] if drawn.alone else [])]
    layout = lay_out(drawn.network, groups)
    nodes = tuple(
        MapNode(
            node,
            str(drawn.network.nodes[node]["kind"]),
            number if number <= len(drawn.communities) else 0,
            *layout.places[node],
            int(drawn.network.degree(node)),
        )
        for number, members in enumerate(groups, start=1)
        for node in members
    )
    return nodes, layout.discs[: len(drawn.communities)]


def map_edges(drawn: Drawn, nodes: Sequence[MapNode]) -> tuple[MapEdge, ...]:
    """The edges that are drawn."""
    positions = {node.iri: position for position, node in enumerate(nodes)}
    kept = backbone(drawn.network, EDGES_A_NODE * len(nodes))
    return tuple(
        MapEdge(positions[one], positions[other], round(float(about["weight"]), 4))
        for one, other, about in kept
    )


def map_communities(
    drawn: Drawn, discs: Sequence[Disc], themes: ThemeSets
) -> tuple[MapCommunity, ...]:
    """The communities with what tells them from others."""
    return tuple(
        MapCommunity(
            number,
            disc,
            len(members),
            telling_themes(themes, members),
            max(members, key=lambda node: (drawn.network.degree(node, weight="weight"), node)),
        )
        for number, (members, disc) in enumerate(
            zip(drawn.communities, discs, strict=True), start=1
        )
    )


def telling_themes(themes: ThemeSets, members: Sequence[str]) -> tuple[str, ...]:
    """The themes that many of the offices have and few others; of themes, those most offices of the
    community have."""
    offices = [themes.holders[node] for node in members if node in themes.holders]
    counts = Counter(theme for office in offices for theme in office.themes)
    scores = {theme: count * themes.weights[theme] for theme, count in counts.items()}
    return tuple(sorted(scores, key=lambda theme: (-scores[theme], theme))[:TELLING])
