"""Across years: what was carried over last year is what is carried in this year."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.checks.intervals import Interval, shown
from ingest.checks.precision import Precision
from ingest.checks.subjects import key_of
from ingest.checks.sums import find_comparison, middle_of
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
            if carried and precision.value(carried).low > left.high:
                yield carried_too_much(facts, fund, carried, left)
                break


def left_over(facts: DocumentFacts, precision: Precision, fund: str) -> Interval | None:
    """Last year's grand total less its expenditure in yuan, by the comparisons with last year."""
    grand = previous(facts, precision, fund, "grand-total")
    spent = previous(facts, precision, fund, "total")
    return grand - spent if grand and spent else None


def previous(facts: DocumentFacts, precision: Precision, fund: str, item: str) -> Interval | None:
    key = ObservationKey(fund, "expenditure", item, facts.fiscal_year, "final")
    observation = facts.observation(key)
    comparison = find_comparison(observation, "previous-final") if observation else None
    return precision.baseline(observation, comparison) if observation and comparison else None


def carried_too_much(
    facts: DocumentFacts, fund: str, carried: Observation, left: Interval
) -> Anomaly:
    last = int(facts.fiscal_year) - 1
    why = (
        f"the changes imply for {last} a grand total less expenditure of {shown(middle_of(left))}万元 to carry "
        f"over; {facts.fiscal_year} carries in {carried.value}{carried.unit}"
    )
    whole = ObservationKey(fund, "expenditure", "total", facts.fiscal_year, "final")
    return Anomaly(
        "cross-year", "error", why, carried.mentions[0].span, (key_of(carried.key), key_of(whole))
    )
