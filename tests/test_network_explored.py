"""Exploring the network of things: relations with counts, shortest paths, and maps of whole networks."""

from __future__ import annotations

import doctest
import importlib
import math
import string
import tracemalloc
from itertools import pairwise

import networkx
import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.errors import NetworkError, UnknownThingError
from queries.network import ThemeSets
from queries.network.backbone import backbone
from queries.network.layout import MOST_SPRUNG, lay_out, springs, sunflower
from queries.network.maps import draw, map_edges, map_nodes
from queries.network.networks import Networks
from queries.network.projection import Projection, make_projection, read_years
from queries.network.relations import LANGUAGES, Relation, kinds, relations
from queries.network.shortest import shortest_paths
from queries.network.themes import Holder, office_theme_graph
from queries.network.things import JoinedPair, ThingNetwork, add_costs
from tests.networked import BASE, CIVIL_AFFAIRS, SERVICES, samples_networks

EVERYTHING = 10_000

# ---------------------------------------------------------------- the tables


@pytest.mark.parametrize("relation", relations().values(), ids=lambda relation: relation.name)
def test_relation_has_words_for_either_direction_and_for_what_things_share(
    relation: Relation,
) -> None:
    assert {*relation.words} == {*LANGUAGES}
    slots = {
        "label": set(),
        "inverse": set(),
        "sentence": {"source", "target"},
        "shared": {"one", "other", "target"},
        "sharing": {"one", "other", "source"},
    }
    for words in relation.words.values():
        for name, wanted in slots.items():
            text = getattr(words, name)
            found = [field for _, field, _, _ in string.Formatter().parse(text) if field]
            assert text and sorted(found) == sorted(wanted)
    assert relation.source in kinds() and relation.target in kinds()


def test_year_of_a_pair_is_the_year_of_a_pair_that_is_joined() -> None:
    networks = samples_networks()
    dated = read_years(networks.graph, networks.things, BASE)
    assert {*dated} <= {*networks.things.joined}
    assert {name for name, _, _ in dated} == {r.name for r in relations().values() if r.years}
    clauses = {pair for pair in networks.things.joined if pair[0] in ("purpose", "cause", "class")}
    assert clauses <= {*dated}


# ---------------------------------------------------------------- relations with counts


def test_relation_counts_what_it_lists_and_its_inverse_agrees() -> None:
    networks = samples_networks()
    listed = {}
    for iri in networks.projection.iris:
        for counted in networks.adjacency(iri).relations:
            found = networks.adjacency(
                iri, relation=counted.relation, is_forward=counted.is_forward, limit=EVERYTHING
            )
            assert counted.count == found.total == len(found.adjacent)
            for one in found.adjacent:
                assert one.thing.kind == counted.kind
                listed[iri, counted.relation, counted.is_forward, one.thing.iri] = one.years
    for (iri, relation, is_forward, other), years in listed.items():
        assert listed[other, relation, not is_forward, iri] == years


def test_relations_are_those_of_the_network() -> None:
    networks = samples_networks()
    for iri in networks.projection.iris:
        for counted in networks.adjacency(iri).relations:
            others = {
                (target if counted.is_forward else source)
                for name, source, target in networks.things.joined
                if name == counted.relation and iri == (source if counted.is_forward else target)
            }
            assert counted.count == len(others)


def test_part_of_a_relation_follows_the_part_before() -> None:
    networks = samples_networks()
    whole = networks.adjacency(CIVIL_AFFAIRS, relation="purpose", limit=EVERYTHING)
    parts = [
        networks.adjacency(CIVIL_AFFAIRS, relation="purpose", limit=4, offset=offset)
        for offset in range(0, whole.total, 4)
    ]
    assert tuple(one for part in parts for one in part.adjacent) == whole.adjacent
    assert {part.total for part in parts} == {whole.total}


def test_year_keeps_what_is_stated_for_it_and_what_has_no_year() -> None:
    networks = samples_networks()
    whole = networks.adjacency(CIVIL_AFFAIRS)
    years = {
        year: networks.adjacency(CIVIL_AFFAIRS, years=[year]) for year in (*whole.years, "1999")
    }
    counts = {year: {c.relation: c.count for c in found.relations} for year, found in years.items()}
    undated = {name for name, relation in relations().items() if not relation.years}
    assert {*counts["1999"]} <= undated
    assert any({*found} - undated for year, found in counts.items() if year != "1999")


def test_kind_keeps_the_relations_that_lead_to_it() -> None:
    found = samples_networks().adjacency(CIVIL_AFFAIRS, kinds=["theme", "project"])
    assert {counted.kind for counted in found.relations} == {"theme", "project"}


def test_selection_has_every_relation_between_its_things_and_no_other() -> None:
    networks = samples_networks()
    chosen = [networks.find(CIVIL_AFFAIRS), networks.find(SERVICES)]
    chosen += [one.thing.iri for one in networks.adjacency(SERVICES, relation="purpose").adjacent]
    found = networks.selection([*chosen, chosen[0]])
    assert [thing.iri for thing in found.things] == chosen
    expected = {pair for pair in networks.things.joined if {pair[1], pair[2]} <= {*chosen}}
    assert {(p.relation, p.source, p.target) for p in found.joined} == expected
    assert len(found.joined) == len(expected)


def test_unknown_thing_and_thing_outside_the_network_are_refused() -> None:
    networks = samples_networks()
    with pytest.raises(UnknownThingError):
        networks.adjacency(f"{BASE}id/org/none")
    clause = networks.similar(SERVICES).similar[0].shared[0].clauses[0]
    with pytest.raises(NetworkError):
        networks.selection([clause.span])


# ---------------------------------------------------------------- shortest paths

NODES = 9
PAIRS = st.lists(
    st.tuples(
        st.sampled_from(["unit", "purpose", "document"]),
        st.integers(0, NODES - 1),
        st.integers(0, NODES - 1),
    ).filter(lambda pair: pair[1] != pair[2]),
    max_size=25,
    unique=True,
)


def made_projection(pairs: list[tuple[str, int, int]]) -> tuple[Projection, networkx.Graph[int]]:
    """A projection of made-up pairs, and the same as a plain graph."""
    graph: networkx.Graph[str] = networkx.Graph()
    plain: networkx.Graph[int] = networkx.Graph()
    plain.add_nodes_from(range(NODES))
    for number in range(NODES):
        kind = "theme" if number % 3 == 0 else "office"
        graph.add_node(str(number), kind=kind, label=f"物{number}", label_en="")
    joined: list[JoinedPair] = []
    for relation, one, other in pairs:
        graph.add_edge(str(one), str(other), relation=relation, source=str(one))
        plain.add_edge(one, other)
        joined.append((relation, str(one), str(other)))
    add_costs(graph)
    return make_projection(ThingNetwork(graph, tuple(joined)), {}), plain


@given(PAIRS)
def test_degree_is_the_number_of_others(pairs: list[tuple[str, int, int]]) -> None:
    projection, plain = made_projection(pairs)
    assert projection.degrees.tolist() == [plain.degree(number) for number in range(NODES)]


@given(PAIRS, st.integers(1, 6))
def test_paths_are_the_shortest_and_of_these_the_cheapest(
    pairs: list[tuple[str, int, int]], most_steps: int
) -> None:
    projection, plain = made_projection(pairs)
    found = shortest_paths(
        projection, 0, 1, limit=3, most_steps=most_steps, allowed=projection.allowed_steps()
    )
    every = [*networkx.all_shortest_paths(plain, 0, 1)] if networkx.has_path(plain, 0, 1) else []
    if not every or len(every[0]) - 1 > most_steps:
        assert found.paths == ()
        assert found.is_exhausted <= (not every)
        return
    costs = sorted(cost_of(plain, path) for path in every)
    assert [cost_of(plain, path) for path in found.paths] == pytest.approx(costs[:3])
    assert {*found.paths} <= {*map(tuple, every)} and len({*found.paths}) == len(found.paths)


def cost_of(plain: networkx.Graph[int], path: list[int] | tuple[int, ...]) -> float:
    return math.fsum(math.log(plain.degree(node)) for node in path[1:-1])


@given(PAIRS)
def test_path_passes_only_the_kinds_that_it_may(pairs: list[tuple[str, int, int]]) -> None:
    projection, plain = made_projection(pairs)
    allowed = projection.allowed_steps(["theme"], also=[1, 2])
    found = shortest_paths(projection, 1, 2, limit=5, most_steps=9, allowed=allowed)
    passable = plain.subgraph([1, 2, *range(0, NODES, 3)])
    assert bool(found.paths) == networkx.has_path(passable, 1, 2)
    for path in found.paths:
        assert len(path) - 1 == networkx.shortest_path_length(passable, 1, 2)
        assert networkx.is_path(passable, path)


def test_step_of_a_path_between_samples_is_a_step_of_its_thing() -> None:
    networks = samples_networks()
    iris = networks.projection.iris
    for end in iris[:: len(iris) // 25]:
        routes = networks.routes(CIVIL_AFFAIRS, end, limit=2, most_steps=12)
        for path in routes.paths:
            for (one, other), hop in zip(pairwise(path.things), path.hops, strict=True):
                is_forward = hop.source == one.iri
                near = networks.adjacency(
                    one.iri, relation=hop.relation, is_forward=is_forward, limit=EVERYTHING
                )
                assert other.iri in {a.thing.iri for a in near.adjacent}
                assert (hop.statement is None) == (not relations()[hop.relation].question)


def test_what_two_offices_share_is_told_in_one_clause() -> None:
    routes = samples_networks().routes(CIVIL_AFFAIRS, SERVICES, kinds=["theme"])
    theme = routes.paths[0].things[1]
    assert routes.sentence_zh == f"{CIVIL_AFFAIRS}与{SERVICES}都有“{theme.label}”职能。"
    assert routes.sentence_en == (
        f"{CIVIL_AFFAIRS} and {SERVICES} both have functions under “{theme.label_en}”."
    )


def test_that_there_is_no_path_is_told_with_the_bound_that_was_searched() -> None:
    networks = samples_networks()
    far = max(
        networks.projection.iris,
        key=lambda iri: networkx.shortest_path_length(
            networks.things.graph, networks.find(SERVICES), iri
        ),
    )
    short = networks.routes(SERVICES, far, most_steps=1)
    assert (short.paths, short.is_exhausted) == ((), False)
    assert short.sentence_zh.startswith("1步之内，") and "at most 1 step" in short.sentence_en
    assert networks.routes(SERVICES, far, most_steps=12).paths
    nowhere = networks.routes(SERVICES, CIVIL_AFFAIRS, kinds=["document"])
    assert (nowhere.paths, nowhere.is_exhausted) == ((), True)
    assert "所选条件" in nowhere.sentence_zh and "With these filters" in nowhere.sentence_en


# ---------------------------------------------------------------- maps


def theme_sets(sizes: list[set[int]]) -> ThemeSets:
    holders = {
        f"o{number:03d}": Holder(f"o{number:03d}", f"示例{number}局", frozenset(map(str, found)))
        for number, found in enumerate(sizes)
    }
    return ThemeSets(holders, {str(number): f"主题{number}" for number in range(12)})


SETS = st.lists(st.sets(st.integers(0, 11), min_size=1), min_size=1, max_size=25).map(theme_sets)


@settings(deadline=None, max_examples=20)
@given(SETS)
def test_map_is_the_same_again_and_no_two_nodes_are_one_over_another(themes: ThemeSets) -> None:
    network = office_theme_graph(themes)
    drawn = draw(network)
    nodes, discs = map_nodes(drawn)
    assert map_nodes(draw(network)) == (nodes, discs)
    assert {node.iri for node in nodes} == {*network}
    places = numpy.array([(node.x, node.y) for node in nodes])
    assert numpy.isfinite(places).all()
    apart = numpy.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    numpy.fill_diagonal(apart, 9.0)
    assert apart.min() > 0.5
    for node in nodes:
        if node.community:
            disc = discs[node.community - 1]
            assert math.hypot(node.x - disc.x, node.y - disc.y) <= disc.radius + 0.01


@settings(deadline=None, max_examples=30)
@given(SETS, st.integers(0, 30))
def test_backbone_holds_together_what_is_joined(themes: ThemeSets, most: int) -> None:
    network = office_theme_graph(themes)
    kept = backbone(network, most)
    thin: networkx.Graph[str] = networkx.Graph()
    thin.add_nodes_from(network)
    thin.add_edges_from(kept)
    assert len(kept) == thin.number_of_edges() <= network.number_of_edges()
    assert {*map(frozenset, networkx.connected_components(thin))} == {
        *map(frozenset, networkx.connected_components(network))
    }
    forest = len(network) - networkx.number_connected_components(network)
    assert len(kept) <= max(most, forest)


def test_maps_of_the_samples_have_every_office_and_name_their_parts() -> None:
    networks = samples_networks()
    for found in (networks.map_of_offices(), networks.map_of_themes()):
        offices = {node.iri for node in found.nodes if node.kind == "office"}
        assert offices == {*networks.themes.holders}
        assert sum(part.size for part in found.communities) == len(
            [node for node in found.nodes if node.community]
        )
        assert all(part.themes and part.central for part in found.communities)
        assert len(found.edges) <= found.all_edges and found.left_out == 0


def test_layout_of_nothing_and_of_one() -> None:
    assert lay_out(networkx.Graph(), ()).places == {}
    alone: networkx.Graph[str] = networkx.Graph()
    alone.add_node("a", kind="office")
    nodes, discs = map_nodes(draw(alone))
    assert [(node.community, node.degree) for node in nodes] == [(0, 0)] and discs == ()
    assert map_edges(draw(alone), nodes) == ()
    no_edges = numpy.empty((0, 2), dtype=numpy.int64)
    assert springs(sunflower(1), no_edges, numpy.empty(0)).tolist() == [[0.0, 0.0]]


@pytest.mark.parametrize("shape", ["star", "alone", "scattered"])
def test_many_nodes_get_places_without_gibibytes(shape: str) -> None:
    many = 2 * MOST_SPRUNG
    shaped = networkx.star_graph(many - 1) if shape == "star" else networkx.empty_graph(many)
    network: networkx.Graph[str] = networkx.relabel_nodes(shaped, str)
    networkx.set_edge_attributes(network, dict.fromkeys(network.edges, 1.0), "weight")
    groups = [[node] for node in network] if shape == "scattered" else [[*network]]
    tracemalloc.start()
    try:
        layout = lay_out(network, groups)
        assert tracemalloc.get_traced_memory()[1] < 2**24
    finally:
        tracemalloc.stop()
    places = numpy.array([*layout.places.values()])
    apart = numpy.hypot(*(places[:, None] - places[None, :]).T)
    numpy.fill_diagonal(apart, numpy.inf)
    assert len(places) == many and apart.min() > 0.9
    assert shape != "star" or math.hypot(*layout.places["0"]) < 1


def test_networks_are_read_once() -> None:
    networks = samples_networks()
    assert networks.projection is networks.projection
    assert isinstance(networks, Networks)


def test_examples_in_docstrings_hold() -> None:
    tried = doctest.testmod(importlib.import_module("queries.network.layout"))
    assert (tried.failed, tried.attempted > 0) == (0, True)
