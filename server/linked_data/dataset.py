"""The data set and the service described: `/void`, `/catalog`, `/service`, each as a page and in RDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pyoxigraph import Quad

from ontology.namespaces import Namespaces
from server.conditional import NO_STORE
from server.linked_data.catalog import catalog_quads, covered_places, covered_years
from server.linked_data.forms import chosen_form, other_forms, rdf_once, rdf_response
from server.linked_data.hydra import dataset_iri
from server.linked_data.link_header import add_document_links
from server.linked_data.making import awaited_if_possible
from server.linked_data.schema_org import Thing, data_block, dataset_thing
from server.linked_data.service_description import service_description
from server.linked_data.void import dump_path, void_quads
from server.pages import render
from server.publication import CurrentPublication, Publication
from server.settings import Settings
from store.pieces import FORMS
from store.published import Published
from store.search.functions import function_iris

router = APIRouter(include_in_schema=False)  # told in server.openapi.linked_data
Description = Callable[[Publication, Published | None], list[Quad]]


@router.get("/.well-known/void")
def well_known_void() -> Response:
    """Where the data set of a host is described (VoID, section 7.2; RFC 8615)."""
    return RedirectResponse("/void", status_code=303)


@router.get("/void")
@router.get("/void.{extension}")
def void(request: Request, publication: CurrentPublication) -> Response:
    """The data set in VoID."""
    return described(request, publication, void_quads, "void")


@router.get("/catalog")
@router.get("/catalog.{extension}")
def catalog(request: Request, publication: CurrentPublication) -> Response:
    """The catalogue in DCAT 3. It lists the other releases too, which come and go while this one is served:
    so nobody keeps it."""
    form = chosen_form(request)
    made = awaited_if_possible(request, publication)
    base_iri, settings = publication.links.base_iri, request.app.state.settings
    if form.is_page:
        response = render(request, "catalog.html", page_context(request, publication, made))
    else:
        response = rdf_response(form, catalog_quads(publication, settings, made), base_iri)
    add_document_links(request, response, form, base_iri, dataset_iri(base_iri).value)
    response.headers["Cache-Control"] = NO_STORE
    return response


@router.get("/service")
@router.get("/service.{extension}")
def service(request: Request, publication: CurrentPublication) -> Response:
    """The SPARQL service described, as the endpoint itself answers it."""
    return described(request, publication, service_quads, "service")


def service_quads(publication: Publication, made: Published | None) -> list[Quad]:
    functions = function_iris(publication.links.base_iri)
    return service_description(publication, extension_functions=functions)


def described(
    request: Request, publication: Publication, quads: Description, name: str
) -> Response:
    """The description as a page or in RDF; one that lacks its counts is not kept by anyone.

    Its own path is `/{name}`, also where another one answers with it, as the endpoint does.
    """
    form = replace(chosen_form(request), path=f"/{name}")
    made = awaited_if_possible(request, publication)
    base_iri = publication.links.base_iri
    if form.is_page:
        response = render(request, f"{name}.html", page_context(request, publication, made))
    elif made is None:
        response = rdf_response(form, quads(publication, made), base_iri)
    else:
        response = rdf_once(publication, name, form, lambda found: quads(found, made))
    add_document_links(request, response, form, base_iri, dataset_iri(base_iri).value)
    if made is None:
        response.headers["Cache-Control"] = NO_STORE  # soon there is more to tell
    return response


def page_context(
    request: Request, publication: Publication, made: Published | None
) -> dict[str, object]:
    """What the pages about the data set show."""
    release_id = publication.release.release_id
    return {
        "labels": publication.labels,
        "formats": other_forms(request),
        "data_block": data_block(data_set(request, publication, made)),
        "manifest": publication.release.manifest,
        "release_id": release_id,
        "settings": request.app.state.settings,
        "coverage": covered_years(publication),
        "places": covered_places(publication),
        "made": made,
        "prefixes": Namespaces(publication.links.base_iri).prefixes(),
        "addresses": {form: dump_path(release_id, form) for form in FORMS},
    }


def data_set(request: Request, publication: Publication, made: Published | None) -> Thing:
    """The data set as search engines read it."""
    settings: Settings = request.app.state.settings
    years, places = covered_years(publication), covered_places(publication)
    return dataset_thing(publication, settings, made, years, places)
