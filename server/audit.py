"""The audit: all findings of the release with filters, and how well its documents were read."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from pyoxigraph import NamedNode

from queries.row_writing import WRITERS
from server.audit_choices import read_choices
from server.audit_filters import DIMENSIONS, Asked, AuditParameters, Choice, Selection
from server.audit_places import audit_places
from server.findings import Finding, documents, findings, tell
from server.language import Language, language_of
from server.pages import render
from server.publication import CurrentPublication, Publication

PAGE, FEED = "/audit", "/audit/feed"
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
COLUMNS = (
    "finding", "kind", "severity", "office", "office_name", "region", "year", "document", "title",
    "quote", "why_zh", "why", "operator", "computed", "stated", "difference", "unit", "page", "span",
    "first_seen",
)  # fmt: skip
#: Choices of a dimension that are offered; the others are chosen from the tables of documents and places.
MOST_CHOICES = 12
Row = Mapping[str, Any]
router = APIRouter()


@router.get(PAGE, include_in_schema=False)
def audit(request: Request, publication: CurrentPublication, asked: Asked) -> Response:
    """The findings, filtered and sorted; all of them as CSV or JSON with `format`."""
    asked = read_choices(publication, asked)
    selection = selection_of(publication, asked)
    if asked.format != "html":
        return download(publication, selection, asked.format)
    rows = tell(publication, selection.page)
    facets = {name: offered(selection.facet(name)) for name in DIMENSIONS if name != "document"}
    shown = {choice.iri for name in ("office", "region") for choice in facets[name]}
    context = {
        "labels": publication.labels,
        "asked": asked,
        "rows": rows,
        "total": len(selection.findings),
        "everything": len(selection.everything),
        "has_more": selection.has_more,
        "facets": facets,
        "names": names_of(publication, shown, rows, language_of(request)),
        "checks": publication.kept("audit-checks", lambda one: one.ask("audit-checks")),
        "without": documents_without(publication, selection.everything),
        "feed": asked.address(FEED),
    }
    return render(request, "audit.html", context)


def selection_of(publication: Publication, asked: AuditParameters) -> Selection:
    """The findings of the release that are asked for; `asked` has codes."""
    places = audit_places(publication)
    return Selection(findings(publication), asked, publication.links, places.within)


def offered(choices: list[Choice]) -> list[Choice]:
    """The first choices of a dimension, and those that were made."""
    return [one for number, one in enumerate(choices) if number < MOST_CHOICES or one.is_chosen]


def names_of(
    publication: Publication, shown: Iterable[str], rows: Iterable[Row], language: Language
) -> dict[str, str]:
    """What offices and places are called, those of rows too, and all documents."""
    iris = {*shown} | {row[name] for row in rows for name in ("office", "division") if row[name]}
    return document_titles(publication) | thing_names(publication, iris, language)


def document_titles(publication: Publication) -> dict[str, str]:
    return {row["document"]: row["title"] for row in documents(publication)}


def documents_without(publication: Publication, found: Iterable[Finding]) -> tuple[int, int]:
    """How many documents have no finding, and how many there are."""
    with_findings = {place.document for finding in found for place in finding.places}
    known = {row["document"] for row in documents(publication)}
    return len(known - with_findings), len(known)


def thing_names(
    publication: Publication, iris: Iterable[str], language: Language
) -> dict[str, str]:
    """Labels in the language, else in Chinese."""
    things = [NamedNode(iri) for iri in sorted({*iris}) if iri]
    if not things:
        return {}
    names: dict[str, dict[str, str]] = {}
    for row in publication.ask("audit-names", thing=things):
        names.setdefault(row["thing"], {}).setdefault(row["language"], row["label"])
    return {iri: found.get(language) or next(iter(found.values())) for iri, found in names.items()}


def download(publication: Publication, selection: Selection, form: str) -> Response:
    """All findings that were asked for, with both languages and the arithmetic."""
    told = tell(publication, selection.findings)
    names = names_of(publication, (), told, "zh")
    rows = (record(row, names, publication) for row in told)
    written = io.StringIO()
    columns = (*COLUMNS, "terms") if form == "json" else COLUMNS
    WRITERS[form](rows, columns, written)
    headers = {"Content-Disposition": f'attachment; filename="findings.{form}"'}
    return Response(written.getvalue(), media_type=MEDIA_TYPES[form], headers=headers)


def record(
    row: Mapping[str, Any], names: Mapping[str, str], publication: Publication
) -> dict[str, Any]:
    """A finding as a row of a table."""
    code = publication.labels.name
    arithmetic = row.get("arithmetic")
    sums = arithmetic.calculation if arithmetic else {}
    return {
        "finding": row["anomaly"],
        "kind": code(row["type"]),
        "severity": code(row["severity"]),
        "office": row["office"],
        "office_name": names.get(row["office"], ""),
        "region": names.get(row["division"], ""),
        "year": row["year"],
        "document": row["document"],
        "title": names.get(row["document"], ""),
        "quote": row["quotes"][0]["words"] if row["quotes"] else "",
        "why_zh": row.get("why_zh", ""),
        "why": row["why"],
        "operator": arithmetic.operator if arithmetic else "",
        **{name: sums.get(name) for name in ("computed", "stated", "difference")},
        "unit": code(sums["unit"]) if "unit" in sums else "",
        "page": row.get("page"),
        "span": row["span"],
        "first_seen": row["arrived"].isoformat(),
        "terms": [dict(term) for term in arithmetic.terms] if arithmetic else [],
    }
