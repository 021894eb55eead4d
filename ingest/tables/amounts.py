"""The number in a cell: thousands separators, full-width digits, negative in brackets, dashes for nothing."""

from __future__ import annotations

import re
from decimal import Decimal

from ingest.tables.words import squeeze

# Thousands are parted by commas in threes (,, is a slip that occurs); a percent sign makes it no amount.
AMOUNT = re.compile(r"[-+]?(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
IN_BRACKETS = re.compile(rf"\(({AMOUNT.pattern})\)")
NOTHING = frozenset({"", "-", "--", "—", "——", "–", "/", "\\", "无", "*"})
UNITS = re.compile("(?:万元|亿元|千元|元)$")


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing, or a sign for nothing: —, -, /."""
    return squeeze(text) in NOTHING


def parse_amount(text: str) -> Decimal | None:
    """The number that a cell holds and nothing else; None where it is blank or holds other words.

    >>> parse_amount("１,２３４.50"), parse_amount("(3.20)"), parse_amount("0.00"), parse_amount("—")
    (Decimal('1234.50'), Decimal('-3.20'), Decimal('0.00'), None)
    """
    words = UNITS.sub("", squeeze(text))
    negative = IN_BRACKETS.fullmatch(words)
    digits = negative.group(1) if negative else words
    if not AMOUNT.fullmatch(digits):
        return None
    value = Decimal(digits.replace(",", "").replace("，", ""))
    return -value if negative else value
