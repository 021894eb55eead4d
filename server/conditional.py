"""What every answer carries: ETag from the release, Vary, CORS, a strict content security policy.

An ETag follows from the release, the program, its settings, the address and the headers by which a form is
chosen, which together decide the answer; so a request that comes again is answered 304 before any work is
done. An answer that they do not decide has no ETag: that of a query that asks the time, that marked
`no-store`.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Callable
from functools import cache
from urllib.parse import parse_qsl

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.changing_answers import answer_may_change
from store.errors import DataFolderError

ReleaseId = Callable[[], str | None]
ANY_TAG = "*"
NO_STORE = "no-store"
# The headers that choose among the forms of an answer.
CHOOSING = (b"accept", b"accept-language", b"accept-encoding")
# What the release does not decide.
OUTSIDE_RELEASE = "/static/"
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Guanlian-Truncated, Link, Location",
}
# The same for answers of programs, as they are sent.
COMMON_HEADERS = [
    (name.lower().encode("ascii"), value.encode("ascii")) for name, value in SECURITY.items()
] + [(b"vary", b"Accept")]


class ConditionalRequests:
    """ASGI middleware that adds the headers, answers If-None-Match, and makes HEAD of GET."""

    def __init__(self, app: ASGIApp, release_id: ReleaseId) -> None:
        self.app, self.release_id = app, release_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        if is_head:
            scope = {**scope, "method": "GET"}
        tag = self.entity_tag(scope) if scope["method"] == "GET" else None
        known = known_tags(scope)
        answer = Answer(send, tag, without_body=is_head, any_is_known=ANY_TAG in known)
        if tag is not None and tag in known:
            await answer.not_modified()
        else:
            await self.app(scope, receive, answer.send)

    def entity_tag(self, scope: Scope) -> str | None:
        """The ETag of the answer to a GET, should it be 200."""
        if scope["path"].startswith(OUTSIDE_RELEASE) or asks_what_changes(scope):
            return None
        try:
            release_id = self.release_id()
        except DataFolderError:
            return None  # the route reports it
        return None if release_id is None else entity_tag(release_id, scope)


class Answer:
    """The sending half of one answer.

    `any_is_known`: the client has some answer and asks only whether there is one, `If-None-Match: *`,
    which is known when the answer begins (RFC 9110, 13.1.2).
    """

    def __init__(
        self, send: Send, tag: str | None, *, without_body: bool, any_is_known: bool
    ) -> None:
        self._send, self.tag = send, tag
        self.without_body, self.any_is_known = without_body, any_is_known

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = self.started(message)
        elif self.without_body:
            message = {**message, "body": b""}
        await self._send(message)

    def started(self, message: Message) -> Message:
        """The first message with the headers; 304 in its place when that is all that is wanted."""
        headers = MutableHeaders(scope=message)
        self.add_headers(headers, message["status"])
        if not (self.any_is_known and message["status"] == 200 and "ETag" in headers):
            return message
        self.without_body = True
        del headers["Content-Type"], headers["Content-Length"]
        return {**message, "status": 304, "headers": headers.raw}

    def add_headers(self, headers: MutableHeaders, status: int) -> None:
        for name, value in SECURITY.items():
            headers.setdefault(name, value)
        headers.add_vary_header("Accept")
        is_kept = headers.get("Cache-Control") != NO_STORE
        if self.tag is not None and is_kept and status in (200, 304):
            headers["ETag"] = self.tag
            headers.setdefault("Cache-Control", "no-cache")  # keep, but ask whether it still holds

    async def not_modified(self) -> None:
        await self.send({"type": "http.response.start", "status": 304, "headers": []})
        await self._send({"type": "http.response.body", "body": b""})


def entity_tag(release_id: str, scope: Scope) -> str:
    """The tag of what the release answers to a request; another one under other settings."""
    wanted = [(header(scope, name) or b"").decode("latin-1") for name in CHOOSING]
    language = scope.get("state", {}).get("path_language") or ""
    served = f"{program_version()} {scope['app'].state.settings.answer_mark}"
    parts = (served, scope["path"], scope["query_string"].decode("latin-1"), language, *wanted)
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f'"{release_id}-{digest[:16]}"'


def known_tags(scope: Scope) -> set[str]:
    """The tags of If-None-Match; weak ones count as the strong ones they came from."""
    given = [value for name, value in scope["headers"] if name == b"if-none-match"]
    if not given:
        return set()
    return {tag.strip().removeprefix("W/") for tag in b",".join(given).decode("latin-1").split(",")}


def header(scope: Scope, wanted: bytes) -> bytes | None:
    """The first header of a name, in small letters, as it was sent."""
    return next((value for name, value in scope["headers"] if name == wanted), None)


def asks_what_changes(scope: Scope) -> bool:
    """Whether the request holds a query whose answer the release does not decide."""
    parameters = parse_qsl(scope["query_string"].decode("latin-1"))
    return any(name == "query" and answer_may_change(value) for name, value in parameters)


@cache
def program_version() -> str:
    return importlib.metadata.version("guanlian")
