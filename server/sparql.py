"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, and a form for people."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from server.linked_data.dataset import service
from server.negotiation import HTML, prefers_html
from server.problems import not_acceptable
from server.publication import CurrentPublication, Publication
from server.query_operation import (
    QueryOperation,
    query_operation,
    query_parameters,
    read_query_operation,
)
from server.query_page import answer_page, form_page
from server.query_request import negotiated
from server.settings import Settings
from server.update import answer_update
from server.update_operation import carries_update
from server.writing import require_token

router = APIRouter()


@router.get("/sparql")
def query_by_get(request: Request, publication: CurrentPublication) -> Response:
    """Query via GET (section 2.1.1); browsers that ask nothing get the form, programs the description of the
    service (SPARQL 1.1 Service Description, section 2)."""
    parameters = query_parameters(request.scope["query_string"])
    if not any(name == "query" for name, _ in parameters) and prefers_html(accepted(request)):
        example = next((value for name, value in parameters if name == "example"), None)
        return form_page(request, publication, example)
    if not parameters:
        return service(request, publication)
    return answer(request, publication, query_operation(parameters, longest_seconds(request)))


@router.post("/sparql")
@router.api_route("/sparql", methods=["QUERY"], include_in_schema=False)  # OpenAPI 3.1 has none
async def query_by_post(request: Request, publication: CurrentPublication) -> Response:
    """Query via URL-encoded POST (2.1.2) and via POST directly (2.1.3); an update, with the token."""
    if is_update(request, await request.body()):
        require_token(request)
        return JSONResponse((await answer_update(request, await request.body())).model_dump())
    operation = read_query_operation(
        request.method,
        request.scope["query_string"],
        request.headers.get("content-type"),
        await request.body(),
        longest_seconds(request),
    )
    return await run_in_threadpool(answer, request, publication, operation)


def answer(request: Request, publication: Publication, operation: QueryOperation) -> Response:
    """The page of a query, or its answer in a media type where that kind of answer has no page."""
    asked = negotiated(operation, accepted(request))
    if asked.solutions_as == asked.triples_as == HTML:
        return answer_page(request, publication, operation)
    serialized = publication.graph.serialize(
        operation.query,
        solutions_as=asked.store_media_types.solutions,
        triples_as=asked.store_media_types.triples,
        dataset=operation.dataset,
        timeout_seconds=operation.timeout_seconds,
        base_iri=publication.links.base_iri,
    )
    if serialized.media_type is None and asked.is_for_people:
        return answer_page(request, publication, operation)
    if serialized.media_type is None:
        raise not_acceptable(asked.offered_instead)
    return Response(serialized.body, media_type=asked.media_type(serialized.media_type))


def is_update(request: Request, body: bytes) -> bool:
    """Whether a POST is an update, on a server that takes any."""
    settings: Settings = request.app.state.settings
    content_type = request.headers.get("content-type")
    return settings.write_token is not None and carries_update(content_type, body)


def accepted(request: Request) -> str | None:
    return request.headers.get("accept")


def longest_seconds(request: Request) -> float:
    settings: Settings = request.app.state.settings
    return settings.query_timeout_seconds
