"""The home page: a search, what the graph holds and where, the two questions, and others as forms."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import APIRouter, Request, Response
from pyoxigraph import NamedNode

from server.conditional import NO_STORE
from server.covered_places import covered_places
from server.documents import list_documents
from server.featured_questions import featured_questions
from server.named_queries import query_text
from server.pages import render
from server.province_tiles import map_size, tiles
from server.publication import CurrentPublication, Publication, Row

SHOWN = 6
router = APIRouter()


@dataclass
class SharedTheme:
    """A theme with the offices that have functions under it."""

    theme: str
    offices: int
    names: dict[str, str] = field(default_factory=dict)


@dataclass
class CauseCount:
    """How many different reasons, of how many offices, fall under a cause, by direction."""

    cause: str
    reasons: dict[str, int] = field(default_factory=dict)
    offices: int = 0

    @property
    def total(self) -> int:
        return sum(self.reasons.values())


@dataclass
class FindingCount:
    """How many findings of a kind there are, by severity."""

    kind: str
    findings: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.findings.values())


@router.get("/")
def home(request: Request, publication: CurrentPublication) -> Response:
    """The way in. Each count is over the whole graph and kept; one that takes too long is left out."""
    places = publication.once("places", covered_places)
    counts = {
        "places": places,
        "years": publication.once("years", covered_years),
        "facts": publication.once("facts", fact_counts),
        "findings": publication.once("findings", finding_counts),
        "themes": publication.once("themes", shared_themes),
        "causes": publication.once("causes", cause_counts),
    }
    documents = publication.once("latest documents", latest_documents)
    context = {
        "labels": publication.labels,
        **counts,
        "documents": documents or [],
        "document_count": len(publication.release.manifest.documents),
        "map": [] if places is None else [*tiles(places.places)],
        "map_size": map_size(),
        "questions": featured_questions(publication.links.base_iri),
        "theme_query": query_text("home-themes"),
        "cause_query": query_text("home-causes"),
    }
    response = render(request, "home.html", context)
    if documents is None or None in counts.values():
        response.headers["Cache-Control"] = NO_STORE  # the next one may be whole
    return response


def latest_documents(publication: Publication) -> list[Row]:
    """A few documents of the latest fiscal years."""
    rows, _ = list_documents(publication, 0, SHOWN)
    return rows


def covered_years(publication: Publication) -> list[Row]:
    """The fiscal years in order, with their documents and offices."""
    return publication.ask("covered-years")


def fact_counts(publication: Publication) -> dict[str, int]:
    """How many facts of each class there are, by the class's name."""
    return {
        row["kind"].rpartition("#")[2]: int(row["facts"]) for row in publication.ask("fact-counts")
    }


def finding_counts(publication: Publication) -> list[FindingCount]:
    """The kinds of findings, those of most findings first."""
    kinds: dict[str, FindingCount] = {}
    for row in publication.ask("finding-counts"):
        severity = row["severity"].rpartition("/")[2]
        found = kinds.setdefault(row["type"], FindingCount(row["type"]))
        found.findings[severity] = int(row["findings"])
    return sorted(kinds.values(), key=lambda kind: (-kind.total, kind.kind))


def shared_themes(publication: Publication) -> list[SharedTheme]:
    """The themes of most offices."""
    rows = publication.ask("home-themes")[:SHOWN]
    themes = {row["theme"]: SharedTheme(row["theme"], int(row["offices"])) for row in rows}
    iris = [NamedNode(theme) for theme in themes]
    for row in publication.ask("theme-offices", theme=iris):
        themes[row["theme"]].names.setdefault(row["office"], row["name"])
    return [*themes.values()]


def cause_counts(publication: Publication) -> list[CauseCount]:
    """The causes of most reasons."""
    causes: dict[str, CauseCount] = {}
    for row in publication.ask("home-causes"):
        cause = causes.setdefault(row["cause"], CauseCount(row["cause"]))
        direction = row["direction"].rpartition("/")[2]
        cause.reasons[direction] = int(row["reasons"])
        cause.offices = max(cause.offices, int(row["offices"]))
    return sorted(causes.values(), key=lambda cause: (-cause.total, cause.cause))[:SHOWN]
