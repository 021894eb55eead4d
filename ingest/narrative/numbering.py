"""Numbering of Chinese official documents: 一、 （一） 1． （1） and their look-alikes (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

CHINESE_DIGITS = "零一二三四五六七八九"
# An ordinal from 一 to 九十九, and nothing else that is made of these characters.
CHINESE_NUMBER = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?![一二三四五六七八九十])"
# Level, pattern on folded text. The first capture is the number.
MARKS = (
    (0, re.compile(rf"第({CHINESE_NUMBER})(?:部分|章|节)[:、.]?")),
    (1, re.compile(rf"({CHINESE_NUMBER})[、.]")),
    (2, re.compile(rf"\(({CHINESE_NUMBER})\)[、.]?")),
    (3, re.compile(r"([0-9]{1,2})[.、](?![0-9](?![0-9]{3}年))")),
    (4, re.compile(r"\(([0-9]{1,2})\)[、.]?")),
    (5, re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮])")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the start of a paragraph: its level (1 for 一、), value, and length in folded text."""

    level: int
    value: int
    length: int


def find_mark(folded: str) -> Mark | None:
    """The numbering mark that the folded text starts with, or None.

    >>> find_mark("(十二)资金")
    Mark(level=2, value=12, length=4)
    """
    for level, pattern in MARKS:
        found = pattern.match(folded)
        if found:
            return Mark(level, read_ordinal(found.group(1)), found.end())
    return None


def read_ordinal(text: str) -> int:
    """The value of an ordinal up to 99: "12", "十二", "⑫"."""
    if text.isdecimal():
        return int(text)
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    tens, separator, ones = text.rpartition("十")
    if not separator:
        return CHINESE_DIGITS.index(text[0])
    return 10 * (CHINESE_DIGITS.index(tens) if tens else 1) + (
        CHINESE_DIGITS.index(ones) if ones else 0
    )
