"""The body of a request, read once with a limit and handed on."""

from __future__ import annotations

from starlette.types import Message, Receive

from server.problems import Problem


async def read_body(receive: Receive, most_bytes: int) -> bytes:
    """All of the body. Raises Problem 413 as soon as it is larger than the limit, 400 when the client goes
    away before its end."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Problem(400, "Bad request", "The request ended before its body did.")
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > most_bytes:
            raise too_large(most_bytes)
        if not message.get("more_body"):
            return b"".join(parts)


def too_large(most_bytes: int) -> Problem:
    """The answer to a body that is larger; what is left of it is not read (RFC 9110, 15.5.14)."""
    detail = f"The body of a request may have at most {most_bytes} bytes."
    return Problem(413, "Content too large", detail, {"limit": most_bytes}, {"Connection": "close"})


def replayed(body: bytes, receive: Receive) -> Receive:
    """The receiving end of a request whose body has been read: gives it once more, then what follows."""
    is_given = False

    async def again() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
