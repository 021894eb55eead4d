"""Fitting: which amount of a sentence a change is of, where the words leave it open and the figures do not.

收入总计…，其中年初结转和结余…，较上年减少…，下降…%: the difference and the percentage together tell the amount.
"""

from __future__ import annotations

from decimal import Decimal

from ingest.narrative.paragraph import Paragraph
from ingest.narrative.statements import StatedChange, Statement


def settle_by_figures(paragraph: Paragraph, percent: Decimal) -> None:
    """Give the current change to the one amount of its sentence that its figures fit.

    The usual rule stands where they fit the current amount too, or none, or several.
    """
    if len(paragraph.targets) != 1 or len(paragraph.changed) != 1:
        return
    current, stated = paragraph.targets[0], paragraph.changed[0]
    if stated not in current.changes or fits(stated, current.value, percent):
        return
    told = [*paragraph.whole, *paragraph.statements[paragraph.first_of_sentence :]]
    fitting = [one for one in dict.fromkeys(told) if could_be(one, current, stated, percent)]
    if len(fitting) != 1:
        return
    current.changes.remove(stated)
    fitting[0].changes.append(stated)
    paragraph.extend(fitting[0], stated.end)
    paragraph.targets = fitting


def could_be(one: Statement, current: Statement, stated: StatedChange, percent: Decimal) -> bool:
    """Whether the change may be of this amount instead of the current one."""
    same = (one.key.year, one.key.phase, one.unit) == (
        current.key.year,
        current.key.phase,
        current.unit,
    )
    is_free = all(change.baseline != stated.baseline for change in one.changes)
    return one is not current and same and is_free and fits(stated, one.value, percent)


def fits(change: StatedChange, value: Decimal, percent: Decimal) -> bool:
    """Whether a difference of an amount is this percentage of what it was before, as far as the printed
    digits of all three tell."""
    if change.delta is None:
        return False
    before = value + change.delta if change.direction == "decrease" else value - change.delta
    if before <= 0:
        return False
    printed = unit_in_last_place(percent)
    rounded = 100 * (unit_in_last_place(value) + unit_in_last_place(change.delta)) / before
    return abs(change.delta / before * 100 - abs(percent)) <= printed + rounded


def unit_in_last_place(number: Decimal) -> Decimal:
    """One in the last printed place: 0.01 of 12.30."""
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
