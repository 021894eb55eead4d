"""Cross-origin requests (CORS): scripts of any page may read, none is told that it may write."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import Receive, Scope, Send

WRITTEN_PATHS = ("/update", "/store")
SAFE = frozenset({"GET", "HEAD"})


class CrossOriginReads(CORSMiddleware):
    """Leaves preflights of writes unanswered, so that browsers do not send them."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] == "http" and is_preflight_of_write(scope):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def is_preflight_of_write(scope: Scope) -> bool:
    if scope["method"] != "OPTIONS" or not scope["path"].startswith(WRITTEN_PATHS):
        return False
    return Headers(scope=scope).get("access-control-request-method", "") not in SAFE
