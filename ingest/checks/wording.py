"""Wording: slips of the pen in set phrases, and numbering out of step. All minor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.checks import phrases
from ingest.checks.findings import finding
from ingest.facts import Anomaly
from ingest.narrative.headings import find_headings
from ingest.reading.document import Document

# Pattern on the document text, and what is wrong with what it finds.
SLIPS = (
    (
        re.compile(r"主要原因(?![是为系有在：:，,如]|分析|包括)[^，。；\n]{2,16}"),
        phrases.MISSING_IS,
    ),
    (re.compile(r"原因是[.．、，][^，。；\n]{2,12}"), phrases.STRAY_MARK),
    (re.compile(r"”[^“”\n]{1,8}”"), phrases.CLOSING_OPENS),
    (re.compile(r"“[^“”\n]{1,8}“"), phrases.OPENING_CLOSES),
    (re.compile(r"(?:减少|增加)数(?=\d)[\d.]+万元"), phrases.NUMBER_BEHIND_VERB),
    (re.compile(r"[，。；、]{2,}"), phrases.TWO_MARKS),
)


def check_wording(document: Document) -> Iterator[Anomaly]:
    """`typo` of set phrases and `numbering` of titles."""
    for pattern, what in SLIPS:
        for found in pattern.finditer(document.text):
            yield finding("typo", "minor", what(), document.span(*found.span()))
    yield from check_numbering(document)


def check_numbering(document: Document) -> Iterator[Anomaly]:
    """A title （2） that goes on counting behind （一） is numbered in the wrong style."""
    last: tuple[int, int] | None = None
    for heading in find_headings(document):
        level, value = heading.mark.level, heading.mark.value
        if level == 1:
            last = None
        elif level == 4 and last and value == last[1] + 1:
            told = phrases.NUMBERING(level=last[0], number=last[1])
            yield finding("numbering", "minor", told, heading.span)
            last = (last[0], value)
        elif level == 2:
            last = (level, value)
