"""How much of a document was read, and which of its clauses were not: as the extraction reports it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.highlights import UNREAD, MarkedSpan
from store.release import Release

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page (counted from 1), in points from its top left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some things were read."""

    read: int
    all: int

    @property
    def percent(self) -> str:
        """With one decimal, and never 100 where anything is left.

        >>> Share(83, 89).percent, Share(9999, 10000).percent, Share(3, 3).percent
        ('93.2', '99.9', '100')
        """
        if self.read == self.all:
            return "100"
        return f"{int(1000 * self.read / self.all) / 10:.1f}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the extraction says of its reading of one file.

    `unread` are the clauses with a figure that no template reads, with their places on pages in `boxes`.
    """

    media_type: str
    content_sha256: str
    pages: int
    clauses: Share
    figures: Share
    unread: tuple[MarkedSpan, ...]
    boxes: Mapping[MarkedSpan, tuple[Box, ...]]
    remarks: tuple[str, ...]


def reading_of(release: Release, document_id: str) -> Reading:
    """The reading of a document of the release. Raises as `Release.facts_json` does."""
    facts: Json = json.loads(release.facts_json(document_id))
    tally: Json = facts.get("reading") or {}
    told = [(unread_span(one), boxes_of(one)) for one in facts.get("unread", ())]
    told += [
        (unread_span(one), boxes_of(one))
        for kind in ("unread_figures", "unread_tables")
        for one in tally.get(kind, ())
    ]
    spans = dict.fromkeys(span for span, _ in told)
    return Reading(
        facts.get("media_type", ""),
        facts.get("content_sha256", ""),
        facts.get("pages", 0),
        Share(tally.get("clauses_read", 0), tally.get("clauses", 0)),
        Share(tally.get("figures_read", 0), tally.get("figures", 0)),
        tuple(spans),
        dict(told),
        tuple(tally.get("remarks", ())),
    )


def unread_span(told: Json) -> MarkedSpan:
    return MarkedSpan(told["start"], told["end"], "", frozenset({UNREAD}))


def boxes_of(told: Json) -> tuple[Box, ...]:
    return tuple(Box(**box) for box in told.get("boxes", ()))
