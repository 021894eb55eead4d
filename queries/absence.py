"""Whether an answer is empty because its office has no document of its year."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from queries.answering import with_base
from queries.definitions import QueryDefinition
from queries.errors import ParameterError
from store.graph import Graph, Solutions, Term

FOLDER = Path(__file__).parent / "choices"


def refuse_uncovered_year(
    graph: Graph, definition: QueryDefinition, terms: Mapping[str, Term], base: str
) -> None:
    """To be asked of an empty answer; `terms` are the parameters.

    Raises:
        ParameterError: an office and a year were asked about, and the office has documents of other
            years only.
    """
    kinds = {definition.parameters[name].kind: term for name, term in terms.items()}
    office, year = kinds.get("office"), kinds.get("year")
    if not isinstance(office, NamedNode) or not isinstance(year, Literal):
        return
    years = office_years(graph, office, base)
    if year.value not in years:
        raise ParameterError(
            f"The office has no document of {year.value}; its documents are of {', '.join(years)}.",
            years,
            zh=f"这个机构没有 {year.value} 年的文件；有的是{'、'.join(years)}。",
        )


def office_years(graph: Graph, office: NamedNode, base: str) -> list[str]:
    """The years of the documents of an office."""
    found = graph.query(with_base(query_text(), base), substitutions={"office": office})
    assert isinstance(found, Solutions)
    return [one["year"].value for one in found if isinstance(one["year"], Literal)]


@cache
def query_text() -> str:
    return (FOLDER / "office-years.rq").read_text(encoding="utf-8")
