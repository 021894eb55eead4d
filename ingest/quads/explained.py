"""What the stated amounts of its reasons explain of a change, and the remainder."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from ingest.explained import explained_part
from ingest.quads.changes import change_node, signed_delta, stated_changes
from ingest.quads.disclosure import Disclosure
from ingest.quads.vocabulary import decimal, describe


def explained_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """The explained and the assumed part and the remainder of every change with a difference of
    which a reason states an amount."""
    gl = disclosure.gl
    for point, observation, comparisons in stated_changes(disclosure):
        first = comparisons[0]
        delta = signed_delta(observation, first)
        texts = [reason.text for comparison in comparisons for reason in comparison.reasons]
        if delta is None or not texts:
            continue
        part = explained_part(delta, first.direction, texts, disclosure.facts.fiscal_year)
        if part is not None:
            yield from describe(
                change_node(disclosure, point, first.baseline),
                (
                    (gl["explainedAmount"], decimal(part.explained)),
                    (gl["assumedAmount"], decimal(part.assumed)),
                    (gl["remainder"], decimal(part.remainder)),
                ),
            )
