"""The glossary (名词解释): a term and its explanation a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts import Term
from ingest.narrative.folding import Folded
from ingest.narrative.numbering import find_mark
from ingest.narrative.outline import Section
from ingest.reading.document import Document

# 财政拨款收入：指… | 财政拨款收入是指… ; the explanation begins with 指 where that word is printed.
ENTRY = re.compile(r"(?P<term>[^:，。；]{2,40}?)(?::|是?(?=指))")


def read_glossary(document: Document, section: Section) -> Iterator[Term]:
    """The entries of a glossary section; a paragraph that opens none continues the entry before it."""
    entry: tuple[str, int, int] | None = None
    for start, end in paragraphs(document, section):
        opened = open_entry(document, start, end)
        if opened is None:
            entry = (entry[0], entry[1], end) if entry else None
            continue
        if entry:
            yield make_term(document, entry)
        entry = opened
    if entry:
        yield make_term(document, entry)


def paragraphs(document: Document, section: Section) -> Iterator[tuple[int, int]]:
    """The lines of a section that are not blank."""
    for start, end in document.lines_in(section.start, section.end):
        if document.text[start:end].strip():
            yield start, end


def open_entry(document: Document, start: int, end: int) -> tuple[str, int, int] | None:
    folded = Folded.of(document, start, end)
    mark = find_mark(folded.text)
    behind = mark.length if mark else 0
    found = ENTRY.match(folded.text, behind)
    if found is None or found.end() >= len(folded.text):
        return None
    term = folded.span(found.start("term"), found.end("term")).quote
    return " ".join(term.split()), folded.places[found.end()], end


def make_term(document: Document, entry: tuple[str, int, int]) -> Term:
    term, start, end = entry
    span = document.span(start, end)
    return Term(term, " ".join(span.quote.split()), span)
