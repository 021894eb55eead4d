"""Pages of documents: all of them, and one with its facts marked in the text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from fastapi import APIRouter, Query, Request, Response

from server.findings import find_anomalies
from server.highlights import FAMILIES, FAMILY_ORDER, MarkedSpan, marked_text, to_html
from server.language import page_links
from server.linked_data.described import named
from server.linked_data.schema_org import add_description_links, data_block, document_thing
from server.pages import render
from server.problems import unknown
from server.publication import CurrentPublication, Publication, Row

PAGE_SIZE = 100
router = APIRouter()


@router.get("/documents")
def documents(
    request: Request, publication: CurrentPublication, page: int = Query(1, ge=1)
) -> Response:
    """The documents, newest years first."""
    rows, more = list_documents(publication, (page - 1) * PAGE_SIZE, PAGE_SIZE)
    context = {"labels": publication.labels, "documents": rows, "page": page, "more": more}
    return render(request, "documents.html", context)


@router.get("/documents/{document_id}")
def document(request: Request, publication: CurrentPublication, document_id: str) -> Response:
    """The text of a document; every marked stretch links to its triples."""
    if document_id not in publication.release.manifest.documents:
        raise unknown("文件", document_id)
    iri = named(publication.links.thing(f"doc/{document_id}"))
    found = publication.ask("document", document=iri)
    if not found:
        raise unknown("文件", document_id)
    spans = marked_spans(publication.ask("document-spans", document=iri), publication)
    pieces = marked_text(publication.release.text(document_id), spans)
    context = {
        "labels": publication.labels,
        "data_block": data_block(document_thing(found[0], publication.links)),
        "document": found[0],
        "document_id": document_id,
        "text": to_html(pieces, page_links(request)),
        "legend": legend(spans),
        "anomalies": find_anomalies(publication, [iri]),
        "source": publication.release.manifest.documents[document_id].source,
    }
    response = render(request, "document.html", context)
    add_description_links(response, publication.links, iri.value)
    return response


def list_documents(publication: Publication, first: int, size: int) -> tuple[list[Row], bool]:
    """Documents with how many anomalies each holds, and whether more follow."""
    rows, more = publication.ask_page("documents", first, size)
    documents = [named(row["document"]) for row in rows]
    counts = {
        row["document"]: row["anomalies"]
        for row in publication.ask("anomaly-counts", document=documents)
    }
    return [{**row, "anomalies": counts.get(row["document"], "0")} for row in rows], more


def marked_spans(rows: Iterable[Row], publication: Publication) -> list[MarkedSpan]:
    """The spans that state facts of a known family."""
    places: dict[str, tuple[int, int]] = {}
    families: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        family = FAMILIES.get(publication.labels.name(row["kind"]).rpartition(":")[2])
        if family is not None:
            places[row["span"]] = int(row["start"]), int(row["end"])
            families[row["span"]].add(family)
    return [
        MarkedSpan(start, end, iri, frozenset(families[iri]))
        for iri, (start, end) in places.items()
    ]


def legend(spans: Iterable[MarkedSpan]) -> list[tuple[str, int]]:
    """The families of the document with how many spans each has, in their order."""
    counts = Counter(family for span in spans for family in span.families)
    return [(family, counts[family]) for family in FAMILY_ORDER if counts[family]]
