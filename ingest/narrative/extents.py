"""Extents: how far a reason or a purpose reaches that opens at a clause."""

from __future__ import annotations

import re

from ingest.narrative.clauses import Clause
from ingest.narrative.placing import find_item_in
from ingest.narrative.templates import find_reading
from ingest.narrative.templates.openers import REASON_OPENER

# What money is for is no part of a reason.
OPENS_PURPOSE = re.compile(r"主要(?:是)?用于|用途(?:主要)?(?:是|为|包括)")
NEXT_OF_ENUMERATION = ("二是", "三是", "四是", "五是", "六是", "七是", "八是")


def find_extent(clauses: tuple[Clause, ...], position: int) -> int:
    """The position behind a reason or purpose that opens at a clause: behind the full stop, or before a
    clause that goes on with a change or, after a semicolon or 其中, with an amount."""
    for behind in range(position, len(clauses)):
        if behind > position and interrupts(clauses[behind], clauses[behind - 1].mark):
            return behind
        if behind > position and (
            compares_anew(clauses, behind) or tells_next_part(clauses, behind)
        ):
            return behind
        if clauses[behind].mark[-1:] == "。" and not continues(clauses, behind):
            return behind + 1
    return len(clauses)


def continues(clauses: tuple[Clause, ...], position: int) -> bool:
    """Whether the sentence behind goes on with an enumeration: 一是…。二是…。"""
    following = clauses[position + 1].text if position + 1 < len(clauses) else ""
    return following[:2] in NEXT_OF_ENUMERATION


def compares_anew(clauses: tuple[Clause, ...], position: int) -> bool:
    """Whether a further comparison begins behind a semicolon: …资金减少；与上年相比，增加1.00万元."""
    if clauses[position - 1].mark != "；" or position + 1 == len(clauses):
        return False
    basis, compared = (find_reading(clauses[place].text) for place in (position, position + 1))
    if basis is None or compared is None:
        return False
    return (basis.act, compared.act) == ("basis", "change-of-pending")


def tells_next_part(clauses: tuple[Clause, ...], position: int) -> bool:
    """Whether the change of the next part behind 其中 begins, with a reason of its own: …增资；项目支出增加3.00万元，
    主要是…."""
    if clauses[position - 1].mark != "；" or position + 1 == len(clauses):
        return False
    reading = find_reading(clauses[position].text)
    if reading is None or reading.act != "change-of-pending" or not reading.word("amount"):
        return False
    if not any(before.text.startswith("其中") for before in clauses[:position]):
        return False
    is_part = find_item_in(reading.word("topic")) is not None
    return is_part and REASON_OPENER.match(clauses[position + 1].text) is not None


def interrupts(clause: Clause, mark_before: str) -> bool:
    if clause.text == "其中" or OPENS_PURPOSE.match(clause.text):
        return True
    reading = find_reading(clause.text)
    if reading is None:
        return False
    if reading.act == "average":
        return True
    if reading.act in ("change", "change-twice", "change-from-value", "change-of-named"):
        return not reading.word("topic") or mark_before == "；"
    return reading.act in ("amount", "carried", "flow") and (
        mark_before == "；" or clause.text.startswith(("其中", "此外"))
    )
