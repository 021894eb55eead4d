"""A store in the making whose default graph stays the RDF merge of its named graphs.

What is written into the default graph itself is remembered beside it, in a file of N-Triples: it stays
when the last named graph that states it too is gone. So, at any time:

    default graph = all that named graphs state + what was written into it
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

DEFAULT = DefaultGraph()
# A bulk load writes new files at once; below this many quads a transaction is faster.
BULK_QUADS = 50_000


class MergedStore:
    """The store of a release in the making, and `changed`: the names of the graphs written into."""

    def __init__(self, store: Store, written_file: Path) -> None:
        self.store = store
        self.written_file = written_file
        self.changed: set[NamedNode | DefaultGraph] = set()

    @cached_property
    def written(self) -> set[Triple]:
        """What was written into the default graph itself."""
        if not self.written_file.is_file():
            return set()
        quads = parse(path=str(self.written_file), format=RdfFormat.N_TRIPLES)
        return {quad.triple for quad in quads}

    def has(self, graph: NamedNode) -> bool:
        """Whether a named graph has any triple: an empty one is none."""
        return next(self.store.quads_for_pattern(None, None, None, graph), None) is not None

    def quads_of(self, graph: NamedNode) -> list[Quad]:
        return [*self.store.quads_for_pattern(None, None, None, graph)]

    def names(self) -> list[NamedNode]:
        """The names of the named graphs."""
        return [name for name in self.store.named_graphs() if isinstance(name, NamedNode)]

    def insert(self, quads: Iterable[Quad]) -> None:
        """Add quads, of named graphs and of the default graph."""
        new = [quad for quad in dict.fromkeys(quads) if not self.states(quad)]
        self.written.update(quad.triple for quad in new if quad.graph_name == DEFAULT)
        self.add([quad for quad in new if quad.graph_name != DEFAULT])
        self.add([merged(quad) for quad in new])
        self.changed.update(map(graph_of, new))

    def delete(self, quads: Iterable[Quad]) -> None:
        """Take quads out. Of the default graph only what was written into it can be taken."""
        gone = [quad for quad in dict.fromkeys(quads) if self.states(quad)]
        for quad in gone:
            if quad.graph_name == DEFAULT:
                self.written.discard(quad.triple)
            else:
                self.store.remove(quad)
            self.changed.add(graph_of(quad))
        self.withdraw(gone)
        self.drop_empty(map(graph_of, gone))

    def states(self, quad: Quad) -> bool:
        """Whether a graph itself says a quad: the default graph does not say what it merges."""
        if quad.graph_name == DEFAULT:
            return quad.triple in self.written
        return quad in self.store

    def clear(self, graph: NamedNode | DefaultGraph) -> None:
        """Take all out of a graph."""
        if isinstance(graph, DefaultGraph):
            self.delete([on_default(triple) for triple in self.written])
            return
        gone = self.quads_of(graph)
        if gone:
            self.store.remove_graph(graph)
            self.changed.add(graph)
            self.withdraw(gone)

    def clear_named(self) -> None:
        """Take all out of all named graphs: the default graph then is what was written into it."""
        self.changed.update(self.names())
        self.store.clear()
        self.add([on_default(triple) for triple in self.written])

    def settle(self, graph: NamedNode, before: Collection[Quad]) -> None:
        """Bring the default graph up to date after the engine has changed a named graph."""
        now = set(self.quads_of(graph))
        was = set(before)
        if now != was:
            self.changed.add(graph)
            self.add([merged(quad) for quad in now - was])
            self.withdraw(was - now)
        self.drop_empty({graph})

    def withdraw(self, gone: Iterable[Quad]) -> None:
        """Take from the default graph what was stated by quads that are gone and by nothing else."""
        for quad in gone:
            stated = self.store.quads_for_pattern(quad.subject, quad.predicate, quad.object)
            if all(other.graph_name == DEFAULT for other in stated) and not (
                self.written and quad.triple in self.written
            ):
                self.store.remove(merged(quad))

    def drop_empty(self, graphs: Iterable[NamedNode | DefaultGraph]) -> None:
        """The engine remembers a graph that has become empty; a release does not."""
        for graph in set(graphs):
            if isinstance(graph, NamedNode) and not self.has(graph):
                self.store.remove_graph(graph)

    def add(self, quads: list[Quad]) -> None:
        if len(quads) < BULK_QUADS:
            self.store.extend(quads)
        else:
            self.store.bulk_extend(quads)

    def write_file(self) -> None:
        """Keep what was written into the default graph, for the writes to come."""
        if DEFAULT not in self.changed:
            return
        # The old file may be a hard link into another release: never write through it.
        self.written_file.unlink(missing_ok=True)
        if self.written:
            lines = serialize(sorted(self.written, key=str), format=RdfFormat.N_TRIPLES)
            self.written_file.write_bytes(lines or b"")


def merged(quad: Quad) -> Quad:
    """The quad as it stands in the default graph, the RDF merge of all named graphs: what two documents
    state, the name of their office, stands there once, so that counts count it once."""
    return Quad(quad.subject, quad.predicate, quad.object, DEFAULT)


def graph_of(quad: Quad) -> NamedNode | DefaultGraph:
    """The graph of a quad; a release has none that a blank node names."""
    name = quad.graph_name
    assert not isinstance(name, BlankNode)
    return name


def on_default(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, DEFAULT)
