"""Suggested themes: a clause that no cue decides is shown the example clause worded most like it.

A suggestion is never asserted and never counts as shared: it tells a person where to look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Protocol

from ingest.themes import unclassified_clauses
from ontology.similarity import SimilarityModel, dot, unit_vector
from ontology.theme_examples import THEME_EXAMPLES, ThemeExample
from ontology.themes import Theme
from ontology.wording import THOUSANDTH, WordingIndex

#: How alike a clause and an example must be worded (cosine of character 1-2-grams).
LEAST_WORDING = Decimal("0.30")
#: How alike they must be to an embedding model: unrelated texts are seldom above half.
LEAST_EMBEDDING = Decimal("0.60")


@dataclass(frozen=True, slots=True)
class NearExample:
    """An example and how alike it is, 0 to 1 in thousandths."""

    example: ThemeExample
    score: Decimal


class Examples(Protocol):
    """Examples to look for the nearest of; `method` is the notation in the code list of methods."""

    method: str

    def nearest(self, texts: Sequence[str]) -> Sequence[NearExample | None]:
        """For each text the nearest example, None where none is near enough."""
        ...


@dataclass(frozen=True, slots=True)
class ThemeSuggestion:
    """A theme that a clause may be of; the offsets count in the function text."""

    theme: Theme
    example: str
    score: Decimal
    method: str
    start: int
    end: int
    clause: str


class ExampleWordings:
    """The examples by their wording."""

    method = "nearest-example"

    def __init__(self, examples: Sequence[ThemeExample] = THEME_EXAMPLES) -> None:
        self._examples = examples
        self._index = WordingIndex(example.text for example in examples)

    def nearest(self, texts: Sequence[str]) -> Sequence[NearExample | None]:
        return [self._nearest(text) for text in texts]

    def _nearest(self, text: str) -> NearExample | None:
        found = self._index.nearest(text)
        if found is None or found[1] < LEAST_WORDING:
            return None
        return NearExample(self._examples[found[0]], found[1])


class EmbeddedExamples:
    """The examples in the space of an embedding model."""

    method = "embedding-cosine"

    def __init__(
        self,
        model: SimilarityModel,
        least: Decimal = LEAST_EMBEDDING,
        examples: Sequence[ThemeExample] = THEME_EXAMPLES,
    ) -> None:
        self._model, self._least, self._examples = model, least, examples
        self._vectors = [unit_vector(v) for v in model.embed([e.text for e in examples])]

    def nearest(self, texts: Sequence[str]) -> Sequence[NearExample | None]:
        if not texts:
            return []
        return [self._nearest(unit_vector(vector)) for vector in self._model.embed(texts)]

    def _nearest(self, vector: Sequence[float]) -> NearExample | None:
        cosines = [dot(vector, other) for other in self._vectors]
        place = max(range(len(cosines)), key=cosines.__getitem__)
        score = Decimal(min(cosines[place], 1.0)).quantize(THOUSANDTH)
        return NearExample(self._examples[place], score) if score >= self._least else None


@cache
def example_wordings() -> ExampleWordings:
    """The examples of the theme table by their wording."""
    return ExampleWordings()


def suggest_themes(text: str, examples: Examples) -> Iterator[ThemeSuggestion]:
    """The themes suggested for the clauses of a function that no theme recognises."""
    clauses = unclassified_clauses(text)
    found = examples.nearest([clause.text for clause in clauses])
    for clause, near in zip(clauses, found, strict=True):
        if near:
            yield ThemeSuggestion(
                near.example.theme,
                near.example.text,
                near.score,
                examples.method,
                clause.start,
                clause.end,
                clause.text,
            )
