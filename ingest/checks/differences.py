"""Differences: two printed figures of one thing agree, differ by rounding, or contradict each other."""

from __future__ import annotations

from decimal import Decimal

from ingest.checks.intervals import Interval
from ingest.checks.precision import decimals_of
from ingest.facts import Severity
from ingest.narrative.figures import UNIT_FACTOR

# Figures that were rounded each by itself can lie a unit of the last place apart for every one of them.
UNITS_BY_ROUNDING = Decimal(1)


def last_place(value: Decimal, unit: str) -> Decimal:
    """What the last printed place of an amount is worth, in yuan: 0.01万元 is 100."""
    return UNIT_FACTOR[unit].scaleb(-decimals_of(value))


def severity_of_difference(one: Interval, other: Interval, place: Decimal) -> Severity | None:
    """None where the two may be the same amount, `rounding` where one unit of the last place explains
    the difference, else `error`."""
    distance = one.distance(other)
    if not distance:
        return None
    return "rounding" if distance <= place * UNITS_BY_ROUNDING else "error"
