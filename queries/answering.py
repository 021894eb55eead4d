"""Asking a graph a query of the library whose parameters are RDF terms already."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice
from types import MappingProxyType
from typing import Unpack

from pyoxigraph import BlankNode, Literal, NamedNode

from ontology.namespaces import DEFAULT_BASE
from queries.computed import Row, take_steps
from queries.definitions import QueryDefinition, Walk, load_definition
from queries.table import Table, Value
from store.errors import QueryTimeoutError
from store.graph import Graph, QueryOptions, Solutions, Term

XSD = "http://www.w3.org/2001/XMLSchema#"
NOTHING: Mapping[str, Term] = MappingProxyType({})


def ask(
    graph: Graph,
    name: str,
    terms: Mapping[str, Term] = NOTHING,
    *,
    base: str = DEFAULT_BASE,
    **options: Unpack[QueryOptions],
) -> Table:
    """The answer of the query of that name; `terms` are values by parameter.

    Raises:
        store.errors.QueryError: the graph gave no answer.
    """
    return answer(graph, load_definition(name), terms, base=base, **options)


def answer(
    graph: Graph,
    definition: QueryDefinition,
    terms: Mapping[str, Term] = NOTHING,
    *,
    base: str = DEFAULT_BASE,
    offset: int = 0,
    **options: Unpack[QueryOptions],
) -> Table:
    """The answer of a query; as `ask`. `maximum` is the most rows, `offset` how many to leave out
    before them."""
    maximum = options.pop("maximum", None)
    last = None if maximum is None else offset + maximum + 1
    rows = [*islice(answer_rows(graph, definition, terms, base=base, **options), offset, last)]
    columns = definition.columns
    return Table(
        columns=columns,
        rows=tuple(tuple(row.get(column.name) for column in columns) for row in rows[:maximum]),
        truncated=maximum is not None and len(rows) > maximum,
    )


def answer_rows(
    graph: Graph,
    definition: QueryDefinition,
    terms: Mapping[str, Term] = NOTHING,
    *,
    base: str = DEFAULT_BASE,
    **options: Unpack[QueryOptions],
) -> Iterator[Row]:
    """The rows of the answer one by one, each step of a walk only when it is wanted. A time limit is
    that of the whole answer."""
    deadline = Deadline(options.get("timeout_seconds"))
    bound = substitutions(definition, terms)
    for step in steps(graph, definition.walk, bound, base, options, deadline):
        found = solutions(graph, definition.text, {**bound, **step}, base, options, deadline)
        rows = [{name: value_of(term) for name, term in one.items()} for one in found]
        yield from take_steps(definition, rows)


class Deadline:
    """When a whole answer must be there; None leaves the limit to the graph, query by query."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self.ends = None if seconds is None else time.monotonic() + seconds

    def left(self) -> float | None:
        """The seconds that are left. Raises QueryTimeoutError when there are none."""
        if self.ends is None:
            return None
        left = self.ends - time.monotonic()
        if left <= 0:
            raise QueryTimeoutError(
                f"The query took longer than {self.seconds:g} seconds and was stopped."
            )
        return left


def steps(
    graph: Graph,
    walk: Walk | None,
    bound: Mapping[str, Term],
    base: str,
    options: QueryOptions,
    deadline: Deadline,
) -> Iterator[Mapping[str, Term]]:
    """What to bind in each step; nothing in the one step of a query without a walk, or when the
    parameters bind all keys."""
    if walk is None or bound.keys() >= set(walk.keys):
        yield {}
        return
    known = {name: term for name, term in bound.items() if name in walk.keys}
    for key in solutions(graph, walk.query, known, base, options, deadline):
        yield {name: key[name] for name in walk.keys if name in key}


def solutions(
    graph: Graph,
    text: str,
    bound: Mapping[str, Term],
    base: str,
    options: QueryOptions,
    deadline: Deadline,
) -> Solutions:
    """The solutions of one of the queries of a definition with variables bound."""
    own: QueryOptions = {
        **options,
        "substitutions": bound or None,
        "timeout_seconds": deadline.left(),
    }
    found = graph.query(with_base(text, base), **own)
    assert isinstance(found, Solutions)
    return found


def year_term(year: str) -> Literal:
    """A fiscal year as the graph has it."""
    return Literal(year, datatype=NamedNode(XSD + "gYear"))


def with_base(text: str, base: str) -> str:
    """The query as any SPARQL endpoint takes it: what its relative IRIs stand under comes first."""
    return f"BASE <{base}>\n{text}"


def substitutions(definition: QueryDefinition, terms: Mapping[str, Term]) -> dict[str, Term]:
    """The values by variable; an absent parameter leaves its variables unbound."""
    return {
        variable: term
        for name, term in terms.items()
        for variable in definition.parameters[name].variables
    }


def value_of(term: Term) -> Value:
    """The Python value of a term: integers and decimals as numbers, all else as text."""
    if isinstance(term, Literal):
        return literal_value(term)
    return term.value if isinstance(term, NamedNode | BlankNode) else str(term)


def literal_value(literal: Literal) -> Value:
    match literal.datatype.value.removeprefix(XSD):
        case "integer":
            return int(literal.value)
        case "decimal":
            return Decimal(literal.value)
    return literal.value
