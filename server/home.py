"""The home page: what this is, what it holds, the two questions, a query form."""

from __future__ import annotations

from dataclasses import dataclass, field

from fastapi import APIRouter, Request, Response
from pyoxigraph import Literal, NamedNode

from server.conditional import NO_STORE
from server.documents import list_documents
from server.named_queries import query_text
from server.pages import render
from server.publication import CurrentPublication, Publication
from server.query_page import EXAMPLE

SHOWN = 12
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


@router.get("/")
def home(request: Request, publication: CurrentPublication) -> Response:
    """The way in, with short answers to the two questions."""
    themes = publication.once("themes", shared_themes)
    causes = publication.once("causes", cause_counts)
    offices, more_offices = publication.ask_page("offices", 0, SHOWN, part=Literal(""))
    documents, more_documents = list_documents(publication, 0, SHOWN)
    context = {
        "labels": publication.labels,
        "manifest": publication.release.manifest,
        "release_id": publication.release.release_id,
        "offices": offices,
        "more_offices": more_offices,
        "documents": documents,
        "more_documents": more_documents,
        "themes": themes,
        "causes": causes,
        "theme_query": query_text("home-themes"),
        "cause_query": query_text("home-causes"),
        "example": EXAMPLE,
    }
    response = render(request, "home.html", context)
    if themes is None or causes is None:
        response.headers["Cache-Control"] = NO_STORE  # the next one may be whole
    return response


def shared_themes(publication: Publication) -> list[SharedTheme]:
    """The themes of most offices."""
    rows = publication.ask("home-themes")
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
