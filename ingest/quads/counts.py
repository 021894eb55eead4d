"""Observations of the count cube: vehicles, batches, people, delegations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from pyoxigraph import NamedNode, Triple

from ingest.facts import Count
from ingest.quads.disclosure import Disclosure
from ingest.quads.spans import stated_in
from ingest.quads.vocabulary import QB, A, describe, integer, year
from ontology.tables import read_table


def count_node(disclosure: Disclosure, item: str, count_year: str) -> NamedNode:
    return disclosure.own("obs", f"count.{item}.{count_year}")


def stated_counts(disclosure: Disclosure) -> dict[tuple[str, str], list[Count]]:
    """The counts by item and year, each with the places that state it, in the order of the text."""
    counts: dict[tuple[str, str], list[Count]] = {}
    facts = disclosure.facts
    for count in sorted((*facts.counts, *facts.staff), key=lambda count: count.span.start):
        counts.setdefault((count.item, count.year), []).append(count)
    return counts


def count_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """One observation a count item and year; the first statement gives the value."""
    gl = disclosure.gl
    for (item, count_year), counts in stated_counts(disclosure).items():
        node = count_node(disclosure, item, count_year)
        yield from describe(
            node,
            (
                (A, gl["CountObservation"]),
                (A, QB["Observation"]),
                (QB["dataSet"], disclosure.own("dataset", "count")),
                (gl["organization"], disclosure.office),
                (gl["scope"], disclosure.scope),
                (gl["fiscalYear"], year(count_year)),
                (gl["countItem"], disclosure.code("count-item", item)),
                (gl["count"], integer(counts[0].value)),
                (gl["unit"], disclosure.code("unit", count_units()[item])),
            ),
        )
        for count in counts:
            yield from stated_in(disclosure, node, count.span, sentence=True)


@cache
def count_units() -> dict[str, str]:
    """What every count item counts: the notation of its unit."""
    return {row["notation"]: row["unit"] for row in read_table("count_items")}
