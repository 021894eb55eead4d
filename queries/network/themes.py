"""Which office has which themes, and how much a theme says: the rarer it is, the more."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx

from ontology.namespaces import DEFAULT_BASE
from queries.answering import ask
from store.graph import Graph


@dataclass(frozen=True, slots=True)
class Holder:
    """An office with the IRIs of its themes."""

    iri: str
    name: str
    themes: frozenset[str]


@dataclass(frozen=True)
class ThemeSets:
    """The theme sets of all offices by IRI, and the labels of the themes.

    What every office does (facet themes) is not in them.
    """

    holders: Mapping[str, Holder]
    labels: Mapping[str, str]

    @cached_property
    def offices_by_theme(self) -> Mapping[str, tuple[str, ...]]:
        """The offices that have a theme."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for iri in sorted(self.holders):
            for theme in self.holders[iri].themes:
                found[theme].append(iri)
        return {theme: tuple(offices) for theme, offices in found.items()}

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """How much a theme says: idf = ln(1 + offices / offices with the theme), above 0."""
        return {
            theme: math.log1p(len(self.holders) / len(offices))
            for theme, offices in self.offices_by_theme.items()
        }

    def weight(self, themes: Iterable[str]) -> float:
        """The weight of some themes together, the same in whatever order."""
        return math.fsum(self.weights[theme] for theme in themes)

    def similarity(self, one: str, other: str) -> float:
        """The idf-weighted Jaccard similarity of two offices, 0 to 1; 0 for an office without
        themes."""
        left, right = self._themes(one), self._themes(other)
        whole = self.weight(left | right)
        return round(self.weight(left & right) / whole, 6) if whole else 0.0

    def shared(self, one: str, other: str) -> tuple[str, ...]:
        """The themes that both have, those that say most first."""
        both = self._themes(one) & self._themes(other)
        return tuple(sorted(both, key=lambda theme: (-self.weights[theme], theme)))

    def _themes(self, office: str) -> frozenset[str]:
        holder = self.holders.get(office)
        return holder.themes if holder else frozenset()


def read_theme_sets(graph: Graph, *, base: str = DEFAULT_BASE) -> ThemeSets:
    """The theme sets of all offices that have a theme."""
    names: dict[str, str] = {}
    labels: dict[str, str] = {}
    themes: defaultdict[str, set[str]] = defaultdict(set)
    for row in ask(graph, "office-themes", base=base).records():
        office, theme = str(row["office_iri"]), str(row["theme_iri"])
        names[office], labels[theme] = str(row["office"]), str(row["theme"])
        themes[office].add(theme)
    holders = {iri: Holder(iri, names[iri], frozenset(found)) for iri, found in themes.items()}
    return ThemeSets(holders, labels)


def office_theme_graph(themes: ThemeSets) -> networkx.Graph[str]:
    """The bipartite graph: nodes are IRIs with `kind` (office, theme) and `label`; edges carry the
    weight of the theme."""
    graph: networkx.Graph[str] = networkx.Graph()
    for theme in sorted(themes.offices_by_theme):
        graph.add_node(theme, kind="theme", label=themes.labels[theme])
    for iri in sorted(themes.holders):
        holder = themes.holders[iri]
        graph.add_node(iri, kind="office", label=holder.name)
        for theme in sorted(holder.themes):
            graph.add_edge(iri, theme, weight=themes.weights[theme])
    return graph
