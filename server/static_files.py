"""The styles of the pages: sent compressed, which makes a fourth of them."""

from __future__ import annotations

import gzip
import os
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from server.built_files import accepts_gzip

COMPRESSED = frozenset({".css", ".svg", ".js"})


class CompressedFiles(StaticFiles):
    """The files of a folder; those that are text are compressed once and kept."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """The file, compressed where that is of use and the client takes gzip."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        path = Path(full_path)
        if path.suffix not in COMPRESSED:
            return response
        response.headers.add_vary_header("Accept-Encoding")
        takes_gzip = accepts_gzip(Headers(scope=scope).get("accept-encoding", ""))
        return packed(path, response) if takes_gzip else response


def packed(path: Path, response: Response) -> Response:
    """The answer with the file compressed; one without a body stays as it is."""
    if not isinstance(response, FileResponse):
        return response
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    # Another representation has another strong tag (RFC 9110, 8.8.3): this one is weak.
    headers |= {"etag": f"W/{response.headers['etag']}", "content-encoding": "gzip"}
    return Response(compressed(path, path.stat().st_mtime_ns), response.status_code, headers)


@lru_cache(maxsize=16)
def compressed(path: Path, changed: int) -> bytes:
    """The content of a file as it was when it was `changed`."""
    return gzip.compress(path.read_bytes(), mtime=0)
