"""Property paths (SHACL section 2.3.1): which value nodes a property shape is about."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pyoxigraph import BlankNode, NamedNode, Triple

from ontology.shacl.graph import FIRST, NIL, REST, DataGraph, Subject, Term, Values
from ontology.shacl.vocabulary import ShapesError, sh

Shorten = Callable[[NamedNode], str]


class Path(ABC):
    """A path from a focus node to its value nodes."""

    @abstractmethod
    def values(self, graph: DataGraph, node: Term) -> Values:
        """The value nodes, each once."""

    @abstractmethod
    def reversed_values(self, graph: DataGraph, node: Term) -> Values:
        """The nodes from which the path leads to this one."""

    @abstractmethod
    def in_words(self, shorten: Shorten) -> str:
        """The path as SPARQL writes it."""

    @abstractmethod
    def as_rdf(self) -> tuple[Subject, list[Triple]]:
        """The path as SHACL writes it: its node, and the triples about the node."""


@dataclass(frozen=True, slots=True)
class PredicatePath(Path):
    """Section 2.3.1.1."""

    predicate: NamedNode

    def values(self, graph: DataGraph, node: Term) -> Values:
        return graph.objects(node, self.predicate)

    def reversed_values(self, graph: DataGraph, node: Term) -> Values:
        return graph.subjects(self.predicate, node)

    def in_words(self, shorten: Shorten) -> str:
        return shorten(self.predicate)

    def as_rdf(self) -> tuple[Subject, list[Triple]]:
        return self.predicate, []


@dataclass(frozen=True, slots=True)
class SequencePath(Path):
    """Section 2.3.1.2."""

    steps: tuple[Path, ...]

    def values(self, graph: DataGraph, node: Term) -> Values:
        reached: Values = (node,)
        for step in self.steps:
            reached = union(step.values(graph, one) for one in reached)
        return reached

    def reversed_values(self, graph: DataGraph, node: Term) -> Values:
        reached: Values = (node,)
        for step in reversed(self.steps):
            reached = union(step.reversed_values(graph, one) for one in reached)
        return reached

    def in_words(self, shorten: Shorten) -> str:
        return "/".join(step.in_words(shorten) for step in self.steps)

    def as_rdf(self) -> tuple[Subject, list[Triple]]:
        return list_of(self.steps)


@dataclass(frozen=True, slots=True)
class AlternativePath(Path):
    """Section 2.3.1.3."""

    ways: tuple[Path, ...]

    def values(self, graph: DataGraph, node: Term) -> Values:
        return union(way.values(graph, node) for way in self.ways)

    def reversed_values(self, graph: DataGraph, node: Term) -> Values:
        return union(way.reversed_values(graph, node) for way in self.ways)

    def in_words(self, shorten: Shorten) -> str:
        return "(" + "|".join(way.in_words(shorten) for way in self.ways) + ")"

    def as_rdf(self) -> tuple[Subject, list[Triple]]:
        head, triples = list_of(self.ways)
        node = BlankNode()
        return node, [Triple(node, sh("alternativePath"), head), *triples]


@dataclass(frozen=True, slots=True)
class InversePath(Path):
    """Section 2.3.1.4."""

    path: Path

    def values(self, graph: DataGraph, node: Term) -> Values:
        return self.path.reversed_values(graph, node)

    def reversed_values(self, graph: DataGraph, node: Term) -> Values:
        return self.path.values(graph, node)

    def in_words(self, shorten: Shorten) -> str:
        inner = self.path.in_words(shorten)
        return f"^({inner})" if isinstance(self.path, SequencePath) else f"^{inner}"

    def as_rdf(self) -> tuple[Subject, list[Triple]]:
        inner, triples = self.path.as_rdf()
        node = BlankNode()
        return node, [Triple(node, sh("inversePath"), inner), *triples]


def read_path(shapes: DataGraph, node: Term) -> Path:
    """The path that a node of the shapes graph stands for.

    Raises:
        ShapesError: it is no path, or one that repeats (sections 2.3.1.5 to 2.3.1.7), which no shape here
            needs.
    """
    if isinstance(node, NamedNode):
        return PredicatePath(node)
    if steps := tuple(shapes.members(node)):
        return SequencePath(tuple(read_path(shapes, step) for step in steps))
    if (inner := shapes.one(node, sh("inversePath"))) is not None:
        return InversePath(read_path(shapes, inner))
    if (ways := shapes.one(node, sh("alternativePath"))) is not None:
        return AlternativePath(tuple(read_path(shapes, way) for way in shapes.members(ways)))
    named = ", ".join(predicate.value for predicate in shapes.predicates(node)) or str(node)
    raise ShapesError(f"a path by {named} is not supported")


def union(parts: Iterable[Iterable[Term]]) -> Values:
    return tuple(dict.fromkeys(one for part in parts for one in part))


def list_of(paths: Sequence[Path]) -> tuple[Subject, list[Triple]]:
    """The RDF list of paths."""
    cells: list[Subject] = [*(BlankNode() for _ in paths), NIL]
    triples = [Triple(cell, REST, rest) for cell, rest in pairwise(cells)]
    for cell, path in zip(cells, paths, strict=False):
        node, about = path.as_rdf()
        triples += [Triple(cell, FIRST, node), *about]
    return cells[0], triples
