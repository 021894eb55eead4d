"""`/sparql`: the query operation of the SPARQL 1.1 Protocol, and a form for people."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from server.negotiation import HTML, best_media_type, prefers_html
from server.problems import not_acceptable
from server.publication import CurrentPublication, Publication
from server.query_operation import (
    QueryOperation,
    query_operation,
    query_parameters,
    read_query_operation,
)
from server.query_page import answer_page, form_page
from server.settings import Settings
from store.media_types import RDF_FORMATS, RESULTS_FORMATS, SYNONYMS

SOLUTIONS_OFFERED = [*RESULTS_FORMATS, *SYNONYMS, HTML]
TRIPLES_OFFERED = [*RDF_FORMATS, HTML]
router = APIRouter()


@router.get("/sparql")
def query_by_get(request: Request, publication: CurrentPublication) -> Response:
    """Query via GET (section 2.1.1); browsers that ask nothing get the form."""
    parameters = query_parameters(request.scope["query_string"])
    if not any(name == "query" for name, _ in parameters) and prefers_html(accepted(request)):
        return form_page(request, publication)
    return answer(request, publication, query_operation(parameters, longest_seconds(request)))


@router.post("/sparql")
@router.api_route("/sparql", methods=["QUERY"], include_in_schema=False)  # OpenAPI 3.1 has none
async def query_by_post(request: Request, publication: CurrentPublication) -> Response:
    """Query via URL-encoded POST (2.1.2) and via POST directly (2.1.3)."""
    operation = read_query_operation(
        request.method,
        request.scope["query_string"],
        request.headers.get("content-type"),
        await request.body(),
        longest_seconds(request),
    )
    return await run_in_threadpool(answer, request, publication, operation)


def answer(request: Request, publication: Publication, operation: QueryOperation) -> Response:
    solutions_as = best_media_type(accepted(request), SOLUTIONS_OFFERED)
    triples_as = best_media_type(accepted(request), TRIPLES_OFFERED)
    if operation.answer_as is not None:
        solutions_as, triples_as = operation.answer_as.solutions, operation.answer_as.triples
    if solutions_as is None and triples_as is None:
        raise not_acceptable([*SOLUTIONS_OFFERED, *RDF_FORMATS])
    if solutions_as == triples_as == HTML:
        return answer_page(request, publication, operation)
    serialized = publication.graph.serialize(
        operation.query,
        solutions_as=SYNONYMS.get(solutions_as or "", without_html(solutions_as)),
        triples_as=without_html(triples_as),
        dataset=operation.dataset,
        timeout_seconds=operation.timeout_seconds,
        base_iri=publication.links.base_iri,
    )
    if serialized.media_type is None and HTML in (solutions_as, triples_as):
        return answer_page(request, publication, operation)
    if serialized.media_type is None:
        raise not_acceptable(SOLUTIONS_OFFERED if solutions_as is None else TRIPLES_OFFERED)
    # The type as the client asked for it: application/json stays what it is.
    media_type = triples_as if serialized.media_type in RDF_FORMATS else solutions_as
    return Response(serialized.body, media_type=media_type)


def without_html(media_type: str | None) -> str | None:
    """The type if the store can write it: pages are for the server to make."""
    return None if media_type == HTML else media_type


def accepted(request: Request) -> str | None:
    return request.headers.get("accept")


def longest_seconds(request: Request) -> float:
    settings: Settings = request.app.state.settings
    return settings.query_timeout_seconds
