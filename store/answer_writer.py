"""The sending of a serialised answer while it is made: whole if it is small, else in parts."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from store.errors import AnswerTooLargeError
from store.frames import END, PART, START, WHOLE, AnswerHead, frame
from store.media_types import CSV, SPARQL_JSON, SPARQL_XML, TSV

Send = Callable[[bytes], object]
PART_BYTES = 1 << 16
#: How long what has been made may wait for more before it is sent.
PART_SECONDS = 0.04


@dataclass(frozen=True, slots=True)
class RowMarks:
    """Bytes that stand between rows or once a row, and by how much their number differs from that of the
    rows. None of them can be missed. Some may stand in a value too, which then counts as a row: in JSON
    `{},`, or the others at the end of a string, in CSV a line end."""

    marks: tuple[bytes, ...]
    difference: int


ROW_MARKS: Mapping[str, RowMarks] = MappingProxyType(
    {
        # The first row; one behind another; one without any binding behind another; one behind such.
        SPARQL_JSON: RowMarks((b'"bindings":[{', b'}},{"', b"}},{}", b"{},"), 0),
        SPARQL_XML: RowMarks((b"<result>",), 0),
        TSV: RowMarks((b"\n",), -1),
        CSV: RowMarks((b"\r\n",), -1),
    }
)
LONGEST_MARK = max(len(mark) for marks in ROW_MARKS.values() for mark in marks.marks)


class RowCounter:
    """Counts the rows of an answer that goes by in pieces."""

    def __init__(self, row_marks: RowMarks) -> None:
        self.row_marks, self.counted, self._tail = row_marks, 0, b""

    def count(self, piece: bytes) -> None:
        """Take the next piece; a mark may begin in one and end in the next."""
        held = self._tail + piece
        self._tail = held[-(LONGEST_MARK - 1) :]
        for mark in self.row_marks.marks:
            # What lies whole in the tail is counted with the next piece.
            self.counted += held.count(mark) - self._tail.count(mark)

    @property
    def rows(self) -> int:
        """How many rows have gone by, if the last piece was the end."""
        in_tail = sum(self._tail.count(mark) for mark in self.row_marks.marks)
        return self.counted + in_tail + self.row_marks.difference


class AnswerWriter:
    """A binary file for the engine to write an answer into.

    Args:
        send: takes frames; blocks as long as the other side takes no more.
        media_type: of the answer.
        row_limit: at how many solutions an answer counts as cut; None: never.
        byte_limit: how many bytes an answer may have; None: any number.
    """

    def __init__(
        self, send: Send, media_type: str, row_limit: int | None, byte_limit: int | None
    ) -> None:
        self._send, self.media_type = send, media_type
        self.row_limit, self.byte_limit = row_limit, byte_limit
        row_marks = ROW_MARKS.get(media_type)
        self.counter = RowCounter(row_marks) if row_marks and row_limit is not None else None
        self._held = bytearray()
        self._size = 0
        self._started = False
        self._sent_at = time.monotonic()

    def write(self, piece: bytes) -> int:
        """Take a piece of the answer. Raises AnswerTooLargeError at the limit of bytes."""
        self._size += len(piece)
        if self.byte_limit is not None and self._size > self.byte_limit:
            raise AnswerTooLargeError(
                f"The answer is larger than the {self.byte_limit} bytes that one answer may have; "
                "please ask for less at once, with LIMIT and OFFSET."
            )
        self._held += piece
        if len(self._held) >= PART_BYTES or time.monotonic() - self._sent_at > PART_SECONDS:
            self._send_part()
        return len(piece)

    def flush(self) -> None:
        """Nothing: when to send is decided in `write`."""

    def finish(self) -> None:
        """Send what is held, as the whole answer or as the end of it."""
        held = bytes(self._held)
        self._count(held)
        if self._started:
            self._send(frame(END, bytes((self.is_cut(),)) + held))
        else:
            head = AnswerHead(self.media_type, self.is_cut())
            self._send(frame(WHOLE, head.packed() + held))

    def is_cut(self) -> bool:
        """Whether the answer has as many rows as the limit lets it have."""
        return (
            self.counter is not None
            and self.row_limit is not None
            and self.counter.rows >= self.row_limit
        )

    def _send_part(self) -> None:
        # The last byte stays: the end of an answer is never empty.
        part = bytes(self._held[:-1])
        del self._held[:-1]
        self._count(part)
        head = b"" if self._started else frame(START, AnswerHead(self.media_type, False).packed())
        self._started = True
        self._send(head + frame(PART, part))
        self._sent_at = time.monotonic()

    def _count(self, piece: bytes) -> None:
        if self.counter is not None:
            self.counter.count(piece)
