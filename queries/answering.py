"""Asking a graph a query of the library whose parameters are RDF terms already."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from types import MappingProxyType
from typing import Unpack

from pyoxigraph import BlankNode, Literal, NamedNode

from ontology.namespaces import DEFAULT_BASE
from queries.computed import Row, group_key, take_steps
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
    found = answer_rows(graph, definition, terms, base=base, wanted=last, **options)
    rows, columns = [*islice(found, offset, last)], definition.columns
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
    wanted: int | None = None,
    **options: Unpack[QueryOptions],
) -> Iterator[Row]:
    """The rows of the answer one by one, each step of a walk only when it comes to it. A time limit is
    that of the whole answer. `wanted` rows will do; more may come."""
    asking = Asking(graph, base, options, Deadline(options.get("timeout_seconds")))
    given = 0
    for step in steps(asking, definition.walks, substitutions(definition, terms)):
        left = None if wanted is None else max(wanted - given, 1)
        for row in step_rows(asking, definition, step, left):
            given += 1
            yield row


def step_rows(
    asking: Asking, definition: QueryDefinition, bound: Mapping[str, Term], wanted: int | None
) -> Iterator[Row]:
    """The rows of one step. Where `wanted` rows will do, the step is read no further than it takes to
    have them; rows that a cut may have left without their group are not among them."""
    group = definition.keep
    limit = None if wanted is None else first_look(wanted) if group else wanted
    found = asking.solutions(definition.text, bound, limit)
    rows = [{name: value_of(term) for name, term in one.items()} for one in found]
    if found.truncated and group:
        last = group_key(rows[-1], group.group)
        rows = [row for row in rows if group_key(row, group.group) != last]
    result = take_steps(definition, rows)
    if found.truncated and wanted is not None and len(result) < wanted:
        yield from step_rows(asking, definition, bound, None)
    else:
        yield from result


def first_look(wanted: int) -> int:
    """How many rows are read at first where groups of rows become one: a few a group."""
    return 3 * wanted + 300


@dataclass(frozen=True, slots=True)
class Asking:
    """A graph, and how all queries of one answer are put to it."""

    graph: Graph
    base: str
    options: QueryOptions
    deadline: Deadline

    def solutions(
        self, text: str, bound: Mapping[str, Term], maximum: int | None = None
    ) -> Solutions:
        """The solutions of one of the queries of a definition with variables bound."""
        own: QueryOptions = {
            **self.options,
            "substitutions": bound or None,
            "timeout_seconds": self.deadline.left(),
            "maximum": maximum,
        }
        found = self.graph.query(with_base(text, self.base), **own)
        assert isinstance(found, Solutions)
        return found


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
    asking: Asking, walks: Sequence[Walk], bound: Mapping[str, Term]
) -> Iterator[Mapping[str, Term]]:
    """What is bound in each step: the parameters, and the keys of all walks. A walk whose keys the
    parameters bind has one step."""
    if not walks:
        yield bound
        return
    walk, *inner = walks
    for key in keys(asking, walk, bound):
        yield from steps(asking, inner, {**bound, **key})


def keys(asking: Asking, walk: Walk, bound: Mapping[str, Term]) -> Iterator[Mapping[str, Term]]:
    """The keys of the steps of one walk; its query is narrowed by the parameters that it projects."""
    if bound.keys() >= set(walk.keys):
        yield {}
        return
    known = {name: term for name, term in bound.items() if f"?{name}" in walk.query}
    for key in asking.solutions(walk.query, known):
        yield {name: key[name] for name in walk.keys if name in key}


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
