"""Networks in files: what is written is read back by networkx, with its types."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from xml.etree import ElementTree

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.network import Account, NetworkResult, Networks, to_graphml, to_node_link
from queries.network.exports import LISTED, clean
from tests.networked import CIVIL_AFFAIRS, RELEASE, SERVICES, samples_networks

RESULTS: dict[str, Callable[[Networks], NetworkResult]] = {
    "bipartite": Networks.bipartite,
    "neighbours": Networks.neighbours,
    "similar": lambda networks: networks.similar(SERVICES),
    "sisters": lambda networks: networks.sisters(0.3),
    "frequencies": Networks.frequencies,
    "communities": Networks.communities,
    "neighbourhood": lambda networks: networks.neighbourhood(CIVIL_AFFAIRS, depth=2),
    "paths": lambda networks: networks.paths(CIVIL_AFFAIRS, SERVICES),
}
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def result(name: str) -> NetworkResult:
    return RESULTS[name](samples_networks())


def read_graphml(text: str) -> networkx.Graph[str]:
    read: networkx.Graph[str] = networkx.read_graphml(io.BytesIO(text.encode()))
    return read


@pytest.mark.parametrize("name", RESULTS)
def test_graphml_is_read_back_whole(name: str) -> None:
    found = result(name)
    graph = found.to_graph()
    read = read_graphml(to_graphml(graph, found.account))
    assert {*read.nodes} == {*graph.nodes}
    assert {frozenset(edge) for edge in read.edges} == {frozenset(edge) for edge in graph.edges}
    assert read.graph["release"] == RELEASE
    assert read.graph["method"] == found.account.method
    for node, about in graph.nodes(data=True):
        assert read.nodes[node]["label"] == about["label"]


@pytest.mark.parametrize("name", RESULTS)
def test_node_link_is_read_back_whole(name: str) -> None:
    found = result(name)
    graph = found.to_graph()
    data = json.loads(json.dumps(to_node_link(graph, found.account), allow_nan=False))
    read = networkx.node_link_graph(data, edges="links")
    assert {*read.nodes} == {*graph.nodes}
    assert {frozenset(edge) for edge in read.edges} == {frozenset(edge) for edge in graph.edges}
    for one, other, about in graph.edges(data=True):
        if "weight" in about:
            assert read.edges[one, other]["weight"] == about["weight"]


@pytest.mark.parametrize("name", RESULTS)
def test_attribute_has_one_type_for_nodes_and_one_for_edges(name: str) -> None:
    """Gephi takes one column a name."""
    found = result(name)
    root = ElementTree.fromstring(to_graphml(found.to_graph(), found.account))
    keys = [(key.get("for"), key.get("attr.name")) for key in root.iter(f"{GRAPHML}key")]
    assert len(keys) == len({*keys})
    types = {key.get("attr.type") for key in root.iter(f"{GRAPHML}key")}
    assert types <= {"string", "long", "double", "boolean"}
    assert "None" not in {data.text for data in root.iter(f"{GRAPHML}data")}


@pytest.mark.parametrize("name", RESULTS)
def test_json_names_method_parameters_and_release(name: str) -> None:
    account = json.loads(json.dumps(result(name).to_json(), allow_nan=False))["account"]
    assert account["release"] == RELEASE
    assert account["method"] and isinstance(account["parameters"], dict)


@given(st.text(), st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_whatever_a_document_prints_is_written_as_xml(
    label: str, text: str, listed: list[str]
) -> None:
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_node("o", label=label, absent=None)
    graph.add_edge("o", "p", text=text, listed=tuple(listed), weight=0.5)
    read = read_graphml(to_graphml(graph, Account("m", {"n": 1}, "r")))
    assert "absent" not in read.nodes["o"]
    assert lines(read.nodes["o"].get("label", "")) == lines(clean(label))
    assert lines(read.edges["o", "p"].get("text", "")) == lines(clean(text))
    assert lines(read.edges["o", "p"].get("listed", "")) == lines(LISTED.join(map(clean, listed)))
    assert read.edges["o", "p"]["weight"] == 0.5
    assert read.graph["parameter_n"] == 1


def lines(text: str) -> str:
    """XML reads every break of lines as a line feed (section 2.11)."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
