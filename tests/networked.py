"""The networks of the text samples, with what the rules of the vocabulary conclude from them."""

from __future__ import annotations

from functools import cache

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from ontology.namespaces import DEFAULT_BASE
from ontology.vocabulary import vocabulary_quads
from queries.network import Networks
from store.derivation import conclusions, rules_in
from store.memory import InProcessGraph
from tests.test_queries import samples_graph

BASE = DEFAULT_BASE
RELEASE = "0123456789abcdef"
CIVIL_AFFAIRS = "示例市乙区民政局"
SERVICES = "示例市甲区政务服务管理局"


@cache
def samples_networks() -> Networks:
    """As a release has it: its default graph is the merge of all named graphs."""
    store = Store()
    store.extend(quad for quad in samples_graph().store if isinstance(quad.graph_name, NamedNode))
    store.extend(merged(store))
    store.extend(conclusions(store, rules_in(vocabulary_quads(BASE))))
    store.extend(merged(store))
    return Networks(InProcessGraph(store, keeps_merge=True), RELEASE)


def merged(store: Store) -> list[Quad]:
    return [Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in store]
