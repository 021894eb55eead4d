"""Shares: the stated percentage is the part over its whole."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.checks.intervals import shown
from ingest.checks.percent import HUNDRED, severity_of
from ingest.checks.precision import Precision
from ingest.checks.subjects import key_of, label_of
from ingest.facts import Anomaly, DocumentFacts, Observation, Severity

# Parts whose whole is not the total of their fund and flow (FACTS rule 5). Offices give the share of
# small and micro enterprises of all procurement or of that from small and medium ones.
WHOLES_OF = {
    "procurement-sme": ("procurement",),
    "procurement-micro": ("procurement", "procurement-sme"),
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
    right = shown(HUNDRED * part.value / whole.value)
    return Anomaly(
        "share",
        severity,
        f"{label_of(part.key.item)}: {part.value}/{whole.value}={right}%, stated {part.share}%",
        part.mentions[0].span,
        (key_of(part.key), key_of(whole.key)),
    )


def find_wholes(facts: DocumentFacts, part: Observation) -> list[Observation]:
    """The observations that a share may refer to: a named parent, the total of the fund, or of all funds."""
    key = part.key
    if key.item in WHOLES_OF:
        worded = (part.share_of,) if part.share_of in WHOLES_OF[key.item] else WHOLES_OF[key.item]
        keys = [key._replace(item=item) for item in worded if item]
    elif key.item == "total":
        keys = [key._replace(fund="all")] if key.fund != "all" else []
    else:
        keys = [key._replace(item="total")]
    found = [facts.observation(one) for one in keys]
    return [whole for whole in found if whole]
