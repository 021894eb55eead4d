"""`/explore`: the network of things as pages: a thing and its relations, a path, a map.

Every page says all that it has to say without scripts; the island `explore` draws the same as a graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AfterValidator, Field

from queries.network import networks as defaults
from queries.network.adjacency import Adjacency, RelationCount
from queries.network.relations import kinds, relations
from queries.network.routes import Routes
from server.api.explore.evidence import evidence_of
from server.api.explore.maps import told_map
from server.api.explore.parameters import Direction, RelationName, one_of
from server.explore_island import island_data
from server.language import Language, language_of, page_links
from server.map_drawing import draw_map
from server.network_maps import MapName, map_of
from server.networks import explored_networks, told_as_problems
from server.pages import render
from server.path_ends import path_end
from server.problems import Problem
from server.publication import CurrentPublication, Publication

router = APIRouter(include_in_schema=False)
#: How many things of a relation stand on the page of a thing, and on a page of that relation alone.
FIRST = 8
ON_PAGE = 60
STARTS = 8
STATEMENTS = 100
#: What a wrong name leaves to the page: it asks again.
ASKED_AGAIN = (404, 409)


ChosenKinds = Annotated[list[Annotated[str, AfterValidator(one_of(["", *kinds()]))]], Query()]
ChosenYears = Annotated[list[Annotated[str, Field(pattern="^([0-9]{4})?$")]], Query()]


@dataclass(frozen=True)
class Filters:
    """What of the network is looked at; a dependency of the pages."""

    kind: list[str]
    year: list[str]

    @classmethod
    def of(cls, kind: ChosenKinds = [], year: ChosenYears = []) -> Filters:  # noqa: B006
        """What a form sends: an empty choice is none."""
        return cls([name for name in kind if name], [name for name in year if name])

    def parameters(self) -> list[tuple[str, str]]:
        """As they stand in an address."""
        return [("kind", name) for name in self.kind] + [("year", name) for name in self.year]


ChosenFilters = Annotated[Filters, Depends(Filters.of)]
Name = Annotated[str, Query(max_length=500)]


@dataclass(frozen=True, slots=True)
class RelationSection:
    """A relation of a thing on its page: its heading, the first of its things, and the rest."""

    heading: str
    counted: RelationCount
    found: Adjacency
    has_evidence: bool
    address: str


@router.get("/explore")
def explore(
    request: Request,
    publication: CurrentPublication,
    filters: ChosenFilters,
    node: Name = "",
    start: Annotated[str, Query(alias="from", max_length=500)] = "",
    end: Annotated[str, Query(alias="to", max_length=500)] = "",
    relation: RelationName | None = None,
    direction: Direction = "out",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """A thing with its relations, all of one relation, or the paths between two things."""
    context = explore_context(publication, request, filters, node=node, start=start, end=end)
    try:
        with told_as_problems():
            if start.strip() and end.strip():
                context |= path_context(publication, start, end, filters)
            elif node.strip() and relation:
                context |= relation_context(
                    request, publication, node, relation, direction, page, filters
                )
            elif node.strip():
                context |= thing_context(request, publication, node, filters)
    except Problem as problem:
        if problem.status not in ASKED_AGAIN:
            raise
        context["problem"] = problem
    problem_found = context["problem"]
    status = problem_found.status if isinstance(problem_found, Problem) else 200
    return render(request, "explore.html", context, status=status)


@router.get("/explore/evidence")
def evidence(
    request: Request,
    publication: CurrentPublication,
    source: Name,
    target: Name,
    relation: RelationName,
) -> Response:
    """The sentences that state that two things are joined."""
    found = evidence_of(publication, source, target, relation, STATEMENTS)
    context = {"evidence": found, "kinds": kinds(), "words": relations()[relation].words}
    return render(request, "explore_evidence.html", context)


@router.get("/explore/network")
def network(
    request: Request, publication: CurrentPublication, map: MapName = MapName.OFFICES
) -> Response:
    """A map of a whole network, with its communities as a table."""
    with told_as_problems():
        told = told_map(publication, map_of(publication, map))
    language = language_of(request)
    context = {
        "map": map.value,
        "told": told,
        "names": {node.iri: in_language(node.name, node.name_en, language) for node in told.nodes},
        "drawing": draw_map(told, language, page_links(request)),
        "kinds": kinds(),
        "island_data": island_data(publication, page_links(request), language, map=map.value),
    }
    return render(request, "explore_network.html", context)


def explore_context(
    publication: Publication, request: Request, filters: Filters, *, node: str, start: str, end: str
) -> dict[str, object]:
    """What every form of the page has."""
    language = language_of(request)
    networks = explored_networks(publication)
    projection = networks.projection
    return {
        "node": node.strip(),
        "start": start.strip(),
        "end": end.strip(),
        "ends": {
            "from": path_end(networks, start.strip(), language),
            "to": path_end(networks, end.strip(), language),
        },
        "filters": filters,
        "kinds": kinds(),
        "all_years": projection.years,
        "starts": starting_points(publication) if not (node or start or end) else {},
        "thing": None,
        "sections": (),
        "listed": None,
        "routes": None,
        "problem": None,
        "steps": defaults.STEPS,
        "island_data": island_data(publication, page_links(request), language, node=node.strip()),
    }


def starting_points(publication: Publication) -> dict[str, list[tuple[str, str, str, int]]]:
    """The things of some kinds that are joined to most: IRI, both labels, and to how many."""
    projection = explored_networks(publication).projection
    found: dict[str, list[tuple[str, str, str, int]]] = {}
    for kind in ("office", "theme", "cause"):
        numbers = [number for number, own in enumerate(projection.kinds) if own == kind]
        ranked = sorted(numbers, key=lambda number: (-int(projection.degrees[number]), number))
        found[kind] = [
            (
                projection.iris[number],
                projection.label(number, "zh"),
                projection.label(number, "en"),
                int(projection.degrees[number]),
            )
            for number in ranked[:STARTS]
        ]
    return found


def thing_context(
    request: Request, publication: Publication, node: str, filters: Filters
) -> dict[str, object]:
    """A thing and the first things of each of its relations."""
    networks, language = explored_networks(publication), language_of(request)
    found = networks.adjacency(node, kinds=filters.kind, years=filters.year)
    sections = [
        RelationSection(
            heading=relation_heading(counted, language),
            counted=counted,
            found=networks.adjacency(
                found.thing.iri,
                relation=counted.relation,
                is_forward=counted.is_forward,
                kinds=filters.kind,
                years=filters.year,
                limit=FIRST,
            ),
            has_evidence=bool(relations()[counted.relation].question),
            address=relation_address(request, found.thing.iri, counted, filters),
        )
        for counted in found.relations
    ]
    return {
        "thing": found.thing,
        "own_years": found.years,
        "sections": sections,
        "island_data": island_data(
            publication, page_links(request), language, node=found.thing.iri
        ),
    }


def relation_context(
    request: Request,
    publication: Publication,
    node: str,
    relation: str,
    direction: Direction,
    page: int,
    filters: Filters,
) -> dict[str, object]:
    """A thing and a page of all things of one relation."""
    is_forward = direction == "out"
    found = explored_networks(publication).adjacency(
        node,
        relation=relation,
        is_forward=is_forward,
        kinds=filters.kind,
        years=filters.year,
        offset=(page - 1) * ON_PAGE,
        limit=ON_PAGE,
    )
    wanted = relations()[relation]
    kind = wanted.target if is_forward else wanted.source
    counted = RelationCount(relation, is_forward, kind, found.total)
    section = RelationSection(
        relation_heading(counted, language_of(request)),
        counted,
        found,
        bool(wanted.question),
        relation_address(request, found.thing.iri, counted, filters),
    )
    return {
        "thing": found.thing,
        "own_years": found.years,
        "listed": section,
        "page": page,
        "more": page * ON_PAGE < found.total,
        "island_data": island_data(
            publication, page_links(request), language_of(request), node=found.thing.iri
        ),
    }


def path_context(
    publication: Publication, start: str, end: str, filters: Filters
) -> dict[str, object]:
    """The paths between two things."""
    found: Routes = explored_networks(publication).routes(
        start, end, limit=5, most_steps=defaults.STEPS, kinds=filters.kind, years=filters.year
    )
    things = {
        thing.iri: thing
        for thing in (found.start, found.end, *(t for path in found.paths for t in path.things))
    }
    return {"routes": found, "things": things}


def relation_heading(counted: RelationCount, language: Language) -> str:
    words = relations()[counted.relation].words[language]
    return words.label if counted.is_forward else words.inverse


def relation_address(request: Request, iri: str, counted: RelationCount, filters: Filters) -> str:
    """The page of all things of a relation of a thing."""
    parameters = [
        ("node", iri),
        ("relation", counted.relation),
        ("direction", "out" if counted.is_forward else "in"),
        *filters.parameters(),
    ]
    return page_links(request).to(f"/explore?{urlencode(parameters)}")


def in_language(zh: str, en: str, language: Language) -> str:
    return en if language == "en" and en else zh
