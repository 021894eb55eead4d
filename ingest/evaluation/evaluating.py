"""Documents against their gold: the scores of every family, of one document and of many."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.evaluation.families import FAMILIES, Json
from ingest.evaluation.matching import TOTAL, Score, score

Scores = dict[str, Score]


def evaluate(gold: Json, read: Json) -> Scores:
    """The score of every family of one document, and of all of them together.

    A document that could not be read is `{}`: all its gold is missed.
    """
    return with_total(
        {
            family.name: score(family, family.collect(gold), family.collect(read))
            for family in FAMILIES
        }
    )


def add_up(documents: Iterable[Scores]) -> Scores:
    """The scores of several documents as one: facts are counted, not averaged."""
    sums = {family.name: Score() for family in FAMILIES}
    for scores in documents:
        sums = {name: known + scores[name] for name, known in sums.items()}
    return with_total(sums)


def with_total(scores: Scores) -> Scores:
    return {**scores, TOTAL: sum(scores.values(), Score())}
