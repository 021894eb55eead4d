"""Duties (职能职责): the numbered functions of an office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts import Function, Span
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


# What only leads to the duties: 主要职责是： | 第一条 根据…，制定本规定。
LEADS_TO_DUTIES = re.compile(
    r":$|^第[一二三四五六七八九十]+条[^:]*(?:制定本规定|的?(?:组成部门|工作部门|派出机关|直属机构)[^:]*)。$"
)
END_OF_PARAGRAPH = tuple("。；;：:！!")
NEARLY_FULL = 0.75
DUTY_COLUMN = re.compile(r"(?:主要|部门|单位|工作)?(?:职[能责]|职责职能)(?:内容|描述|任务)?")


def read_functions(document: Document, section: Section) -> Iterator[Function]:
    """The functions of a duties section in order: its numbered items, or the rows of its table, or its
    paragraphs where none is numbered."""
    folded = Folded.of(document, section.start, section.end)
    numbered = find_numbered(folded, line_starts(document, section, folded))
    if numbered:
        ends = [start for start, _ in numbered[1:]] + [len(folded.text)]
        stretches = [(start, end) for (_, start), end in zip(numbered, ends, strict=True)]
        spans = [folded.span(start, end) for start, end in stretches if end > start]
    else:
        spans = [*duties_in_tables(document, section)] or [*duties_in_paragraphs(document, section)]
    ordinal, known = 0, set[str]()
    for span in spans:
        text = fold_lines(span.quote)
        if text not in known:  # a page printed twice tells nothing twice
            ordinal += 1
            known.add(text)
            yield Function(ordinal, text, span)


def duties_in_paragraphs(document: Document, section: Section) -> Iterator[Span]:
    """The paragraphs of a section but for those that only lead to the duties."""
    places = joined_lines(document, [*paragraphs(document, section)])
    for start, end in places:
        only_leads = LEADS_TO_DUTIES.search(Folded.of(document, start, end).text)
        if not only_leads or len(places) == 1:
            yield document.span(start, end)


def joined_lines(document: Document, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The paragraphs of lines that are broken at a width: a full one without a mark at its end goes on."""
    widest = max((end - start for start, end in lines), default=0)
    joined: list[tuple[int, int]] = []
    goes_on = False
    for start, end in lines:
        joined.append((joined.pop()[0], end) if goes_on else (start, end))
        text = document.text[start:end].rstrip()
        goes_on = end - start >= NEARLY_FULL * widest and not text.endswith(END_OF_PARAGRAPH)
    return joined


def duties_in_tables(document: Document, section: Section) -> Iterator[Span]:
    """The cells under the header 职责 or 职能 in the tables of a section."""
    for table in document.tables:
        if not section.start <= table.start < section.end:
            continue
        columns = [
            cell.column
            for cell in table.rows[0]
            if DUTY_COLUMN.fullmatch(Folded.of(document, cell.start, cell.end).text)
        ]
        for row in table.rows[1:] if columns else ():
            for cell in row:
                if cell.column == columns[-1] and document.text[cell.start : cell.end].strip():
                    yield document.span(cell.start, cell.end)


def line_starts(document: Document, section: Section, folded: Folded) -> set[int]:
    """The indexes in the folded text at which a line of the document begins."""
    index_of = {place: index for index, place in enumerate(folded.places)}
    starts = set()
    for start, end in paragraphs(document, section):
        text = document.text[start:end]
        starts.add(index_of[start + len(text) - len(text.lstrip())])
    return starts


def find_numbered(folded: Folded, starts_of_lines: set[int]) -> list[tuple[int, int]]:
    """The (start of the mark, start of the words) of items numbered 1, 2, 3 … in the way that comes first.

    At the start of a line a number may be left out, and the numbering may begin again (the duties of the
    party group behind those of the office); inside of a line each number must be the next.
    """
    best: list[tuple[int, int]] = []
    for mark in MARKS:
        items: list[tuple[int, int]] = []
        last = 0
        for found in mark.finditer(folded.text):
            value = read_ordinal(found.group(1))
            at_line = found.start() in starts_of_lines
            behind = folded.text[found.start() - 1 : found.start()]
            if follows(value, last, at_line) and (at_line or behind in "。；:"):
                items.append(found.span())
                last = value
        if len(items) > 1 and (not best or items[0][0] < best[0][0]):
            best = items
    return best


def follows(value: int, last: int, at_line: bool) -> bool:
    """Whether a number goes on with the one before, 0 before the first."""
    return value == last + 1 or (at_line and last > 1 and value in (1, last + 2))


def fold_lines(text: str) -> str:
    """The text with line ends and the white space around them taken out."""
    return re.sub(r"\s*\n\s*", "", text)
