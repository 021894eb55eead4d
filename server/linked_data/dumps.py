"""`/dumps/…`: all of a release, or the graphs of one document, as N-Quads and TriG; sums to check them by.

A statement stands in a dump once for each named graph that states it, and not again for the default graph.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from server.conditional import NO_STORE, entity_tag
from server.linked_data.byte_ranges import wanted_range
from server.linked_data.making import awaited_if_possible, made
from server.linked_data.void import dump_path
from server.pages import render
from server.problems import unknown
from server.publication import CurrentPublication, Publication
from store.pieces import FORMS, Pieces
from store.published import data_folder, document_graphs, dump_paths, read_range

GZIP = "application/gzip"
SUMS = "SHA256SUMS"
router = APIRouter(include_in_schema=False)  # told in server.openapi.linked_data


@router.get("/dumps")
def dumps(request: Request, publication: CurrentPublication) -> Response:
    """What can be fetched whole."""
    found = awaited_if_possible(request, publication)
    release_id = publication.release.release_id
    context = {
        "labels": publication.labels,
        "release_id": release_id,
        "manifest": publication.release.manifest,
        "dumps": found.dumps if found else None,
        "addresses": {form: dump_path(release_id, form) for form in FORMS},
        "sums": f"/dumps/{release_id}/{SUMS}",
        "documents": sorted(publication.release.manifest.documents)[:1],
    }
    response = render(request, "dumps.html", context)
    if found is None:
        response.headers["Cache-Control"] = NO_STORE  # soon there is more to tell
    return response


@router.get("/dumps/{release_id}/SHA256SUMS")
def checksums(request: Request, publication: CurrentPublication, release_id: str) -> Response:
    """The sums of the whole dumps, as `sha256sum --check` reads them."""
    served(publication, release_id)
    found = made(request, publication)
    lines = (f"{dump.sha256}  guanlian.{form}.gz\n" for form, dump in found.dumps.items())
    return Response("".join(lines), media_type="text/plain")


@router.get("/dumps/{release_id}/guanlian.{form}.gz")
def whole_dump(
    request: Request, publication: CurrentPublication, release_id: str, form: str
) -> Response:
    """All of the release, streamed piece by piece; a range of its bytes where one is asked for."""
    served(publication, release_id)
    if form not in FORMS:
        raise unknown("转储", request.url.path)
    size = made(request, publication).dumps[form].bytes
    return compressed(request, release_id, dump_paths(publication.release, form), size)


@router.get("/dumps/{release_id}/documents/{document_id}.{form}.gz")
def document_dump(
    request: Request,
    publication: CurrentPublication,
    release_id: str,
    document_id: str,
    form: str,
) -> Response:
    """The graphs of one document: what it says, what was derived from it, what was checked."""
    served(publication, release_id)
    entry = publication.release.manifest.documents.get(document_id)
    if entry is None or form not in FORMS:
        raise unknown("转储", request.url.path)
    path = piece_path(publication, document_id, form)
    if not path.is_file():
        made(request, publication)
    return compressed(request, release_id, [path], path.stat().st_size)


def compressed(request: Request, release_id: str, paths: list[Path], size: int) -> Response:
    """The bytes of files that follow each other, or the range of them that is asked for."""
    tag = entity_tag(release_id, request.scope)
    header = request.headers.get("range")
    if request.headers.get("if-range", tag) != tag:
        header = None  # the range is of another state than this one (RFC 9110, 13.1.5)
    span = wanted_range(header, size)
    start, end = span or (0, size)
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(end - start), "ETag": tag}
    if span is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return StreamingResponse(
        read_range(paths, start, end),
        status_code=200 if span is None else 206,
        media_type=GZIP,
        headers=headers,
    )


def piece_path(publication: Publication, document_id: str, form: str) -> Path:
    graphs = document_graphs(publication.release, document_id)
    return Pieces.of(data_folder(publication.release)).path(graphs, form)


def served(publication: Publication, release_id: str) -> None:
    """Raises Problem 404 unless it is the release that is served."""
    if release_id != publication.release.release_id:
        raise unknown("发布", release_id)
