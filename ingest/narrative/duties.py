"""Duties (职能职责): the numbered functions of an office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts import Function
from ingest.narrative.folding import Folded
from ingest.narrative.glossary import paragraphs
from ingest.narrative.numbering import CHINESE_NUMBER, read_ordinal
from ingest.narrative.outline import Section
from ingest.reading.document import Document

# Ways to number duties, on folded text; a mark stands at the start of a line or behind a full stop.
MARKS = (
    re.compile(r"([0-9]{1,2})[.、](?!\d)"),
    re.compile(rf"\(({CHINESE_NUMBER})\)[、.]?"),
    re.compile(r"\(([0-9]{1,2})\)[、.]?"),
    re.compile(rf"({CHINESE_NUMBER})[、.]"),
    re.compile(r"([①-⑳])"),
    re.compile(rf"({CHINESE_NUMBER})是(?=[一-龥])"),
)


def read_functions(document: Document, section: Section) -> Iterator[Function]:
    """The functions of a duties section in order: its numbered items, or its paragraphs where none is numbered."""
    folded = Folded.of(document, section.start, section.end)
    starts_of_lines = line_starts(document, section, folded)
    numbered = find_numbered(folded, starts_of_lines)
    if numbered:
        ends = [start for start, _ in numbered[1:]] + [len(folded.text)]
        for ordinal, ((_, start), end) in enumerate(zip(numbered, ends, strict=True), 1):
            if end > start:
                yield make_function(document, folded, ordinal, start, end)
        return
    for ordinal, (start, end) in enumerate(paragraphs(document, section), 1):
        span = document.span(start, end)
        yield Function(ordinal, fold_lines(span.quote), span)


def line_starts(document: Document, section: Section, folded: Folded) -> set[int]:
    """The indexes in the folded text at which a line of the document begins."""
    index_of = {place: index for index, place in enumerate(folded.places)}
    starts = set()
    for start, end in paragraphs(document, section):
        text = document.text[start:end]
        starts.add(index_of[start + len(text) - len(text.lstrip())])
    return starts


def find_numbered(folded: Folded, starts_of_lines: set[int]) -> list[tuple[int, int]]:
    """The (start of the mark, start of the words) of items numbered 1, 2, 3 … in the way that comes first."""
    best: list[tuple[int, int]] = []
    for mark in MARKS:
        items: list[tuple[int, int]] = []
        for found in mark.finditer(folded.text):
            at_line = found.start() in starts_of_lines
            behind = folded.text[found.start() - 1 : found.start()]
            if read_ordinal(found.group(1)) == len(items) + 1 and (at_line or behind in "。；:"):
                items.append(found.span())
        if len(items) > 1 and (not best or items[0][0] < best[0][0]):
            best = items
    return best


def make_function(
    document: Document, folded: Folded, ordinal: int, start: int, end: int
) -> Function:
    span = folded.span(start, end)
    return Function(ordinal, fold_lines(span.quote), span)


def fold_lines(text: str) -> str:
    """The text with line ends and the white space around them taken out."""
    return re.sub(r"\s*\n\s*", "", text)
