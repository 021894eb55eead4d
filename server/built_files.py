"""The built files of the islands: kept for good by browsers, since the name changes with the content, and
sent as the build compressed them."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

# A name with a digest of the content: `site-BAUCiHU3.js`.
CONTENT_HASHED = re.compile(r"-[\w-]{8}\.\w+$")
FOR_GOOD = "public, max-age=31536000, immutable"
ASKED_AGAIN = "no-cache"
# What the system's table of media types may not know, or not by the name of the standard (RFC 9239).
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class BuiltFiles(StaticFiles):
    """The files of a folder, with the gzip file beside each as its compressed form."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory, check_dir=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, compressed where the client takes gzip."""
        packed = f"{path}.gz"
        has_packed = self.lookup_path(packed)[1] is not None
        is_packed = has_packed and accepts_gzip(Headers(scope=scope).get("accept-encoding", ""))
        response = await super().get_response(packed if is_packed else path, scope)
        if has_packed:
            response.headers.add_vary_header("Accept-Encoding")
        if is_packed:
            response.headers["Content-Encoding"] = "gzip"
        if isinstance(response, FileResponse):
            response.headers["Content-Type"] = media_type(path)
        kept = CONTENT_HASHED.search(path) is not None
        response.headers["Cache-Control"] = FOR_GOOD if kept else ASKED_AGAIN
        return response


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether an Accept-Encoding header takes gzip (RFC 9110, 12.5.3).

    >>> accepts_gzip("gzip, br"), accepts_gzip("*"), accepts_gzip("br, gzip;q=0"), accepts_gzip("")
    (True, True, False, False)
    """
    weights = {}
    for coding in accept_encoding.lower().split(","):
        name, _, weight = coding.partition(";")
        weights[name.strip()] = weight.strip().removeprefix("q=").strip("0. ") != "" or not weight
    return weights.get("gzip", weights.get("*", False))


def media_type(path: str) -> str:
    """The media type of a file by its ending, in UTF-8 where it is text."""
    suffix = Path(path).suffix
    kind = MEDIA_TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
