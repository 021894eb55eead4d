"""Checks: contradictions inside one document, found by arithmetic from its printed figures.

Tolerances come from the printed precision of every figure involved, so a correct document raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ingest.checks.between_tables import check_between_tables
from ingest.checks.completion import check_completion
from ingest.checks.directions import check_directions
from ingest.checks.evaluations import check_tables
from ingest.checks.listed import check_listed
from ingest.checks.mentions import check_mentions
from ingest.checks.names import check_names
from ingest.checks.numbers import check_numbers
from ingest.checks.percent import check_growth
from ingest.checks.purposes import check_purposes
from ingest.checks.reasons import check_reasons
from ingest.checks.residue import check_residue
from ingest.checks.sections import check_sections
from ingest.checks.shares import check_shares
from ingest.checks.sums import check_sums
from ingest.checks.tables import check_fiscal_tables
from ingest.checks.wording import check_wording
from ingest.checks.years import check_years
from ingest.facts import Anomaly, DocumentFacts
from ingest.reading.document import Document
from ingest.tables.fiscal_table import FiscalTable

CHECKS: tuple[Callable[[DocumentFacts], Iterator[Anomaly]], ...] = (
    check_growth,
    check_shares,
    check_sums,
    check_mentions,
    check_sections,
    check_years,
    check_numbers,
    check_completion,
    check_directions,
    check_reasons,
    check_tables,
)
# Checks that also read the text itself and the fiscal tables.
TEXT_CHECKS: tuple[
    Callable[[Document, DocumentFacts, tuple[FiscalTable, ...]], Iterator[Anomaly]], ...
] = (check_names, check_purposes, check_listed)


def check(
    document: Document, facts: DocumentFacts, tables: tuple[FiscalTable, ...] = ()
) -> tuple[Anomaly, ...]:
    """The anomalies of a document in the order of its text; `tables` are its fiscal tables."""
    found = [anomaly for one in CHECKS for anomaly in one(facts)]
    found += [anomaly for one in TEXT_CHECKS for anomaly in one(document, facts, tables)]
    found += [*check_fiscal_tables(tables), *check_between_tables(tables)]
    found += [*check_wording(document), *check_residue(document)]
    return tuple(
        sorted(
            subsume([*dict.fromkeys(found)]),
            key=lambda anomaly: (anomaly.span.start, anomaly.span.end, anomaly.kind),
        )
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
