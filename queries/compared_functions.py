"""Functions of several offices side by side: themes with the clauses and cues of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from pyoxigraph import NamedNode

from ontology.namespaces import DEFAULT_BASE
from ontology.wording import fold_wording
from queries.answering import ask, year_term
from queries.coverage import Coverage
from queries.offices import Office
from queries.ranking import clause_similarity
from queries.table import Value
from store.graph import Graph, Term


@dataclass(frozen=True, slots=True)
class Topic:
    """A concept, a theme or a cause, with its label."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a function, verbatim: the printed ordinal of the function, the IRI of the span,
    the cue that put it under a theme, None where it has no theme."""

    text: str
    ordinal: int
    span_iri: str
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class OfficeClauses:
    """Clauses of one office, each wording once."""

    office: Office
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class ComparedTheme:
    """A theme with the clauses of every compared office that has it.

    `similarity` is that of the two clauses of different offices that are worded most alike (0 to 1,
    cosine of character 1-2-grams); None where only one office has the theme.
    """

    theme: Topic
    holders: tuple[OfficeClauses, ...]
    similarity: Decimal | None


@dataclass(frozen=True, slots=True)
class ComparedFunctions:
    """The themes that two or more offices have, those of one office alone, and the clauses without
    a theme. What every office does (facet themes) is left out."""

    shared: tuple[ComparedTheme, ...]
    own: tuple[ComparedTheme, ...]
    unclassified: tuple[OfficeClauses, ...]


def compare_functions(
    graph: Graph, coverages: Sequence[Coverage], *, base: str = DEFAULT_BASE
) -> ComparedFunctions:
    """The functions of the covered documents, one query an office."""
    themes: dict[Topic, dict[str, OfficeClauses]] = defaultdict(dict)
    unclassified = []
    for coverage in coverages:
        office, rows = coverage.office, function_rows(graph, coverage, base)
        for theme, clauses in clauses_by_theme(rows).items():
            themes[theme][office.iri] = OfficeClauses(office, distinct_clauses(clauses))
        without = [clause(row) for row in rows if row["cue"] is None]
        unclassified.append(OfficeClauses(office, distinct_clauses(without)))
    compared = [compared_theme(theme, [*holders.values()]) for theme, holders in themes.items()]
    return ComparedFunctions(
        shared=tuple(sorted((t for t in compared if len(t.holders) > 1), key=shared_place)),
        own=tuple(t for t in compared if len(t.holders) == 1),
        unclassified=tuple(unclassified),
    )


def function_rows(
    graph: Graph, coverage: Coverage, base: str = DEFAULT_BASE
) -> list[dict[str, Value]]:
    """The clauses of the covered year with their themes, in the order of the document."""
    terms: dict[str, Term] = {
        "office": NamedNode(coverage.office.iri),
        "year": year_term(coverage.year),
    }
    return ask(graph, "function-themes", terms, base=base).records()


def clauses_by_theme(rows: Iterable[Mapping[str, Value]]) -> dict[Topic, list[Clause]]:
    found: defaultdict[Topic, list[Clause]] = defaultdict(list)
    for row in rows:
        if row["cue"] is not None and row["tier"] != "facet":  # a suggestion has no cue
            found[Topic(str(row["theme_iri"]), str(row["theme"]))].append(clause(row))
    return found


def clause(row: Mapping[str, Value]) -> Clause:
    return Clause(
        text=str(row["clause"]),
        ordinal=int(row["ordinal"] or 0),
        span_iri=str(row["clause_iri"]),
        cue=None if row["cue"] is None else str(row["cue"]),
    )


def distinct_clauses(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Each wording once, where it stands first."""
    first: dict[str, Clause] = {}
    for found in clauses:
        first.setdefault(fold_wording(found.text), found)
    return tuple(first.values())


def compared_theme(theme: Topic, holders: Sequence[OfficeClauses]) -> ComparedTheme:
    similarity = max(similarities(holders), default=None)
    return ComparedTheme(theme, tuple(holders), similarity)


def similarities(holders: Sequence[OfficeClauses]) -> Iterator[Decimal]:
    """The similarity of every pair of clauses of two offices."""
    for one, other in combinations(holders, 2):
        for left, right in product(one.clauses, other.clauses):
            yield clause_similarity(left.text, right.text)


def shared_place(theme: ComparedTheme) -> tuple[int, Decimal, str]:
    """Where a shared theme stands: what most offices have first, of those the most alike."""
    return -len(theme.holders), -(theme.similarity or Decimal(0)), theme.theme.iri
