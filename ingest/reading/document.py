"""A document as read: one string of text, in which every fact counts its offsets, with its tables and, of
a paged file, the place of every stretch on its page."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar, cast

from ingest.facts import Box, Span

Found = TypeVar("Found")


class DocumentError(Exception):
    """A file cannot be read as a disclosure; the message is one sentence for its owner."""


class BlankTemplateError(DocumentError):
    """A file is a form that nobody filled in: it was understood, and there is nothing to take from it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its words are [start, end) of the text, white space included.

    `column` counts the grid from 0; a merged cell covers `columns` columns and `rows` rows.
    """

    start: int
    end: int
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table [start, end) of the text; each row holds its cells in the order of their columns."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the stretch [start, end) of the text stands; its characters share the width of the box."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class PagePicture:
    """What a page of a paged file looks like: its size in points, and a PNG file in which all is covered that
    the text masks; an empty one where the page cannot be shown so."""

    number: int
    width: float
    height: float
    png: bytes


@dataclass(frozen=True)
class Document:
    """The text of one file: line ends folded to LF, no byte order mark, personal data masked.

    Masking keeps every length, so offsets hold in a text file as published too. A row of a table that
    was read from a laid-out file is one line of the text, each cell behind a tab. `places` are in the
    order of the text and do not overlap. `content_sha256` is the digest of the file's bytes. `remarks`
    tell what was not read of the file, or not as it stands (page 3: a picture without text, not read).
    `attachments` are the addresses of the documents that a page links to. `pictures` are those of the pages,
    where they were asked for.
    """

    source: str
    text: str
    tables: tuple[Table, ...] = ()
    places: tuple[Place, ...] = ()
    media_type: str = "text/plain"
    content_sha256: str = ""
    pages: int = 0
    remarks: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    pictures: tuple[PagePicture, ...] = ()

    def once(self, find: Callable[[Document], Found]) -> Found:
        """What a pure function finds in the document; it is asked once, however many readers need it."""
        if find not in self._found:
            self._found[find] = find(self)
        return cast(Found, self._found[find])

    @cached_property
    def _found(self) -> dict[Callable[[Document], Any], Any]:
        return {}

    @property
    def sha256(self) -> str:
        """The digest of the text in UTF-8, 64 hex digits."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    def span(self, start: int, end: int) -> Span:
        """The span of [start, end), white space at its rims left out, with its boxes on the pages."""
        quote = self.text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        end = start + len(quote)
        return Span(start, end, quote, self.boxes(start, end) if self.places else ())

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """The boxes around [start, end), one a page."""
        pages: dict[int, Box] = {}
        for place in self._places_in(start, end):
            part = stretch_of(place, start, end)
            known = pages.get(part.page)
            pages[part.page] = known.around(part) if known else part
        return tuple(pages.values())

    def _places_in(self, start: int, end: int) -> Iterator[Place]:
        first = max(0, bisect_right(self._place_starts, start) - 1)
        for place in self.places[first:]:
            if place.start >= end:
                return
            if place.end > start:
                yield place

    @cached_property
    def _place_starts(self) -> list[int]:
        return [place.start for place in self.places]

    def lines(self) -> Iterator[tuple[int, int]]:
        """The (start, end) of every line, without its line end."""
        yield from self._lines

    def lines_in(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of lines that lie in [start, end), empty ones left out."""
        first = max(0, bisect_right(self._lines, (start, len(self.text))) - 1)
        for left, right in islice(self._lines, first, None):
            if left >= end:
                return
            left, right = max(left, start), min(right, end)
            if left < right:
                yield left, right

    @cached_property
    def _lines(self) -> list[tuple[int, int]]:
        lines, start = [], 0
        for line in self.text.split("\n"):
            lines.append((start, start + len(line)))
            start += len(line) + 1
        return lines


def stretch_of(place: Place, start: int, end: int) -> Box:
    """The part of a place's box that [start, end) takes, all characters being of one width."""
    box, length = place.box, place.end - place.start
    width = (box.right - box.left) / length
    return Box(
        box.page,
        round(box.left + width * max(0, start - place.start), 2),
        box.top,
        round(box.right - width * max(0, place.end - end), 2),
        box.bottom,
    )
