"""The page of `/sparql`: the form, and below it the answer or the error."""

from __future__ import annotations

from fastapi import Request, Response

from server.cells import cell
from server.pages import render
from server.problems import problem_of_store
from server.publication import Publication
from server.query_operation import QueryOperation
from store.errors import QueryError, QuerySyntaxError
from store.graph import Boolean, Solutions, Triples

# A page is for reading; whoever wants more takes CSV or JSON.
ROWS_ON_PAGE = 1000
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


def form_page(request: Request, publication: Publication) -> Response:
    """The form with an example in it."""
    return render(request, "sparql.html", form_context(publication, EXAMPLE))


def answer_page(request: Request, publication: Publication, operation: QueryOperation) -> Response:
    """The form with the answer below it, or with the error."""
    context = form_context(publication, operation.query)
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
        marked = error if isinstance(error, QuerySyntaxError) else None
        context |= {"problem": problem, "error_line": error_line(operation.query, marked)}
        return render(request, "sparql.html", context, status=problem.status)
    return render(request, "sparql.html", context | answer_context(found))


def form_context(publication: Publication, query: str) -> dict[str, object]:
    return {
        "labels": publication.labels,
        "query": query,
        "problem": None,
        "error_line": None,
        "variables": None,
        "rows": (),
        "boolean": None,
        "truncated": False,
        "rows_on_page": ROWS_ON_PAGE,
    }


def answer_context(found: Solutions | Boolean | Triples) -> dict[str, object]:
    """What the page shows: a table, with triples as rows of three, or yes and no."""
    if isinstance(found, Boolean):
        return {"boolean": found.value}
    if isinstance(found, Solutions):
        rows = [[cell(term) for term in row] for row in found.rows]
        return {"variables": found.variables, "rows": rows, "truncated": found.truncated}
    triples = [[cell(term) for term in triple] for triple in found]
    variables = ("subject", "predicate", "object")
    return {"variables": variables, "rows": triples, "truncated": found.truncated}


def error_line(query: str, error: QuerySyntaxError | None) -> str | None:
    """The line of the query in which the parser stopped."""
    if error is None or error.line is None:
        return None
    lines = query.split("\n")
    return lines[error.line - 1] if error.line <= len(lines) else None
