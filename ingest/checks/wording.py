"""Wording: slips of the pen in set phrases, and numbering out of step. All minor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts import Anomaly
from ingest.narrative.headings import find_headings
from ingest.reading.document import Document

# Pattern on the document text, and what is wrong with what it finds.
SLIPS = (
    (
        re.compile(r"主要原因(?![是为系有在：:，,如]|分析|包括)[^，。；\n]{2,16}"),
        "是 is missing behind 主要原因",
    ),
    (re.compile(r"原因是[.．、，][^，。；\n]{2,12}"), "stray punctuation behind 原因是"),
    (re.compile(r"”[^“”\n]{1,8}”"), "a closing quotation mark opens the quotation"),
    (re.compile(r"“[^“”\n]{1,8}“"), "an opening quotation mark closes the quotation"),
    (re.compile(r"(?:减少|增加)数(?=\d)[\d.]+万元"), "数 stands behind the verb"),
    (re.compile(r"[，。；、]{2,}"), "two punctuation marks in a row"),
)


def check_wording(document: Document) -> Iterator[Anomaly]:
    """`typo` of set phrases and `numbering` of titles."""
    for pattern, what in SLIPS:
        for found in pattern.finditer(document.text):
            yield Anomaly("typo", "minor", what, document.span(*found.span()))
    yield from check_numbering(document)


def check_numbering(document: Document) -> Iterator[Anomaly]:
    """A title （2） that goes on counting behind （一） is numbered in the wrong style."""
    last: tuple[int, int] | None = None
    for heading in find_headings(document):
        level, value = heading.mark.level, heading.mark.value
        if level == 1:
            last = None
        elif level == 4 and last and value == last[1] + 1:
            why = f"the title counts on behind level {last[0]} number {last[1]} in another style"
            yield Anomaly("numbering", "minor", why, heading.span)
            last = (last[0], value)
        elif level == 2:
            last = (level, value)
