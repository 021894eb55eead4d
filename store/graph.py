"""What can be asked of a graph, wherever it lives: the protocol and the kinds of answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypedDict, Unpack

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Solution: TypeAlias = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to SELECT: one row a solution, in the order of `variables`; None is unbound.

    `truncated` tells that there were more solutions than the asked `maximum`.

    >>> solutions = Solutions(("x", "y"), ((Literal("1"), None),))
    >>> list(solutions)
    [{'x': <Literal value=1 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>}]
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False

    def __iter__(self) -> Iterator[Solution]:
        """Each solution as its bindings: variable name to term, unbound variables left out."""
        for row in self.rows:
            pairs = zip(self.variables, row, strict=True)
            yield {variable: term for variable, term in pairs if term is not None}

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Boolean:
    """The answer to ASK."""

    value: bool

    def __bool__(self) -> bool:
        return self.value


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to CONSTRUCT and DESCRIBE."""

    triples: tuple[Triple, ...]
    truncated: bool = False

    def __iter__(self) -> Iterator[Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)


Answer: TypeAlias = Solutions | Boolean | Triples


@dataclass(frozen=True, slots=True)
class Serialized:
    """An answer as bytes; without media type and body if none was asked for its kind."""

    media_type: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class DatasetSelection:
    """The RDF dataset a query runs on, by graph IRIs (SPARQL 1.1 Protocol, section 2.1.4)."""

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class QueryOptions(TypedDict, total=False):
    """What may be said with a query.

    timeout_seconds: its limit; without it, the graph's own.
    default_graph_as_union: whether the default graph is the union of all graphs (yes, if not
        said), unless the query has FROM clauses or `dataset` is given.
    substitutions: values for variables that the query projects (SEP-0007), by variable name.
    dataset: the RDF dataset to ask, which overrides the query's own FROM clauses.
    base_iri: what relative IRIs in the query are resolved against.
    maximum: the most solutions or triples that are given back as terms.
    row_limit: the most solutions that are serialised, where the query itself sets no limit.
    byte_limit: the most bytes of a serialised answer.
    """

    timeout_seconds: float | None
    default_graph_as_union: bool
    substitutions: Mapping[str, Term] | None
    dataset: DatasetSelection | None
    base_iri: str | None
    maximum: int | None
    row_limit: int | None
    byte_limit: int | None


class Graph(Protocol):
    """A graph that answers SPARQL 1.1 queries.

    Raises:
        QuerySyntaxError: the text is not a SPARQL query.
        ServiceRefusedError: it holds a SERVICE pattern.
        QueryTimeoutError: it outran its limit.
        QueryError: it cannot be evaluated; see `store.errors` for the whole tree.
    """

    def query(self, text: str, **options: Unpack[QueryOptions]) -> Answer:
        """The answer as terms."""
        ...

    def serialize(
        self,
        text: str,
        *,
        solutions_as: str | None,
        triples_as: str | None,
        **options: Unpack[QueryOptions],
    ) -> Serialized:
        """The answer in one media type for SELECT and ASK, another for CONSTRUCT and DESCRIBE."""
        ...
