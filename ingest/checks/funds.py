"""Funds: an amount of fiscal appropriation is the sum of the three budgets that it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.bilingual import Bilingual, join
from ingest.calculations import Operand, add_up
from ingest.checks import phrases
from ingest.checks.differences import last_place, severity_of_difference
from ingest.checks.findings import PLUS, amount, finding
from ingest.checks.mentions import is_of_table
from ingest.checks.precision import Precision
from ingest.checks.subjects import key_of, label_in, label_of
from ingest.checks.sums import add
from ingest.facts import Anomaly, DocumentFacts, Observation

BUDGETS = ("general", "gov-fund", "state-capital")


def check_funds(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`sum` (or `table-text`, where the text has the one and the tables the other) when the stated
    budgets exceed the fiscal amount, or fall short of it and no other budget has money."""
    precision = Precision.of(facts)
    empty = [budget for budget in BUDGETS if is_empty(facts, budget)]
    for fiscal in facts.amounts:
        if fiscal.key.fund != "fiscal":
            continue
        found = {budget: facts.observation(fiscal.key._replace(fund=budget)) for budget in BUDGETS}
        parts = [part for part in found.values() if part]
        complete = all(part or budget in empty for budget, part in found.items())
        if parts:
            yield from compare(precision, fiscal, parts, complete)


def is_empty(facts: DocumentFacts, budget: str) -> bool:
    """Whether the document states no amount but zero for a budget."""
    return not any(one.value for one in facts.amounts if one.key.fund == budget)


def compare(
    precision: Precision, fiscal: Observation, parts: list[Observation], complete: bool
) -> Iterator[Anomaly]:
    whole, total = precision.value(fiscal), add([precision.value(part) for part in parts])
    exceeds, falls_short = total.low > whole.high, total.high < whole.low and complete
    if not (exceeds or falls_short):
        return
    place = max(last_place(one.value, one.unit) for one in (fiscal, *parts))
    severity = severity_of_difference(whole, total, place) or "rounding"
    in_text, of_tables = not is_of_table(fiscal.mentions[0]), is_of_table(parts[0].mentions[0])
    calculation = add_up(
        [Operand(label_in("fund", part.key.fund), part.value, part.unit) for part in parts],
        fiscal.value,
        fiscal.unit,
        label_in("fund", fiscal.key.fund),
    )
    told = phrases.BUDGETS(
        item=label_of(fiscal.key.item),
        sum=join((of_budget(part) for part in parts), PLUS),
        stated=amount(fiscal.value, fiscal.unit),
    )
    yield finding(
        "table-text" if in_text and of_tables else "sum",
        severity,
        told,
        fiscal.mentions[0].span,
        tuple(key_of(one.key) for one in (fiscal, *parts)),
        calculation,
    )


def of_budget(part: Observation) -> Bilingual:
    """A part with the budget that it comes from."""
    budget = label_in("fund", part.key.fund)
    return phrases.OF_BUDGET(amount=amount(part.value, part.unit), budget=budget)
