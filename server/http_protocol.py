"""The reading of HTTP requests by uvicorn, with a limit to its patience and problems in our form."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.negotiation import PROBLEM_JSON

#: How long a client may take to send a request, from its first byte to its last.
REQUEST_SECONDS = 30.0
DETAIL = "The request cannot be read as HTTP; a URL, for one, has to be percent-encoded (RFC 3986)."


class HttpProtocol(HttpToolsProtocol):
    """One connection. A request that does not come to its end in time is given up, so that clients which
    send a byte now and then do not hold connections."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there, and has a first request to send."""
        super().connection_made(transport)
        self._wait_for_request()

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._wait_for_request()

    def on_message_complete(self) -> None:
        """All of it is here."""
        self._be_patient()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection has ended."""
        self._be_patient()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """What is not HTTP gets a problem as everything else does (RFC 9457)."""
        body = json.dumps({"title": "Bad request", "status": 400, "detail": DETAIL}).encode()
        head = (
            "HTTP/1.1 400 Bad Request\r\n"
            f"content-type: {PROBLEM_JSON}\r\n"
            f"content-length: {len(body)}\r\n"
            "connection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + body)
        self.transport.close()

    def _wait_for_request(self) -> None:
        self._be_patient()
        self._patience = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)

    def _be_patient(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
