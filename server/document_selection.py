"""What a reader has chosen in the text of a document: a stretch, its sentence, and all that it states."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from server.document_blocks import sentence_at
from server.document_facts import Fact, within
from server.document_read import ReadDocument
from server.document_text import TextPart
from server.highlights import LISTED, UNREAD, MarkedSpan
from server.problems import Problem
from server.publication import Row

PLACE = re.compile(r"(\d{1,9}),(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen on the page: a stretch of the text, the sentence around it, and what it states."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int
    facts: list[Fact]
    anomalies: list[Row]
    unread: list[MarkedSpan]
    pages: list[int]


def selected(read: ReadDocument, at: str) -> dict[str, Selection | None]:
    """The selection at `start,end`. Raises Problem when that is no stretch of the text."""
    if not at:
        return {"selection": None}
    found = PLACE.fullmatch(at)
    start, end = (int(found[1]), int(found[2])) if found else (0, 0)
    if not start < end <= len(read.text):
        raise wrong_place(at, len(read.text))
    first, last = sentence_at(read.text, read.blocks, start, end)
    spans = within(read.spans, first, last)
    told = [fact for family in LISTED for fact in read.facts(family, spans)]
    here = {span.iri for span in spans if span.iri}
    return {
        "selection": Selection(
            start,
            end,
            first,
            last,
            each_once(told),
            [row for row in read.anomalies if row["span"] in here],
            [span for span in spans if UNREAD in span.families],
            pages_of(read, start, end),
        )
    }


def pages_of(read: ReadDocument, start: int, end: int) -> list[int]:
    """The pages that show a stretch of the text; those without a picture are no help."""
    return [
        shown.page.number
        for shown in read.pages
        if shown.page.has_picture
        and any(one.span.start < end and start < one.span.end for one in shown.boxes)
    ]


def each_once(facts: Iterable[Fact]) -> list[Fact]:
    """The facts, each at the first of the places that state it."""
    firsts: dict[str, Fact] = {}
    for fact in facts:
        firsts.setdefault(fact.iri, fact)
    return [*firsts.values()]


def wrong_place(at: str, length: int) -> Problem:
    return Problem(
        400,
        "Wrong parameter",
        f"The parameter at must be start,end with 0 <= start < end <= {length}; it was {at[:40]}.",
        {"parameter": "at"},
        detail_zh=f"参数 at 应为 起,止（0 ≤ 起 < 止 ≤ {length}），而不是 {at[:40]}。",
    )


def notes_beside(parts: Iterable[TextPart], anomalies: Iterable[Row]) -> dict[int, list[Row]]:
    """The anomalies by the start of the block that holds the sentence of each."""
    notes: dict[int, list[Row]] = {}
    starts = [part.block.start for part in parts]
    for row in sorted(anomalies, key=lambda row: int(row["start"])):
        place = bisect_right(starts, int(row["start"])) - 1
        notes.setdefault(starts[max(0, place)] if starts else 0, []).append(row)
    return notes
