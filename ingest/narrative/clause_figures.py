"""Which clauses state a figure: the ones of which a reading report tells how many were read."""

from __future__ import annotations

import re

from ingest.narrative.clauses import Clause
from ingest.narrative.numbering import find_mark

# A date or the number of a figure is nothing that ought to be read.
DATE = re.compile(
    r"[图表]\d+|\d{4}[—-]\d{4}年|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?"
    r"|\(\d{4}\)\d+号"
)
MONEY = re.compile(r"\d(?:万|亿|千|百万)?元|\d万(?!人|户|平|亩|吨|公|多)")

DIGIT = re.compile(r"\d")


def states_figure(clause: Clause) -> bool:
    """Whether a clause holds a digit that is not of a date, of the number of a figure, or of its own
    numbering."""
    if DIGIT.search(clause.text) is None:
        return False
    mark = find_mark(clause.text) if clause.start == 0 else None
    words = DATE.sub("", clause.text[mark.length if mark else 0 :])
    return DIGIT.search(words) is not None


def states_amount(clause: Clause) -> bool:
    """Whether a clause holds an amount of money."""
    return MONEY.search(clause.text) is not None
