"""Amounts as people say them: in 亿元, 万元 and 元, in billion and million yuan, rounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from server.language import Language


class Size(NamedTuple):
    """How amounts from `least` yuan on are told: in units of so many yuan, with so many decimals."""

    least: Decimal
    unit: Decimal
    places: str
    word: str


WANYUAN, YI = Decimal(10_000), Decimal(100_000_000)
MILLION, BILLION = Decimal(1_000_000), Decimal(1_000_000_000)
SIZES: Mapping[Language, Sequence[Size]] = {
    "zh": (
        Size(YI, YI, "0.01", "亿元"),
        Size(100 * WANYUAN, WANYUAN, "1", "万元"),
        Size(WANYUAN, WANYUAN, "0.1", "万元"),
        Size(Decimal(0), Decimal(1), "1", "元"),
    ),
    "en": (
        Size(BILLION, BILLION, "0.01", "billion yuan"),
        Size(100 * MILLION, MILLION, "1", "million yuan"),
        Size(MILLION, MILLION, "0.1", "million yuan"),
        Size(Decimal(0), Decimal(1), "1", "yuan"),
    ),
}


def rounded_yuan(yuan: Decimal, language: Language) -> str:
    """An amount in yuan, rounded to what a reader needs.

    >>> [rounded_yuan(Decimal(n), "zh") for n in (128_465_200, 12_846_520, 34_200, 847)]
    ['1.28 亿元', '1,285 万元', '3.4 万元', '847 元']
    >>> [rounded_yuan(Decimal(n), "en") for n in (128_465_200, 12_846_520, 34_200, -2_000_000)]
    ['128 million yuan', '12.8 million yuan', '34,200 yuan', '−2.0 million yuan']
    """
    size = next(size for size in SIZES[language] if abs(yuan) >= size.least)
    told = (yuan / size.unit).quantize(Decimal(size.places), ROUND_HALF_UP)
    return f"{told:,f} {size.word}".replace("-", "−")


def exact_yuan(yuan: Decimal, language: Language) -> str:
    """An amount in yuan to the last digit that is stated, at least two decimals.

    >>> exact_yuan(Decimal("34200"), "en"), exact_yuan(Decimal("847.525"), "zh")
    ('34,200.00 yuan', '847.525 元')
    """
    cents = yuan.quantize(Decimal("0.01"))
    told = cents if cents == yuan else yuan
    return f"{told:,f} {'元' if language == 'zh' else 'yuan'}".replace("-", "−")
