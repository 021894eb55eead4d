"""For notebooks: the current release of a data folder as Python objects.

from guanlian.notebook import Release
release = Release("data/demo")
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import rdflib
from pyoxigraph import NamedNode, RdfFormat, serialize

from guanlian.asking import current_release, graph_of, with_prefixes
from ontology.namespaces import DEFAULT_BASE
from queries.catalogue import Catalogue
from queries.comparison import Comparison, compare
from queries.network import Networks
from queries.offices import find_offices
from queries.table import Table
from store.graph import Answer


class Release:
    """The release that a data folder serves now, opened read-only.

    Raises:
        DataFolderError: the folder holds no release, or it cannot be read.
    """

    def __init__(self, data: Path | str = "data", base: str = DEFAULT_BASE) -> None:
        self.base = base
        release = current_release(Path(data))
        self.release_id = release.release_id
        self.graph = graph_of(release)

    def query(self, sparql: str) -> Answer:
        """The answer to a SPARQL query; the prefixes of the ontology need not be written.

        Raises:
            QueryError: the query is malformed or got no answer.
        """
        return self.graph.query(with_prefixes(sparql, self.base))

    def ask(self, question: str, **parameters: str | int) -> Table:
        """The answer to a named question; `.records()` gives rows for pandas. A year or another
        number may be given as one.

        Raises:
            QueriesError: there is no such question, or a parameter is wrong.
        """
        given = {name: str(value) for name, value in parameters.items()}
        return Catalogue.load(self.base)[question].run(self.graph, given)

    def compare(self, *offices: str, year: str | int | None = None) -> Comparison:
        """Offices side by side, named as people call them.

        Raises:
            QueriesError: an office is unknown or ambiguous, or they cannot be compared.
        """
        found = find_offices(self.graph, offices, base=self.base)
        return compare(self.graph, found, None if year is None else str(year), base=self.base)

    @cached_property
    def networks(self) -> Networks:
        """The networks of offices, themes and all things that are joined; what one question has read
        is kept for the next. `.to_graph()` of an answer is a networkx graph.
        """
        return Networks(self.graph, self.release_id, self.base)

    def dataset(self) -> rdflib.Dataset:
        """A copy of all named graphs as an rdflib Dataset, for small releases."""
        named = (quad for quad in self.graph.store if isinstance(quad.graph_name, NamedNode))
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(
            data=str(serialize(named, format=RdfFormat.N_QUADS) or b"", "utf-8"), format="nquads"
        )
        return dataset
