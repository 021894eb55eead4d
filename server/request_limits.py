"""Requests that are too large: refused before anything is read of them, or as soon as they outgrow."""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.problems import Problem
from server.request_body import too_large

#: Longer queries are posted; half of what the HTTP parser takes for a request without its body.
LONGEST_TARGET = 32_768


class RequestLimits:
    """ASGI middleware that answers 414 (RFC 9110, 15.5.15) and 413 (15.5.14).

    `largest_body_bytes` holds for the body as it is sent, with or without a Content-Length.
    """

    def __init__(self, app: ASGIApp, largest_body_bytes: int) -> None:
        self.app, self.largest_body_bytes = app, largest_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        problem = self.refused(scope)
        if problem is None:
            await self.app(scope, self.limited(receive), send)
        else:
            response = problem.response(Request(scope, receive))
            await response(scope, receive, send)

    def refused(self, scope: Scope) -> Problem | None:
        """What is wrong with the head of a request."""
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_TARGET:
            detail = (
                f"The address is longer than {LONGEST_TARGET} bytes; a long query can be posted."
            )
            return Problem(414, "URI too long", detail, {"limit": LONGEST_TARGET})
        return refused_length(scope, self.largest_body_bytes)

    def limited(self, receive: Receive) -> Receive:
        """The body as it comes in. Raises Problem 413 when more comes than is taken."""
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.largest_body_bytes:
                raise too_large(self.largest_body_bytes)
            return message

        return counted


def refused_length(scope: Scope, most_bytes: int) -> Problem | None:
    """What is wrong with a Content-Length, before a client is told to continue (RFC 9110, 10.1.1)."""
    length = Headers(scope=scope).get("content-length", "0")
    is_number = length.isascii() and length.isdigit()
    return too_large(most_bytes) if is_number and int(length[:20]) > most_bytes else None
