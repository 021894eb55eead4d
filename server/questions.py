"""`/queries`: the questions of the library, and `/queries/{name}`, which answers one."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from ontology.namespaces import DEFAULT_BASE
from queries.catalogue import Catalogue, NamedQuery
from queries.errors import ParameterError, UnknownQueryError
from queries.stored_queries import stored_queries
from queries.table import Table
from server.negotiation import HTML, best_media_type
from server.problems import Problem, not_acceptable
from server.publication import CurrentPublication, Publication
from server.question_operations import list_operation, operation
from server.question_page import answer_page, form_page, list_page
from server.question_request import Asked, read_request, wrong_parameter
from store.media_types import CSV, TSV, TURTLE

JSON, SPARQL = "application/json", "application/sparql-query"
LISTS = [JSON, TURTLE, HTML]
ANSWERS = [JSON, CSV, TSV, SPARQL, TURTLE, HTML]
#: The names of the media types in `?format=`.
FORMATS = {"json": JSON, "csv": CSV, "tsv": TSV, "rq": SPARQL, "ttl": TURTLE, "html": HTML}
router = APIRouter(tags=["queries"])


@router.get("/queries", **list_operation())
def questions(request: Request, publication: CurrentPublication) -> Response:
    """Every question with its words and parameters."""
    catalogue = Catalogue.load(publication.links.base_iri)
    chosen = media_type(request, LISTS)
    if chosen == TURTLE:
        return Response(stored_queries(catalogue), media_type=TURTLE)
    if chosen == HTML:
        return list_page(request, catalogue)
    return JSONResponse([described(query) for query in catalogue])


def answer_operation(name: str) -> Callable[[Request, CurrentPublication], Response]:
    """The route of one question; each is an operation of its own, so that OpenAPI tells its parameters."""

    def answered(request: Request, publication: CurrentPublication) -> Response:
        query = Catalogue.load(publication.links.base_iri)[name]
        return respond(request, publication, query)

    return answered


for _query in Catalogue.load(DEFAULT_BASE):
    router.add_api_route(
        f"/queries/{_query.name}",
        answer_operation(_query.name),
        operation_id=_query.name,
        **operation(_query.definition),
    )


@router.get("/queries/{name}", include_in_schema=False)
def unknown_question(name: str, publication: CurrentPublication) -> Response:
    """Any other name, and the nearest ones. Raises Problem 404."""
    try:
        Catalogue.load(publication.links.base_iri)[name]
    except UnknownQueryError as error:
        nearest = list(error.nearest)
        raise Problem(
            404, "Unknown query", str(error), {"nearest": nearest}, detail_zh=error.zh
        ) from error
    raise AssertionError(f"{name} has a route of its own")


def respond(request: Request, publication: Publication, query: NamedQuery) -> Response:
    """The question itself, or its answer, in the media type that is asked for."""
    chosen = media_type(request, ANSWERS)
    if chosen == SPARQL:
        return Response(query.sparql, media_type=SPARQL)
    if chosen == TURTLE:
        return Response(stored_queries([query]), media_type=TURTLE)
    asked = read_request(request)
    try:
        table = answer(publication, query, asked)
    except ParameterError as error:
        problem = wrong_parameter(error)
        if chosen == HTML:
            return form_page(request, publication, query, asked, problem)
        raise problem from error
    if chosen == HTML:
        return answer_page(request, publication, query, asked, table)
    return written(request, publication, query, asked, table, chosen)


def answer(publication: Publication, query: NamedQuery, asked: Asked) -> Table:
    """The page of the answer that is asked for, within the time that a query has."""
    return query.run(
        publication.graph,
        asked.parameters,
        offset=asked.offset,
        maximum=asked.limit,
        timeout_seconds=asked.timeout_seconds,
    )


def written(
    request: Request,
    publication: Publication,
    query: NamedQuery,
    asked: Asked,
    table: Table,
    chosen: str,
) -> Response:
    """A table as JSON, CSV or TSV; the Link header leads to the rows that follow."""
    headers = {}
    if table.truncated:
        headers["Link"] = f'<{following(request, asked)}>; rel="next"'
    if chosen == JSON:
        body = json_answer(publication, query, asked, table)
        return Response(body, media_type=JSON, headers=headers)
    text = table.to_csv if chosen == CSV else table.to_tsv
    return Response(text(hidden=asked.evidence), media_type=chosen, headers=headers)


def json_answer(publication: Publication, query: NamedQuery, asked: Asked, table: Table) -> str:
    """The rows with what they mean and where they come from; numbers are JSON numbers."""
    answered = {
        "query": query.name,
        "title": {"zh": query.definition.title.zh, "en": query.definition.title.en},
        "release": publication.release.release_id,
        "parameters": asked.parameters,
        "columns": columns(query),
        "offset": asked.offset,
        "limit": asked.limit,
        "truncated": table.truncated,
        "rows": table.records(),
    }
    return json.dumps(answered, ensure_ascii=False, default=float)


def described(query: NamedQuery) -> dict[str, object]:
    """One question as the list tells it."""
    definition = query.definition
    return {
        "name": query.name,
        "path": f"/queries/{query.name}",
        "subject": definition.subject.value,
        "title": {"zh": definition.title.zh, "en": definition.title.en},
        "description": {"zh": definition.description.zh, "en": definition.description.en},
        "parameters": [
            {
                "name": parameter.name,
                "kind": parameter.kind,
                "required": not parameter.is_optional and parameter.default is None,
                "default": parameter.default,
                "meaning": {"zh": parameter.meaning.zh, "en": parameter.meaning.en},
            }
            for parameter in definition.parameters.values()
        ],
        "columns": columns(query),
        "example": dict(definition.example),
    }


def columns(query: NamedQuery) -> list[dict[str, object]]:
    """The columns with their meaning and unit; those without are for programs."""
    return [
        {
            "name": column.name,
            "zh": column.meaning.zh if column.meaning else None,
            "en": column.meaning.en if column.meaning else None,
            "unit": column.unit,
        }
        for column in query.definition.columns
    ]


def following(request: Request, asked: Asked) -> str:
    """Where the next rows are."""
    kept = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name not in ("offset", "limit")
    ]
    place = [("offset", str(asked.offset + asked.limit)), ("limit", str(asked.limit))]
    return f"{request.url.path}?{urlencode([*kept, *place])}"


def media_type(request: Request, offered: list[str]) -> str:
    """What `?format=` names, or what the Accept header likes best. Raises Problem 400 or 406."""
    named = request.query_params.get("format")
    if named is not None:
        known = {name: kind for name, kind in FORMATS.items() if kind in offered}
        if named not in known:
            wanted = ", ".join(known)
            detail = f"The format {named[:40]!r} is not offered here; offered are {wanted}."
            raise Problem(400, "Unknown format", detail)
        return known[named]
    chosen = best_media_type(request.headers.get("accept"), offered)
    if chosen is None:
        raise not_acceptable(offered)
    return chosen
