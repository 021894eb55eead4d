"""Pages of documents: all of them, one with its facts marked in the text, its facts by themselves, and the
pictures of its pages."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from server.document_blocks import contents_of
from server.document_list import Choice, choices
from server.document_list import list_documents as list_documents
from server.document_pages import boxes_svg
from server.document_read import ReadDocument, find_document, legend
from server.document_selection import notes_beside, selected
from server.document_text import text_parts
from server.highlights import LISTED, SpanLinks
from server.linked_data.schema_org import add_description_links, data_block, document_thing
from server.pages import render
from server.problems import Problem, unknown
from server.publication import CurrentPublication

PAGE_SIZE = 100
FACTS_ON_PAGE = 200
#: A page image whose address tells its digest never changes.
FOREVER = "public, max-age=31536000, immutable"
View = Literal["both", "text", "pages"]
router = APIRouter()


@router.get("/documents")
def documents(
    request: Request,
    publication: CurrentPublication,
    chosen: Annotated[Choice, Depends()],
    page: int = Query(1, ge=1),
) -> Response:
    """The documents, newest years first."""
    rows, more = list_documents(publication, (page - 1) * PAGE_SIZE, PAGE_SIZE, chosen)
    context = {
        "labels": publication.labels,
        "documents": rows,
        "choice": chosen,
        "choices": publication.kept("document-choices", choices),
        "kind_code": publication.links.base_iri + "code/document-kind/",
        "page": page,
        "more": more,
    }
    return render(request, "documents.html", context)


@router.get("/documents/{document_id}")
def document(
    request: Request,
    publication: CurrentPublication,
    document_id: str,
    at: str = "",
    view: View = "both",
) -> Response:
    """The text of a document; every marked stretch leads to the facts that its sentence states."""
    read = find_document(publication, document_id)
    has_pictures = read.layout.has_pictures
    # Relative to the page itself: a long document has thousands of these links.
    links = SpanLinks("?" if view == "both" else f"?view={view}&")
    parts = text_parts(read.text, read.blocks, read.spans, links)
    context = {
        **described(read),
        **selected(read, at),
        "data_block": data_block(document_thing(read.about, publication.links)),
        "view": view if has_pictures else "text",
        "parts": parts,
        "rest": read.text[parts[-1].block.end if parts else 0 :],
        "notes": notes_beside(parts, read.anomalies),
        "contents": contents_of(read.blocks),
        "pages": read.pages if view != "text" else [],
        "boxes_svg": boxes_svg,
        "span_links": links,
    }
    response = render(request, "document.html", context)
    add_description_links(response, publication.links, read.iri.value)
    return response


@router.get("/documents/{document_id}/facts")
def document_facts(
    request: Request,
    publication: CurrentPublication,
    document_id: str,
    family: str = "",
    at: str = "",
    page: int = Query(1, ge=1),
) -> Response:
    """The facts of a document by themselves: of a family, or of the sentence at a stretch of the text."""
    read = find_document(publication, document_id)
    if family and family not in LISTED:
        raise wrong_family(family)
    shown = family or next((name for name, _ in listed(read)), "")
    facts = [] if at else read.facts(shown, read.spans)
    first = (page - 1) * FACTS_ON_PAGE
    context = {
        **described(read),
        **selected(read, at),
        "family": shown,
        "facts": facts[first : first + FACTS_ON_PAGE],
        "page": page,
        "more": len(facts) > first + FACTS_ON_PAGE,
    }
    return render(request, "document_facts.html", context)


@router.get("/documents/{document_id}/facts.json")
def document_facts_json(publication: CurrentPublication, document_id: str) -> Response:
    """The facts as the extraction gave them, in the public facts format."""
    read = find_document(publication, document_id)
    return Response(publication.release.facts_json(read.document_id), media_type="application/json")


@router.get("/documents/{document_id}/text")
def document_plain_text(publication: CurrentPublication, document_id: str) -> Response:
    """The text in which the offsets of all spans count."""
    read = find_document(publication, document_id)
    return Response(read.text, media_type="text/plain; charset=utf-8")


@router.get("/documents/{document_id}/pages/{number}")
def document_page(
    publication: CurrentPublication, document_id: str, number: int, version: str = ""
) -> Response:
    """The picture of a page, counted from 1; with the version in its address it never changes."""
    read = find_document(publication, document_id)
    image = publication.release.page_image(document_id, number)
    if image is None:
        raise unknown("文件页", f"{document_id}/pages/{number}")
    caching = FOREVER if version and version == read.pages_digest else "no-cache"
    return Response(image, media_type="image/png", headers={"Cache-Control": caching})


def described(read: ReadDocument) -> dict[str, object]:
    """What every page of a document says of it."""
    return {
        "labels": read.publication.labels,
        "document": read.about,
        "document_id": read.document_id,
        "source": read.source,
        "reading": read.reading,
        "layout": read.layout,
        "pages_digest": read.pages_digest,
        "listed": listed(read),
        "anomalies": read.anomalies,
        "text": read.text,
    }


def listed(read: ReadDocument) -> list[tuple[str, int]]:
    """The families of the document that are told apart, with how many stretches state each."""
    # One stretch may be the place of several findings.
    counts = legend(read.spans) | {"anomaly": len(read.anomalies)}
    return [(family, counts[family]) for family in LISTED if counts.get(family)]


def wrong_family(family: str) -> Problem:
    known = ", ".join(LISTED)
    return Problem(
        400,
        "Wrong parameter",
        f"The parameter family must be one of {known}; it was {family[:40]}.",
        {"parameter": "family"},
        detail_zh=f"参数 family 应为 {known} 之一，而不是 {family[:40]}。",
    )
