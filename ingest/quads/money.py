"""Amounts in yuan, exact, from the digits and the unit as printed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache

from ontology.codes import unit_power
from ontology.lexicon import load_lexicon


class UnitError(ValueError):
    """An amount is in a unit of money that is not known."""


def unit_notation(unit: str) -> str:
    """The notation of a printed unit of money in the list of units; 元/人 is 元 a head.

    >>> unit_notation("万元")
    'wanyuan'

    Raises:
        UnitError: the lexicon has no such unit of money.
    """
    return money_unit(unit)[0]


def in_yuan(value: Decimal, unit: str) -> Decimal:
    """The amount in yuan, exact.

    >>> in_yuan(Decimal("541.17"), "万元")
    Decimal('5411700.00')

    Raises:
        UnitError: the lexicon has no such unit of money.
    """
    return value * money_unit(unit)[1]


@cache
def money_unit(unit: str) -> tuple[str, int]:
    """The notation of a unit of money, and how many yuan it is."""
    notation = load_lexicon().find_meaning("unit", unit.split("/")[0])
    power = unit_power(notation) if notation else None
    if notation is None or power is None:
        raise UnitError(f"{unit!r} is no unit of money; one such as 元, 万元 or 亿元 is wanted")
    return notation, 10**power


def read_number(text: str | None) -> Decimal | None:
    """The number of a table cell; None for a blank, a dash or words.

    >>> read_number("1,188.68"), read_number("95%"), read_number("长期")
    (Decimal('1188.68'), Decimal('95'), None)
    """
    if text is None:
        return None
    try:
        number = Decimal(text.strip().replace(",", "").replace("，", "").rstrip("%％"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
