"""Target and actual values of indicators: a comparator, number and unit in one cell are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.narrative.folding import fold_characters

COMPARATORS = {
    "不低于": "≥", "不少于": "≥", "不小于": "≥", "大于等于": "≥", "大于或等于": "≥", ">=": "≥", "≧": "≥",
    "不高于": "≤", "不超过": "≤", "不大于": "≤", "小于等于": "≤", "小于或等于": "≤", "<=": "≤", "≦": "≤",
    "大于": ">", "小于": "<", "等于": "=", "≥": "≥", "≤": "≤", ">": ">", "<": "<", "=": "=",
}  # fmt: skip
TARGET = re.compile(
    f"({'|'.join(sorted(COMPARATORS, key=len, reverse=True))})?"
    r"([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?:\(([^()0-9]{1,8})\)|([%‰]|[^()0-9。，；]{1,6}))?"
)


@dataclass(frozen=True, slots=True)
class Target:
    """A value with its comparator and unit, None where none is printed."""

    value: str
    comparator: str | None = None
    unit: str | None = None


def read_target(text: str) -> Target:
    """The parts of a cell; words that are no single number stay whole.

    >>> read_target("≥95.00（%）"), read_target("不低于12次"), read_target("逐步提升")
    (Target(value='95.00', comparator='≥', unit='%'), Target(value='12', comparator='≥', unit='次'), \
Target(value='逐步提升', comparator=None, unit=None))
    """
    found = TARGET.fullmatch("".join(fold_characters(text).split()))
    if not found:
        return Target(text)
    comparator = COMPARATORS[found.group(1)] if found.group(1) else None
    return Target(found.group(2).replace(",", ""), comparator, found.group(3) or found.group(4))
