"""Linked data: `/id/…` names a thing, `/doc/…` describes it; code lists do both."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pyoxigraph import NamedNode

from server.cells import Cell, rows
from server.links import Links
from server.named_queries import bound, query_text
from server.negotiation import HTML, best_media_type
from server.pages import render
from server.problems import not_acceptable, unknown
from server.publication import CurrentPublication, Publication, term_value
from store.graph import Solutions
from store.media_types import JSON_LD, N_TRIPLES, RDF_XML, TURTLE

OFFERED = [TURTLE, JSON_LD, N_TRIPLES, RDF_XML, HTML]
EXTENSIONS = {
    ".html": HTML,
    ".ttl": TURTLE,
    ".jsonld": JSON_LD,
    ".nt": N_TRIPLES,
    ".rdf": RDF_XML,
}
TRIPLES_ON_PAGE = 500
router = APIRouter()


@router.get("/id/{path:path}")
def name_of_thing(request: Request, path: str) -> Response:
    """A thing cannot be sent; the answer points to its description (Cool URIs, section 4.2)."""
    query = f"?{request.url.query}" if request.url.query else ""
    # The path as it came: decoding and encoding again could change it.
    raw = request.scope["raw_path"].decode("ascii").removeprefix("/id/")
    return RedirectResponse(f"/doc/{raw}{query}", status_code=303)


@router.get("/doc/{path:path}")
def description_of_thing(
    request: Request, publication: CurrentPublication, path: str, fragment: str | None = None
) -> Response:
    """The triples of a thing; `fragment` completes the IRI of a thing inside another."""
    path, media_type = split_extension(path)
    iri = publication.links.thing(path, fragment)
    return describe(request, publication, iri, media_type)


@router.get("/code/{path:path}")
@router.get("/dsd/{path:path}")
def description_in_place(request: Request, publication: CurrentPublication, path: str) -> Response:
    """Concepts and data structures are documents themselves."""
    local, media_type = split_extension(request.url.path.removeprefix("/"))
    return describe(request, publication, publication.links.base_iri + local, media_type)


@router.get("/ns")
def namespace(request: Request, publication: CurrentPublication) -> Response:
    """The terms of the model: all `ns#…` IRIs lead here."""
    media_type = best_media_type(request.headers.get("accept"), OFFERED)
    if media_type == HTML:
        return namespace_page(request, publication)
    return rdf(publication, query_text("namespace"), media_type)


def split_extension(path: str) -> tuple[str, str | None]:
    """The path without the ending that names a format, and its media type.

    >>> split_extension("org/500116-a2a15146.ttl"), split_extension("obs/e9/all.final.2020")
    (('org/500116-a2a15146', 'text/turtle'), ('obs/e9/all.final.2020', None))
    """
    for extension, media_type in EXTENSIONS.items():
        if path.endswith(extension):
            return path.removesuffix(extension), media_type
    return path, None


def describe(
    request: Request, publication: Publication, iri: str, media_type: str | None
) -> Response:
    thing = named(iri)
    triples = publication.solutions(bound("thing-triples", thing=thing), TRIPLES_ON_PAGE)
    mentions = publication.solutions(bound("thing-mentions", thing=thing), TRIPLES_ON_PAGE)
    if not triples.rows and not mentions.rows:
        raise unknown("事物", iri)
    chosen = media_type or best_media_type(request.headers.get("accept"), OFFERED)
    if chosen == HTML:
        return thing_page(request, publication, iri, triples, mentions)
    return rdf(publication, bound("thing", thing=thing), chosen)


def named(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError:
        raise unknown("事物", iri) from None


def rdf(publication: Publication, query: str, media_type: str | None) -> Response:
    """The answer to a CONSTRUCT query. Raises Problem 406 when no media type fits."""
    if media_type is None:
        raise not_acceptable(OFFERED)
    serialized = publication.graph.serialize(
        query, solutions_as=None, triples_as=media_type, base_iri=publication.links.base_iri
    )
    return Response(serialized.body, media_type=media_type)


def thing_page(
    request: Request,
    publication: Publication,
    iri: str,
    triples: Solutions,
    mentions: Solutions,
) -> Response:
    labels, links = publication.labels, publication.links
    context = {
        "labels": labels,
        "names": publication.names(things_named(triples, mentions)),
        "iri": iri,
        "title": title_of(triples, links) or labels.zh(iri),
        "types": sorted({row["object"]["text"] for row in rows(triples) if is_type(row)}),
        "triples": in_order(rows(triples), "predicate", "object"),
        "mentions": in_order(rows(mentions), "predicate", "subject"),
        "truncated": triples.truncated or mentions.truncated,
        "rows_on_page": TRIPLES_ON_PAGE,
        "formats": formats(request),
        "page": made_page(links, iri),
    }
    return render(request, "thing.html", context)


LABELLING = ("skos:prefLabel", "rdfs:label", "dcterms:title", "gl:text")
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def is_type(row: dict[str, Cell]) -> bool:
    return row["predicate"]["text"] == RDF_TYPE


def title_of(triples: Solutions, links: Links) -> str | None:
    """A label, title or text of the thing itself."""
    found = {
        links.short(term_value(solution["predicate"])): term_value(solution["object"])
        for solution in triples
    }
    return next((found[predicate] for predicate in LABELLING if predicate in found), None)


def formats(request: Request) -> list[tuple[str, str]]:
    """The other forms of the page: extension and address."""
    path, _ = split_extension(request.url.path)
    query = f"?{request.url.query}" if request.url.query else ""
    endings = [extension for extension in EXTENSIONS if extension != ".html"]
    return [(ending.removeprefix("."), f"{path}{ending}{query}") for ending in endings]


def made_page(links: Links, iri: str) -> str | None:
    """The page made for people, when the thing has one."""
    page = links.page(iri)
    return None if page == links.path(iri) else page


def things_named(*found: Solutions) -> set[NamedNode]:
    """The things on either side of the triples."""
    terms = (
        solution.get(side)
        for solutions in found
        for solution in solutions
        for side in ("subject", "object")
    )
    return {term for term in terms if isinstance(term, NamedNode)}


def in_order(found: list[dict[str, Cell]], *names: str) -> list[dict[str, Cell]]:
    return sorted(found, key=lambda row: [row[name]["text"] for name in names])


def namespace_page(request: Request, publication: Publication) -> Response:
    prefix = f"{publication.links.base_iri}ns#"
    terms = sorted(iri for iri in publication.labels.by_language["zh"] if iri.startswith(prefix))
    context = {"labels": publication.labels, "terms": terms, "prefix": prefix}
    return render(request, "namespace.html", context)
