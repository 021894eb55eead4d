"""Folded text: what templates are matched on.

White space is squeezed out and the variants of one character (full-width digits, brackets, quotes) are
folded into one, while the place of every character in the document is kept. So a template is written
once, and a number that is printed with spaces inside reads like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.facts import Span
from ingest.reading.document import Document

FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
VARIANTS = FULL_WIDTH | {
    "，": "，", "。": "。", "；": "；", "、": "、", "！": "。",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "「": '"', "」": '"', "『": '"', "』": '"', "＂": '"',
    "‘": "'", "’": "'", "〔": "(", "〕": ")", "【": "(", "】": ")", "﹙": "(", "﹚": ")",
    "－": "-", "−": "-", "﹣": "-", "﹪": "%", "·": ".", "．": ".", "：": ":", "∶": ":", "﹕": ":", ";": "；",
}  # fmt: skip
TRANSLATION = str.maketrans(VARIANTS)
COMMA = re.compile("[,，]")
# Longer stretches are folded anew each time: they are few, and would fill the memory.
LONGEST_LINE = 1000


def fold_characters(text: str) -> str:
    """The text with variants folded, length unchanged. A comma inside an amount becomes an ASCII one, any
    other ，.

    >>> fold_characters("（1）收入１,２３４.５６万元,增长")
    '(1)收入1,234.56万元，增长'
    """
    folded = text.translate(TRANSLATION)
    commas = [found.start() for found in COMMA.finditer(folded)]
    if not commas:
        return folded
    characters = list(folded)
    for place in commas:
        if characters[place] == "," and not is_thousands_separator(characters, place):
            characters[place] = "，"
        elif characters[place] == "，" and is_thousands_separator(characters, place, "万亿元.,，"):
            characters[place] = ","
    return "".join(characters)


def is_thousands_separator(characters: list[str], place: int, behind: str = "") -> bool:
    """Whether the comma stands between a digit and exactly three digits: 1,234 but not 1,23. A full-width
    one must also be followed by what goes on or ends an amount: 1，234.56 but not 3，200."""
    before = characters[place - 1] if place else ""
    after = "".join(characters[place + 1 : place + 5])
    groups = before.isdigit() and after[:3].isdigit() and len(after[:3]) == 3
    return groups and not after[3:].isdigit() and (not behind or (after[3:] or " ") in behind)


def squeeze_characters(text: str) -> tuple[str, Sequence[int]]:
    """The folded text without white space, and the index in the text of each character that is left."""
    folded = fold_characters(text)
    squeezed = "".join(folded.split())
    if len(squeezed) == len(folded):
        return squeezed, range(len(folded))
    return squeezed, tuple([i for i, character in enumerate(folded) if not character.isspace()])


# Many readers look at the same lines and cells, one after the other.
squeeze_line = lru_cache(maxsize=2048)(squeeze_characters)


@dataclass(frozen=True, slots=True)
class Folded:
    """A stretch of a document, folded and squeezed; `places[i]` is where `text[i]` stands in it."""

    document: Document
    text: str
    places: Sequence[int]

    @classmethod
    def of(cls, document: Document, start: int, end: int) -> Folded:
        """Fold the stretch [start, end) of the document."""
        squeeze = squeeze_line if end - start <= LONGEST_LINE else squeeze_characters
        text, kept = squeeze(document.text[start:end])
        if len(text) == end - start:
            return cls(document, text, range(start, end))
        return cls(document, text, tuple([start + index for index in kept]))

    def span(self, start: int, end: int) -> Span:
        """The span in the document of the folded stretch [start, end), which must not be empty."""
        return self.document.span(self.places[start], self.places[end - 1] + 1)

    def behind(self, start: int) -> Folded:
        """The rest of the folded stretch from this index on."""
        return Folded(self.document, self.text[start:], self.places[start:]) if start else self
