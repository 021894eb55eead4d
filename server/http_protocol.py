"""HTTP/1.1 as uvicorn reads it, kind to those who write addresses in Chinese.

What cannot be parsed never reaches the application, so its problem is written here. An address with
bytes that RFC 3986 does not allow is percent-encoded first, as RFC 3987 (3.1) turns an IRI into a URI:
`curl 'http://…/queries/offices?name=示例'` sends such bytes.
"""

from __future__ import annotations

import re
import sys
from http import HTTPStatus

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from server.conditional import SECURITY
from server.negotiation import PROBLEM_JSON
from server.problems import Problem

OUTSIDE_ASCII = re.compile(rb"[\x80-\xff]")


class ProblemProtocol(H11Protocol):
    """A connection; give it to uvicorn as `http`."""

    def data_received(self, data: bytes) -> None:
        if self.conn.their_state is h11.IDLE:
            data = with_ascii_address(data)
        super().data_received(data)

    def send_400_response(self, msg: str) -> None:
        """Called while the parser's error is handled."""
        if self.conn.our_state is not h11.IDLE:  # an answer has begun: the rest of it is lost
            self.transport.close()
            return
        problem = unreadable(sys.exc_info()[1])
        body = problem.body(None)
        headers = {
            "Content-Type": PROBLEM_JSON,
            "Content-Length": str(len(body)),
            "Connection": "close",
            **SECURITY,
        }
        head = h11.Response(
            status_code=problem.status,
            headers=[*headers.items()],
            reason=HTTPStatus(problem.status).phrase,
        )
        for event in (head, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def with_ascii_address(data: bytes) -> bytes:
    """The beginning of a request with the other bytes of its first line percent-encoded.

    >>> with_ascii_address("GET /名 HTTP/1.1".encode())
    b'GET /%E5%90%8D HTTP/1.1'
    """
    line, end, rest = data.partition(b"\r\n")
    if line.isascii():
        return data
    return OUTSIDE_ASCII.sub(lambda found: b"%%%02X" % found[0][0], line) + end + rest


def unreadable(error: BaseException | None) -> Problem:
    """Why a request cannot be parsed: 431 for headers without end (RFC 6585, 5), else 400."""
    hint = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400
    if hint == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
        detail = "The address and the headers of the request are longer than this server reads."
        return Problem(431, "Header fields too large", detail)
    detail = "The request is not HTTP/1.1: its first line or a header is malformed."
    return Problem(400, "Bad request", detail)
