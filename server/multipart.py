"""The parts of multipart/form-data (RFC 7578), each a file with its media type."""

from __future__ import annotations

from email.message import Message
from email.parser import BytesParser

from server.query_operation import bad_request

MULTIPART = "multipart/form-data"
MOST_PARTS = 100


def read_parts(content_type: str, body: bytes) -> list[tuple[str | None, bytes]]:
    """The content type, None if it has none, and the content of each part. Raises Problem 400."""
    head = f"MIME-Version: 1.0\r\nContent-Type: {content_type}\r\n\r\n".encode("latin-1")
    message = BytesParser().parsebytes(head + body)
    parts = message.get_payload()
    if not isinstance(parts, list) or message.defects or not 0 < len(parts) <= MOST_PARTS:
        raise bad_request(f"The body is not multipart/form-data of 1 to {MOST_PARTS} parts.")
    return [part_of(part) for part in parts if isinstance(part, Message)]


def part_of(part: Message) -> tuple[str | None, bytes]:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        raise bad_request("A part of the body has parts of its own.")
    return part.get("Content-Type"), content
