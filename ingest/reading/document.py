"""A document as read: one string of text, in which every fact counts its offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.facts import Span


class DocumentError(Exception):
    """A file cannot be read as a disclosure; the message is one sentence for its owner."""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one file: line ends folded to LF, no byte order mark, personal data masked.

    Masking keeps every length, so offsets hold in the file as published too.
    """

    source: str
    text: str

    @property
    def sha256(self) -> str:
        """The digest of the text in UTF-8, 64 hex digits."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The span of [start, end), white space at its rims left out."""
        quote = self.text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        return Span(start, start + len(quote), quote)

    def lines(self) -> Iterator[tuple[int, int]]:
        """The (start, end) of every line, without its line end."""
        start = 0
        for line in self.text.split("\n"):
            yield start, start + len(line)
            start += len(line) + 1
