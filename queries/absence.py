"""Why an answer is empty, as far as its parameters tell."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from queries.answering import with_base
from queries.catalogue import NamedQuery
from queries.parameters import Asking, read_parameters
from store.graph import Graph, Solutions

FOLDER = Path(__file__).parent / "choices"


def why_empty(graph: Graph, query: NamedQuery, parameters: Mapping[str, str]) -> str | None:
    """One sentence on the years of the office that was asked about, if one was and the year is what
    there is no document of; else None."""
    terms = read_parameters(query.definition, parameters, Asking(graph, query.base))
    kinds = {query.definition.parameters[name].kind: term for name, term in terms.items()}
    office, year = kinds.get("office"), kinds.get("year")
    if not isinstance(office, NamedNode) or not isinstance(year, Literal):
        return None
    years = office_years(graph, office, query.base)
    if year.value in years:
        return None
    return f"The office has no document of {year.value}; its documents are of {', '.join(years)}."


def office_years(graph: Graph, office: NamedNode, base: str) -> list[str]:
    """The years of the documents of an office."""
    found = graph.query(with_base(query_text(), base), substitutions={"office": office})
    assert isinstance(found, Solutions)
    return [one["year"].value for one in found if isinstance(one["year"], Literal)]


@cache
def query_text() -> str:
    return (FOLDER / "office-years.rq").read_text(encoding="utf-8")
