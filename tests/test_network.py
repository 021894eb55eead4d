"""The network of offices that share functions."""

from __future__ import annotations

import math
from itertools import combinations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.network import (
    Holder,
    ThemeSets,
    nearest_offices,
    office_network,
    office_theme_graph,
    read_theme_sets,
)
from tests.test_queries import run, samples_graph


def theme_sets(**themes: str) -> ThemeSets:
    """Offices named by keys, each with the themes that are the letters of its value."""
    holders = {name: Holder(name, name, frozenset(letters)) for name, letters in themes.items()}
    return ThemeSets(holders, {letter: letter for letters in themes.values() for letter in letters})


SETS = st.dictionaries(
    st.sampled_from("opqrs"), st.frozensets(st.sampled_from("abcdef"), min_size=1), min_size=1
).map(lambda sets: theme_sets(**{name: "".join(sorted(found)) for name, found in sets.items()}))


def test_rare_theme_weighs_more_than_a_common_one() -> None:
    themes = theme_sets(o="ab", p="ab", q="a", r="a")
    assert themes.weights["a"] == pytest.approx(math.log(2))
    assert themes.weights["b"] == pytest.approx(math.log(3))


def test_similarity_is_the_weighted_share_of_common_themes() -> None:
    themes = theme_sets(o="ab", p="bc", q="a")
    common, whole = math.log1p(3 / 2), 2 * math.log1p(3 / 2) + math.log1p(3)
    assert themes.similarity("o", "p") == pytest.approx(common / whole, abs=1e-6)
    assert themes.similarity("p", "q") == 0


@given(SETS)
def test_similarity_is_symmetric_and_1_for_equal_sets_alone(themes: ThemeSets) -> None:
    for one, other in combinations(themes.holders, 2):
        similarity = themes.similarity(one, other)
        assert 0 <= similarity <= 1
        assert similarity == themes.similarity(other, one)
        equal = themes.holders[one].themes == themes.holders[other].themes
        assert (similarity == 1) == equal


@given(SETS, st.integers(1, 5))
def test_nearest_are_the_first_of_all_that_share_a_theme(themes: ThemeSets, limit: int) -> None:
    for office, holder in themes.holders.items():
        everyone = nearest_offices(themes, office, limit=None)
        assert nearest_offices(themes, office, limit=limit) == everyone[:limit]
        similarities = [near.similarity for near in everyone]
        assert similarities == sorted(similarities, reverse=True)
        assert {near.iri for near in everyone} == {
            other
            for other, its in themes.holders.items()
            if other != office and its.themes & holder.themes
        }


def test_office_without_themes_has_no_neighbours() -> None:
    themes = theme_sets(o="a", p="a")
    assert nearest_offices(themes, "unknown") == ()
    assert themes.similarity("unknown", "o") == 0


def test_bipartite_graph_joins_offices_to_their_themes() -> None:
    themes = read_theme_sets(samples_graph())
    graph = office_theme_graph(themes)
    assert networkx.is_bipartite(graph)
    assert graph.number_of_edges() == len(run("office-themes"))
    assert {graph.nodes[node]["kind"] for node in graph} == {"office", "theme"}
    assert "交办的其他任务" not in {graph.nodes[node]["label"] for node in graph}


def test_network_edges_carry_weight_and_shared_themes() -> None:
    network = office_network(samples_graph(), neighbours=None)
    pairs = {
        frozenset((row["office_a_iri"], row["office_b_iri"])) for row in run("shared-functions")
    }
    assert {frozenset(edge) for edge in network.edges} == pairs
    for one, other, about in network.edges(data=True):
        rows = [
            row["theme"]
            for row in run("shared-functions", office=one)
            if row["office_b_iri"] == other
        ]
        assert sorted(map(str, rows)) == sorted(about["shared_themes"])
        assert 0 < about["weight"] <= 1


def test_network_of_few_neighbours_keeps_the_nearest() -> None:
    themes = read_theme_sets(samples_graph())
    network = office_network(samples_graph(), neighbours=1)
    assert set(network) == set(themes.holders)
    assert network.number_of_edges() < office_network(samples_graph()).number_of_edges()
    for office in network:
        assert network.has_edge(office, nearest_offices(themes, office, limit=1)[0].iri)
