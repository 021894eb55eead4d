"""Figures: what the number, the unit and the words around them in a reading amount to."""

from __future__ import annotations

from decimal import Decimal

from ingest.narrative.slots import meaning, read_number
from ingest.narrative.statements import Statement
from ingest.narrative.templates.template import Reading
from ontology.lexicon import load_lexicon

UNIT_FACTOR = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
UNIT_OF_CONCEPT = {
    "yuan": "元",
    "qianyuan": "千元",
    "wanyuan": "万元",
    "baiwanyuan": "百万元",
    "yiyuan": "亿元",
}


def item_of_whole(words: str) -> str | None:
    """The item that a share is of: 政府采购支出总额, 授予中小企业合同金额; None for other wordings."""
    return load_lexicon().find_meaning("item", words.removesuffix("的"))


def unit_of(reading: Reading) -> str | None:
    word = reading.word("unit")
    return UNIT_OF_CONCEPT[meaning("unit", word)] if word else None


def delta_of(reading: Reading, target: Statement) -> Decimal | None:
    """The stated difference in the unit of the statement it belongs to."""
    if not reading.word("amount"):
        return None
    delta = read_number(reading.word("amount"))
    own, wanted = unit_of(reading) or target.unit or "万元", target.unit or "万元"
    return delta if own == wanted else delta * UNIT_FACTOR[own] / UNIT_FACTOR[wanted]


def in_ten_thousand(reading: Reading) -> Decimal:
    """The amount of a reading in 万元, with its printed digits where it is stated so."""
    amount, unit = read_number(reading.word("amount")), unit_of(reading) or "万元"
    return amount if unit == "万元" else amount * UNIT_FACTOR[unit] / UNIT_FACTOR["万元"]
