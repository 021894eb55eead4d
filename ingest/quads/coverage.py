"""How much of a document was read, as quality measurements (DQV) of the document."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from ingest.facts import DocumentFacts
from ingest.quads.disclosure import Disclosure
from ingest.quads.vocabulary import DQV, A, describe, integer


def coverage_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """A measurement a metric of the list `reading-metric`; none of facts that come without a tally."""
    if not disclosure.facts.reading.form:
        return
    document = disclosure.document
    for metric, value in measured(disclosure.facts).items():
        properties = (
            (A, DQV["QualityMeasurement"]),
            (DQV["isMeasurementOf"], disclosure.code("reading-metric", metric)),
            (DQV["computedOn"], document),
            (DQV["value"], integer(value)),
        )
        yield from describe(disclosure.own("measure", metric), properties)


def measured(facts: DocumentFacts) -> dict[str, int]:
    """The value of each metric. A statement is a function, an amount, a comparison or a count."""
    reading = facts.reading
    return {
        "statements": statements_of(facts),
        "clauses": reading.clauses,
        "clauses-read": reading.clauses_read,
        "amount-clauses": reading.amount_clauses,
        "amount-clauses-read": reading.amount_clauses_read,
        "tables": reading.tables,
        "tables-read": reading.tables_read,
        "figures": reading.figures,
        "figures-read": reading.figures_read,
    }


def statements_of(facts: DocumentFacts) -> int:
    comparisons = sum(1 for _ in facts.comparisons())
    return len(facts.functions) + len(facts.amounts) + comparisons + len(facts.counts)
