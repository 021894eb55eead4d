"""Asking a graph a query of the library whose parameters are RDF terms already."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Unpack

from pyoxigraph import BlankNode, Literal, NamedNode

from ontology.namespaces import DEFAULT_BASE
from queries.computed import take_steps
from queries.definitions import QueryDefinition, load_definition
from queries.table import Table, Value
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
    **options: Unpack[QueryOptions],
) -> Table:
    """The answer of a query; as `ask`."""
    options["substitutions"] = substitutions(definition, terms) or None
    solutions = graph.query(with_base(definition, base), **options)
    assert isinstance(solutions, Solutions)
    rows = [{name: value_of(term) for name, term in solution.items()} for solution in solutions]
    columns = definition.columns
    return Table(
        columns=columns,
        rows=tuple(
            tuple(row.get(column.name) for column in columns)
            for row in take_steps(definition, rows)
        ),
        truncated=solutions.truncated,
    )


def year_term(year: str) -> Literal:
    """A fiscal year as the graph has it."""
    return Literal(year, datatype=NamedNode(XSD + "gYear"))


def with_base(definition: QueryDefinition, base: str) -> str:
    """The query as any SPARQL endpoint takes it: what its relative IRIs stand under comes first."""
    return f"BASE <{base}>\n{definition.text}"


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
