"""The network of things: what is joined, by which words, and the paths between any two."""

from __future__ import annotations

import doctest
import importlib
import math

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from queries.errors import (
    AmbiguousThingError,
    NetworkError,
    UnknownOfficeError,
    UnknownThingError,
)
from queries.network import Networks
from queries.network.evidence import first_statement, theme_clauses
from queries.network.paths import cheapest_paths, path_cost
from queries.network.questions import FOLDER, ask_question, question_text
from queries.network.relations import Relation, relations
from queries.network.things import add_costs
from store.memory import InProcessGraph
from tests.networked import BASE, CIVIL_AFFAIRS, RELEASE, SERVICES, samples_networks
from tests.test_queries import run


def things_of(kind: str) -> list[str]:
    things = samples_networks().things
    return [iri for iri in things.graph if things.kind(iri) == kind]


# ---------------------------------------------------------------- the table and its questions


@pytest.mark.parametrize("relation", relations().values(), ids=lambda relation: relation.name)
def test_relation_says_of_both_things_how_they_are_joined(relation: Relation) -> None:
    for sentence in (relation.sentence_zh, relation.sentence_en):
        assert sentence.format(source="甲", target="乙") not in (sentence, "")
        assert sentence.count("{") == sentence.count("{source}") + sentence.count("{target}") == 2
    if relation.question:
        assert {"?text", "?span"} <= {*question_text(relation.question).split()}


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.rq")))
def test_question_is_asked_in_words_first(name: str) -> None:
    first = question_text(name).splitlines()[0]
    assert first.startswith("# ") and first.rstrip(" .").find("?") > 0


@pytest.mark.parametrize(
    "name", ["exports", "things", "neighbourhood"], ids=lambda name: f"queries.network.{name}"
)
def test_examples_in_docstrings_hold(name: str) -> None:
    module = importlib.import_module(f"queries.network.{name}")
    tried = doctest.testmod(module)
    assert (tried.failed, tried.attempted > 0) == (0, True)


# ---------------------------------------------------------------- the network


def test_every_kind_of_thing_and_every_relation_of_the_samples_is_in_the_network() -> None:
    things = samples_networks().things
    kinds = {things.kind(iri) for iri in things.graph}
    assert kinds == {
        "office", "theme", "cause", "class", "project", "division", "document", "internal-office",
    }  # fmt: skip
    used = {edge["relation"] for _, _, edge in things.graph.edges(data=True)}
    assert used >= {*relations()} - {"predecessor", "part"}


def test_words_that_join_two_things_stand_in_the_span_that_is_named() -> None:
    networks = samples_networks()
    without = []
    for one, other in networks.things.graph.edges:
        relation, source, target = networks.things.relation(one, other)
        statement = first_statement(networks.graph, relation, source, target, base=BASE)
        if statement is None:
            without.append(relation.name)
            continue
        words = ask_question(networks.graph, "words-of", BASE, thing=statement.span)
        assert statement.text in {row["label"] for row in words}
    assert {*without} <= {name for name, relation in relations().items() if not relation.question}


def test_concepts_that_nothing_leads_to_are_no_things() -> None:
    things = samples_networks().things
    for kind in ("theme", "cause", "class"):
        for iri in things_of(kind):
            assert things.graph.degree(iri) > 0
    assert f"{BASE}code/cause/none.unchanged" not in things


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (f"{BASE}code/theme/training", "code/theme/training"),
        ("code/theme/training", "code/theme/training"),
        ("training", "code/theme/training"),
        ("政务服务业务培训", "code/theme/training"),
        (" theme: 政务服务业务培训", "code/theme/training"),
        ("cause:proj.new", "code/cause/proj.new"),
        ("208", "code/item/func-208"),
    ],
)
def test_concept_is_found_by_iri_label_and_notation(name: str, path: str) -> None:
    assert samples_networks().find(name) == BASE + path


def test_office_is_found_by_its_full_and_its_shorter_names() -> None:
    networks = samples_networks()
    iri = networks.find(CIVIL_AFFAIRS)
    assert networks.things.label(iri) == CIVIL_AFFAIRS
    assert networks.find(iri.removeprefix(BASE)) == iri
    assert networks.find(iri.removeprefix(f"{BASE}id/")) == iri
    assert networks.find("office:民政局") == iri == networks.find("民政局")


def test_every_thing_is_found_by_its_iri() -> None:
    networks = samples_networks()
    for iri in networks.things.graph:
        assert networks.find(iri) == iri


def test_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownThingError, match="政务服务业务培训") as told:
        samples_networks().find("政务服务培训")
    assert "政务服务业务培训" in told.value.nearest
    with pytest.raises(UnknownThingError):
        samples_networks().find(f"{BASE}id/org/none")
    with pytest.raises(UnknownThingError):
        samples_networks().find("> } DROP ALL")


def test_name_of_several_things_is_told_with_all_of_them() -> None:
    networks = samples_networks()
    label = next(label for label, iris in networks.things.by_label.items() if len(iris) > 1
                 and "office" not in map(networks.things.kind, iris))  # fmt: skip
    with pytest.raises(AmbiguousThingError) as told:
        networks.find(label)
    assert len(told.value.candidates) == len(networks.things.by_label[label])


# ---------------------------------------------------------------- neighbourhoods


def test_neighbourhood_of_a_thing_is_what_it_is_joined_to() -> None:
    networks = samples_networks()
    for kind in ("office", "theme", "cause", "class", "project", "division", "document"):
        iri = things_of(kind)[0]
        found = networks.neighbourhood(iri, most=1000)
        assert {thing.iri for thing in found.things} == {iri, *networks.things.graph[iri]}
        assert not found.truncated
        assert found.account.release == RELEASE


def test_neighbourhood_has_the_words_that_join_the_thing_to_others() -> None:
    networks = samples_networks()
    found = networks.neighbourhood(CIVIL_AFFAIRS, depth=2)
    for joint in found.joints:
        if found.thing in (joint.source, joint.target):
            assert (joint.statement is None) == (not relations()[joint.relation].question)
        else:
            assert joint.statement is None


def test_neighbourhood_is_cut_at_its_size_and_says_so() -> None:
    networks = samples_networks()
    whole = networks.neighbourhood(CIVIL_AFFAIRS, most=1000)
    cut = networks.neighbourhood(CIVIL_AFFAIRS, most=10)
    assert (len(cut.things), cut.truncated) == (10, True)
    assert cut.left_out == len(whole.things) - 10 == cut.things[0].left_out


def test_hub_is_shown_with_what_is_left_out_and_not_followed() -> None:
    networks = samples_networks()
    found = networks.neighbourhood(CIVIL_AFFAIRS, depth=2, most=1000, hub=2)
    graph = networks.things.graph
    hubs = [thing for thing in found.things if thing.distance == 1 and thing.degree > 2]
    assert hubs
    for hub in hubs:
        assert hub.left_out == graph.degree(hub.iri) - found.to_graph().degree(hub.iri)
    reached = {thing.iri for thing in found.things if thing.distance == 2}
    followed = {thing.iri for thing in found.things if thing.distance == 1 and thing.degree <= 2}
    assert all(followed & {*graph[iri]} for iri in reached)


def test_neighbourhood_of_a_clause_is_its_triples() -> None:
    networks = samples_networks()
    clause = networks.similar(SERVICES).similar[0].shared[0].clauses[0]
    found = networks.neighbourhood(clause.span, depth=2)
    assert found.things[0].label == clause.text
    assert {thing.iri.split("/")[-3] for thing in found.things if thing.distance == 1} >= {"fn"}
    assert "dcterms:hasPart" in {joint.relation for joint in found.joints}


def test_depth_beyond_2_is_refused() -> None:
    with pytest.raises(NetworkError, match="The depth is 3"):
        samples_networks().neighbourhood(CIVIL_AFFAIRS, depth=3)


# ---------------------------------------------------------------- paths

EDGES = st.sets(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1])
)


@given(EDGES)
def test_paths_cost_least_of_all_and_as_much_either_way(edges: set[tuple[int, int]]) -> None:
    network: networkx.Graph[str] = networkx.Graph()
    network.add_nodes_from("0123456")
    network.add_edges_from((str(one), str(other)) for one, other in edges)
    add_costs(network)
    every = sorted(
        path_cost(network, path) for path in networkx.all_simple_paths(network, "0", "6")
    )
    found = [path_cost(network, path) for path in cheapest_paths(network, "0", "6", 3)]
    back = [path_cost(network, path) for path in cheapest_paths(network, "6", "0", 3)]
    assert found == pytest.approx(every[:3], abs=2e-6)
    assert back == pytest.approx(found, abs=2e-6)


def test_thing_on_the_way_costs_the_logarithm_of_its_degree() -> None:
    network: networkx.Graph[str] = networkx.star_graph(5)
    assert path_cost(network, [1, 0, 2]) == round(2 + math.log(5), 6)  # type: ignore[list-item]
    assert path_cost(network, [1, 0]) == 1  # type: ignore[list-item]
    assert path_cost(network, [1]) == 0  # type: ignore[list-item]


def test_path_between_offices_is_told_with_the_clause_of_each_hop() -> None:
    networks = samples_networks()
    found = networks.paths(CIVIL_AFFAIRS, SERVICES, limit=5)
    assert len(found.paths) == 5
    assert [path.cost for path in found.paths] == sorted(path.cost for path in found.paths)
    for path in found.paths:
        for hop in path.hops:
            assert hop.sentence_zh in path.sentence_zh and hop.sentence_en in path.sentence_en
            assert hop.statement is not None
            assert " ".join(hop.statement.text.split()) in path.sentence_zh
    assert found.sentence_zh == found.paths[0].sentence_zh


APART = """
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<x:a> skos:prefLabel "示例市甲局"@zh ; org:purpose <x:t> .
<x:b> skos:prefLabel "示例市乙局"@zh ; org:purpose <x:u> .
<x:u> skos:prefLabel "养老"@zh , "Elderly care"@en .
"""


def test_no_path_is_an_answer() -> None:
    store = Store()
    store.load(APART, RdfFormat.TURTLE)
    networks = Networks(InProcessGraph(store, keeps_merge=True), RELEASE)
    found = networks.paths("示例市甲局", "elderly care")
    assert found.paths == ()
    assert found.sentence_zh == "示例市甲局与养老之间没有路径。"
    assert found.sentence_en == "No path joins 示例市甲局 and Elderly care."
    assert len(found.to_graph()) == 2


def test_path_to_itself_is_no_hop() -> None:
    found = samples_networks().paths(SERVICES, SERVICES)
    assert [len(path.hops) for path in found.paths] == [0]
    assert found.paths[0].cost == 0


def test_path_from_a_clause_is_refused_with_what_paths_lead_over() -> None:
    networks = samples_networks()
    clause = networks.similar(SERVICES).similar[0].shared[0].clauses[0]
    with pytest.raises(NetworkError, match="paths lead over offices"):
        networks.paths(clause.span, SERVICES)


# ---------------------------------------------------------------- offices


def test_only_suggested_clause_is_no_evidence_for_a_theme() -> None:
    rows = run("function-themes")
    given = {(row["clause_iri"], row["theme_iri"]) for row in rows if row["cue"] is not None}
    suggested = {(row["clause_iri"], row["theme_iri"]) for row in rows if row["nearest_example"]}
    networks = samples_networks()
    shown = {
        (clause.span, theme)
        for office in networks.themes.holders
        for theme, clauses in theme_clauses(networks.graph, office, base=BASE).items()
        for clause in clauses
    }
    assert shown == given
    assert suggested and not shown & suggested


def test_similar_offices_come_with_themes_and_clauses_of_both() -> None:
    networks = samples_networks()
    found = networks.similar("政务服务管理局", limit=3)
    assert found.name == SERVICES
    for one in found.similar:
        assert one.similarity == networks.themes.similarity(found.office, one.iri)
        assert [theme.weight for theme in one.shared] == sorted(
            (theme.weight for theme in one.shared), reverse=True
        )
        for theme in one.shared:
            assert theme.clauses and theme.other_clauses


def test_unknown_office_is_told() -> None:
    with pytest.raises(UnknownOfficeError):
        samples_networks().similar("不存在的机构")


def test_sense_is_made_of_numbers_or_they_are_refused() -> None:
    networks = samples_networks()
    for threshold in (0, 1.5, math.nan):
        with pytest.raises(NetworkError, match="threshold"):
            networks.sisters(threshold)
    for resolution in (0, -1, math.nan):
        with pytest.raises(NetworkError, match="resolution"):
            networks.communities(resolution=resolution)
