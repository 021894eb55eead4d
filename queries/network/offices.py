"""Offices near each other by the functions that they share (idf-weighted Jaccard of themes)."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest

import networkx

from ontology.namespaces import DEFAULT_BASE
from queries.network.all_similarities import nearest_of_all
from queries.network.themes import ThemeSets, read_theme_sets
from store.graph import Graph

NEIGHBOURS = 10


@dataclass(frozen=True, slots=True)
class NearOffice:
    """An office near another one: how near (0 to 1), and the labels of the themes that both have,
    those that say most first."""

    iri: str
    name: str
    similarity: float
    shared_themes: tuple[str, ...]


def nearest_offices(
    themes: ThemeSets, office: str, *, limit: int | None = NEIGHBOURS
) -> tuple[NearOffice, ...]:
    """The offices that share most with an office, nearest first, of equals by IRI.

    Only offices with a theme in common are looked at; an office without themes has none near it.
    """
    return tuple(
        near_office(themes, office, other, similarity)
        for other, similarity in rank_nearest(themes, office, limit)
    )


def rank_nearest(themes: ThemeSets, office: str, limit: int | None) -> list[tuple[str, float]]:
    """The IRIs of the nearest offices with their similarity; as `nearest_offices`."""
    ranked = ((-similarity, iri) for iri, similarity in themes.similarities(office).items())
    first = sorted(ranked) if limit is None else nsmallest(limit, ranked)
    return [(iri, -distance) for distance, iri in first]


def near_office(themes: ThemeSets, office: str, other: str, similarity: float) -> NearOffice:
    return NearOffice(
        iri=other,
        name=themes.holders[other].name,
        similarity=similarity,
        shared_themes=tuple(themes.labels[theme] for theme in themes.shared(office, other)),
    )


def neighbour_graph(
    themes: ThemeSets, *, neighbours: int | None = NEIGHBOURS
) -> networkx.Graph[str]:
    """The network of offices: nodes are IRIs with `label`, edges carry `weight` (idf-weighted
    Jaccard) and `shared_themes` (labels).

    Each office is joined to its nearest `neighbours`, so that the edges stay few where the offices
    are many; None joins every pair that shares a theme.
    """
    network: networkx.Graph[str] = networkx.Graph()
    for iri in sorted(themes.holders):
        network.add_node(iri, kind="office", label=themes.holders[iri].name)
    for iri, nearest in nearest_of_all(themes, neighbours):
        for other, similarity in nearest:
            if not network.has_edge(iri, other):
                shared = tuple(themes.labels[theme] for theme in themes.shared(iri, other))
                network.add_edge(iri, other, weight=similarity, shared_themes=shared)
    return network


def office_network(
    graph: Graph, *, neighbours: int | None = NEIGHBOURS, base: str = DEFAULT_BASE
) -> networkx.Graph[str]:
    """The neighbour graph of the offices of a graph; see `neighbour_graph`."""
    return neighbour_graph(read_theme_sets(graph, base=base), neighbours=neighbours)
