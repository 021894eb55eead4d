"""Linked data: `/id/…` names a thing, `/doc/…` describes it; code lists do both."""

from __future__ import annotations

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from server.language import page_links
from server.linked_data.described import described
from server.linked_data.forms import query_string, raw_path, split_extension
from server.linked_data.link_header import add_links, link
from server.publication import CurrentPublication

router = APIRouter()


@router.get("/id/{path:path}")
def name_of_thing(request: Request, path: str) -> Response:
    """A thing cannot be sent; the answer points to its description (Cool URIs, section 4.2)."""
    local = f"/doc/{raw_path(request).removeprefix('/id/')}{query_string(request)}"
    description = page_links(request).to(local)
    response = RedirectResponse(description, status_code=303)
    add_links(response, [link(local, "describedby")])
    return response


@router.get("/doc/{path:path}")
def description_of_thing(
    request: Request,
    publication: CurrentPublication,
    path: str,
    fragment: str | None = None,
    inverse: str | None = None,
    page: int = Query(1, ge=1),
) -> Response:
    """The triples of a thing; `fragment` completes the IRI of a thing inside another, `inverse` asks for
    a page of the things that point to it by a property."""
    iri = publication.links.thing(split_extension(path)[0], fragment)
    return described(request, publication, iri, inverse, page)


@router.get("/code/{path:path}")
@router.get("/dsd/{path:path}")
def description_in_place(
    request: Request,
    publication: CurrentPublication,
    path: str,
    inverse: str | None = None,
    page: int = Query(1, ge=1),
) -> Response:
    """Concepts and data structures are documents themselves."""
    local, _ = split_extension(request.url.path.removeprefix("/"))
    return described(request, publication, publication.links.base_iri + local, inverse, page)
