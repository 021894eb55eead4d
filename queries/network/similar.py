"""Offices like one office, with the themes and clauses that both have as the reason."""

from __future__ import annotations

from dataclasses import dataclass

import networkx

from queries.network.evidence import Statement, theme_clauses
from queries.network.offices import rank_nearest
from queries.network.results import NetworkResult
from queries.network.themes import ThemeSets
from store.graph import Graph


@dataclass(frozen=True, slots=True)
class SharedTheme:
    """A theme that two offices have: how much it says (idf), and the clauses of either."""

    iri: str
    label: str
    weight: float
    clauses: tuple[Statement, ...]
    other_clauses: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class SimilarOffice:
    """An office like the one asked about, 0 to 1, and why."""

    iri: str
    name: str
    similarity: float
    shared: tuple[SharedTheme, ...]


@dataclass(frozen=True)
class SimilarOffices(NetworkResult):
    """The offices nearest to one, the nearest first."""

    office: str
    name: str
    similar: tuple[SimilarOffice, ...]

    def to_graph(self) -> networkx.Graph[str]:
        """A star: the office in the middle, edges with `weight` and `shared_themes`."""
        graph: networkx.Graph[str] = networkx.Graph()
        graph.add_node(self.office, kind="office", label=self.name)
        for one in self.similar:
            graph.add_node(one.iri, kind="office", label=one.name)
            labels = tuple(theme.label for theme in one.shared)
            graph.add_edge(self.office, one.iri, weight=one.similarity, shared_themes=labels)
        return graph


def similar_offices(
    graph: Graph, themes: ThemeSets, office: str, limit: int, *, base: str
) -> tuple[SimilarOffice, ...]:
    """The nearest offices of one with their reasons; none for an office without themes."""
    nearest = rank_nearest(themes, office, limit)
    own = theme_clauses(graph, office, base=base) if nearest else {}
    found = []
    for other, similarity in nearest:
        theirs = theme_clauses(graph, other, base=base)
        shared = tuple(
            SharedTheme(
                theme,
                themes.labels[theme],
                round(themes.weights[theme], 6),
                own.get(theme, ()),
                theirs.get(theme, ()),
            )
            for theme in themes.shared(office, other)
        )
        found.append(SimilarOffice(other, themes.holders[other].name, similarity, shared))
    return tuple(found)
