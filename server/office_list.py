"""The page of all offices, narrowed by place, fiscal year and name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from pyoxigraph import Literal, NamedNode

from queries.answering import year_term
from server.covered_places import CoveredPlaces, Place, covered_places
from server.home import covered_years
from server.named_queries import Value
from server.pages import render
from server.problems import Problem
from server.publication import CurrentPublication, Publication

PAGE_SIZE = 100
router = APIRouter()


@dataclass(frozen=True)
class OfficeFilter:
    """What the offices are narrowed to; blank is not narrowed.

    >>> OfficeFilter(name="教育", year="2022").address(place="500000")
    '/offices?name=%E6%95%99%E8%82%B2&place=500000&year=2022'
    """

    name: Annotated[str, Query(max_length=200, description="A part of the name.")] = ""
    place: Annotated[str, Query(description="A place by the code in its IRI.")] = ""
    year: Annotated[str, Query(pattern="^([12][0-9]{3})?$", description="A fiscal year.")] = ""

    def address(self, **changes: str) -> str:
        """The address of the list with some of it changed."""
        given = {"name": self.name.strip(), "place": self.place, "year": self.year, **changes}
        return "/offices?" + urlencode({key: value for key, value in given.items() if value})

    def chosen_place(self, places: CoveredPlaces | None) -> Place | None:
        """The place asked for; None when none is. Raises Problem 400 for one without any office."""
        if not self.place or places is None:
            return None
        if self.place not in places.places:
            shown = self.place[:80]
            raise Problem(
                400,
                "Wrong parameter",
                f"No office of the place {shown!r} has documents in the current release.",
                detail_zh=f"当前发布中没有“{shown}”的机构文件。",
            )
        return places.places[self.place]


@router.get("/offices")
def offices(
    request: Request,
    publication: CurrentPublication,
    wanted: Annotated[OfficeFilter, Depends()],
    page: int = Query(1, ge=1),
) -> Response:
    """The offices that disclose; `name` keeps those whose name has it."""
    places = publication.once("places", covered_places)
    place = wanted.chosen_place(places)
    bounds = parameters(wanted, places, place)
    rows, more = publication.ask_page("offices", (page - 1) * PAGE_SIZE, PAGE_SIZE, **bounds)
    context = {
        "wanted": wanted,
        "place": place,
        "path_of_place": places.path(place) if places and place else [],
        "narrower_places": narrower_places(places, place),
        "years": [row["year"] for row in years(publication)],
        "offices": rows,
        "page": page,
        "more": more,
    }
    return render(request, "offices.html", context)


def parameters(
    wanted: OfficeFilter, places: CoveredPlaces | None, place: Place | None
) -> dict[str, Value | list[Value]]:
    """The filter as the query `offices` takes it."""
    bounds: dict[str, Value | list[Value]] = {"part": Literal(wanted.name.strip())}
    if wanted.year:
        bounds["year"] = year_term(wanted.year)
    if places and place:
        bounds["place"] = [NamedNode(iri) for iri in sorted(places.within(place))]
    return bounds


def narrower_places(places: CoveredPlaces | None, place: Place | None) -> list[Place]:
    """The places to choose from next."""
    if places is None:
        return []
    return places.roots() if place is None else places.below(place)


def years(publication: Publication) -> list[dict[str, str]]:
    """The fiscal years, the latest first; none where counting them took too long."""
    return [*reversed(publication.once("years", covered_years) or [])]
