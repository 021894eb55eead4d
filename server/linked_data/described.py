"""The answer to a request for the description of a thing, in the form that it asks for."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request, Response
from pyoxigraph import NamedNode

from server.linked_data.description import read_description, read_page
from server.linked_data.description_page import description_page, links_page
from server.linked_data.forms import Form, chosen_form, rdf_response
from server.linked_data.hydra import described_quads, page_address, page_quads, pages_beside
from server.linked_data.link_header import add_document_links, add_links, link
from server.near_matches import near_things, told
from server.problems import unknown
from server.publication import Publication


def described(
    request: Request, publication: Publication, iri: str, inverse: str | None, page: int
) -> Response:
    """The description of a thing, or a page of what points to it, in the form that is asked for."""
    thing = named(iri)
    if inverse is not None:
        return linking_things(request, publication, thing, inverse, page)
    description = read_description(publication, thing)
    if not description:
        raise unknown(
            "事物", iri, told(near_things(publication, publication.links.local(iri) or ""))
        )
    form = chosen_form(request)
    if form.is_page:
        response = description_page(request, publication, description)
    else:
        document = document_iri(request, publication, form)
        quads = described_quads(description, document, publication.links)
        response = rdf_response(form, quads, publication.links.base_iri)
    add_document_links(request, response, form, publication.links.base_iri, iri)
    return response


def linking_things(
    request: Request,
    publication: Publication,
    thing: NamedNode,
    inverse: str,
    page: int,
) -> Response:
    """One page of the things that point to this one by a property."""
    predicate = named(publication.links.whole(inverse))
    incoming = read_page(publication, thing, predicate, page)
    if incoming is None:
        raise unknown("反向链接", f"{predicate.value} to {thing.value} on page {page}")
    form = chosen_form(request)
    if form.is_page:
        response = links_page(request, publication, incoming)
    else:
        document = document_iri(request, publication, form)
        quads = [*page_quads(incoming, document, publication.links)]
        response = rdf_response(form, quads, publication.links.base_iri)
    add_document_links(request, response, form, publication.links.base_iri)
    pages = (
        link(page_address(document_path(request, form), inverse, number), relation)
        for relation, number in pages_beside(incoming).items()
    )
    add_links(response, pages)
    return response


def document_iri(request: Request, publication: Publication, form: Form) -> str:
    """The IRI of the description, under the base whatever host answers."""
    return publication.links.base_iri + document_path(request, form).removeprefix("/")


def document_path(request: Request, form: Form) -> str:
    """The path of the description without the page that is asked for."""
    fragment = request.query_params.get("fragment")
    return form.path if fragment is None else f"{form.path}?fragment={quote(fragment, safe=',')}"


def named(iri: str) -> NamedNode:
    """The IRI as a term. Raises Problem 404 for what is no IRI: nothing has that name."""
    try:
        return NamedNode(iri)
    except ValueError:
        raise unknown("事物", iri) from None
