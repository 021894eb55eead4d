"""Which office has which themes, and how much a theme says: the rarer it is, the more."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx

from ontology.namespaces import DEFAULT_BASE
from queries.network.questions import ask_question
from store.graph import Graph

# Weights are summed as whole numbers of this part: below 2**53 such sums are exact in any order, so that
# equal sets have a similarity of exactly 1, and it is the same from either side and in every way to sum.
PART = 2.0**-40
# Similarities are told in millionths.
PLACES = 10**6


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

    @cached_property
    def parts(self) -> Mapping[str, int]:
        """The weights in whole parts."""
        return {theme: round(weight / PART) for theme, weight in self.weights.items()}

    @cached_property
    def office_parts(self) -> Mapping[str, int]:
        """The weight of all themes of an office together, in whole parts."""
        return {
            iri: sum(self.parts[theme] for theme in holder.themes)
            for iri, holder in self.holders.items()
        }

    def similarity(self, one: str, other: str) -> float:
        """The idf-weighted Jaccard similarity of two offices, 0 to 1; 0 for an office without
        themes."""
        both = self._themes(one) & self._themes(other)
        return self.jaccard(one, other, sum(self.parts[theme] for theme in both))

    def similarities(self, office: str) -> dict[str, float]:
        """The similarity of every other office that shares a theme, by an inverted index: no pair is
        looked at that shares none."""
        shared: defaultdict[str, int] = defaultdict(int)
        for theme in self._themes(office):
            part = self.parts[theme]
            for other in self.offices_by_theme[theme]:
                shared[other] += part
        shared.pop(office, None)
        return {other: self.jaccard(office, other, part) for other, part in shared.items()}

    def jaccard(self, one: str, other: str, shared: int) -> float:
        """What two offices share of all that either has, by weight, to six places."""
        if not shared:
            return 0.0
        whole = self.office_parts[one] + self.office_parts[other] - shared
        return round(shared / whole * PLACES) / PLACES

    def shared(self, one: str, other: str) -> tuple[str, ...]:
        """The themes that both have, those that say most first."""
        both = self._themes(one) & self._themes(other)
        return tuple(sorted(both, key=lambda theme: (-self.weights[theme], theme)))

    def _themes(self, office: str) -> frozenset[str]:
        holder = self.holders.get(office)
        return holder.themes if holder else frozenset()


def read_theme_sets(graph: Graph, *, base: str = DEFAULT_BASE) -> ThemeSets:
    """The theme sets of all offices that have a theme."""
    themes: defaultdict[str, set[str]] = defaultdict(set)
    for row in ask_question(graph, "purposes", base):
        themes[row["office"]].add(row["theme"])
    labels: dict[str, str] = {}
    for row in ask_question(graph, "purpose-labels", base):
        labels.setdefault(row["thing"], row["label"])
    holders = {
        iri: Holder(iri, labels.get(iri, iri), frozenset(found)) for iri, found in themes.items()
    }
    held = {theme for found in themes.values() for theme in found}
    return ThemeSets(holders, {theme: labels.get(theme, theme) for theme in held})


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
