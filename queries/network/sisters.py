"""Sister offices: offices with nearly the same themes, wherever they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import networkx

from queries.network.all_similarities import pairs_at_least
from queries.network.results import NetworkResult
from queries.network.themes import Holder, ThemeSets


@dataclass(frozen=True, slots=True)
class Sisters:
    """A group of sister offices.

    least: the similarity of its two most different offices; it may be below the threshold, for each
        office is near some other of the group, and not near all.
    shared_themes: the labels of what all of them have, those that say most first.
    """

    offices: tuple[tuple[str, str], ...]
    least: float
    shared_themes: tuple[str, ...]


@dataclass(frozen=True)
class SisterOffices(NetworkResult):
    """The groups of sister offices, the largest first; offices are pairs of IRI and name."""

    groups: tuple[Sisters, ...]

    def to_graph(self) -> networkx.Graph[str]:
        """Each group as a star around its first office, so that the edges stay few."""
        graph: networkx.Graph[str] = networkx.Graph()
        for number, group in enumerate(self.groups, start=1):
            for iri, name in group.offices:
                graph.add_node(iri, kind="office", label=name, group=number)
            for iri, _ in group.offices[1:]:
                graph.add_edge(group.offices[0][0], iri, least=group.least)
        return graph


def sister_groups(themes: ThemeSets, threshold: float) -> tuple[Sisters, ...]:
    """Groups in which every office has another with a similarity of the threshold or above.

    Offices with the very same themes are one from the start: a thousand of them make no pairs.
    """
    alike = same_themes(themes)
    near: networkx.Graph[str] = networkx.Graph()
    near.add_nodes_from(alike)
    near.add_edges_from(pairs_at_least(themes, sorted(alike), threshold))
    groups = [
        describe_group(themes, alike, sorted(component))
        for component in networkx.connected_components(near)
        if len(component) > 1 or len(alike[next(iter(component))]) > 1
    ]
    return tuple(sorted(groups, key=lambda group: (-len(group.offices), group.offices)))


def same_themes(themes: ThemeSets) -> dict[str, tuple[Holder, ...]]:
    """The offices with the very same themes, by the first IRI of them."""
    found: defaultdict[frozenset[str], list[Holder]] = defaultdict(list)
    for iri in sorted(themes.holders):
        found[themes.holders[iri].themes].append(themes.holders[iri])
    return {holders[0].iri: tuple(holders) for holders in found.values()}


def describe_group(
    themes: ThemeSets, alike: Mapping[str, tuple[Holder, ...]], firsts: list[str]
) -> Sisters:
    holders = sorted(
        (holder for iri in firsts for holder in alike[iri]), key=lambda holder: holder.iri
    )
    shared = frozenset.intersection(*(holder.themes for holder in holders))
    ranked = sorted(shared, key=lambda theme: (-themes.weights[theme], theme))
    return Sisters(
        offices=tuple((holder.iri, holder.name) for holder in holders),
        least=min((themes.similarity(*pair) for pair in combinations(firsts, 2)), default=1.0),
        shared_themes=tuple(themes.labels[theme] for theme in ranked),
    )
