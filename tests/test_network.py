"""The network of offices that share functions."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from itertools import combinations, permutations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.network import (
    Holder,
    ThemeSets,
    find_communities,
    nearest_offices,
    neighbour_graph,
    office_network,
    office_theme_graph,
    read_theme_sets,
    sister_groups,
)
from queries.network.all_similarities import nearest_of_all, pairs_at_least
from queries.network.communities import describe_community, modularity
from queries.network.frequencies import theme_frequencies
from queries.network.offices import rank_nearest
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


@given(SETS)
def test_distance_keeps_the_triangle_inequality(themes: ThemeSets) -> None:
    for one, other, third in permutations(themes.holders, 3):
        detour = 2 - themes.similarity(one, other) - themes.similarity(other, third)
        assert 1 - themes.similarity(one, third) <= detour + 2e-6  # each is told to six places


@given(SETS)
def test_similarities_of_an_office_are_those_of_every_pair(themes: ThemeSets) -> None:
    for office in themes.holders:
        for other, similarity in themes.similarities(office).items():
            assert similarity == themes.similarity(office, other)


@given(SETS, st.one_of(st.none(), st.integers(1, 5)))
def test_blocks_of_rows_find_what_the_inverted_index_finds(
    themes: ThemeSets, limit: int | None
) -> None:
    found = dict(nearest_of_all(themes, limit))
    assert found == {office: rank_nearest(themes, office, limit) for office in themes.holders}


@given(SETS, st.sampled_from([0.2, 0.5, 0.9, 1.0]))
def test_pairs_at_least_are_all_pairs_at_least_as_near(themes: ThemeSets, threshold: float) -> None:
    offices = sorted(themes.holders)
    near = {
        pair
        for pair in combinations(offices, 2)
        if themes.similarity(*pair) >= max(threshold, 1e-9)
    }
    assert set(pairs_at_least(themes, offices, threshold)) == near


def test_more_offices_than_a_block_of_rows_are_compared_alike() -> None:
    themes = theme_sets(
        **{f"o{number:03d}": "abc"[: 1 + number % 3] + "z" for number in range(600)}
    )
    found = dict(nearest_of_all(themes, 4))
    assert found == {office: rank_nearest(themes, office, 4) for office in themes.holders}


# ---------------------------------------------------------------- sisters, rare and common themes


@given(SETS, st.sampled_from([0.3, 0.9]))
def test_sisters_are_the_components_of_near_pairs(themes: ThemeSets, threshold: float) -> None:
    near: networkx.Graph[str] = networkx.Graph()
    near.add_edges_from(
        pair
        for pair in combinations(themes.holders, 2)
        if themes.similarity(*pair) >= max(threshold, 1e-9)
    )
    wanted = {frozenset(component) for component in networkx.connected_components(near)}
    groups = sister_groups(themes, threshold)
    assert {frozenset(iri for iri, _ in group.offices) for group in groups} == wanted
    for group in groups:
        pairs = combinations([iri for iri, _ in group.offices], 2)
        assert group.least == min(themes.similarity(*pair) for pair in pairs)


def test_sisters_tell_what_all_of_them_have() -> None:
    themes = theme_sets(o="abcde", p="abcde", q="abcd", r="x")
    (same,) = sister_groups(themes, 1.0)
    assert [iri for iri, _ in same.offices] == ["o", "p"]
    assert (same.least, same.shared_themes) == (1.0, ("e", "a", "b", "c", "d"))


def test_rarest_theme_comes_first_with_its_offices() -> None:
    themes = theme_sets(o="ab", p="a", q="a")
    rare, common = theme_frequencies(themes, limit=2)
    assert (rare.label, rare.offices, rare.share, rare.names) == ("b", 1, 0.333333, ("o",))
    assert (common.label, common.offices, common.names) == ("a", 3, ())
    assert rare.weight > common.weight


# ---------------------------------------------------------------- communities

TWO_GROUPS = theme_sets(o="abc", p="abd", q="abcd", r="xyz", s="xyw", t="xyzw", u="j")


def test_communities_part_offices_that_share_nothing() -> None:
    network = neighbour_graph(TWO_GROUPS)
    found = find_communities(network, resolution=1.0, seed=1)
    assert found == (("o", "p", "q"), ("r", "s", "t"), ("u",))
    assert modularity(network, found, 1.0) == pytest.approx(0.5, abs=0.05)
    first = describe_community(TWO_GROUPS, network, 1, found[0])
    assert {theme.label for theme in first.themes[:2]} == {"a", "b"}
    assert first.themes[0].share == 1
    assert first.central[0].iri == "q"


@given(SETS, st.integers(0, 2**32 - 1))
def test_communities_divide_all_offices_whatever_order_they_come_in(
    themes: ThemeSets, seed: int
) -> None:
    network = neighbour_graph(themes)
    found = find_communities(network, resolution=1.0, seed=seed)
    assert sorted(office for members in found for office in members) == sorted(themes.holders)
    turned: networkx.Graph[str] = networkx.Graph()
    turned.add_nodes_from(reversed([*network]))
    turned.add_edges_from((b, a, about) for a, b, about in reversed([*network.edges(data=True)]))
    assert find_communities(turned, resolution=1.0, seed=seed) == found


def test_communities_are_the_same_in_every_process() -> None:
    program = (
        "import random; from queries.network import *\n"
        "pick = random.Random(1)\n"
        "holders = {n: Holder(n, n, frozenset(pick.sample('abcdefghij', 4))) "
        "for n in map(str, range(60))}\n"
        "network = neighbour_graph(ThemeSets(holders, dict(zip('abcdefghij', 'abcdefghij'))))\n"
        "print(find_communities(network, resolution=1.0, seed=7))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_network_without_edges_has_no_modularity() -> None:
    network = neighbour_graph(theme_sets(o="a", p="b"))
    found = find_communities(network, resolution=1.0, seed=1)
    assert found == (("o",), ("p",))
    assert modularity(network, found, 1.0) == 0
