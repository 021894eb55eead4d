"""Paths between two things, told as sentences: what joins them, by way of what says most."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import networkx

from queries.network.evidence import Statement, first_statement
from queries.network.results import NetworkResult
from queries.network.things import ThingNetwork
from store.graph import Graph


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing on a path, and to how many others it is joined in the release.

    label_en: its English name, else the Chinese one.
    """

    iri: str
    label: str
    kind: str
    degree: int
    label_en: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path: how two things are joined, in both languages, and the words that state it
    (None where a code list does)."""

    relation: str
    source: str
    target: str
    sentence_zh: str
    sentence_en: str
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class Path:
    """A path: its things from the one end to the other, its hops, its cost, and all of it told."""

    things: tuple[Thing, ...]
    hops: tuple[Hop, ...]
    cost: float
    sentence_zh: str
    sentence_en: str


@dataclass(frozen=True)
class Paths(NetworkResult):
    """The cheapest paths, the cheapest first; none when nothing joins the two, which `sentence_zh`
    and `sentence_en` say."""

    start: Thing
    end: Thing
    paths: tuple[Path, ...]
    sentence_zh: str
    sentence_en: str

    def to_graph(self) -> networkx.Graph[str]:
        """All things and hops of the paths; an edge carries its sentences, words and span."""
        graph: networkx.Graph[str] = networkx.Graph()
        for thing in (self.start, self.end, *(t for path in self.paths for t in path.things)):
            graph.add_node(thing.iri, kind=thing.kind, label=thing.label, degree=thing.degree)
        for hop in (hop for path in self.paths for hop in path.hops):
            statement = hop.statement
            graph.add_edge(
                hop.source,
                hop.target,
                relation=hop.relation,
                source_thing=hop.source,
                sentence_zh=hop.sentence_zh,
                sentence_en=hop.sentence_en,
                text=statement.text if statement else None,
                span=statement.span if statement else None,
            )
        return graph


def cheapest_paths(
    network: networkx.Graph[str], start: str, end: str, limit: int
) -> Iterator[list[str]]:
    """The simple paths of least cost in their order; none where nothing joins the two.

    A path from a thing to itself is that thing.
    """
    if start == end:
        yield [start]
        return
    try:
        yield from islice(networkx.shortest_simple_paths(network, start, end, "cost"), limit)
    except networkx.NetworkXNoPath:
        return


def path_cost(network: networkx.Graph[str], nodes: Sequence[str]) -> float:
    """1 for the last hop, and 1 + ln degree for every thing on the way, to six places."""
    passed = (1 + math.log(network.degree(node)) for node in nodes[1:-1])
    return round(math.fsum([*passed, 1.0 if len(nodes) > 1 else 0.0]), 6)


def tell_path(graph: Graph, things: ThingNetwork, nodes: Sequence[str], *, base: str) -> Path:
    """A path with the words of every hop."""
    hops = tuple(tell_hop(graph, things, one, other, base=base) for one, other in pairwise(nodes))
    return Path(
        things=tuple(thing_of(things, node) for node in nodes),
        hops=hops,
        cost=path_cost(things.graph, nodes),
        sentence_zh="；".join(map(quoted_zh, hops)) + "。" if hops else "两者是同一事物。",
        sentence_en="; ".join(map(quoted_en, hops)) + "." if hops else "The two are the same.",
    )


def tell_hop(graph: Graph, things: ThingNetwork, one: str, other: str, *, base: str) -> Hop:
    relation, source, target = things.relation(one, other)
    labels = {"source": things.label(source), "target": things.label(target)}
    english = {"source": things.label_en(source), "target": things.label_en(target)}
    return Hop(
        relation=relation.name,
        source=source,
        target=target,
        sentence_zh=relation.sentence_zh.format(**labels),
        sentence_en=relation.sentence_en.format(**english),
        statement=first_statement(graph, relation, source, target, base=base),
    )


def quoted_zh(hop: Hop) -> str:
    """The sentence of a hop with the words of the document."""
    return hop.sentence_zh + (f"（原文：{in_line(hop.statement.text)}）" if hop.statement else "")


def quoted_en(hop: Hop) -> str:
    return hop.sentence_en + (
        f" (in its words: {in_line(hop.statement.text)})" if hop.statement else ""
    )


def in_line(text: str) -> str:
    """The words without breaks of lines and cells."""
    return " ".join(text.split())


def thing_of(things: ThingNetwork, iri: str) -> Thing:
    degree = things.graph.degree(iri)
    return Thing(iri, things.label(iri), things.kind(iri), degree, things.label_en(iri))
