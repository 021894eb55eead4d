"""Mentions: a figure that several places state is stated alike, in the text and in the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.bilingual import NOTHING, Bilingual
from ingest.calculations import Calculation, Operand, add_up
from ingest.checks import phrases
from ingest.checks.differences import last_place, severity_of_difference
from ingest.checks.findings import amount, finding
from ingest.checks.precision import Precision
from ingest.checks.subjects import key_of, label_of
from ingest.facts import Anomaly, DocumentFacts, Mention, Observation, ObservationKey, Severity
from ingest.narrative.figures import UNIT_FACTOR

TABLE = "table-"
# Authors contradict themselves once; so many values of one point are more likely misread.
DOUBTFUL_VALUES = 3


def check_mentions(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`table-text` where the text differs from the tables, `cross-section` where two places of the text
    or two tables differ. A text that agrees with any of the tables is not at fault.

    Minor where the reading itself is in doubt: a figure of the text that the tables give for another point.
    """
    precision = Precision.of(facts)
    elsewhere = figures_of_tables(facts)
    for observation in facts.amounts:
        texts = [one for one in observation.mentions if not is_of_table(one)]
        tables = [one for one in observation.mentions if is_of_table(one)]
        yield from check_alike(precision, observation, tables)
        if not tables:
            yield from check_alike(precision, observation, texts)
        for anomaly, text in check_against(precision, observation, texts, tables):
            taken = elsewhere[in_yuan(observation, text)] - {observation.key}
            yield replace(anomaly, severity="minor") if taken else anomaly


def figures_of_tables(facts: DocumentFacts) -> dict[Decimal, set[ObservationKey]]:
    """The points that the tables state each amount (in yuan) for."""
    found: dict[Decimal, set[ObservationKey]] = defaultdict(set)
    for observation in facts.amounts:
        for mention in observation.mentions:
            if is_of_table(mention) and mention.value:
                found[in_yuan(observation, mention)].add(observation.key)
    return found


def is_doubtful(observation: Observation) -> bool:
    """Whether the text seems to state so many values of one point that it is more likely misread."""
    texts = {in_yuan(observation, one) for one in observation.mentions if not is_of_table(one)}
    return len(texts) >= DOUBTFUL_VALUES


def in_yuan(observation: Observation, mention: Mention) -> Decimal:
    return mention.value * UNIT_FACTOR[mention.unit or observation.unit]


def is_of_table(mention: Mention) -> bool:
    return mention.section.startswith(TABLE)


def check_alike(
    precision: Precision, observation: Observation, mentions: list[Mention]
) -> Iterator[Anomaly]:
    """Every mention that differs from the first one."""
    for later in mentions[1:]:
        severity = difference(precision, observation, mentions[0], later)
        if severity:
            item = label_of(observation.key.item)
            told = phrases.BEFORE_AND_HERE(
                item=item, before=stated(mentions[0]), here=stated(later)
            )
            same = calculation_of(observation, mentions[0], later, phrases.BEFORE)
            yield differs("cross-section", severity, observation, later, told, same)


def check_against(
    precision: Precision, observation: Observation, texts: list[Mention], tables: list[Mention]
) -> Iterator[tuple[Anomaly, Mention]]:
    for text in texts:
        severities = [difference(precision, observation, text, table) for table in tables]
        if tables and None not in severities:
            severity: Severity = "rounding" if "rounding" in severities else "error"
            table = tables[severities.index(severity)]
            told = phrases.TEXT_AND_TABLE(
                item=label_of(observation.key.item),
                text=stated(text),
                table=stated(table),
                page=page_of(table),
            )
            same = calculation_of(observation, table, text, phrases.IN_TABLE)
            yield differs("table-text", severity, observation, text, told, same), text


def difference(
    precision: Precision, observation: Observation, one: Mention, other: Mention
) -> Severity | None:
    units = [mention.unit or observation.unit for mention in (one, other)]
    place = max(last_place(one.value, units[0]), last_place(other.value, units[1]))
    return severity_of_difference(
        precision.amount(one.value, units[0]), precision.amount(other.value, units[1]), place
    )


def differs(
    kind: str,
    severity: Severity,
    observation: Observation,
    mention: Mention,
    told: Bilingual,
    calculation: Calculation,
) -> Anomaly:
    about = (key_of(observation.key),)
    return finding(kind, severity, told, mention.span, about, calculation)


def calculation_of(
    observation: Observation, known: Mention, here: Mention, place: Bilingual
) -> Calculation:
    """What another place has for the figure, against what is stated here."""
    term = Operand(place, known.value, known.unit or observation.unit)
    unit = here.unit or observation.unit
    return add_up([term], here.value, unit, label_of(observation.key.item))


def stated(mention: Mention) -> Bilingual:
    return amount(mention.value, mention.unit)


def page_of(mention: Mention) -> Bilingual:
    pages = [box.page for box in mention.span.boxes]
    return phrases.ON_PAGE(page=pages[0]) if pages else NOTHING
