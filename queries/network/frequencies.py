"""Rare and common themes: how many offices have each, and how much that says."""

from __future__ import annotations

from dataclasses import dataclass

import networkx

from queries.network.results import NetworkResult
from queries.network.themes import ThemeSets


@dataclass(frozen=True, slots=True)
class ThemeFrequency:
    """A theme, how many offices have it, their share of all offices, and its idf; `names` are the
    offices themselves where they are few."""

    iri: str
    label: str
    offices: int
    share: float
    weight: float
    names: tuple[str, ...]


@dataclass(frozen=True)
class ThemeFrequencies(NetworkResult):
    """The rarest themes, the rarest first, and the commonest, the commonest first."""

    offices: int
    rare: tuple[ThemeFrequency, ...]
    common: tuple[ThemeFrequency, ...]

    def to_graph(self) -> networkx.Graph[str]:
        """The themes as nodes without edges."""
        graph: networkx.Graph[str] = networkx.Graph()
        for theme in (*self.common, *self.rare):
            graph.add_node(
                theme.iri,
                kind="theme",
                label=theme.label,
                offices=theme.offices,
                share=theme.share,
                weight=theme.weight,
            )
        return graph


def theme_frequencies(themes: ThemeSets, limit: int) -> tuple[ThemeFrequency, ...]:
    """All themes, the rarest first; offices are named where they are no more than `limit`."""
    ranked = sorted(themes.offices_by_theme.items(), key=lambda item: (len(item[1]), item[0]))
    return tuple(
        ThemeFrequency(
            iri=theme,
            label=themes.labels[theme],
            offices=len(offices),
            share=round(len(offices) / len(themes.holders), 6),
            weight=round(themes.weights[theme], 6),
            names=tuple(themes.holders[office].name for office in offices)
            if len(offices) <= limit
            else (),
        )
        for theme, offices in ranked
    )
