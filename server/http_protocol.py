"""HTTP/1.1 as uvicorn reads it, kind to those who write addresses in Chinese, and with limited patience.

What cannot be parsed never reaches the application, so its problem is written here. An address with
bytes that RFC 3986 does not allow is percent-encoded first, as RFC 3987 (3.1) turns an IRI into a URI:
`curl 'http://…/queries/offices?name=示例'` sends such bytes.
"""

from __future__ import annotations

import asyncio
import fcntl
import re
import termios
from array import array
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.conditional import SECURITY
from server.negotiation import PROBLEM_JSON
from server.problems import Problem

OUTSIDE_ASCII = re.compile(rb"[\x80-\xff]")
#: How long a client may take to send a request, from the connection or its first byte to its last.
REQUEST_SECONDS = 30.0
#: How long address and headers may be together.
LONGEST_HEAD = 65_536
UNREADABLE = Problem(
    400, "Bad request", "The request is not HTTP/1.1: its first line or a header is malformed."
)
TOO_LONG = Problem(
    431,
    "Header fields too large",
    "The address and the headers of the request are longer than this server reads.",
)


class HostError(Exception):
    """Raised into the parser, which gives up on the request then."""


class HttpProtocol(HttpToolsProtocol):
    """A connection; give it to uvicorn as `http`. A request that does not come to its end in time is given
    up, so that clients which send a byte now and then do not hold connections; so is one whose client
    does not take the answer."""

    #: How long a client may take none of its answer.
    idle_client_seconds = 30.0

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._patience: asyncio.TimerHandle | None = None
        self._is_between_requests = True
        self._head_bytes: int | None = 0
        self._untaken: asyncio.TimerHandle | None = None
        self._left = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there, and has a first request to send."""
        super().connection_made(transport)
        self._wait_for_request()

    def data_received(self, data: bytes) -> None:
        """More of a request, or the beginning of one."""
        if self._is_between_requests:
            data = with_ascii_address(data)
        if self._head_bytes is not None:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes is not None and self._head_bytes > LONGEST_HEAD:
            self._refuse(TOO_LONG)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._is_between_requests = False
        self._wait_for_request()

    def on_headers_complete(self) -> None:
        """Its head is here."""
        self._head_bytes = None
        names = [name for name, _ in self.headers]
        fewest = 1 if self.parser.get_http_version() == "1.1" else 0
        if not fewest <= names.count(b"host") <= 1:
            raise HostError  # RFC 9112, 3.2
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All of it is here."""
        self._be_patient()
        self._is_between_requests, self._head_bytes = True, 0
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection has ended."""
        self._be_patient()
        self._is_taken()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client takes less of the answer than there is."""
        super().pause_writing()
        self._wait_for_taking()

    def resume_writing(self) -> None:
        """It has taken enough for more to be made."""
        super().resume_writing()
        self._is_taken()
        if self.cycle is None or self.cycle.response_complete:
            self._wait_for_the_end()

    def on_response_complete(self) -> None:
        """All of an answer has been handed over, if not yet taken."""
        super().on_response_complete()
        self._wait_for_the_end()

    def send_400_response(self, msg: str) -> None:
        """What cannot be parsed."""
        self._refuse(UNREADABLE)

    def _refuse(self, problem: Problem) -> None:
        """Answer with a problem, unless an answer has begun, the rest of which is lost then; and hang up."""
        if self.cycle is None or self.cycle.response_complete or not self.cycle.response_started:
            self.transport.write(written(problem))
        self.transport.close()

    def _wait_for_request(self) -> None:
        self._be_patient()
        self._patience = self.loop.call_later(REQUEST_SECONDS, self.transport.abort)

    def _wait_for_the_end(self) -> None:
        if self._untaken is None and self.transport.get_write_buffer_size():
            self._wait_for_taking()

    def _wait_for_taking(self) -> None:
        self._is_taken()
        self._left = untaken_bytes(self.transport)
        self._untaken = self.loop.call_later(self.idle_client_seconds, self._look_what_is_taken)

    def _look_what_is_taken(self) -> None:
        self._untaken = None
        if not self.transport.get_write_buffer_size():
            return
        if untaken_bytes(self.transport) < self._left:
            self._wait_for_taking()
        else:
            self.transport.abort()  # to close is not enough: it would wait for what is left to be taken

    def _is_taken(self) -> None:
        if self._untaken is not None:
            self._untaken.cancel()
            self._untaken = None

    def _be_patient(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None


def untaken_bytes(transport: asyncio.Transport) -> int:
    """How much of what was written the client has not taken: what the kernel holds counts, which asks for
    more only when a third of its share is taken."""
    held = array("i", [0])
    connection = transport.get_extra_info("socket")
    with suppress(OSError):
        fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, held)
    return transport.get_write_buffer_size() + held[0]


def http_protocol(seconds: float) -> type[HttpProtocol]:
    """Connections whose clients may take nothing of their answers for so many seconds."""

    class Connection(HttpProtocol):
        idle_client_seconds = seconds

    return Connection


def written(problem: Problem) -> bytes:
    """An answer as it goes over the wire."""
    body = problem.body(None)
    headers = {
        "Content-Type": PROBLEM_JSON,
        "Content-Length": str(len(body)),
        "Connection": "close",
        **SECURITY,
    }
    lines = [f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def with_ascii_address(data: bytes) -> bytes:
    """The beginning of a request with the other bytes of its first line percent-encoded.

    >>> with_ascii_address("GET /名 HTTP/1.1".encode())
    b'GET /%E5%90%8D HTTP/1.1'
    """
    if data.isascii():
        return data
    line, end, rest = data.partition(b"\r\n")
    return OUTSIDE_ASCII.sub(lambda found: b"%%%02X" % found[0][0], line) + end + rest
