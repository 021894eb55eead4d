"""SPARQL 1.1 Update on a store in the making (https://www.w3.org/TR/sparql11-update/).

The engine evaluates the patterns; what it would write into the default graph it is made to put into two
graphs of the moment instead, since the default graph of a release is the merge of its named graphs and
remembers what was written into itself (`store.merged_store`). Where patterns look, the default graph is
all of that. LOAD, and the management of graphs, are done here: the engine never fetches anything.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from store.errors import QuerySyntaxError, UpdateError
from store.graph import DatasetSelection
from store.merged_store import DEFAULT, MergedStore, on_default
from store.sources import read_source
from store.sparql_tokens import Token, placed, tokens
from store.syntax import (
    LOAD,
    error_of_misspelling,
    parse_update,
    refuse_service,
    syntax_error,
)
from store.update_operations import Modification, Operation, Tokens, modification, operations

# Names that no request can know, for what is to be written into and taken from the default graph.
PLUS, MINUS = NamedNode(uuid.uuid4().urn), NamedNode(uuid.uuid4().urn)
PLUS_NAME, MINUS_NAME = tokens(f"{PLUS} {MINUS}")
GraphName = NamedNode | DefaultGraph


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """An update and what its request says of it.

    Args:
        text: SPARQL 1.1 Update.
        base_iri: what relative IRIs are resolved against.
        using: the dataset of `using-graph-uri` and `using-named-graph-uri`.
        graph: the graph that stands for the default graph, of PATCH in the graph store protocol.
        is_limited: only that graph may be written into (the default graph without `graph`).
        allowed_services: servers that SERVICE may ask.
        allowed_sources: what LOAD may read: IRIs, or beginnings of IRIs that end with a slash.
    """

    text: str
    base_iri: str
    using: DatasetSelection | None = None
    graph: str | None = None
    is_limited: bool = False
    allowed_services: Collection[str] = ()
    allowed_sources: Collection[str] = ()

    def prepared(self) -> Callable[[MergedStore], None]:
        """What does the update. Raises QuerySyntaxError, ServiceRefusedError."""
        found = operations(self.text)
        for operation in found:
            self.check(operation)
        return partial(self.evaluate, found)

    def evaluate(self, found: Sequence[Operation], store: MergedStore) -> None:
        """Do the operations, one after the other. Raises SourceRefusedError, UpdateError."""
        for operation in found:
            Evaluation(self, operation, store).run()
        graph = DEFAULT if self.graph is None else NamedNode(self.graph)
        if self.is_limited and store.changed - {graph}:
            raise UpdateError(f"This update may write into the graph {graph} alone.")

    def check(self, operation: Operation) -> None:
        """Let the engine's parser read an operation, and see that it asks no one else."""
        text = operation.with_prologue(operation.tokens)
        try:
            parse_update(text, self.base_iri)
            refuse_service(text, self.base_iri, self.allowed_services, parse_update)
            if not operation.starts_with("LOAD"):
                refuse_hidden_load(text, self.base_iri)
        except SyntaxError as error:
            raise self.placed(syntax_error(error), operation) from error
        except QuerySyntaxError as error:
            raise self.placed(error, operation) from error

    def placed(self, error: QuerySyntaxError, operation: Operation) -> QuerySyntaxError:
        """The error with its line and column in the text of the request."""
        found = None
        if error.line is not None and error.column is not None:
            parts = (*operation.prologue, *operation.tokens)
            found = placed(parts, error.line, error.column)
        if found is None:
            return type(error)(error.message)
        token, offset = found
        before = self.text[: token.start + offset]
        return type(error)(error.message, before.count("\n") + 1, len(before) - before.rfind("\n"))


def refuse_hidden_load(text: str, base_iri: str) -> None:
    """Raises QuerySyntaxError when the engine sees a LOAD where the tokens have none."""
    error = error_of_misspelling(LOAD, text, base_iri, parse_update)
    if error is not None:
        raise error


@dataclass(frozen=True)
class Evaluation:
    """One operation on one store."""

    request: UpdateRequest
    operation: Operation
    store: MergedStore

    def run(self) -> None:
        for words, perform in OPERATIONS:
            if self.operation.starts_with(*words):
                perform(self)
                return
        self.modify()

    # Graph update (section 3.1)

    def insert_data(self) -> None:
        self.store.insert(self.data())

    def delete_data(self) -> None:
        self.store.delete(self.data())

    def data(self) -> list[Quad]:
        """The quads of INSERT DATA or DELETE DATA, as the engine reads them."""
        scratch = Store()
        quads = self.operation.tokens[2:]
        insertion = (*tokens("INSERT DATA"), *quads)
        self.evaluate(scratch, self.operation.with_prologue(insertion))
        return [self.targeted(quad) for quad in scratch]

    def targeted(self, quad: Quad) -> Quad:
        if self.request.graph is None or quad.graph_name != DEFAULT:
            return quad
        return Quad(quad.subject, quad.predicate, quad.object, NamedNode(self.request.graph))

    def modify(self) -> None:
        """DELETE/INSERT and DELETE WHERE."""
        clauses = self.with_request(modification(self.operation))
        touched = self.touched(clauses)
        before = {graph: self.store.quads_of(graph) for graph in touched}
        self.evaluate(self.store.store, self.operation.with_prologue(diverted(clauses)))
        # First of all, for what stands in the graphs of the moment is stated by no graph of the release.
        taken, given = self.withdrawn(MINUS), self.withdrawn(PLUS)
        for graph, quads in before.items():
            self.store.settle(graph, quads)
        self.store.delete(taken)
        self.store.insert(given)

    def with_request(self, clauses: Modification) -> Modification:
        """The clauses with the dataset and the graph of the request (SPARQL 1.1 Protocol, 2.2.3)."""
        if self.request.using is None and self.request.graph is None:
            return clauses
        if clauses.using or clauses.with_graph:
            raise UpdateError("The request names the graphs to use, so USING and WITH cannot.")
        with_graph = None
        if self.request.graph is not None:
            with_graph = next(tokens(f"<{self.request.graph}>"))
        return Modification(
            with_graph, clauses.deleted, clauses.inserted, self.using(), clauses.where
        )

    def using(self) -> Tokens:
        if self.request.using is None:
            return ()
        default = (f"USING <{graph}>" for graph in self.request.using.default_graphs)
        named = (f"USING NAMED <{graph}>" for graph in self.request.using.named_graphs)
        return (*tokens(" ".join((*default, *named))),)

    def touched(self, clauses: Modification) -> set[NamedNode]:
        """The named graphs that the templates may write into."""
        names = [name for name, _ in (*clauses.deleted.named, *clauses.inserted.named)]
        variables = {name.text[1:] for name in names if name.kind == "variable"}
        constant = [name for name in names if name.kind != "variable"]
        if clauses.with_graph is not None:
            constant.append(clauses.with_graph)
        found = set(self.resolved(constant))
        for variable in variables:
            found.update(self.bound(variable, clauses))
        return found

    def bound(self, variable: str, clauses: Modification) -> set[NamedNode]:
        """What a variable is bound to in the solutions of the pattern."""
        select = [*tokens(f"SELECT DISTINCT ?{variable}"), *from_clauses(clauses.using)]
        default: NamedNode | None = None
        if clauses.with_graph is not None and not clauses.using:
            (default,) = self.resolved([clauses.with_graph])
        text = self.operation.with_prologue([*select, *clauses.where])
        try:
            solutions = self.store.store.query(
                text, base_iri=self.request.base_iri, default_graph=default
            )
            assert isinstance(solutions, QuerySolutions)
            values = [solution[0] for solution in solutions]
        except (SyntaxError, RuntimeError, ValueError, OSError) as error:
            raise UpdateError(f"The update cannot be evaluated: {error}.") from error
        return {value for value in values if isinstance(value, NamedNode)}

    def withdrawn(self, graph: NamedNode) -> list[Quad]:
        """What the engine put into a graph of the moment, as quads of the default graph; it is gone then."""
        quads = [on_default(quad.triple) for quad in self.store.quads_of(graph)]
        self.store.store.remove_graph(graph)
        return quads

    def evaluate(self, store: Store, text: str) -> None:
        try:
            store.update(text, base_iri=self.request.base_iri)
        except SyntaxError as error:
            raise QuerySyntaxError(syntax_error(error).message) from error
        except (RuntimeError, ValueError, OSError) as error:
            raise UpdateError(f"The update cannot be evaluated: {error}.") from error

    # Graph management (section 3.2); a graph without triples is no graph here.

    def load(self) -> None:
        source, *into = self.resolved(self.references)
        graph = into[0] if into else DEFAULT
        try:
            quads = read_source(source.value, self.request.allowed_sources)
        except UpdateError:
            if self.is_silent:
                return
            raise
        self.store.insert(
            self.targeted(Quad(quad.subject, quad.predicate, quad.object, graph)) for quad in quads
        )

    def clear(self) -> None:
        for graph in self.cleared():
            self.store.clear(graph)

    def drop(self) -> None:
        reference = self.references[0]
        if reference.kind != "word":
            self.wanted(self.named(reference))
        self.clear()

    def cleared(self) -> Sequence[GraphName]:
        reference = self.references[0]
        if not reference.is_word("ALL", "NAMED"):
            return [self.named(reference)]
        self.store.clear_named()
        return [DEFAULT] if reference.is_word("ALL") else []

    def create(self) -> None:
        graph = self.named(self.references[0])
        if isinstance(graph, NamedNode) and self.store.has(graph) and not self.is_silent:
            raise UpdateError(f"The graph {graph} is there already.")

    def add(self) -> None:
        source, target = (self.named(reference) for reference in self.references[:2])
        if source != target and self.wanted(source):
            self.store.insert(self.copied(source, target))

    def copy(self) -> None:
        source, target = (self.named(reference) for reference in self.references[:2])
        if source != target and self.wanted(source):
            quads = self.copied(source, target)
            self.store.clear(target)
            self.store.insert(quads)

    def move(self) -> None:
        source, target = (self.named(reference) for reference in self.references[:2])
        if source != target and self.wanted(source):
            self.copy()
            self.store.clear(source)

    def copied(self, source: GraphName, target: GraphName) -> list[Quad]:
        found = self.store.store.quads_for_pattern(None, None, None, source)
        return [Quad(quad.subject, quad.predicate, quad.object, target) for quad in found]

    def wanted(self, graph: GraphName) -> bool:
        """Whether a graph is there. Raises UpdateError when it is not, unless the operation is SILENT."""
        if isinstance(graph, DefaultGraph) or self.store.has(graph):
            return True
        if not self.is_silent:
            raise UpdateError(f"There is no graph {graph}.")
        return False

    @property
    def is_silent(self) -> bool:
        return self.operation.has_word("SILENT")

    @cached_property
    def references(self) -> list[Token]:
        """The graphs that the operation names, in their order: names, and DEFAULT, NAMED and ALL."""
        return [
            token
            for token in self.operation.tokens
            if token.kind in ("iri", "prefixed") or token.is_word("DEFAULT", "NAMED", "ALL")
        ]

    def named(self, reference: Token) -> GraphName:
        """The graph of a reference to one; the graph of the request stands for the default graph."""
        if reference.kind != "word":
            return self.resolved([reference])[0]
        return DEFAULT if self.request.graph is None else NamedNode(self.request.graph)

    def resolved(self, names: Sequence[Token]) -> list[NamedNode]:
        """The IRIs of names, as the engine resolves them."""
        if not names:
            return []
        columns = " ".join(f"({name.text} AS ?name{index})" for index, name in enumerate(names))
        query = self.operation.with_prologue([*tokens(f"SELECT {columns} {{}}")])
        try:
            solutions = Store().query(query, base_iri=self.request.base_iri)
        except SyntaxError as error:
            raise QuerySyntaxError(syntax_error(error).message) from error
        assert isinstance(solutions, QuerySolutions)
        return [node for node in next(solutions) if isinstance(node, NamedNode)]


Perform = Callable[[Evaluation], None]
#: What begins with none of these is DELETE/INSERT.
OPERATIONS: tuple[tuple[tuple[str, ...], Perform], ...] = (
    (("INSERT", "DATA"), Evaluation.insert_data),
    (("DELETE", "DATA"), Evaluation.delete_data),
    (("LOAD",), Evaluation.load),
    (("CLEAR",), Evaluation.clear),
    (("DROP",), Evaluation.drop),
    (("CREATE",), Evaluation.create),
    (("ADD",), Evaluation.add),
    (("COPY",), Evaluation.copy),
    (("MOVE",), Evaluation.move),
)


def diverted(clauses: Modification) -> list[Token]:
    """DELETE/INSERT as the engine is to do it: what is meant for the default graph goes into the graphs
    of the moment. With WITH, nothing is meant for it."""
    graph = clauses.with_graph
    unnamed_deleted = blocks((graph or MINUS_NAME, run) for run in clauses.deleted.unnamed)
    deleted, inserted = blocks(clauses.deleted.named), blocks(clauses.inserted.named)
    inserted += blocks((graph or PLUS_NAME, run) for run in clauses.inserted.unnamed)
    if graph is None:
        inserted += unnamed_deleted
    else:
        deleted += unnamed_deleted
    parts = [*tokens("WITH"), graph] if graph else []
    if deleted:
        parts += [*tokens("DELETE {"), *deleted, *tokens("}")]
    parts += [*tokens("INSERT {"), *inserted, *tokens("}")]
    return [*parts, *clauses.using, *clauses.where]


def blocks(named: Iterable[tuple[Token, Tokens]]) -> list[Token]:
    """GRAPH blocks: the name of each, and what stands in it."""
    found: list[Token] = []
    for name, block in named:
        found += [*tokens("GRAPH"), name, *tokens("{"), *block, *tokens("}")]
    return found


def from_clauses(using: Tokens) -> list[Token]:
    """USING clauses as a query has them."""
    (from_word,) = tokens("FROM")
    return [from_word if token.is_word("USING") else token for token in using]
