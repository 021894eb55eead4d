"""The data set and the service described: `/void`, `/catalog`, `/service`, each as a page and in RDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pyoxigraph import Quad

from server.linked_data.catalog import catalog_quads, covered_places, covered_years
from server.linked_data.forms import chosen_form, other_forms, rdf_response
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

router = APIRouter()


@router.get("/.well-known/void")
def well_known_void() -> Response:
    """Where the data set of a host is described (VoID, section 7.2; RFC 8615)."""
    return RedirectResponse("/void", status_code=303)


@router.get("/void")
@router.get("/void.{extension}")
def void(request: Request, publication: CurrentPublication) -> Response:
    """The data set in VoID."""
    made = awaited_if_possible(request, publication)
    context = {
        "statistics": made.statistics if made else None,
        "manifest": publication.release.manifest,
        "release_id": publication.release.release_id,
        "dumps": {form: dump_path(publication.release.release_id, form) for form in FORMS},
    }
    return described(
        request, publication, made, lambda: void_quads(publication, made), "void.html", context
    )


@router.get("/catalog")
@router.get("/catalog.{extension}")
def catalog(request: Request, publication: CurrentPublication) -> Response:
    """The catalogue in DCAT 3."""
    made = awaited_if_possible(request, publication)
    settings = request.app.state.settings
    context = {
        "manifest": publication.release.manifest,
        "release_id": publication.release.release_id,
        "settings": settings,
        "coverage": covered_years(publication),
        "places": covered_places(publication),
        "dumps": made.dumps if made else None,
        "addresses": {form: dump_path(publication.release.release_id, form) for form in FORMS},
    }
    return described(
        request,
        publication,
        made,
        lambda: catalog_quads(publication, settings, made),
        "catalog.html",
        context,
    )


@router.get("/service")
@router.get("/service.{extension}")
def service(request: Request, publication: CurrentPublication) -> Response:
    """The SPARQL service described, as the endpoint itself answers it."""
    made = awaited_if_possible(request, publication)
    context = {"manifest": publication.release.manifest}
    return described(
        request,
        publication,
        made,
        lambda: service_description(publication),
        "service.html",
        context,
    )


def described(
    request: Request,
    publication: Publication,
    made: Published | None,
    quads: Callable[[], list[Quad]],
    template: str,
    context: Mapping[str, object],
) -> Response:
    """The description as a page or in RDF; one that lacks its counts is not kept by anyone."""
    form = chosen_form(request)
    base_iri = publication.links.base_iri
    if form.is_page:
        own = {
            "labels": publication.labels,
            "formats": other_forms(request),
            "data_block": data_block(data_set(request, publication, made)),
        }
        response = render(request, template, own | dict(context))
    else:
        response = rdf_response(form, quads(), base_iri)
    add_document_links(request, response, form, base_iri, dataset_iri(base_iri).value)
    if made is None:
        response.headers["Cache-Control"] = "no-store"  # soon there is more to tell
    return response


def data_set(request: Request, publication: Publication, made: Published | None) -> Thing:
    """The data set as search engines read it."""
    settings: Settings = request.app.state.settings
    years, places = covered_years(publication), covered_places(publication)
    return dataset_thing(publication, settings, made, years, places)
