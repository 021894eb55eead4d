"""Communities of offices: groups that are nearer to each other than to others (Louvain)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import networkx

from queries.network.results import NetworkResult
from queries.network.themes import ThemeSets

TELLING = 5
CENTRAL = 5


@dataclass(frozen=True, slots=True)
class TellingTheme:
    """A theme of a community: the share of its offices that have it, and that share times the idf of
    the theme, by which themes are ranked."""

    iri: str
    label: str
    share: float
    score: float


@dataclass(frozen=True, slots=True)
class CentralOffice:
    """An office of a community, and the similarity to its neighbours in the community together."""

    iri: str
    name: str
    strength: float


@dataclass(frozen=True, slots=True)
class Community:
    """A community: its number from 1 (the largest), its offices as pairs of IRI and name, its most
    telling themes and its most central offices."""

    number: int
    offices: tuple[tuple[str, str], ...]
    themes: tuple[TellingTheme, ...]
    central: tuple[CentralOffice, ...]


@dataclass(frozen=True)
class Communities(NetworkResult):
    """The communities of a neighbour graph, the largest first, and the modularity of the division:
    how much more is joined inside than chance would have it (below 1; 0 is chance)."""

    modularity: float
    communities: tuple[Community, ...]
    network: networkx.Graph[str]

    def to_graph(self) -> networkx.Graph[str]:
        """The neighbour graph, each office with the number of its `community`."""
        graph = self.network.copy()
        for community in self.communities:
            for iri, _ in community.offices:
                graph.nodes[iri]["community"] = community.number
        return graph

    def to_json(self) -> dict[str, Any]:
        """Plain values; the edges are for the exports."""
        return {
            "account": asdict(self.account),
            "modularity": self.modularity,
            "communities": [asdict(community) for community in self.communities],
        }


def find_communities(
    network: networkx.Graph[str], *, resolution: float, seed: int
) -> tuple[tuple[str, ...], ...]:
    """The nodes of every community in the order of their names, the largest community first.

    Names are numbered first: the order in which Python keeps texts in a set differs from run to run.
    """
    names = sorted(network)
    numbers = {name: number for number, name in enumerate(names)}
    numbered: networkx.Graph[int] = networkx.Graph()
    numbered.add_nodes_from(range(len(names)))
    numbered.add_weighted_edges_from(
        sorted(
            (*sorted((numbers[one], numbers[other])), about["weight"])
            for one, other, about in network.edges(data=True)
        )
    )
    found = networkx.community.louvain_communities(
        numbered, weight="weight", resolution=resolution, seed=seed
    )
    named = (tuple(names[number] for number in sorted(members)) for members in found)
    return tuple(sorted(named, key=lambda members: (-len(members), members)))


def modularity(
    network: networkx.Graph[str], found: Iterable[Iterable[str]], resolution: float
) -> float:
    """The modularity of a division at a resolution, to six places; 0 without edges."""
    if not network.number_of_edges():
        return 0.0
    sets = [set(members) for members in found]
    value = networkx.community.modularity(network, sets, weight="weight", resolution=resolution)
    return round(value, 6)


def describe_community(
    themes: ThemeSets, network: networkx.Graph[str], number: int, members: tuple[str, ...]
) -> Community:
    return Community(
        number=number,
        offices=tuple((iri, themes.holders[iri].name) for iri in members),
        themes=telling_themes(themes, members),
        central=central_offices(themes, network, members),
    )


def telling_themes(themes: ThemeSets, members: tuple[str, ...]) -> tuple[TellingTheme, ...]:
    """The themes that many of the offices have and few others."""
    counts = Counter(theme for iri in members for theme in themes.holders[iri].themes)
    scored = [
        TellingTheme(
            theme,
            themes.labels[theme],
            round(count / len(members), 6),
            round(count / len(members) * themes.weights[theme], 6),
        )
        for theme, count in counts.items()
    ]
    return tuple(sorted(scored, key=lambda theme: (-theme.score, theme.iri))[:TELLING])


def central_offices(
    themes: ThemeSets, network: networkx.Graph[str], members: tuple[str, ...]
) -> tuple[CentralOffice, ...]:
    """The offices that are most like the others of the community."""
    inside = network.subgraph(members)
    strengths = [
        CentralOffice(iri, themes.holders[iri].name, round(strength, 6))
        for iri, strength in inside.degree(weight="weight")
    ]
    return tuple(sorted(strengths, key=lambda office: (-office.strength, office.iri))[:CENTRAL])
