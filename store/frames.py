"""Messages between a process and its workers: a kind, a length and a payload on a stream socket."""

from __future__ import annotations

import socket
import struct
from typing import NamedTuple

HEAD = struct.Struct("<cI")
RECEIVED_AT_ONCE = 1 << 18

#: A worker's first message: its process id, as decimal digits.
HELLO = b"h"
#: To a worker: a pickled `store.worker.Task`.
TASK = b"q"
#: An answer whole: an `AnswerHead`, then the body.
WHOLE = b"a"
#: An answer in parts: an `AnswerHead`; the body follows.
START = b"s"
#: More of the body.
PART = b"d"
#: The last of the body, after one byte that tells whether the answer was cut.
END = b"e"
#: An answer as terms, pickled.
TERMS = b"t"
#: Pickled: the StoreError that there is instead of an answer, or of the rest of one.
ERROR = b"x"
#: Not sent on purpose: how the last words of a process begin that the engine has aborted, which it does
#: when it can have no more memory ("Fatal Python error: Aborted", see `faulthandler`).
ABORTED = b"F"


class Frame(NamedTuple):
    """One message."""

    kind: bytes
    payload: bytes


def frame(kind: bytes, payload: bytes) -> bytes:
    """A message as bytes."""
    return HEAD.pack(kind, len(payload)) + payload


class FrameBuffer:
    """What has been received and not yet taken as messages."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    @property
    def is_empty(self) -> bool:
        return not self._bytes

    def feed(self, received: bytes) -> None:
        """Take bytes as they come."""
        self._bytes += received

    def next(self) -> Frame | None:
        """The next whole message, None as long as there is none."""
        held = self._bytes
        if held[:1] == ABORTED:
            return Frame(ABORTED, b"")
        if len(held) < HEAD.size:
            return None
        kind, length = HEAD.unpack_from(held)
        end = HEAD.size + length
        if len(held) < end:
            return None
        payload = bytes(memoryview(held)[HEAD.size : end])
        del held[:end]
        return Frame(kind, payload)


def receive(connection: socket.socket, buffer: FrameBuffer) -> Frame | None:
    """The next message, waited for; None when the other side has hung up."""
    while (message := buffer.next()) is None:
        try:
            received = connection.recv(RECEIVED_AT_ONCE)
        except ConnectionError:
            return None
        if not received:
            return None
        buffer.feed(received)
    return message


class AnswerHead(NamedTuple):
    """What is known of an answer before its body: the media type, and whether it was cut at the limit of
    rows, as far as that is known."""

    media_type: str
    truncated: bool

    def packed(self) -> bytes:
        """As bytes: a flag, a length, the media type."""
        name = self.media_type.encode("ascii")
        return bytes((self.truncated, len(name))) + name

    @classmethod
    def unpacked(cls, payload: bytes) -> tuple[AnswerHead, bytes]:
        """The head, and the bytes after it."""
        end = 2 + payload[1]
        return cls(payload[2:end].decode("ascii"), bool(payload[0])), payload[end:]
