"""The classes of queries, each a text in `queries/` with the values that its requests take in turn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

FOLDER = Path(__file__).parent / "queries"
PLACE = re.compile(r"\$(\w+)")
SOLUTIONS, TRIPLES = "application/sparql-results+json", "application/n-triples"
# In the order of the table: from the answers of a few triples to those of a whole graph.
NAMES = (
    "lookup",
    "describe",
    "list",
    "item-over-years",
    "top-n",
    "group-by",
    "join",
    "reasons-by-cause",
    "text-filter",
    "construct",
    "rows",
)


@dataclass(frozen=True, slots=True)
class QueryClass:
    """Queries of one form, one for every value; they differ, so that no server repeats an answer.

    `is_ordered` tells that the order of the rows is part of the answer; `is_sample`, that the query
    leaves open which rows these are.
    """

    name: str
    question: str
    queries: tuple[str, ...]
    media_type: str
    is_ordered: bool
    is_sample: bool


def read_query_class(name: str, store: Store) -> QueryClass:
    """A class with the values that a release has for it."""
    question, text = divided((FOLDER / f"{name}.rq").read_text("utf-8"))
    values = FOLDER / f"{name}.values.rq"
    rows = read_values(store, values) if values.is_file() else [{}]
    is_ordered = "ORDER BY" in text
    return QueryClass(
        name,
        question,
        tuple(with_values(text, row) for row in rows),
        SOLUTIONS if "SELECT" in text else TRIPLES,
        is_ordered,
        is_sample="LIMIT" in text and not is_ordered,
    )


def divided(text: str) -> tuple[str, str]:
    """The question in the first line, and the query without its comments."""
    first, *rest = text.splitlines()
    query = "\n".join(line for line in rest if not line.lstrip().startswith("#"))
    return first.removeprefix("#").strip(), query


def read_values(store: Store, path: Path) -> list[dict[str, str]]:
    """The rows of a query of values, each value as it is written in a query."""
    solutions = store.query(path.read_text("utf-8"))
    assert isinstance(solutions, QuerySolutions), f"{path} is no SELECT query"
    names = [variable.value for variable in solutions.variables]
    return [
        {name: written(solution[name]) for name in names if solution[name]}
        for solution in solutions
    ]


def written(term: object) -> str:
    """A number as LIMIT and OFFSET want it, without its datatype; other terms as they are."""
    text = str(term)
    return text.split('"')[1] if text.endswith("XMLSchema#integer>") else text


def with_values(text: str, values: dict[str, str]) -> str:
    """A query with its places filled. Raises KeyError for a place without a value."""
    return PLACE.sub(lambda place: values[place[1]], text)
