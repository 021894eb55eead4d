"""The network of things: offices, themes, causes, projects, classes, divisions and documents, joined
by the relations of `relations.csv`.

Clauses, sentences and amounts are no nodes of it: they are what states that two things are joined
(`queries.network.evidence`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx

from ontology.namespaces import DEFAULT_BASE
from queries.network.questions import ask_question, solutions_of
from queries.network.relations import Relation, relations
from queries.office_names import fold_name
from store.graph import Graph

Pair = tuple[str, str]
JoinedPair = tuple[str, str, str]
"""The name of a relation, its source and its target."""


@dataclass(frozen=True)
class ThingNetwork:
    """Things by IRI, with `kind`, `label` and `label_en`; an edge carries the name of its `relation`,
    its `source`, and its `cost` for paths.

    joined: every pair with every relation that joins it; an edge of the graph has the first.
    """

    graph: networkx.Graph[str]
    joined: tuple[JoinedPair, ...]

    def __contains__(self, iri: str) -> bool:
        return iri in self.graph

    def label(self, iri: str) -> str:
        """What a thing is called in Chinese."""
        return str(self.graph.nodes[iri]["label"])

    def label_en(self, iri: str) -> str:
        """What a thing is called in English, else in Chinese."""
        return str(self.graph.nodes[iri]["label_en"]) or self.label(iri)

    def kind(self, iri: str) -> str:
        """What a thing is: `office`, `theme`, `cause`, `class`, `project`, `division`, `document` or
        `internal-office`."""
        return str(self.graph.nodes[iri]["kind"])

    def relation(self, one: str, other: str) -> tuple[Relation, str, str]:
        """How two things are joined: the relation, its source and its target."""
        edge = self.graph.edges[one, other]
        source = str(edge["source"])
        return relations()[edge["relation"]], source, other if source == one else one

    @cached_property
    def by_label(self) -> Mapping[str, tuple[str, ...]]:
        """The things of a label in either language, folded; in the order of their IRIs."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for iri, about in self.graph.nodes(data=True):
            for label in (about["label"], about["label_en"]):
                if label:
                    found[fold_label(label)][iri] = None
        return {label: tuple(iris) for label, iris in found.items()}


def fold_label(label: str) -> str:
    """A label without differences of width, white space and case."""
    return fold_name(label).casefold()


def read_things(graph: Graph, *, base: str = DEFAULT_BASE) -> ThingNetwork:
    """The network of all things of a release.

    Concepts and divisions are in it as far as an office, a project or a document leads to them.
    """
    kinds, pairs = read_pairs(graph, base)
    chinese, english = read_labels(graph, base)
    network: networkx.Graph[str] = networkx.Graph()
    for iri in sorted(kinds):
        label = chinese.get(iri) or english.get(iri) or iri.removeprefix(base)
        network.add_node(iri, kind=kinds[iri], label=label, label_en=english.get(iri, ""))
    for relation, source, target in pairs:
        if not network.has_edge(source, target):
            network.add_edge(source, target, relation=relation, source=source)
    add_costs(network)
    return ThingNetwork(network, tuple(pairs))


def read_pairs(graph: Graph, base: str) -> tuple[dict[str, str], list[JoinedPair]]:
    """The kind of every thing, and the pairs that are joined, each with the name of the relation."""
    kinds: dict[str, str] = {}
    found: list[JoinedPair] = []
    asked: dict[str, list[Pair]] = {}
    for relation in relations().values():
        pairs = asked.get(relation.path) or ask_pairs(graph, relation, base)
        asked[relation.path] = pairs
        if relation.is_hierarchy:
            used = [iri for iri, kind in kinds.items() if kind == relation.source]
            pairs = sorted(climb(used, pairs))
        for source, target in pairs:
            if source != target:
                kinds.setdefault(source, relation.source)
                kinds.setdefault(target, relation.target)
                found.append((relation.name, source, target))
    return kinds, found


def ask_pairs(graph: Graph, relation: Relation, base: str) -> list[Pair]:
    """All pairs that a relation joins, in order."""
    rows = solutions_of(graph, relation.query(base), base)
    return sorted((row["source"], row["target"]) for row in rows)


def climb(used: Iterable[str], pairs: Iterable[Pair]) -> Iterator[Pair]:
    """The pairs on the way from used things to ever wider ones.

    >>> sorted(climb(["a"], [("a", "b"), ("b", "c"), ("x", "c")]))
    [('a', 'b'), ('b', 'c')]
    """
    wider: defaultdict[str, list[str]] = defaultdict(list)
    for source, target in pairs:
        wider[source].append(target)
    waiting = sorted(used)
    seen = set(waiting)
    while waiting:
        source = waiting.pop()
        for target in wider[source]:
            yield source, target
            if target not in seen:
                seen.add(target)
                waiting.append(target)


def read_labels(graph: Graph, base: str) -> tuple[dict[str, str], dict[str, str]]:
    """The labels of things in Chinese and in English; of several, the first in the alphabet."""
    chinese: dict[str, str] = {}
    english: dict[str, str] = {}
    for row in ask_question(graph, "labels", base):
        labels = english if row.get("language") == "en" else chinese
        known = labels.get(row["thing"])
        if known is None or row["label"] < known:
            labels[row["thing"]] = row["label"]
    return chinese, english


def add_costs(network: networkx.Graph[str]) -> None:
    """The cost of every edge: 1, and for either end half the natural logarithm of its degree.

    So a path costs, besides a part that its two ends decide, 1 a hop and ln degree for every thing
    that it passes through: the more something is joined to, the less it tells.
    """
    halves = {iri: math.log(degree) / 2 for iri, degree in network.degree() if degree}
    for one, other, edge in network.edges(data=True):
        edge["cost"] = 1 + halves[one] + halves[other]
