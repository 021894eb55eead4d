"""Checks: contradictions inside one document, found by arithmetic from its printed figures.

Tolerances come from the printed precision of every figure involved, so a correct document raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ingest.checks.evaluations import check_tables
from ingest.checks.numbers import check_numbers
from ingest.checks.percent import check_growth
from ingest.checks.reasons import check_reasons
from ingest.checks.sections import check_sections
from ingest.checks.shares import check_shares
from ingest.checks.sums import check_sums
from ingest.checks.wording import check_wording
from ingest.checks.years import check_years
from ingest.facts import Anomaly, DocumentFacts
from ingest.reading.document import Document

CHECKS: tuple[Callable[[DocumentFacts], Iterator[Anomaly]], ...] = (
    check_growth,
    check_shares,
    check_sums,
    check_sections,
    check_years,
    check_numbers,
    check_reasons,
    check_tables,
)


def check(document: Document, facts: DocumentFacts) -> tuple[Anomaly, ...]:
    """The anomalies of a document in the order of its text."""
    found = subsume([anomaly for one in CHECKS for anomaly in one(facts)])
    found += check_wording(document)
    return tuple(
        sorted(found, key=lambda anomaly: (anomaly.span.start, anomaly.span.end, anomaly.kind))
    )


def subsume(found: list[Anomaly]) -> list[Anomaly]:
    """The findings with a wrong share made minor where part and whole already contradict as a sum: one
    wrong figure shows twice."""
    sums = [{*anomaly.about} for anomaly in found if anomaly.kind == "sum"]
    return [
        replace(anomaly, severity="minor")
        if anomaly.kind == "share" and any({*anomaly.about} <= about for about in sums)
        else anomaly
        for anomaly in found
    ]


__all__ = ["CHECKS", "check"]
