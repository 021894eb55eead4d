"""The vocabulary: `/ns` and `/def` hold all terms, `/def/{term}` one, `/code` the code lists.

The IRIs of terms are `ns#…`, whose fragment never reaches a server: so `/ns` answers with all of them, and
`/def/{term}` describes the term that `ns#{term}` names. `/context.jsonld` names them in JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from fastapi import APIRouter, Query, Request, Response
from pyoxigraph import Quad

from ontology.json_ld_context import json_ld_context
from server.linked_data.described import described
from server.linked_data.forms import (
    chosen_form,
    other_forms,
    rdf_once,
    rdf_response,
    split_extension,
)
from server.linked_data.link_header import add_document_links
from server.named_queries import query_text
from server.pages import render
from server.publication import CurrentPublication, Publication, Row
from store.media_types import JSON_LD

OWL_CLASS = "http://www.w3.org/2002/07/owl#Class"
router = APIRouter(include_in_schema=False)  # told in server.openapi.linked_data


@dataclass
class TermEntry:
    """A term of the model as the list shows it."""

    iri: str
    kinds: set[str] = field(default_factory=set)
    definition: str = ""

    @property
    def is_class(self) -> bool:
        return OWL_CLASS in self.kinds


@router.get("/ns")
@router.get("/ns.{extension}")
@router.get("/def")
@router.get("/def.{extension}")
def ontology(request: Request, publication: CurrentPublication) -> Response:
    """The terms of the model: all `ns#…` IRIs lead here."""
    form = chosen_form(request)
    base_iri = publication.links.base_iri
    if form.is_page:
        response = ontology_page(request, publication)
    else:
        response = rdf_once(publication, "ontology", form, ontology_quads)
    add_document_links(request, response, form, base_iri, f"{base_iri}ns")
    return response


def ontology_quads(publication: Publication) -> list[Quad]:
    return [Quad(*triple) for triple in publication.triples(query_text("namespace"))]


@router.get("/def/{name}")
def term(
    request: Request,
    publication: CurrentPublication,
    name: str,
    inverse: str | None = None,
    page: int = Query(1, ge=1),
) -> Response:
    """One class or property: what it means, and what uses it."""
    iri = f"{publication.links.base_iri}ns#{split_extension(name)[0]}"
    return described(request, publication, iri, inverse, page)


@router.get("/code")
@router.get("/code.{extension}")
def code_lists(request: Request, publication: CurrentPublication) -> Response:
    """All code lists."""
    form = chosen_form(request)
    if form.is_page:
        context = {
            "labels": publication.labels,
            "schemes": publication.ask("code-lists"),
            "formats": other_forms(request),
        }
        response = render(request, "code_lists.html", context)
    else:
        triples = publication.triples(query_text("code-list-triples"))
        quads = [Quad(*triple) for triple in triples]
        response = rdf_response(form, quads, publication.links.base_iri)
    add_document_links(request, response, form, publication.links.base_iri)
    return response


@router.get("/context.jsonld")
def context(request: Request) -> Response:
    """The context of our JSON-LD (JSON-LD 1.1, section 3.1)."""
    terms = {"@context": dict(json_ld_context(request.app.state.links.base_iri))}
    text = json.dumps(terms, ensure_ascii=False, indent=1)
    return Response(text, media_type=JSON_LD)


def ontology_page(request: Request, publication: Publication) -> Response:
    entries = list(entries_of(publication.ask("terms")).values())
    context = {
        "labels": publication.labels,
        "prefix": f"{publication.links.base_iri}ns#",
        "classes": [entry for entry in entries if entry.is_class],
        "properties": [entry for entry in entries if not entry.is_class],
        "formats": other_forms(request),
    }
    return render(request, "ontology.html", context)


def entries_of(rows: Iterable[Row]) -> dict[str, TermEntry]:
    """The terms by IRI, in the order of their names."""
    entries: dict[str, TermEntry] = {}
    for row in rows:
        entry = entries.setdefault(row["term"], TermEntry(row["term"]))
        entry.kinds.add(row["kind"])
        entry.definition = row.get("definition", "")
    return entries
