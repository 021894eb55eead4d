"""Mentions: a figure that several places state is stated alike, in the text and in the tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.checks.differences import last_place, severity_of_difference
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
            why = f"{stated(mentions[0])} before, {stated(later)} here"
            yield differs("cross-section", severity, observation, later, why)


def check_against(
    precision: Precision, observation: Observation, texts: list[Mention], tables: list[Mention]
) -> Iterator[tuple[Anomaly, Mention]]:
    for text in texts:
        severities = [difference(precision, observation, text, table) for table in tables]
        if tables and None not in severities:
            severity: Severity = "rounding" if "rounding" in severities else "error"
            table = tables[severities.index(severity)]
            why = f"{stated(text)} in the text, {stated(table)} in the table{page_of(table)}"
            yield differs("table-text", severity, observation, text, why), text


def difference(
    precision: Precision, observation: Observation, one: Mention, other: Mention
) -> Severity | None:
    units = [mention.unit or observation.unit for mention in (one, other)]
    place = max(last_place(one.value, units[0]), last_place(other.value, units[1]))
    return severity_of_difference(
        precision.amount(one.value, units[0]), precision.amount(other.value, units[1]), place
    )


def differs(
    kind: str, severity: Severity, observation: Observation, mention: Mention, why: str
) -> Anomaly:
    label = label_of(observation.key.item)
    return Anomaly(kind, severity, f"{label}: {why}", mention.span, (key_of(observation.key),))


def stated(mention: Mention) -> str:
    return f"{mention.value}{mention.unit or ''}"


def page_of(mention: Mention) -> str:
    pages: Iterable[int] = (box.page for box in mention.span.boxes)
    return "".join(f" on page {page}" for page in [*pages][:1])
