"""`/compare`: offices side by side, as a page, as JSON or as CSV; without offices, the form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from queries.comparison import MOST_OFFICES, Comparison, compare_named
from queries.comparison_json import comparison_json
from queries.comparison_table import comparison_table
from queries.errors import (
    AmbiguousOfficeError,
    ComparisonError,
    OfficeCountError,
    OfficeError,
    QueriesError,
    RepeatedOfficeError,
    UncoveredYearError,
    UnknownOfficeError,
)
from queries.network import ThemeSets, read_theme_sets
from queries.offices import Office, read_offices
from server.comparison_page import comparison_page, form_page
from server.negotiation import HTML, best_media_type
from server.problems import OTHER_PROBLEMS, Problem, not_acceptable, told_problem
from server.publication import CurrentPublication, Publication

JSON, CSV = "application/json", "text/csv"
OFFERED = [JSON, HTML, CSV]
router = APIRouter()


class Form(StrEnum):
    """The forms of an answer, for those who cannot set an Accept header."""

    HTML = "html"
    JSON = "json"
    CSV = "csv"


MEDIA_TYPES = {Form.HTML: HTML, Form.JSON: JSON, Form.CSV: CSV}
RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The comparison: a page, all of it as JSON, or one row a statement as CSV.",
        "content": {
            JSON: {"schema": {"type": "object"}},
            HTML: {"schema": {"type": "string"}},
            CSV: {"schema": {"type": "string"}},
        },
    },
    400: told_problem(
        "One office, more than 20, one of them twice, or a name that several bear (`candidates`); "
        "`nearest` are offices that one may be compared with."
    ),
    404: told_problem("No office of that name (`nearest`), or no document of that year (`years`)."),
    **OTHER_PROBLEMS,
}


@router.get("/compare", responses=RESPONSES, response_class=Response)
def compare(
    request: Request,
    publication: CurrentPublication,
    office: Annotated[
        list[str],
        Query(description=f"2 to {MOST_OFFICES} offices, by full or shorter name, region or id."),
    ] = [],  # noqa: B006  # FastAPI reads it and never writes it
    year: Annotated[
        str,
        Query(description="The fiscal year; without it the latest that all offices have."),
    ] = "",
    form: Annotated[
        Form | None, Query(alias="format", description="Instead of an Accept header.")
    ] = None,
) -> Response:
    """Compare offices: functions, reasons for changes, spending, and what is not comparable."""
    media_type = wanted_media_type(request, form)
    names, wanted_year = [name.strip() for name in office if name.strip()], year.strip()
    if media_type == HTML and not names:
        return form_page(request, publication, known_offices(publication), names, wanted_year)
    try:
        comparison = compare_published(publication, names, wanted_year or None)
    except (OfficeError, ComparisonError) as error:
        problem = problem_of(error)
        if media_type != HTML:
            raise problem from error
        known = known_offices(publication)
        return form_page(request, publication, known, names, wanted_year, problem)
    if media_type == HTML:
        themes = publication.kept("theme-sets", theme_sets)
        return comparison_page(request, publication, known_offices(publication), comparison, themes)
    return written(comparison, media_type)


def wanted_media_type(request: Request, form: Form | None) -> str:
    """The media type that is asked for by `format`, else by Accept."""
    if form is not None:
        return MEDIA_TYPES[form]
    media_type = best_media_type(request.headers.get("accept"), OFFERED)
    if media_type is None:
        raise not_acceptable(OFFERED)
    return media_type


def written(comparison: Comparison, media_type: str) -> Response:
    """The comparison for programs, as `guanlian compare` writes it."""
    if media_type == CSV:
        return Response(comparison_table(comparison).to_csv(), media_type=CSV)
    text = json.dumps(comparison_json(comparison), ensure_ascii=False, indent=1)
    return Response(text + "\n", media_type=JSON)


def compare_published(
    publication: Publication, names: Sequence[str], year: str | None
) -> Comparison:
    return compare_named(
        publication.graph,
        names,
        year,
        known=known_offices(publication),
        themes=publication.kept("theme-sets", theme_sets),
        base=publication.links.base_iri,
    )


def known_offices(publication: Publication) -> tuple[Office, ...]:
    """All offices of the release."""
    return publication.kept(
        "known-offices", lambda own: read_offices(own.graph, base=own.links.base_iri)
    )


def theme_sets(publication: Publication) -> ThemeSets:
    return read_theme_sets(publication.graph, base=publication.links.base_iri)


def problem_of(error: QueriesError) -> Problem:
    """What cannot be compared, with what could be asked instead."""
    problem = english_problem(error)
    problem.detail_zh = error.zh
    return problem


def english_problem(error: QueriesError) -> Problem:
    detail = str(error)
    members: dict[str, object]
    match error:
        case UnknownOfficeError():
            return Problem(404, "Unknown office", detail, {"nearest": error.nearest})
        case AmbiguousOfficeError():
            members = {"candidates": error.candidates}
            return Problem(400, "Ambiguous name", detail, members)
        case UncoveredYearError():
            members = {"office": error.name, "years": error.years}
            return Problem(404, "No document of the year", detail, members)
        case OfficeCountError():
            members = {"nearest": error.nearest}
            return Problem(400, "Wrong number of offices", detail, members)
        case RepeatedOfficeError():
            return Problem(400, "The same office twice", detail)
    return Problem(400, "Not comparable", detail)
