"""The neighbourhood of any thing: what it is joined to, and what these are joined to.

A thing of the network (`queries.network.things`) has its relations; a clause, a reason, an amount or
any other node of the release has its triples.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import networkx

from ontology.namespaces import Namespaces
from queries.network.evidence import Statement, first_statement
from queries.network.questions import ask_question
from queries.network.relations import relations
from queries.network.results import NetworkResult
from queries.network.things import ThingNetwork
from store.graph import Graph

# The most triples that are looked at of a thing outside the network.
MOST_TRIPLES = 1000
# Of how many joints the words are sought: each is a question of some milliseconds.
MOST_STATED = 100


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing of a neighbourhood.

    distance: hops from the thing asked about.
    degree: to how many others it is joined in the release.
    left_out: how many of these are not shown: of a hub, that is cut, or beyond the edge.
    """

    iri: str
    label: str
    kind: str
    distance: int
    degree: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Joint:
    """How two things are joined: the relation, or the property of a triple, from source to target.

    statement: the words that state it, of the first joints of the thing asked about.
    """

    source: str
    target: str
    relation: str
    statement: Statement | None = None


@dataclass(frozen=True)
class Neighbourhood(NetworkResult):
    """The things around one, nearest first; `truncated` tells that there was more than may be shown,
    `left_out` how many things next to those that were followed."""

    thing: str
    things: tuple[Neighbour, ...]
    joints: tuple[Joint, ...]
    truncated: bool
    left_out: int

    def to_graph(self) -> networkx.Graph[str]:
        """Things as nodes with all that is told of them, joints as edges."""
        graph: networkx.Graph[str] = networkx.Graph()
        for thing in self.things:
            graph.add_node(
                thing.iri,
                kind=thing.kind,
                label=thing.label,
                distance=thing.distance,
                degree=thing.degree,
                left_out=thing.left_out,
            )
        for joint in self.joints:
            graph.add_edge(
                joint.source,
                joint.target,
                relation=joint.relation,
                source_thing=joint.source,
                text=joint.statement.text if joint.statement else None,
                span=joint.statement.span if joint.statement else None,
            )
        return graph


@dataclass
class Walk:
    """A breadth-first walk from a thing, as far as `depth` hops and `most` things.

    hub: from a thing that is joined to more others than this, the walk goes on only when it is the
        one asked about.
    """

    graph: Graph
    things: ThingNetwork
    base: str
    depth: int
    most: int
    hub: int
    distances: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    degrees: dict[str, int] = field(default_factory=dict)
    joints: dict[tuple[str, str], Joint] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)

    def run(self, start: str) -> None:
        """Walk; at equal distance, what is joined to least says most and comes first."""
        self.distances[start] = 0
        frontier = [start]
        for distance in range(1, self.depth + 1):
            reached = [other for iri in frontier for other in self.follow(iri, distance)]
            frontier = reached

    def follow(self, iri: str, distance: int) -> list[str]:
        """The things first reached from one."""
        joints = self.joints_of(iri)
        self.degrees[iri] = len(joints)
        if distance > 1 and len(joints) > self.hub:
            return []
        reached = []
        for other, joint in sorted(
            joints.items(), key=lambda item: (self.degree(item[0]), item[0])
        ):
            if other not in self.distances:
                if len(self.distances) >= self.most:
                    self.left_out.add(other)
                    continue
                self.distances[other] = distance
                reached.append(other)
            self.joints.setdefault((joint.source, joint.target), joint)
        return reached

    def joints_of(self, iri: str) -> dict[str, Joint]:
        """How a thing is joined to others, by the other."""
        if iri not in self.things:
            return self.triples_of(iri)
        found = {}
        for other in self.things.graph[iri]:
            relation, source, target = self.things.relation(iri, other)
            found[other] = Joint(source, target, relation.name)
        return found

    def triples_of(self, iri: str) -> dict[str, Joint]:
        found: dict[str, Joint] = {}
        rows = ask_question(self.graph, "triples-about", self.base, thing=iri, maximum=MOST_TRIPLES)
        for row in rows:
            other, is_object = row["other"], row["is_object"] == "true"
            name = row.get("property_label") or prefixed(row["property"], self.base)
            source, target = (iri, other) if is_object else (other, iri)
            found.setdefault(other, Joint(source, target, name))
            self.labels.setdefault(other, row.get("label", ""))
        return found

    def degree(self, iri: str) -> int:
        """To how many others a thing is joined, as far as that is known without asking."""
        if iri in self.things:
            return int(self.things.graph.degree(iri))
        return self.degrees.get(iri, 1)

    def stated_joints(self, start: str) -> Iterator[Joint]:
        """The joints; the first of the thing asked about with the words that state them."""
        asked = 0
        for joint in self.joints.values():
            relation = relations().get(joint.relation)
            if (
                relation is None
                or start not in (joint.source, joint.target)
                or asked == MOST_STATED
            ):
                yield joint
                continue
            asked += 1
            source, target = joint.source, joint.target
            said = first_statement(self.graph, relation, source, target, base=self.base)
            yield replace(joint, statement=said)

    def neighbours(self) -> tuple[Neighbour, ...]:
        shown = Counter(end for pair in self.joints for end in pair)
        return tuple(
            Neighbour(
                iri=iri,
                label=self.label(iri),
                kind=self.things.kind(iri) if iri in self.things else "other",
                distance=distance,
                degree=self.degree(iri),
                left_out=max(0, self.degree(iri) - shown[iri]),
            )
            for iri, distance in self.distances.items()
        )

    def label(self, iri: str) -> str:
        if iri in self.things:
            return self.things.label(iri)
        if iri not in self.labels:
            own = ask_question(self.graph, "words-of", self.base, thing=iri, maximum=1)
            self.labels[iri] = next((row["label"] for row in own), "")
        return self.labels.get(iri) or iri.removeprefix(self.base)


def prefixed(iri: str, base: str) -> str:
    """An IRI as a prefixed name, where its namespace has a prefix.

    >>> prefixed("http://purl.org/dc/terms/hasPart", "https://w3id.org/guanlian/")
    'dcterms:hasPart'
    """
    for prefix, namespace in Namespaces(base).prefixes().items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri
