"""Extents: how far a reason or a purpose reaches that opens at a clause."""

from __future__ import annotations

import re

from ingest.narrative.clauses import Clause
from ingest.narrative.templates import find_reading

# What money is for is no part of a reason.
OPENS_PURPOSE = re.compile(r"主要(?:是)?用于|用途(?:主要)?(?:是|为|包括)")
NEXT_OF_ENUMERATION = ("二是", "三是", "四是", "五是", "六是", "七是", "八是")


def find_extent(clauses: tuple[Clause, ...], position: int) -> int:
    """The position behind a reason or purpose that opens at a clause: behind the full stop, or before a
    clause that goes on with a change or, after a semicolon or 其中, with an amount."""
    for behind in range(position, len(clauses)):
        if behind > position and interrupts(clauses[behind], clauses[behind - 1].mark):
            return behind
        if behind > position and compares_anew(clauses, behind):
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


def interrupts(clause: Clause, mark_before: str) -> bool:
    if clause.text == "其中" or OPENS_PURPOSE.match(clause.text):
        return True
    reading = find_reading(clause.text)
    if reading is None:
        return False
    if reading.act == "average":
        return True
    if reading.act in ("change", "change-twice", "change-from-value"):
        return not reading.word("topic") or mark_before == "；"
    return reading.act in ("amount", "carried", "flow") and (
        mark_before == "；" or clause.text.startswith(("其中", "此外"))
    )
