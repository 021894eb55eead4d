"""Checks: contradictions inside one document, found by arithmetic from its printed figures.

Tolerances come from the printed precision of every figure involved, so a correct document raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ingest.bilingual import Bilingual, join
from ingest.checks import phrases
from ingest.checks.between_tables import check_between_tables
from ingest.checks.completion import check_completion
from ingest.checks.directions import check_directions
from ingest.checks.evaluations import check_tables
from ingest.checks.findings import finding
from ingest.checks.funds import check_funds
from ingest.checks.listed import check_listed
from ingest.checks.mentions import check_mentions, is_doubtful
from ingest.checks.names import check_names
from ingest.checks.numbers import check_numbers
from ingest.checks.percent import check_growth
from ingest.checks.purposes import check_purposes
from ingest.checks.reasons import check_reasons
from ingest.checks.residue import check_residue
from ingest.checks.sections import check_sections
from ingest.checks.shares import check_shares
from ingest.checks.subjects import comparison_key, key_of, label_of
from ingest.checks.sums import check_sums
from ingest.checks.tables import check_fiscal_tables
from ingest.checks.wording import check_wording
from ingest.checks.years import check_years
from ingest.facts import Anomaly, DocumentFacts, Observation
from ingest.reading.document import Document
from ingest.tables.fiscal_table import FiscalTable

CHECKS: tuple[Callable[[DocumentFacts], Iterator[Anomaly]], ...] = (
    check_growth,
    check_shares,
    check_sums,
    check_funds,
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
            join_twins(with_reasons(document, facts, doubt(facts, subsume(found)))),
            key=lambda anomaly: (anomaly.span.start, anomaly.span.end, anomaly.kind),
        )
    )


# What shows a wrong figure at once, and what shows it again.
OUTRIGHT = ("table-text",)
AGAIN = ("sum", "share", "completion-rate", "percent")


def subsume(found: list[Anomaly]) -> list[Anomaly]:
    """One wrong figure shows many times: where it is told outright, what follows from it is minor; so is
    a wrong share where part and whole already contradict as a sum."""
    sums = [{*anomaly.about} for anomaly in found if anomaly.kind == "sum"]
    wrong = {
        key
        for anomaly in found
        if anomaly.kind in OUTRIGHT and anomaly.severity == "error"
        for key in anomaly.about[:1]
    }
    return [replace(one, severity="minor") if follows(one, sums, wrong) else one for one in found]


def follows(anomaly: Anomaly, sums: list[set[str]], wrong: set[str]) -> bool:
    """Whether an error shows a figure again that another finding tells."""
    if anomaly.severity != "error" or anomaly.kind not in AGAIN:
        return False
    of_sum = anomaly.kind == "share" and any({*anomaly.about} <= about for about in sums)
    return of_sum or any(key.partition("~")[0] in wrong for key in anomaly.about)


def doubt(facts: DocumentFacts, found: list[Anomaly]) -> list[Anomaly]:
    """The findings, those about a point that was probably misread left out, and one in their place."""
    doubtful = {key_of(one.key): one for one in facts.amounts if is_doubtful(one)}
    kept = [one for one in found if not any(key.partition("~")[0] in doubtful for key in one.about)]
    return kept + [misread(one) for one in doubtful.values()]


def misread(observation: Observation) -> Anomaly:
    values = dict.fromkeys(Bilingual.alike(mention.value) for mention in observation.mentions)
    told = phrases.MISREAD(
        item=label_of(observation.key.item), values=join(values, phrases.ENUMERATION)
    )
    span = observation.mentions[0].span
    return finding("plausibility", "minor", told, span, (key_of(observation.key),))


# Findings about what a change and its reason say together.
OF_REASONS = ("reason-conflict", "direction")


def with_reasons(document: Document, facts: DocumentFacts, found: list[Anomaly]) -> list[Anomaly]:
    """The findings, those about a reason standing at the change and its reason together."""
    reasons = {
        comparison_key(observation, comparison): (comparison.span, comparison.reason)
        for observation, comparison in facts.comparisons()
        if comparison.reason
    }
    widened = []
    for one in found:
        change, reason = reasons.get(one.about[0] if one.about else "", (None, None))
        of_change = change is not None and one.span == change and one.kind in OF_REASONS
        if change and reason and of_change and change.end <= reason.start:
            one = replace(one, span=document.span(change.start, reason.end))
        widened.append(one)
    return widened


def join_twins(found: list[Anomaly]) -> list[Anomaly]:
    """The findings, those that say the same of the same words told once: income and expenditure that one
    sentence states together have one error, not two."""
    joined: dict[tuple[object, ...], Anomaly] = {}
    for one in found:
        twin = (one.kind, one.severity, one.why, one.span.start, one.span.end)
        known = joined.get(twin)
        about = (*known.about, *one.about) if known else one.about
        joined[twin] = replace(known or one, about=tuple(dict.fromkeys(about)))
    return [*joined.values()]


__all__ = ["CHECKS", "check"]
