"""Findings: an anomaly told in both languages, and the formula of its calculation in words."""

from __future__ import annotations

from ingest.bilingual import Bilingual, join
from ingest.calculations import Calculation, Operand
from ingest.checks.phrases import AMOUNT
from ingest.checks.subjects import unit_label
from ingest.facts import Anomaly, Severity, Span

# Longer sums are cut in the sentence; their calculation holds every term.
MOST_SHOWN = 8
PLUS = Bilingual.alike("+")


def finding(
    kind: str,
    severity: Severity,
    told: Bilingual,
    span: Span,
    about: tuple[str, ...] = (),
    calculation: Calculation | None = None,
) -> Anomaly:
    """An anomaly with its explanation in both languages and the arithmetic behind it, if there is any."""
    return Anomaly(kind, severity, told.en, span, about, told.zh, calculation)


def amount(value: object, unit: str | None) -> Bilingual:
    """A figure with its unit; without one, the figure alone."""
    return AMOUNT(value=value, unit=unit_label(unit)) if unit else Bilingual.alike(value)


def summands(calculation: Calculation) -> Bilingual:
    """The terms of a sum as they are added, with the unit of those that have another one than the sum."""
    shown = [term_told(term, calculation.unit) for term in calculation.terms]
    if len(shown) > MOST_SHOWN:
        shown = [*shown[: MOST_SHOWN - 1], Bilingual.alike("…"), shown[-1]]
    return join(shown, PLUS)


def sum_told(calculation: Calculation) -> Bilingual:
    """`3.00+4.00=7.00万元`; of one figure alone, the figure."""
    if len(calculation.terms) == 1:
        return amount(calculation.terms[0].value, calculation.terms[0].unit)
    result = Bilingual.alike("=") + amount(calculation.computed, calculation.unit)
    return summands(calculation) + result


def term_told(term: Operand, unit: str) -> Bilingual:
    return Bilingual.alike(term.value) if term.unit == unit else amount(term.value, term.unit)
