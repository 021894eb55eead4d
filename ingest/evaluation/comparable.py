"""Comparable spellings: two ways to print one thing become one text."""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation

# Marks that a careful annotator and a reader may set differently.
PUNCTUATION = frozenset("，,。；;：:“”\"'、.（）()")
YUAN = {"元": Decimal(1), "千元": Decimal(10**3), "万元": Decimal(10**4), "亿元": Decimal(10**8)}
DEFAULT_UNIT = "万元"


def fold_words(words: object) -> str:
    """Words without white space and punctuation, width variants folded; nothing becomes "".

    >>> fold_words(" 基本支出（类），")
    '基本支出类'
    """
    text = unicodedata.normalize("NFKC", str(words or ""))
    return "".join(mark for mark in text if not mark.isspace() and mark not in PUNCTUATION)


def fold_number(printed: object) -> str:
    """A printed number in its one spelling; what is no number is folded like words.

    >>> fold_number("1,200.50%")
    '1200.5'
    """
    text = "" if printed is None else unicodedata.normalize("NFKC", str(printed))
    text = text.replace(",", "").replace("%", "").strip()
    try:
        return plain(Decimal(text)) if text else ""
    except InvalidOperation:
        return fold_words(text)


def fold_money(printed: object, unit: object) -> str:
    """An amount in yuan; a missing unit is 万元, a unit that is none of money counts once.

    >>> fold_money("2.40", "万元")
    '24000'
    """
    text = fold_number(printed)
    try:
        return plain(Decimal(text) * YUAN.get(str(unit or DEFAULT_UNIT), Decimal(1)))
    except InvalidOperation:
        return text


def plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
