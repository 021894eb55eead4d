"""Shortest paths told in short: what two things have in common is one clause, not two.

Where `queries.network.paths` quotes the documents in its sentences, a route leads to them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx
import numpy
from numpy.typing import NDArray

from queries.network.account import Account
from queries.network.evidence import first_statement
from queries.network.paths import Hop, Path, Thing
from queries.network.projection import Projection, Step
from queries.network.relations import LANGUAGES, relations
from queries.network.results import NetworkResult
from queries.network.shortest import shortest_paths
from store.graph import Graph

STOPS = {"zh": ("；", "。"), "en": ("; ", ".")}
SAME = {"zh": "两者是同一事物。", "en": "The two are the same."}
NO_PATH = {
    "zh": "{start}与{end}之间没有路径。",
    "en": "no path joins {start} and {end}.",
}
NONE_SO_SHORT = {
    "zh": "{most}步之内，{start}与{end}之间没有路径。",
    "en": "no path of at most {most} step(s) joins {start} and {end}.",
}
FILTERED = {"zh": "按所选条件，", "en": "With these filters, "}


@dataclass(frozen=True)
class Routes(NetworkResult):
    """The best of the shortest paths between two things.

    most_steps: paths with more steps were not looked for.
    is_exhausted: whether without that bound there would be no more to say.
    sentence_zh, sentence_en: the first path told, or that there is none.
    """

    start: Thing
    end: Thing
    most_steps: int
    is_exhausted: bool
    paths: tuple[Path, ...]
    sentence_zh: str
    sentence_en: str

    def to_graph(self) -> networkx.Graph[str]:
        """All things and hops of the paths."""
        graph: networkx.Graph[str] = networkx.Graph()
        for thing in (self.start, self.end, *(t for path in self.paths for t in path.things)):
            graph.add_node(thing.iri, kind=thing.kind, label=thing.label, degree=thing.degree)
        for hop in (hop for path in self.paths for hop in path.hops):
            graph.add_edge(hop.source, hop.target, relation=hop.relation, source_thing=hop.source)
        return graph


@dataclass(frozen=True, slots=True)
class RouteSearch:
    """What paths are looked for: the two things by number, how many paths, of how many steps at most,
    over what kinds of things, and by what is stated for which years."""

    start: int
    end: int
    limit: int
    most_steps: int
    kinds: Collection[str]
    years: Collection[str]


@dataclass(frozen=True, slots=True)
class Hopped:
    """One step of a path between two things by number."""

    one: int
    other: int
    step: Step

    @property
    def source(self) -> int:
        return self.one if self.step.is_forward else self.other

    @property
    def target(self) -> int:
        return self.other if self.step.is_forward else self.one


def find_routes(
    graph: Graph, projection: Projection, search: RouteSearch, account: Account, *, base: str
) -> Routes:
    """The best of the shortest paths, told."""
    allowed = projection.allowed_steps(search.kinds, search.years, also=(search.start, search.end))
    found = shortest_paths(
        projection,
        search.start,
        search.end,
        limit=search.limit,
        most_steps=search.most_steps,
        allowed=allowed,
    )
    paths = tuple(told_route(graph, projection, path, allowed, base=base) for path in found.paths)
    none_zh, none_en = (
        no_route(projection, search, found.is_exhausted, language) for language in LANGUAGES
    )
    return Routes(
        account,
        numbered_thing(projection, search.start),
        numbered_thing(projection, search.end),
        search.most_steps,
        found.is_exhausted,
        paths,
        paths[0].sentence_zh if paths else none_zh,
        paths[0].sentence_en if paths else none_en,
    )


def told_route(
    graph: Graph,
    projection: Projection,
    numbers: Sequence[int],
    allowed: NDArray[numpy.bool_],
    *,
    base: str,
) -> Path:
    """A path with the first words that state each of its hops."""
    taken = hops_of(projection, numbers, allowed)
    passed = math.fsum(1 + math.log(int(projection.degrees[number])) for number in numbers[1:-1])
    sentences = {language: route_sentence(projection, taken, language) for language in LANGUAGES}
    return Path(
        things=tuple(numbered_thing(projection, number) for number in numbers),
        hops=tuple(told_hop(graph, projection, hop, base=base) for hop in taken),
        cost=round(passed + bool(taken), 6),
        sentence_zh=sentences["zh"],
        sentence_en=sentences["en"],
    )


def hops_of(
    projection: Projection, numbers: Sequence[int], allowed: NDArray[numpy.bool_]
) -> list[Hopped]:
    """The hops of a path; of several relations that join two things, the one that joined the things
    before, so that what they share is told, else the first."""
    taken: list[Hopped] = []
    for one, other in pairwise(numbers):
        steps = projection.steps_between(one, other, allowed)
        last = taken[-1].step if taken else None
        back = (
            step
            for step in steps
            if last and (step.relation, step.is_forward) == (last.relation, not last.is_forward)
        )
        taken.append(Hopped(one, other, next(back, steps[0])))
    return taken


def numbered_thing(projection: Projection, number: int) -> Thing:
    return Thing(
        projection.iris[number],
        projection.labels[number],
        projection.kinds[number],
        int(projection.degrees[number]),
        projection.label(number, "en"),
    )


def told_hop(graph: Graph, projection: Projection, hop: Hopped, *, base: str) -> Hop:
    relation = relations()[hop.step.relation]
    source, target = projection.iris[hop.source], projection.iris[hop.target]
    return Hop(
        relation=relation.name,
        source=source,
        target=target,
        sentence_zh=hop_clause(projection, hop, "zh"),
        sentence_en=hop_clause(projection, hop, "en"),
        statement=first_statement(graph, relation, source, target, base=base),
    )


def route_sentence(projection: Projection, hops: Sequence[Hopped], language: str) -> str:
    """A path in one sentence.

    A step along a relation and one back along it, or the other way round, are told together.
    """
    if not hops:
        return SAME[language]
    comma, stop = STOPS[language]
    told = comma.join(clauses(projection, hops, language)) + stop
    return told[0].upper() + told[1:]


def clauses(projection: Projection, hops: Sequence[Hopped], language: str) -> Iterator[str]:
    position = 0
    while position < len(hops):
        pair = hops[position : position + 2]
        if is_common(pair):
            yield common_clause(projection, pair[0], pair[1], language)
        else:
            yield hop_clause(projection, pair[0], language)
        position += 2 if is_common(pair) else 1


def is_common(pair: Sequence[Hopped]) -> bool:
    """Whether two hops go along a relation and back, so that their ends have the middle in common."""
    if len(pair) < 2:
        return False
    one, other = pair[0].step, pair[1].step
    return one.relation == other.relation and one.is_forward != other.is_forward


def common_clause(projection: Projection, first: Hopped, second: Hopped, language: str) -> str:
    words = relations()[first.step.relation].words[language]
    one, middle, other = (
        projection.label(number, language) for number in (first.one, first.other, second.other)
    )
    if first.step.is_forward:
        return words.shared.format(one=one, other=other, target=middle)
    return words.sharing.format(one=one, other=other, source=middle)


def hop_clause(projection: Projection, hop: Hopped, language: str) -> str:
    return (
        relations()[hop.step.relation]
        .words[language]
        .sentence.format(
            source=projection.label(hop.source, language),
            target=projection.label(hop.target, language),
        )
    )


def no_route(projection: Projection, search: RouteSearch, exhausted: bool, language: str) -> str:
    """That there is no path, or none with so few steps, or none that fits the filters."""
    told = NO_PATH if exhausted else NONE_SO_SHORT
    filtered = FILTERED[language] if search.kinds or search.years else ""
    sentence = filtered + told[language].format(
        start=projection.label(search.start, language),
        end=projection.label(search.end, language),
        most=search.most_steps,
    )
    return sentence[0].upper() + sentence[1:]
