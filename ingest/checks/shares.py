"""Shares: the stated percentage is the part over its whole."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.checks.intervals import shown
from ingest.checks.percent import HUNDRED, severity_of
from ingest.checks.precision import Precision
from ingest.checks.subjects import key_of, label_of
from ingest.facts import Anomaly, DocumentFacts, Observation

# Parts whose whole is not the total of their fund and flow (FACTS rule 5).
WHOLE_OF = {"procurement-sme": "procurement", "procurement-micro": "procurement"}


def check_shares(facts: DocumentFacts) -> Iterator[Anomaly]:
    """`share` where part / whole is not the stated share."""
    precision = Precision.of(facts)
    for part in facts.amounts:
        whole = find_whole(facts, part)
        if part.share is None or whole is None or not whole.value:
            continue
        possible = precision.value(part).over(precision.value(whole))
        severity = (
            severity_of(precision, possible.scaled(HUNDRED), part.share) if possible else None
        )
        if severity:
            right = HUNDRED * part.value / whole.value
            yield Anomaly(
                "share",
                severity,
                f"{label_of(part.key.item)}: {part.value}/{whole.value}={shown(right)}%, stated {part.share}%",
                part.mentions[0].span if part.mentions else part.span,
                (key_of(part.key), key_of(whole.key)),
            )


def find_whole(facts: DocumentFacts, part: Observation) -> Observation | None:
    """The observation that a share refers to: a named parent, the total of the fund, or of all funds."""
    key = part.key
    if key.item in WHOLE_OF:
        return facts.observation(key._replace(item=WHOLE_OF[key.item]))
    if key.item == "total":
        return facts.observation(key._replace(fund="all")) if key.fund != "all" else None
    return facts.observation(key._replace(item="total"))
