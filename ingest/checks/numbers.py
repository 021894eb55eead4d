"""Numbers announced and given: evaluation tables, internal offices, vehicles by use; averages; units."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ingest.checks.intervals import Interval, shown
from ingest.checks.precision import Precision
from ingest.checks.subjects import key_of, label_of
from ingest.facts import Anomaly, Count, DocumentFacts, Observation, Severity
from ontology.partitions import partitions

# An average, what is averaged, and over which count.
AVERAGES = (
    ("reception-per-capita", "reception", "reception-people"),
    ("vehicle-purchase-average", "vehicle-purchase", "vehicles-purchased"),
    ("vehicle-operation-average", "vehicle-operation", "vehicles"),
)


def check_numbers(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`count` and `sum` of things announced and listed, averages, and amounts without a unit."""
    yield from check_evaluations(facts)
    yield from check_offices(facts)
    yield from check_vehicles(facts)
    yield from check_averages(facts)
    yield from check_units(facts)


def check_evaluations(facts: DocumentFacts) -> Iterator[Anomaly]:
    # What a budget tells of some projects in words is no table of each.
    given = sum(
        bool(one.indicators or one.executed or one.score) for one in facts.performance.projects
    )
    announced = facts.performance.project_count
    if announced and given and announced > given and facts.performance.span:
        why = f"{announced} self-evaluated projects announced, {given} {'table' if given == 1 else 'tables'} given"
        yield Anomaly("count", "error", why, facts.performance.span, ("performance",))


# A list of less than this part of what is announced names examples, or was cut short in reading.
FEWEST_NAMED = 2
LISTED_THINGS = {"internal-offices": "internal offices", "subordinate-units": "subordinate units"}


def check_offices(facts: DocumentFacts) -> Iterator[Anomaly]:
    """Minor where fewer are named behind 等: the list may be one of examples."""
    for one in facts.organization.announcements:
        if one.announced != one.named:
            few = one.named * FEWEST_NAMED < one.announced
            examples = few or (one.span.quote.startswith("等") and one.named < one.announced)
            why = f"{one.announced} {LISTED_THINGS[one.of]} announced, {one.named} named"
            severity: Severity = "minor" if examples else "error"
            yield Anomaly("count", severity, why, one.span, ("organization",))


def check_vehicles(facts: DocumentFacts) -> Iterator[Anomaly]:
    """Vehicles by use exceed all vehicles, or fall short though every use is listed."""
    counts = {count.item: count for count in facts.counts}
    by_use = partitions()["vehicles-by-use"]
    parts = [counts[item] for item in by_use.parts if item in counts]
    whole = owned(facts)
    if whole is None or not parts:
        return
    total = sum(part.value for part in parts)
    complete = len(parts) == len(by_use.parts)
    if total > whole.value or (complete and total < whole.value):
        why = f"{by_use.label_zh}: {'+'.join(str(part.value) for part in parts)}={total}, stated {whole.value}"
        yield Anomaly("count", "error", why, whole.span, ("count.vehicles",))


def owned(facts: DocumentFacts) -> Count | None:
    """The vehicles owned, by the last statement: beside it they are listed by use."""
    return next((count for count in reversed(facts.counts) if count.item == "vehicles"), None)


def check_averages(facts: DocumentFacts) -> Iterator[Anomaly]:
    precision = Precision.of(facts)
    counts = {count.item: count.value for count in facts.counts}
    amounts = {
        one.key.item: one
        for one in facts.amounts
        if (one.key.year, one.key.phase) == (facts.fiscal_year, "final")
    }
    for average_item, item, counted in AVERAGES:
        average, amount, number = amounts.get(average_item), amounts.get(item), counts.get(counted)
        if average is None or amount is None or not number:
            continue
        possible = precision.value(amount).over(Interval.exactly(Decimal(number)))
        if possible and not possible.meets(precision.value(average)):
            yield average_is_wrong(average, amount, number)


def average_is_wrong(average: Observation, amount: Observation, number: int) -> Anomaly:
    why = (
        f"{label_of(average.key.item)}: {amount.value}{amount.unit}/{number}="
        f"{shown(amount.value / number, 4)}{amount.unit}, stated {average.value}{average.unit}"
    )
    return Anomaly(
        "cross-section",
        "error",
        why,
        average.mentions[0].span,
        (key_of(average.key), key_of(amount.key)),
    )


def check_units(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`missing-unit` of an amount that is not zero; 万元 is what the rest of the document counts in."""
    for observation in facts.amounts:
        for mention in observation.mentions:
            if mention.unit is None and mention.value:
                why = f"{label_of(observation.key.item)}: {mention.value} has no unit; read as {observation.unit}"
                yield Anomaly(
                    "missing-unit", "error", why, mention.span, (key_of(observation.key),)
                )
