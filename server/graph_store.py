"""`/store`: the SPARQL 1.1 Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

A graph is named indirectly, `/store?graph=IRI` or `/store?default` (section 4.2), or directly by its own
address (4.1): `/store/PATH` is the graph `{base IRI}store/PATH`, whatever host serves it, as for every
other IRI of the base. A graph without triples is none.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from server.multipart import MULTIPART, read_parts
from server.negotiation import best_media_type
from server.problems import Problem, not_acceptable, unknown
from server.publication import CurrentPublication
from server.query_operation import (
    bad_request,
    graph_iri,
    media_type,
    query_parameters,
    refuse_other_characters,
    unsupported_media_type,
    utf8,
)
from server.settings import Settings
from server.update_operation import DIRECT as SPARQL_UPDATE
from server.writing import require_token, running_writer, written
from store.editing import Edit, EditOutcome, GraphAddition, RdfBody
from store.graph import DatasetSelection
from store.rdf_reading import GRAPH_FORMATS
from store.release import Release
from store.update_evaluation import UpdateRequest

OFFERED = [*GRAPH_FORMATS]
TRIPLES = "CONSTRUCT WHERE { ?subject ?predicate ?object }"
STORE, DIRECTLY = "/store", "/store/{path:path}"

reading = APIRouter()
writing = APIRouter(lifespan=running_writer)


class GraphName(NamedTuple):
    """A graph of the store; `iri` None is the default graph."""

    iri: str | None

    def is_in(self, release: Release | None) -> bool:
        """Whether a release has the graph; it always has a default graph."""
        return self.iri is None or (release is not None and release.manifest.has_graph(self.iri))


@reading.get(STORE)
@reading.get(DIRECTLY, include_in_schema=False)
def get_graph(request: Request, publication: CurrentPublication) -> Response:
    """The triples of a graph (section 5.2)."""
    name = named_graph(request)
    if not name.is_in(publication.release):
        raise unknown("命名图", name.iri or "")
    chosen = best_media_type(request.headers.get("accept"), OFFERED)
    if chosen is None:
        raise not_acceptable(OFFERED)
    serialized = publication.graph.serialize(
        TRIPLES,
        solutions_as=None,
        triples_as=chosen,
        dataset=DatasetSelection((name.iri,)) if name.iri else None,
    )
    return Response(serialized.body, media_type=chosen)


@writing.put(STORE)
@writing.put(DIRECTLY, include_in_schema=False)
async def put_graph(request: Request) -> Response:
    """Put a graph in place of the one that is there (5.3)."""
    require_token(request)
    name = named_graph(request)
    outcome = await written(request, await addition(request, name, replaces=True))
    return answer(outcome, name)


@writing.post(STORE)
@writing.post(DIRECTLY, include_in_schema=False)
async def post_graph(request: Request) -> Response:
    """Merge triples into a graph (5.5); on the store itself, make a graph of a new name."""
    require_token(request)
    if request.url.path != STORE or query_parameters(request.scope["query_string"]):
        name = named_graph(request)
        outcome = await written(request, await addition(request, name, replaces=False))
        return answer(outcome, name)
    name = new_name(request, await request.body())
    outcome = await written(request, await addition(request, name, replaces=False))
    return Response(status_code=201, headers={"Location": name.iri or ""})


@writing.delete(STORE)
@writing.delete(DIRECTLY, include_in_schema=False)
async def delete_graph(request: Request) -> Response:
    """Take a graph away (5.4); of the default graph, what was written into it."""
    require_token(request)
    name = named_graph(request)
    return answer(await written(request, GraphAddition(name.iri, (), replaces=True)), name)


@writing.patch(STORE, include_in_schema=False)
@writing.patch(DIRECTLY, include_in_schema=False)
async def patch_graph(request: Request) -> Response:
    """Change a graph by an update, for which it is the default graph and the only one (5.7)."""
    require_token(request)
    name = named_graph(request)
    content_type = request.headers.get("content-type")
    if media_type(content_type) != SPARQL_UPDATE:
        raise unsupported_media_type("A change", (SPARQL_UPDATE,), media_type(content_type))
    refuse_other_characters(content_type)
    settings: Settings = request.app.state.settings
    change = UpdateRequest(
        utf8(await request.body()),
        settings.base_iri,
        graph=name.iri,
        is_limited=True,
        allowed_services=settings.allowed_services,
        allowed_sources=settings.allowed_sources,
    )
    return answer(await written(request, change), name)


def named_graph(request: Request) -> GraphName:
    """The graph of a request. Raises Problem 400 unless it names one."""
    parameters = query_parameters(request.scope["query_string"])
    given = [(name, value) for name, value in parameters if name in ("graph", "default")]
    if request.url.path != STORE and not given:
        settings: Settings = request.app.state.settings
        path = request.scope.get("raw_path", request.url.path.encode()).decode("ascii")
        return GraphName(graph_iri(settings.base_iri + path.lstrip("/").partition("?")[0]))
    match given:
        case [("default", "")]:
            return GraphName(None)
        case [("graph", iri)]:
            return GraphName(graph_iri(iri))
    raise bad_request("A request on the store names one graph, by graph=IRI or by default.")


def new_name(request: Request, body: bytes) -> GraphName:
    """A name for a graph that has none, by what is sent and into which release."""
    settings: Settings = request.app.state.settings
    release_id = request.app.state.publications.folder.current_id() or ""
    digest = hashlib.sha256(release_id.encode() + body).hexdigest()[:16]
    return GraphName(f"{settings.base_iri}store/{digest}")


async def addition(request: Request, name: GraphName, *, replaces: bool) -> Edit:
    """The triples of the body as a change of a graph. Raises Problem 400 and 415."""
    content_type = request.headers.get("content-type", "")
    body = await request.body()
    parts: list[tuple[str | None, bytes]] = [(content_type, body)]
    if media_type(content_type) == MULTIPART:
        parts = read_parts(content_type, body)
    settings: Settings = request.app.state.settings
    base_iri = name.iri or settings.base_iri
    bodies = tuple(rdf_body(kind, content, base_iri) for kind, content in parts)
    return GraphAddition(name.iri, bodies, replaces=replaces)


def rdf_body(content_type: str | None, content: bytes, base_iri: str) -> RdfBody:
    """Raises Problem 415 for a type that no graph is read from."""
    kind = media_type(content_type)
    if kind not in GRAPH_FORMATS:
        raise unsupported_media_type("A graph", (*GRAPH_FORMATS, MULTIPART), kind)
    refuse_other_characters(content_type)
    return RdfBody(content, kind, base_iri)


def answer(outcome: EditOutcome, name: GraphName) -> Response:
    """201 when the write has made the graph, 404 when there was none and is none, else 204."""
    was, is_there = name.is_in(outcome.previous), name.is_in(outcome.release)
    if not was and not is_there:
        raise Problem(
            404, "Not in the release", f"There is no graph {name.iri}, and none was made."
        )
    return Response(status_code=204 if was else 201)
