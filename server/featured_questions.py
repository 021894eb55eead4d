"""A choice of the library's questions that the home page asks in one line each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from queries.catalogue import Catalogue
from queries.definitions import Parameter, QueryDefinition
from queries.subjects import Subject

#: Of each subject those that a citizen would ask first; all others stand in `/queries`.
FEATURED = (
    "office-years", "reorganized-offices",
    "shared-functions", "own-functions",
    "office-spending", "three-public-expenses", "budget-deviation",
    "reason-differences", "unexplained-changes",
    "indicators",
    "anomalies",
)  # fmt: skip
#: What a line has room for, and most people would ask by; the page of the question offers the rest.
KINDS_ASKED = ("office", "year")


@dataclass(frozen=True, slots=True)
class FeaturedQuestion:
    """A question with the parameters that are asked for."""

    definition: QueryDefinition
    parameters: tuple[Parameter, ...]


def featured_questions(base: str) -> dict[Subject, list[FeaturedQuestion]]:
    """The chosen questions by their subjects."""
    found: dict[Subject, list[FeaturedQuestion]] = {}
    for question in chosen(Catalogue.load(base)):
        found.setdefault(question.definition.subject, []).append(question)
    return found


def chosen(catalogue: Catalogue) -> Iterator[FeaturedQuestion]:
    for name in FEATURED:
        definition = catalogue[name].definition
        asked = [one for one in definition.parameters.values() if one.kind in KINDS_ASKED]
        yield FeaturedQuestion(definition, tuple(asked))
