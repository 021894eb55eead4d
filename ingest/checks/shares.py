"""Shares: the stated percentage is the part over its whole."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.calculations import Operand, divide
from ingest.checks import phrases
from ingest.checks.findings import finding
from ingest.checks.percent import HUNDRED, severity_of
from ingest.checks.precision import Precision
from ingest.checks.subjects import key_of, label_of
from ingest.facts import Anomaly, DocumentFacts, Observation, Severity
from ontology.partitions import partitions

# The funds that a fund is part of.
WIDER: dict[str, tuple[str, ...]] = {
    "all": (),
    "non-fiscal": ("all",),
    "fiscal": ("all",),
    "general": ("fiscal", "all"),
    "gov-fund": ("fiscal", "all"),
    "state-capital": ("fiscal", "all"),
}


def check_shares(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`share` where part / whole is not the stated share, for none of the wholes it may be of."""
    precision = Precision.of(facts)
    for part in facts.amounts:
        wholes = [whole for whole in find_wholes(facts, part) if whole.value]
        if part.share is None or not wholes:
            continue
        severities = [severity_of_share(precision, part, whole) for whole in wholes]
        if None not in severities:
            yield share_is_wrong(part, wholes[0], "error" if "error" in severities else "rounding")


def severity_of_share(
    precision: Precision, part: Observation, whole: Observation
) -> Severity | None:
    possible = precision.value(part).over(precision.value(whole))
    if possible is None or part.share is None:
        return None
    return severity_of(precision, possible.scaled(HUNDRED), part.share)


def share_is_wrong(part: Observation, whole: Observation, severity: Severity) -> Anomaly:
    calculation = divide(
        [Operand(label_of(part.key.item), part.value, part.unit)],
        [Operand(label_of(whole.key.item), whole.value, whole.unit)],
        part.share,
        label=phrases.SHARE_LABEL,
    )
    told = phrases.RATIO(
        item=label_of(part.key.item),
        part=part.value,
        whole=whole.value,
        right=calculation.computed,
        stated=part.share,
    )
    about = (key_of(part.key), key_of(whole.key))
    return finding("share", severity, told, part.mentions[0].span, about, calculation)


def find_wholes(facts: DocumentFacts, part: Observation) -> list[Observation]:
    """The observations that a share may refer to: the item that its words name, or else every whole that
    the partitions know for the part, the total of its fund, and for a total that of a wider fund."""
    key = part.key
    named = part.share_of if part.share_of != key.item else None
    items = [named] if named else [*parents_of(key.item), "total"]
    keys = [key._replace(item=item) for item in items if item != key.item]
    if key.item == "total" or named == "total":
        keys += [key._replace(fund=fund, item="total") for fund in WIDER[key.fund]]
    found = [facts.observation(one) for one in keys]
    return [whole for whole in found if whole]


def parents_of(item: str) -> Iterator[str]:
    """The wholes that an item is a part of, and those that these are parts of: of 公务用车运行维护费
    公务用车购置及运行维护费 and “三公”经费."""
    for partition in partitions().values():
        if item in partition.parts and partition.whole != "total":
            yield partition.whole
            yield from parents_of(partition.whole)
