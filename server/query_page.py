"""The page of `/sparql`: the form with questions of the library, and below it the answer or the error."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request, Response

from queries.catalogue import Catalogue, NamedQuery
from queries.definitions import Words
from queries.errors import UnknownQueryError
from server.answer_cells import answer_cell, iris_in
from server.answer_names import named_iris
from server.language import Language, language_of, page_links
from server.pages import render
from server.problems import Problem, problem_of_store
from server.publication import Publication
from server.query_operation import QueryOperation
from store.errors import QueryError, QuerySyntaxError
from store.graph import Boolean, Solutions, Term, Triples

# A page is for reading; whoever wants more takes CSV or JSON.
ROWS_ON_PAGE = 1000
TRIPLE = ("subject", "predicate", "object")
#: An IRI of a query of ours that stands under the base.
RELATIVE_IRI = re.compile(r"<([a-z][\w/#.-]*)>")
EXAMPLE = """\
PREFIX gl: <ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?office ?name (COUNT(DISTINCT ?function) AS ?functions)
WHERE {
  ?function gl:functionOf ?office .
  ?office skos:prefLabel ?name
}
GROUP BY ?office ?name
ORDER BY DESC(?functions)
LIMIT 100
"""

MAY_BE_BOUND: Mapping[Language, str] = {
    "zh": "可用 VALUES 给这些变量赋值，缩小范围：",
    "en": "Values for these variables, given with VALUES, narrow it:",
}


@dataclass(frozen=True, slots=True)
class ErrorPlace:
    """The line of a query in which the parser stopped, cut at the place; lines and columns count from 1."""

    line: int
    column: int
    before: str
    rest: str


def form_page(request: Request, publication: Publication, example: str | None = None) -> Response:
    """The form with a question of the library in it, or with another example.

    Raises:
        Problem: 404 for a question that the library does not have.
    """
    query = EXAMPLE if example is None else example_query(request, publication, example)
    told = with_whole_iris(query, publication.links.base_iri)
    return render(request, "sparql.html", form_context(request, publication, told))


def with_whole_iris(query: str, base: str) -> str:
    """A query of ours whose relative IRIs are whole: elsewhere, where it may be copied to, nobody resolves
    them, and it would find nothing.

    >>> with_whole_iris("PREFIX gl: <ns#> ASK { FILTER (1 < 2) }", "https://w3id.org/guanlian/")
    'PREFIX gl: <https://w3id.org/guanlian/ns#> ASK { FILTER (1 < 2) }'
    """
    return RELATIVE_IRI.sub(lambda found: f"<{base}{found[1]}>", query)


def example_query(request: Request, publication: Publication, name: str) -> str:
    """A question of the library as a query to begin with, told in the language of the page."""
    try:
        query = Catalogue.load(publication.links.base_iri)[name]
    except UnknownQueryError as error:
        raise Problem(404, "Unknown query", str(error), {"nearest": [*error.nearest]}) from error
    return "\n".join([*introduction(query, language_of(request)), query.definition.text])


def introduction(query: NamedQuery, language: Language) -> list[str]:
    """The question, and which variables may be given a value, as comments."""
    definition = query.definition
    lines = [f"# {spoken(definition.title, language)}"]
    if definition.parameters:
        lines.append(f"# {MAY_BE_BOUND[language]}")
    for parameter in definition.parameters.values():
        names = " ".join(f"?{variable}" for variable in parameter.variables)
        lines.append(f"#   {names}: {spoken(parameter.meaning, language)}")
    return lines


def spoken(words: Words, language: Language) -> str:
    return words.zh if language == "zh" else words.en


def answer_page(request: Request, publication: Publication, operation: QueryOperation) -> Response:
    """The form with the answer below it, or with the error."""
    context = form_context(request, publication, operation.query)
    started = time.perf_counter()
    try:
        found = publication.graph.query(
            operation.query,
            dataset=operation.dataset,
            timeout_seconds=operation.timeout_seconds,
            base_iri=publication.links.base_iri,
            maximum=ROWS_ON_PAGE,
        )
    except QueryError as error:
        problem = problem_of_store(error)
        place = error_place(operation.query, error) if is_malformed(error) else None
        context |= {"problem": problem, "place": place}
        return render(request, "sparql.html", context, status=problem.status)
    context["seconds"] = time.perf_counter() - started
    context |= answer_context(request, publication, found)
    return render(request, "sparql.html", context)


def form_context(request: Request, publication: Publication, query: str) -> dict[str, object]:
    language = language_of(request)
    library = Catalogue.load(publication.links.base_iri)
    return {
        "query": query,
        "examples": [(each.name, spoken(each.definition.title, language)) for each in library],
        "base_iri": publication.links.base_iri,
        "problem": None,
        "place": None,
        "variables": None,
        "rows": (),
        "boolean": None,
        "is_graph": False,
        "truncated": False,
        "seconds": 0.0,
        "rows_on_page": ROWS_ON_PAGE,
    }


def answer_context(
    request: Request, publication: Publication, found: Solutions | Boolean | Triples
) -> dict[str, object]:
    """What the page shows: a table, with triples as rows of three, or yes and no."""
    if isinstance(found, Boolean):
        return {"boolean": found.value}
    is_graph = isinstance(found, Triples)
    rows: Sequence[Sequence[Term | None]] = (
        [tuple(triple) for triple in found] if isinstance(found, Triples) else found.rows
    )
    links, language = page_links(request), language_of(request)
    named = named_iris(publication, iris_in(rows), links, language)
    return {
        "variables": TRIPLE if isinstance(found, Triples) else found.variables,
        "rows": [[answer_cell(term, named) for term in row] for row in rows],
        "is_graph": is_graph,
        "truncated": found.truncated,
    }


def is_malformed(error: QueryError) -> bool:
    return isinstance(error, QuerySyntaxError) and error.line is not None


def error_place(query: str, error: QueryError) -> ErrorPlace | None:
    """The line of the query in which the parser stopped."""
    assert isinstance(error, QuerySyntaxError) and error.line is not None
    lines, column = query.split("\n"), error.column or 1
    if error.line > len(lines):
        return None
    line = lines[error.line - 1].rstrip("\r")
    return ErrorPlace(error.line, column, line[: column - 1], line[column - 1 :])
