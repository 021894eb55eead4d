"""What ranks clauses by likeness: their wording, or a local embedding model where one is named.

A model only orders what the graph states: which pair of clauses is shown first, and how alike the two
are said to be. What is shared is decided by themes alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import lru_cache

from ontology.similarity import SimilarityModel, dot, unit_vector
from ontology.wording import THOUSANDTH, wording_similarity

Similarity = Callable[[str, str], Decimal]

_SIMILARITY: ContextVar[Similarity] = ContextVar("similarity", default=wording_similarity)


def clause_similarity(one: str, other: str) -> Decimal:
    """How alike two clauses are, in thousandths: the cosine of their character 1-2-grams, or that
    of the model that ranks at the time."""
    return _SIMILARITY.get()(one, other)


@contextmanager
def ranked_by(model: SimilarityModel | None) -> Iterator[None]:
    """Within this block the model ranks; None leaves the ranking to the wording."""
    token = _SIMILARITY.set(model_similarity(model) if model else wording_similarity)
    try:
        yield
    finally:
        _SIMILARITY.reset(token)


def model_similarity(model: SimilarityModel) -> Similarity:
    """The cosine of the model's vectors, each text embedded once; below 0 counts as 0."""

    @lru_cache(maxsize=65536)
    def vector(text: str) -> tuple[float, ...]:
        return tuple(unit_vector(model.embed([text])[0]))

    def similarity(one: str, other: str) -> Decimal:
        cosine = dot(vector(one), vector(other))
        return Decimal(min(max(cosine, 0.0), 1.0)).quantize(THOUSANDTH)

    return similarity
