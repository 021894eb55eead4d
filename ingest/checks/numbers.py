"""Numbers announced and given: evaluation tables, internal offices, vehicles by use; averages; units."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ingest.bilingual import NOTHING, Bilingual
from ingest.calculations import Calculation, Operand, add_up, divide
from ingest.checks import phrases
from ingest.checks.findings import amount, finding, summands
from ingest.checks.intervals import Interval
from ingest.checks.precision import Precision
from ingest.checks.subjects import key_of, label_of, unit_label
from ingest.facts import Anomaly, Count, DocumentFacts, Observation, Severity
from ontology.partitions import partitions

# An average, what is averaged, and over which count.
AVERAGES = (
    ("reception-per-capita", "reception", "reception-people"),
    ("vehicle-purchase-average", "vehicle-purchase", "vehicles-purchased"),
    ("vehicle-operation-average", "vehicle-operation", "vehicles"),
)
DECIMALS_OF_AVERAGES = 4


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
        told = phrases.EVALUATIONS(announced=announced, given=given)
        calculation = counted(phrases.TABLES_GIVEN, given, announced)
        span = facts.performance.span
        yield finding("count", "error", told, span, ("performance",), calculation)


# A list of less than this part of what is announced names examples, or was cut short in reading.
FEWEST_NAMED = 2


def check_offices(facts: DocumentFacts) -> Iterator[Anomaly]:
    """Minor where fewer are named behind 等: the list may be one of examples."""
    for one in facts.organization.announcements:
        if one.announced != one.named:
            few = one.named * FEWEST_NAMED < one.announced
            examples = few or (one.span.quote.startswith("等") and one.named < one.announced)
            things = phrases.LISTED_THINGS[one.of]
            told = phrases.ANNOUNCED(announced=one.announced, things=things, named=one.named)
            severity: Severity = "minor" if examples else "error"
            calculation = counted(phrases.NAMED, one.named, one.announced, things)
            yield finding("count", severity, told, one.span, ("organization",), calculation)


def counted(
    label: Bilingual, given: int, announced: int, things: Bilingual = NOTHING
) -> Calculation:
    """How many there are, against how many were announced."""
    return add_up([Operand(label, Decimal(given))], Decimal(announced), "", things)


def check_vehicles(facts: DocumentFacts) -> Iterator[Anomaly]:
    """Vehicles by use exceed all vehicles, or fall short though every use is listed."""
    counts = {count.item: count for count in facts.counts}
    by_use = partitions()["vehicles-by-use"]
    parts = [counts[item] for item in by_use.parts if item in counts]
    whole = owned(facts)
    if whole is None or not parts:
        return
    calculation = add_up(
        [Operand(label_of(part.item), Decimal(part.value), part.unit) for part in parts],
        Decimal(whole.value),
        whole.unit,
        label_of(whole.item),
    )
    complete = len(parts) == len(by_use.parts)
    excess = calculation.computed - whole.value
    if excess > 0 or (complete and excess < 0):
        told = phrases.VEHICLES(
            what=Bilingual(by_use.label_zh, by_use.label_en),
            sum=summands(calculation) + Bilingual.alike(f"={calculation.computed}"),
            stated=whole.value,
        )
        yield finding("count", "error", told, whole.span, ("count.vehicles",), calculation)


def owned(facts: DocumentFacts) -> Count | None:
    """The vehicles owned, by the last statement: beside it they are listed by use."""
    return next((count for count in reversed(facts.counts) if count.item == "vehicles"), None)


def check_averages(facts: DocumentFacts) -> Iterator[Anomaly]:
    precision = Precision.of(facts)
    counts = {count.item: count for count in facts.counts}
    amounts = {
        one.key.item: one
        for one in facts.amounts
        if (one.key.year, one.key.phase) == (facts.fiscal_year, "final")
    }
    for average_item, item, counted in AVERAGES:
        average, spent, number = amounts.get(average_item), amounts.get(item), counts.get(counted)
        if average is None or spent is None or number is None or not number.value:
            continue
        possible = precision.value(spent).over(Interval.exactly(Decimal(number.value)))
        if possible and not possible.meets(precision.value(average)):
            yield average_is_wrong(average, spent, number)


def average_is_wrong(average: Observation, spent: Observation, number: Count) -> Anomaly:
    calculation = divide(
        [Operand(label_of(spent.key.item), spent.value, spent.unit)],
        [Operand(label_of(number.item), Decimal(number.value), number.unit)],
        average.value,
        decimals=DECIMALS_OF_AVERAGES,
        label=label_of(average.key.item),
        unit=average.unit,
    )
    told = phrases.AVERAGE(
        item=label_of(average.key.item),
        amount=amount(spent.value, spent.unit),
        number=number.value,
        right=amount(calculation.computed, average.unit),
        stated=amount(average.value, average.unit),
    )
    return finding(
        "cross-section",
        "error",
        told,
        average.mentions[0].span,
        (key_of(average.key), key_of(spent.key)),
        calculation,
    )


def check_units(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`missing-unit` of an amount that is not zero; 万元 is what the rest of the document counts in."""
    for observation in facts.amounts:
        for mention in observation.mentions:
            if mention.unit is None and mention.value:
                told = phrases.NO_UNIT(
                    item=label_of(observation.key.item),
                    value=mention.value,
                    unit=unit_label(observation.unit),
                )
                about = (key_of(observation.key),)
                yield finding("missing-unit", "error", told, mention.span, about)
