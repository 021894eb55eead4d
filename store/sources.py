"""What LOAD reads from elsewhere: from allowed places alone, and no more than a limit."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Collection
from email.message import Message
from http.client import HTTPException
from typing import IO
from urllib.parse import unquote, urlsplit

from pyoxigraph import Quad

from store.errors import MalformedRdfError, SourceRefusedError, UpdateError
from store.rdf_reading import GRAPH_FORMATS, read_triples

SECONDS = 30.0
LARGEST_BYTES = 64 * 2**20
ACCEPT = ", ".join(GRAPH_FORMATS)


class AllowedRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to where reading is allowed too."""

    def __init__(self, allowed: Collection[str]) -> None:
        self.allowed = allowed

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        refuse_source(newurl, self.allowed)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def read_source(iri: str, allowed: Collection[str]) -> list[Quad]:
    """The triples that an IRI gives.

    Raises:
        SourceRefusedError: it is not allowed.
        UpdateError: it cannot be read.
    """
    refuse_source(iri, allowed)
    request = urllib.request.Request(iri, headers={"Accept": ACCEPT})
    opener = urllib.request.build_opener(AllowedRedirects(allowed))
    try:
        with opener.open(request, timeout=SECONDS) as response:
            media_type = response.headers.get_content_type()
            body = response.read(LARGEST_BYTES + 1)
    except (OSError, HTTPException, ValueError) as error:
        raise UpdateError(f"{iri} cannot be loaded: {error}.") from error
    if len(body) > LARGEST_BYTES:
        raise UpdateError(f"{iri} has more than {LARGEST_BYTES} bytes.")
    try:
        return read_triples(body, media_type, iri)
    except MalformedRdfError as error:
        raise UpdateError(f"{iri} cannot be read as {media_type}: {error}") from error


def refuse_source(iri: str, allowed: Collection[str]) -> None:
    """Raises SourceRefusedError unless an IRI is allowed, or lies below one that ends with a slash."""
    climbs = any(part in (".", "..") for part in unquote(urlsplit(iri).path).split("/"))
    below = (place for place in allowed if place.endswith("/"))
    if climbs or not (iri in allowed or any(iri.startswith(place) for place in below)):
        raise SourceRefusedError(f"LOAD of {iri} is refused: it is not among the allowed sources.")
