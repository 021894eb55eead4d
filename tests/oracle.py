"""A second reader of amounts and changes, written without the templates: regular expressions over sentences.

It understands little: what it sees it sees by the plainest wording, and all that must be among the facts.
It knows nothing of funds, items and phases; it tells figures apart by the words right around them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

AMOUNT = r"(-?\d[\d,]*(?:\.\d+)?)\s*(万元|亿元|元)"
YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
MORE = ("增加", "增长", "上升", "提高", "增幅")
LESS = ("减少", "下降", "降低", "节约", "降幅", "减幅")
WORD = "|".join((*MORE, *LESS))
# A change in money, with the percentage that may follow at once.
CHANGE = re.compile(
    rf"(?:比|较|与|同比|相比)[^。；\d]{{0,4}}(?:\d{{4}}年)?[^。；\d]{{0,16}}?(?:各)?({WORD})(?:了|额|数)?{AMOUNT}"
    rf"(?:[，,、]?(?:同比)?(?:{WORD})(?:了|率|幅度)?(?:为)?(\d[\d.]*)%)?"
)
# A change told by its percentage alone.
RATE = re.compile(
    rf"(?:比|较|与|同比)(?:上年|年初|\d{{4}}年)[^。；，\d]{{0,8}}?({WORD})(?:了|率)?(\d[\d.]*)%"
)
COMPLETION = re.compile(r"(?:完成|为)(?:年初|全年|调整)?预算[^。；，]{0,16}?的(\d[\d.]*)%")
SHARE = re.compile(r"占[^。；，\d]{0,16}?(\d[\d.]*)%")
# Items whose amount follows at once.
ITEM = re.compile(
    r"(收入总计|支出总计|收、支总计|收入合计|支出合计|基本支出|项目支出|人员经费|公用经费|因公出国\(境\)费用?|公务接待费|会议费|培训费"
    r"|公务用车运行维护费|公务用车购置费|机关运行经费|政府采购支出总额|政府采购货物支出|政府采购服务支出|年末结转和结余|年初结转和结余)"
    rf"(?:支出)?(?:决算)?(?:共计|均为|为|共)?{AMOUNT}"
)
REASON = re.compile(r"(?:主要)?(?:变动)?原因(?:是|为|:)|主要(?:是|由于)|用于")


class Seen(NamedTuple):
    """A figure that the oracle sees: what kind it is of, its number (money in yuan) and the percentage."""

    kind: str
    number: Decimal | None
    percent: Decimal | None


def see(text: str) -> Iterator[Seen]:
    """All that the oracle sees in a text."""
    for sentence in sentences_of(text):
        yield from see_changes(sentence)
        for found in ITEM.finditer(sentence):
            yield Seen("amount", yuan(found.group(2), found.group(3)), None)
        for kind, pattern in (("completion", COMPLETION), ("share", SHARE)):
            for found in pattern.finditer(sentence):
                yield Seen(kind, None, Decimal(found.group(1)))


def see_changes(sentence: str) -> Iterator[Seen]:
    for found in CHANGE.finditer(sentence):
        word, number, unit, percent = found.groups()
        delta = yuan(number, unit)
        kind = "increase" if (word in MORE) == (delta >= 0) else "decrease"
        yield Seen(kind, abs(delta), Decimal(percent) if percent else None)
    for found in RATE.finditer(sentence):
        word, percent = found.groups()
        yield Seen("increase" if word in MORE else "decrease", None, Decimal(percent))


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text, each up to the first reason in every of its parts; without white space."""
    for line in text.splitlines():
        squeezed = "".join(unicodedata.normalize("NFKC", line).replace(";", "；").split())
        for sentence in re.split(r"[。；]", squeezed):
            yield REASON.split(sentence)[0]


def yuan(number: str, unit: str) -> Decimal:
    return Decimal(number.replace(",", "")) * YUAN[unit]
