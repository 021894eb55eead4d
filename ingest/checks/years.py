"""Across years: what was carried over last year is what is carried in this year."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.calculations import Calculation, Operand, add_up
from ingest.checks import phrases
from ingest.checks.findings import amount, finding
from ingest.checks.intervals import Interval
from ingest.checks.precision import Precision
from ingest.checks.subjects import key_of, label_in
from ingest.checks.sums import TEN_THOUSAND_YUAN, at_least_cents, find_comparison, middle_of
from ingest.facts import Anomaly, DocumentFacts, Observation, ObservationKey

# Money carried into a fund is part of what is carried into the wider ones.
FUNDS_WITHIN = {
    "all": ("all", "fiscal", "general"),
    "fiscal": ("fiscal", "general"),
    "general": ("general",),
}


def check_years(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`cross-year` where the carry-in exceeds what last year's totals leave to carry over.

    Last year's grand total less last year's expenditure is the carry-over and the distributed surplus, so
    it bounds the carry-in of this year from above.
    """
    precision = Precision.of(facts)
    for fund, within in FUNDS_WITHIN.items():
        left = left_over(facts, precision, fund)
        if left is None:
            continue
        for narrower in within:
            carried = facts.observation(
                ObservationKey(narrower, "carry-in", "total", facts.fiscal_year, "final")
            )
            if carried and precision.value(carried).low > (left[0] - left[1]).high:
                yield carried_too_much(facts, fund, carried, left)
                break


def left_over(
    facts: DocumentFacts, precision: Precision, fund: str
) -> tuple[Interval, Interval] | None:
    """Last year's grand total and its expenditure in yuan, by the comparisons with last year."""
    grand = previous(facts, precision, fund, "grand-total")
    spent = previous(facts, precision, fund, "total")
    return (grand, spent) if grand and spent else None


def previous(facts: DocumentFacts, precision: Precision, fund: str, item: str) -> Interval | None:
    key = ObservationKey(fund, "expenditure", item, facts.fiscal_year, "final")
    observation = facts.observation(key)
    comparison = find_comparison(observation, "previous-final") if observation else None
    return precision.baseline(observation, comparison) if observation and comparison else None


def carried_too_much(
    facts: DocumentFacts, fund: str, carried: Observation, left: tuple[Interval, Interval]
) -> Anomaly:
    calculation = left_against(facts, fund, carried, left)
    told = phrases.CARRIED_TOO_MUCH(
        last=int(facts.fiscal_year) - 1,
        left=amount(calculation.computed, carried.unit),
        year=facts.fiscal_year,
        carried=amount(carried.value, carried.unit),
    )
    whole = ObservationKey(fund, "expenditure", "total", facts.fiscal_year, "final")
    about = (key_of(carried.key), key_of(whole))
    return finding("cross-year", "error", told, carried.mentions[0].span, about, calculation)


def left_against(
    facts: DocumentFacts, fund: str, carried: Observation, left: tuple[Interval, Interval]
) -> Calculation:
    """Last year's grand total less its expenditure, against what is carried in."""
    grand, spent = (at_least_cents(middle_of(one)) for one in left)
    terms = (
        Operand(phrases.LAST_GRAND_TOTAL, grand, TEN_THOUSAND_YUAN),
        Operand(phrases.LAST_EXPENDITURE, -spent, TEN_THOUSAND_YUAN),
    )
    return add_up(terms, carried.value, carried.unit, label_in("flow", "carry-in"))
