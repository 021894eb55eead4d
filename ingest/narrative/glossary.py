"""The glossary (名词解释): a term and its explanation a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.facts import Term
from ingest.narrative.folding import Folded
from ingest.narrative.numbering import CHINESE_NUMBER, find_mark
from ingest.narrative.outline import Section
from ingest.reading.document import Document

# 财政拨款收入：指… | 财政拨款收入是指… | “三公”经费，是指… | 基本支出——指… ; the explanation begins with
# 指 where that word is printed.
ENTRY = re.compile(
    r"(?!其中|注:|备注|说明:)(?P<term>[^:，。；]{2,60}?)(?::|[，—-]*是?(?=指)|[—-]{1,2}(?=[是为反]))"
)
# An entry behind the full stop of the one before it, on one line.
ENTRY_INSIDE = re.compile(
    rf"(?<=。)(?=(?:\({CHINESE_NUMBER}\)|{CHINESE_NUMBER}、|\d{{1,2}}[.、]|\(\d{{1,2}}\))[^:，。；]{{2,60}}?(?::|[，—-]*是?指))"
)


def read_glossary(document: Document, section: Section) -> Iterator[Term]:
    """The entries of a glossary section; a paragraph that opens none continues the entry before it."""
    entry: tuple[str, int, int] | None = None
    for start, end in stretches(document, section):
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


def stretches(document: Document, section: Section) -> Iterator[tuple[int, int]]:
    """The paragraphs of a section, cut where a numbered entry begins inside of one."""
    for start, end in paragraphs(document, section):
        folded = Folded.of(document, start, end)
        cuts = [folded.places[found.start()] for found in ENTRY_INSIDE.finditer(folded.text)]
        yield from pairwise([start, *cuts, end])


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
