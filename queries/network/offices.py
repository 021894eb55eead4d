"""Offices near each other by the functions that they share (idf-weighted Jaccard of themes)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import networkx

from ontology.namespaces import DEFAULT_BASE
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
    holder = themes.holders.get(office)
    if holder is None:
        return ()
    others = Counter(
        other
        for theme in holder.themes
        for other in themes.offices_by_theme[theme]
        if other != office
    )
    ranked = sorted(others, key=lambda other: (-themes.similarity(office, other), other))
    return tuple(near_office(themes, office, other) for other in ranked[:limit])


def near_office(themes: ThemeSets, office: str, other: str) -> NearOffice:
    return NearOffice(
        iri=other,
        name=themes.holders[other].name,
        similarity=themes.similarity(office, other),
        shared_themes=tuple(themes.labels[theme] for theme in themes.shared(office, other)),
    )


def office_network(
    graph: Graph, *, neighbours: int | None = NEIGHBOURS, base: str = DEFAULT_BASE
) -> networkx.Graph[str]:
    """The network of offices: nodes are IRIs with `label`, edges carry `weight` (idf-weighted
    Jaccard) and `shared_themes` (labels).

    Each office is joined to its nearest `neighbours`, so that the edges stay few where the offices
    are many; None joins every pair that shares a theme.
    """
    themes = read_theme_sets(graph, base=base)
    network: networkx.Graph[str] = networkx.Graph()
    for iri in sorted(themes.holders):
        network.add_node(iri, label=themes.holders[iri].name)
    for iri in sorted(themes.holders):
        for near in nearest_offices(themes, iri, limit=neighbours):
            network.add_edge(
                iri, near.iri, weight=near.similarity, shared_themes=near.shared_themes
            )
    return network
