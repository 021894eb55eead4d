"""What a cell of a spreadsheet shows: its value as its number format prints it (ECMA-376, 18.8.30).

A figure's printed decimals tell how far it may be off, so 1234.5 under `#,##0.00` is "1,234.50".
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

GENERAL = frozenset({"", "general", "@", "g/通用格式"})
SIGNIFICANT_DIGITS = 15
# Excel shows a figure without a format with at most eleven characters.
GENERAL_DIGITS = 10
# An amount has no more decimals, in 元 as in 万元.
AMOUNT_DECIMALS = 6
GREATEST_SHOWN = Decimal(10) ** 40
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<number>[#0?][#0?,]*(?:\.[#0?]*,*)?|\.[#0?]+,*)"
    r"|(?P<exponent>[Ee][+-]0+)|(?P<general>[Gg]eneral|G/通用格式)|(?P<other>.)",
    re.DOTALL,
)
DATE_LETTERS = re.compile(r"[ymdhs]|上午|AM/PM", re.IGNORECASE)
LITERALS = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]')
CURRENCY = re.compile(r"\$([^\-]*)(?:-.*)?")


class Part(NamedTuple):
    """A stretch of a format: literal text, or the place of the digits (then `text` is its pattern)."""

    text: str
    is_number: bool


def printed(value: object, number_format: str) -> str:
    """The words a cell shows for its value.

    >>> printed(1234.5, "#,##0.00"), printed(-3, "0.0;[Red](0.0)"), printed(0.256, "0.0%")
    ('1,234.50', '(3.0)', '25.6%')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time | timedelta):
        return printed_date(value, number_format)
    if isinstance(value, int | float | Decimal):
        return printed_number(value, number_format)
    return str(value)


def is_date_format(number_format: str) -> bool:
    """Whether a format shows a number as a day or a time."""
    section = number_format.split(";")[0]
    if section.strip().lower() in GENERAL:
        return False
    bare = LITERALS.sub("", section)
    return DATE_LETTERS.search(bare) is not None and not re.search(r"[#0?](?!\d*$)[#0?,]*\.0", bare)


def printed_date(value: datetime | date | time | timedelta, number_format: str) -> str:
    """A day as 2023年12月31日 where its format has 年, else 2023-12-31; what has no day as it is."""
    if isinstance(value, time | timedelta):
        return str(value)
    if "年" in number_format:
        day = f"{value.day}日" if "日" in number_format else ""
        month = f"{value.month}月" if "月" in number_format else ""
        return f"{value.year}年{month}{day}"
    return f"{value.year:04}-{value.month:02}-{value.day:02}"


def printed_number(value: float | Decimal, number_format: str) -> str:
    # A float is shown to fifteen digits: 0.1 + 0.2 is 0.3.
    number = Decimal(f"{value:.{SIGNIFICANT_DIGITS}g}")
    if not number.is_finite() or abs(number) > GREATEST_SHOWN:
        return str(value)
    section, is_signed = section_of(number, number_format)
    if section.strip().lower() in GENERAL:
        return general(number)
    parts = parse(section)
    bare = "".join(part.text for part in parts if not part.is_number)
    percent = bare.count("%")
    shown = [
        digits(abs(number).scaleb(2 * percent), part.text) if part.is_number else part.text
        for part in parts
    ]
    words = "".join(shown).strip()
    is_zero = not any(character in "123456789" for character in words)
    return "-" + words if is_signed and number < 0 and not is_zero else words


def section_of(number: Decimal, number_format: str) -> tuple[str, bool]:
    """The section of a format that is for a number, and whether its minus sign is still to be put."""
    sections = split_sections(number_format)
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


@lru_cache(maxsize=256)
def split_sections(number_format: str) -> tuple[str, ...]:
    """The sections between semicolons that are not quoted."""
    sections, start = [], 0
    quoted = False
    for place, character in enumerate(number_format):
        if character == '"':
            quoted = not quoted
        elif character == ";" and not quoted:
            sections.append(number_format[start:place])
            start = place + 1
    return (*sections, number_format[start:])


@lru_cache(maxsize=256)
def parse(section: str) -> tuple[Part, ...]:
    """A section as literal text and at most one place for the digits."""
    parts: list[Part] = []
    has_number = False
    for token in TOKEN.finditer(section):
        if token["number"] is not None or token["general"] is not None:
            if not has_number:
                parts.append(Part(token["number"] or "General", True))
            has_number = True
        elif token["bracket"] is not None:
            currency = CURRENCY.fullmatch(token["bracket"])
            parts.append(Part(currency[1] if currency else "", False))
        elif token["space"] is not None:
            parts.append(Part(" ", False))
        elif token["fill"] is None and token["exponent"] is None:
            parts.append(Part(token["quoted"] or token["escaped"] or token["other"] or "", False))
    return tuple(parts)


def digits(number: Decimal, pattern: str) -> str:
    """The digits of a number that is not negative, as a pattern such as `#,##0.00` sets them."""
    if pattern == "General":
        return general(number)
    # A comma at the end scales by a thousand.
    unscaled = pattern.rstrip(",")
    scaled = number.scaleb(-3 * (len(pattern) - len(unscaled)))
    whole_pattern, _, decimals_pattern = unscaled.partition(".")
    places = len(decimals_pattern)
    with localcontext() as context:
        context.prec = max(60, scaled.adjusted() + places + 2)
        rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    whole = (whole.lstrip("0") or "").rjust(whole_pattern.count("0"), "0")
    if "," in whole_pattern:
        whole = f"{int(whole):,}".rjust(len(whole), "0") if whole else ""
    least = len(decimals_pattern.rstrip("#?"))
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    return f"{whole}.{decimals}" if decimals else whole


def general(number: Decimal) -> str:
    """A number without a format, without an exponent: the digits it has, up to ten where it is no amount.
    How many of an amount are shown depends on the width of its column, so all of it is taken."""
    exponent = number.normalize().as_tuple().exponent
    is_amount = isinstance(exponent, int) and exponent >= -AMOUNT_DECIMALS
    with localcontext() as context:
        context.prec = 40 if is_amount else GENERAL_DIGITS
        rounded = +number
    shown = f"{rounded:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
