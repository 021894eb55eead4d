"""The page of a comparison: what stands in which column, and the form with what was asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request, Response

from queries.compared_functions import ComparedTheme, OfficeClauses, Topic
from queries.compared_reasons import CauseUse, ComparedCause
from queries.comparison import MOST_OFFICES, Comparison, PairSimilarity
from queries.explained_changes import ExplainedChange
from queries.network import ThemeSets
from queries.offices import Office
from server.language import page_links
from server.pages import render
from server.problems import Problem
from server.publication import Publication

FEWEST_FIELDS = 4
# More names make the page heavy; offices beyond them are found all the same.
MOST_SUGGESTIONS = 500
OPENED = 3


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A shared theme with what each office has under it, in the order of the offices."""

    theme: ComparedTheme
    cells: tuple[OfficeClauses | None, ...]


@dataclass(frozen=True, slots=True)
class CauseLine:
    """A cause with the uses of each office, in the order of the offices."""

    cause: ComparedCause
    cells: tuple[tuple[CauseUse, ...], ...]


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """What only one of the offices has, and what is not classified."""

    office: Office
    themes: tuple[ComparedTheme, ...]
    unclassified: OfficeClauses
    causes: tuple[ComparedCause, ...]
    unrecognised: tuple[CauseUse, ...]
    explained: tuple[ExplainedChange, ...]


def comparison_page(
    request: Request,
    publication: Publication,
    known: Sequence[Office],
    comparison: Comparison,
    themes: ThemeSets,
) -> Response:
    """The comparison, with the form to change it; `themes` tell what the themes are called."""
    written = written_offices(known)
    names = [written[office.iri] for office in comparison.offices]
    years = {coverage.year for coverage in comparison.coverages}
    year = request.query_params.get("year", "").strip()
    context = {
        **form_context(publication, written, names, year),
        "problem": None,
        "comparison": comparison,
        "years": years,
        "is_narrow": len(comparison.offices) <= OPENED,
        "shared": theme_lines(comparison),
        "common": cause_lines(comparison),
        "own": own_columns(comparison),
        "similarities": similarities(comparison),
        "address": page_links(request).comparison(*(o.iri for o in comparison.offices), year=year),
        "way": way,
        "theme_iris": {label: iri for iri, label in themes.labels.items()},
    }
    return render(request, "compare.html", context)


def form_page(
    request: Request,
    publication: Publication,
    known: Sequence[Office],
    names: Sequence[str],
    year: str,
    problem: Problem | None = None,
) -> Response:
    """The form; with a problem, filled with what was asked."""
    context = {
        **form_context(publication, written_offices(known), names[:MOST_OFFICES], year),
        "problem": problem,
        "comparison": None,
    }
    return render(request, "compare.html", context, status=problem.status if problem else 200)


def form_context(
    publication: Publication, written: Mapping[str, str], names: Sequence[str], year: str
) -> dict[str, object]:
    """What the form shows: the names given, a few fields more, and what may be chosen."""
    fields = min(max(FEWEST_FIELDS, len(names) + 2), MOST_OFFICES)
    all_years = publication.kept("fiscal-years", fiscal_years)
    return {
        "labels": publication.labels,
        "given": [*names, *[""] * (fields - len(names))],
        "year": year,
        "all_years": all_years if year in ("", *all_years) else [year, *all_years],
        "suggested": sorted(written.values())[:MOST_SUGGESTIONS],
    }


def fiscal_years(publication: Publication) -> list[str]:
    """The fiscal years of the documents, the latest first."""
    return [row["year"] for row in publication.ask("fiscal-years")]


def written_offices(known: Sequence[Office]) -> dict[str, str]:
    """What finds each office, by IRI: its name, or its identifier where another has the same name."""
    bearers = Counter(office.name for office in known)
    return {
        office.iri: office.name if bearers[office.name] == 1 else identifier(office.iri)
        for office in known
    }


def identifier(iri: str) -> str:
    return iri.rpartition("/")[2]


def theme_lines(comparison: Comparison) -> list[ThemeLine]:
    return [
        ThemeLine(theme, tuple(holder_of(theme, office) for office in comparison.offices))
        for theme in comparison.functions.shared
    ]


def holder_of(theme: ComparedTheme, office: Office) -> OfficeClauses | None:
    return next((h for h in theme.holders if h.office.iri == office.iri), None)


def cause_lines(comparison: Comparison) -> list[CauseLine]:
    return [
        CauseLine(cause, tuple(uses_of(cause, office) for office in comparison.offices))
        for cause in comparison.common_causes
    ]


def uses_of(cause: ComparedCause, office: Office) -> tuple[CauseUse, ...]:
    return tuple(use for use in cause.uses if use.office.iri == office.iri)


def own_columns(comparison: Comparison) -> list[OwnColumn]:
    themes: defaultdict[str, list[ComparedTheme]] = defaultdict(list)
    for theme in comparison.functions.own:
        themes[theme.holders[0].office.iri].append(theme)
    columns = zip(comparison.offices, comparison.functions.unclassified, strict=True)
    return [
        OwnColumn(
            office,
            tuple(themes[office.iri]),
            unclassified,
            comparison.own_causes(office),
            tuple(u for cause in comparison.unrecognised_reasons for u in uses_of(cause, office)),
            tuple(found for found in comparison.explained if found.office.iri == office.iri),
        )
        for office, unclassified in columns
    ]


def similarities(comparison: Comparison) -> dict[tuple[str, str], PairSimilarity]:
    """The pairs by the IRIs of their offices, in both orders."""
    found = {}
    for pair in comparison.pairs:
        found[pair.left.iri, pair.right.iri] = found[pair.right.iri, pair.left.iri] = pair
    return found


def way(direction: Topic) -> str:
    """increase, decrease or unchanged."""
    return identifier(direction.iri)
