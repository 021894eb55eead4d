"""Tolerances: how far the exact amount may lie from a printed one, by the digits that are printed."""

from __future__ import annotations

from decimal import Decimal

from ingest.checks.precision import Precision, decimals_of
from ingest.facts import Comparison, Observation
from ingest.quads.disclosure import Disclosure
from ingest.quads.money import in_yuan

HALF = Decimal("0.5")


def amount_tolerance(disclosure: Disclosure, observation: Observation) -> Decimal:
    """Half a unit of the last digit that the amount means, in yuan: 50 for 541.17万元."""
    return printed_tolerance(disclosure, observation.value, observation.unit)


def baseline_tolerance(
    disclosure: Disclosure, observation: Observation, comparison: Comparison
) -> Decimal:
    """The tolerance of value less change, in yuan: that of both; "unchanged" is exact."""
    own = amount_tolerance(disclosure, observation)
    if comparison.delta is None:
        return own
    return own + printed_tolerance(disclosure, comparison.delta, observation.unit)


def printed_tolerance(disclosure: Disclosure, value: Decimal, unit: str) -> Decimal:
    """A document that drops trailing zeros means the decimals that it customarily prints."""
    customary = Precision.of(disclosure.facts).of_unit.get(unit, 0)
    decimals = max(decimals_of(value), customary)
    return in_yuan(HALF.scaleb(-decimals), unit)
