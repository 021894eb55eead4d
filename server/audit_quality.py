"""How well the documents were read, and what was found in them: by document and by place, as tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from server.audit import thing_names
from server.findings import Finding, documents, findings
from server.language import language_of
from server.pages import render
from server.publication import CurrentPublication, Publication

PAGE_SIZE = 100
Sorting = Literal[
    "name", "year", "documents", "clauses", "amounts", "statements", "findings", "error", "minor",
    "rounding", "rate",
]  # fmt: skip
router = APIRouter()


class QualityParameters(BaseModel):
    """How a table of quality is sorted, and which page of it is shown."""

    model_config = ConfigDict(extra="forbid")

    sort: Sorting = "error"
    order: Literal["up", "down"] = "down"
    page: int = Field(1, ge=1, le=1_000_000)


Sorted = Annotated[QualityParameters, Query()]


@dataclass
class Quality:
    """What was read and found in a document, or in the documents of a place.

    `coverage` has the values of the reading metrics; a release of an earlier version has none.
    """

    iri: str
    name: str
    year: str = ""
    office: str = ""
    documents: int = 1
    coverage: Counter[str] = field(default_factory=Counter)
    severities: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def share(self, metric: str) -> float | None:
        """The part of the clauses (or clauses with amounts) that was read, 0 to 1; None without any."""
        whole = self.coverage[metric]
        return self.coverage[f"{metric}-read"] / whole if whole else None

    @property
    def statements(self) -> int:
        return self.coverage["statements"]

    @property
    def rate(self) -> float | None:
        """Errors a hundred statements."""
        return 100 * self.severities["error"] / self.statements if self.statements else None

    @property
    def found(self) -> int:
        """Findings of whatever severity."""
        return self.severities.total()

    def add(self, other: Quality) -> None:
        """Take another document in, but for its findings: one may be of several documents."""
        self.documents += other.documents
        self.coverage.update(other.coverage)

    def count(self, finding: Finding) -> None:
        """Count a finding."""
        self.severities[finding.severity.rpartition("/")[2]] += 1
        self.kinds[finding.kind] += 1


@router.get("/audit/documents", include_in_schema=False)
def by_document(request: Request, publication: CurrentPublication, asked: Sorted) -> Response:
    """A row a document."""
    rows = sorted_rows(qualities(publication).values(), asked)
    names = thing_names(publication, {row.office for row in rows}, language_of(request))
    return table(request, publication, asked, rows, {"by": "documents", "names": names})


@router.get("/audit/regions", include_in_schema=False)
def by_region(request: Request, publication: CurrentPublication, asked: Sorted) -> Response:
    """A row a place, with its documents counted together."""
    found = regions(publication)
    names = thing_names(publication, found, language_of(request))
    for iri, row in found.items():
        row.name = names.get(iri, "")
    return table(request, publication, asked, sorted_rows(found.values(), asked), {"by": "regions"})


def table(
    request: Request,
    publication: Publication,
    asked: QualityParameters,
    rows: list[Quality],
    more: Mapping[str, Any],
) -> Response:
    first = (asked.page - 1) * PAGE_SIZE
    context = {
        "labels": publication.labels,
        "asked": asked,
        "rows": rows[first : first + PAGE_SIZE],
        "total": len(rows),
        "has_more": len(rows) > first + PAGE_SIZE,
        "has_coverage": any(row.coverage for row in rows),
        "names": {},
        **more,
    }
    return render(request, "audit_quality.html", context)


def qualities(publication: Publication) -> Mapping[str, Quality]:
    """The quality of each document by its IRI, found once a release."""
    return publication.kept("quality", read_qualities)


def read_qualities(publication: Publication) -> dict[str, Quality]:
    found = {
        row["document"]: Quality(row["document"], row["title"], row["year"], row["office"])
        for row in documents(publication)
    }
    for row in publication.ask("audit-coverage"):
        if row["document"] in found:
            found[row["document"]].coverage[row["metric"]] = int(row["value"])
    for finding in findings(publication):
        for place in finding.places:
            found[place.document].count(finding)
    return found


def regions(publication: Publication) -> dict[str, Quality]:
    """The documents of each place counted together, each finding once; those of no known place under an empty
    IRI."""
    members: defaultdict[str, list[Quality]] = defaultdict(list)
    for row in documents(publication):
        members[row["division"]].append(qualities(publication)[row["document"]])
    found = {iri: together(iri, own) for iri, own in members.items()}
    for finding in findings(publication):
        for iri in {place.division for place in finding.places}:
            found[iri].count(finding)
    return found


def together(iri: str, members: Iterable[Quality]) -> Quality:
    whole = Quality(iri, "", documents=0)
    for member in members:
        whole.add(member)
    return whole


def sorted_rows(rows: Iterable[Quality], asked: QualityParameters) -> list[Quality]:
    """By the column that is asked for, what has no value last; rows that are alike by name and IRI."""
    named = sorted(rows, key=lambda row: (row.name, row.iri))
    value = VALUES[asked.sort]
    known = [row for row in named if value(row) is not None]
    unknown = [row for row in named if value(row) is None]
    return [*sorted(known, key=value, reverse=asked.order == "down"), *unknown]


#: What a table is sorted by; a column of words by the words.
VALUES: Mapping[Sorting, Callable[[Quality], Any]] = {
    "name": lambda row: row.name,
    "year": lambda row: row.year,
    "documents": lambda row: row.documents,
    "clauses": lambda row: row.share("clauses"),
    "amounts": lambda row: row.share("amount-clauses"),
    "statements": lambda row: row.statements,
    "findings": lambda row: row.found,
    "rate": lambda row: row.rate,
    "error": lambda row: row.severities["error"],
    "minor": lambda row: row.severities["minor"],
    "rounding": lambda row: row.severities["rounding"],
}
