"""The page of a description, for people."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from fastapi import Request, Response
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from server.cells import cell
from server.language import Language, language_of, page_links
from server.linked_data.description import Description, IncomingLinks
from server.linked_data.forms import other_forms, split_extension
from server.linked_data.hydra import page_address
from server.linked_data.vocabulary_pages import concept_context, scheme_context, term_context
from server.links import Links
from server.pages import render
from server.publication import Publication, term_value

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABELLING = ("skos:prefLabel", "rdfs:label", "dcterms:title", "gl:text")


def description_page(
    request: Request, publication: Publication, description: Description
) -> Response:
    """The page of a term, of a code list, of a concept, or of any other thing."""
    iri = description.thing.value
    context = page_context(request, publication, description)
    if iri.startswith(f"{publication.links.base_iri}ns#"):
        return render(request, "term.html", context | term_context(publication, description))
    types = {term_value(value) for value in description.values(RDF_TYPE)}
    if f"{SKOS}ConceptScheme" in types:
        return render(request, "scheme.html", context | scheme_context(publication, description))
    if f"{SKOS}Concept" in types or iri.startswith(f"{publication.links.base_iri}code/"):
        return render(request, "concept.html", context | concept_context(publication, description))
    return render(request, "thing.html", context)


def page_context(
    request: Request, publication: Publication, description: Description
) -> dict[str, object]:
    """What every page about one thing needs."""
    document = document_path(request)
    iri = description.thing.value
    labels = publication.labels.speaking(language_of(request))
    return {
        "title": title_of(description, publication.links, labels.language) or labels.of(iri),
        "types": sorted(map(term_value, description.values(RDF_TYPE))),
        "triples": sorted_rows(description.own),
        "truncated": not description.is_whole,
        "page": made_page(page_links(request), iri),
        "labels": publication.labels,
        "names": publication.names(things_named(description)),
        "iri": iri,
        "incoming": [shown(links, document, page_links(request)) for links in description.incoming],
        "formats": other_forms(request),
    }


def links_page(request: Request, publication: Publication, incoming: IncomingLinks) -> Response:
    """One page of the things that point to one thing by a property."""
    inverse = publication.links.short(incoming.predicate.value)
    things = {node for node in incoming.subjects if isinstance(node, NamedNode)}
    context = {
        "labels": publication.labels,
        "names": publication.names({*things, incoming.thing}),
        "iri": incoming.thing.value,
        "links_of": shown(incoming, document_path(request), page_links(request)),
        "inverse": inverse,
        "about": page_links(request).page(incoming.thing.value),
        "page": incoming.page,
        "last_page": incoming.last_page,
        "formats": other_forms(request),
        "address": page_links(request).to(page_address(document_path(request), inverse)),
    }
    return render(request, "links.html", context)


def shown(incoming: IncomingLinks, document: str, links: Links) -> dict[str, object]:
    """The links of one property as the page shows them."""
    return {
        "predicate": incoming.predicate.value,
        "total": incoming.total,
        "subjects": [cell(subject) for subject in incoming.subjects],
        "address": None
        if incoming.is_whole
        else links.to(page_address(document, links.short(incoming.predicate.value))),
    }


def document_path(request: Request) -> str:
    """The path of the description, with the fragment that completes its thing."""
    path, _ = split_extension(request.url.path)
    fragment = request.query_params.get("fragment")
    return path if fragment is None else f"{path}?fragment={quote(fragment, safe=',')}"


def title_of(description: Description, links: Links, language: Language) -> str | None:
    """A label, title or text of the thing itself, the one in a language first."""
    for name in LABELLING:
        values = description.values(links.whole(name))
        liked = [v for v in values if isinstance(v, Literal) and v.language == language]
        for value in (*liked, *values):
            return term_value(value)
    return None


def made_page(links: Links, iri: str) -> str | None:
    """The page made for people, when the thing has one."""
    page = links.page(iri)
    return None if page == links.path(iri) else page


def sorted_rows(quads: Iterable[Quad]) -> list[dict[str, object]]:
    """Statements as rows of cells, by property and value."""
    found = sorted(quads, key=lambda quad: (quad.predicate.value, term_value(quad.object)))
    return [
        {
            "predicate": cell(quad.predicate),
            "object": cell(quad.object),
            "graph": cell(quad.graph_name)
            if isinstance(quad.graph_name, NamedNode | BlankNode)
            else cell(None),
        }
        for quad in found
    ]


def things_named(description: Description) -> set[NamedNode]:
    """The things on either side of the statements."""
    objects = (quad.object for quad in description.own)
    subjects = (subject for links in description.incoming for subject in links.subjects)
    return {term for term in (*objects, *subjects) if isinstance(term, NamedNode)}
