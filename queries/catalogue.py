"""The catalogue: the queries of the library by name, asked with parameters as people write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Unpack

from ontology.namespaces import DEFAULT_BASE
from queries.absence import refuse_uncovered_year
from queries.answering import answer, answer_rows, with_base
from queries.definitions import QueryDefinition, definition_names, load_definition
from queries.errors import UnknownQueryError
from queries.parameter_values import ParameterValue, parameter_values
from queries.parameters import Asking, read_parameters
from queries.table import Table, Value
from store.graph import Graph, QueryOptions

NO_PARAMETERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One query of the library under a base IRI."""

    definition: QueryDefinition
    base: str = DEFAULT_BASE

    @property
    def name(self) -> str:
        return self.definition.name

    @property
    def sparql(self) -> str:
        """The query as it can be sent to any SPARQL endpoint: with its front matter and its base."""
        return self.definition.front_matter + with_base(self.definition.text, self.base)

    def run(
        self,
        graph: Graph,
        parameters: Mapping[str, str] = NO_PARAMETERS,
        *,
        offset: int = 0,
        **options: Unpack[QueryOptions],
    ) -> Table:
        """The answer of the graph; parameters are bound as RDF terms. Blank ones are not given.
        `maximum` is the most rows, `offset` how many to leave out before them.

        Raises:
            ParameterError: a parameter is unknown, missing or has a wrong value, or the office that is
                asked about has no document of the year.
            store.errors.QueryError: the graph gave no answer.
        """
        terms = read_parameters(self.definition, parameters, Asking(graph, self.base))
        table = answer(graph, self.definition, terms, base=self.base, offset=offset, **options)
        if not table.rows:
            refuse_uncovered_year(graph, self.definition, terms, self.base)
        return table

    def rows(
        self,
        graph: Graph,
        parameters: Mapping[str, str] = NO_PARAMETERS,
        *,
        wanted: int | None = None,
        **options: Unpack[QueryOptions],
    ) -> Iterator[Mapping[str, Value]]:
        """The rows of the whole answer one by one, for those that are too many to hold; as `run`.
        `wanted` tells how many will be taken, if not all. The first is found at once."""
        terms = read_parameters(self.definition, parameters, Asking(graph, self.base))
        rows = answer_rows(graph, self.definition, terms, base=self.base, wanted=wanted, **options)
        first = next(rows, None)
        if first is None:
            refuse_uncovered_year(graph, self.definition, terms, self.base)
            return iter(())
        return chain((first,), rows)

    def values(self, graph: Graph, parameter: str) -> tuple[ParameterValue, ...]:
        """The values that a parameter may have in the graph. Raises KeyError for an unknown one."""
        return parameter_values(graph, self.definition.parameters[parameter], base=self.base)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All queries of the library, by name in alphabetical order.

    >>> "shared-functions" in Catalogue.load()
    True
    """

    queries: Mapping[str, NamedQuery]

    @classmethod
    def load(cls, base: str = DEFAULT_BASE) -> Catalogue:
        """The library of the package; FrontMatterError if a file of it is not well written."""
        return cls({name: NamedQuery(load_definition(name), base) for name in definition_names()})

    def __getitem__(self, name: str) -> NamedQuery:
        """The query of that name; UnknownQueryError lists the nearest names."""
        if name not in self.queries:
            raise UnknownQueryError(name, self.queries)
        return self.queries[name]

    def __contains__(self, name: object) -> bool:
        return name in self.queries

    def __iter__(self) -> Iterator[NamedQuery]:
        return iter(self.queries.values())

    def __len__(self) -> int:
        return len(self.queries)
