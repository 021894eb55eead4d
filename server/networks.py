"""`/api/graph/…`: the networks of the current release, for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from queries.errors import (
    AmbiguousOfficeError,
    AmbiguousThingError,
    NetworkError,
    UnknownOfficeError,
    UnknownThingError,
)
from queries.network import NetworkResult, Networks
from queries.network import networks as defaults
from queries.network.offices import NEIGHBOURS
from queries.network.projection import Projection
from server.network_formats import RESPONSES, FormatParameter, chosen_type, written
from server.problems import Problem
from server.publication import CurrentPublication, Publication

router = APIRouter(prefix="/api/graph", tags=["networks"], responses=RESPONSES)

MOST_NEIGHBOURS = 50
MOST_LISTED = 200
MOST_THINGS = 1000
MOST_PATHS = 10

NAMES = (
    "An IRI, a path below the base IRI, the name of an office, or the label or notation of a concept; "
    "`theme:`, `cause:`, `class:`, `project:`, `office:` or `division:` before it tells the kind."
)
ThingParameter = Annotated[str, Query(description=f"The thing. {NAMES}", min_length=1)]
NeighboursParameter = Annotated[
    int,
    Query(ge=1, le=MOST_NEIGHBOURS, description="To how many of its nearest an office is joined."),
]


class Answering:
    """What every operation needs: the networks of the release, and the form of the answer."""

    def __init__(
        self, request: Request, publication: CurrentPublication, form: FormatParameter = None
    ) -> None:
        self.publication = publication
        self.media_type = chosen_type(request, form)

    def answer(self, ask: Callable[[Networks], NetworkResult]) -> Response:
        """The answer to a question about the networks. Raises Problem, as `told_as_problems`."""
        with told_as_problems():
            return written(ask(networks_of(self.publication)), self.media_type)


@contextmanager
def told_as_problems() -> Iterator[None]:
    """What is wrong with a question about the networks, as a problem.

    Raises:
        Problem: 404 for what is unknown, 409 for what is ambiguous, 400 for what makes no sense.
    """
    try:
        yield
    except (UnknownOfficeError, UnknownThingError) as error:
        members = {"nearest": error.nearest}
        raise Problem(404, "Unknown name", str(error), members, detail_zh=error.zh) from error
    except (AmbiguousOfficeError, AmbiguousThingError) as error:
        members = {"candidates": error.candidates}
        raise Problem(409, "Ambiguous name", str(error), members, detail_zh=error.zh) from error
    except NetworkError as error:
        raise Problem(400, "Bad request", str(error)) from error


Answers = Annotated[Answering, Depends()]


def networks_of(publication: Publication) -> Networks:
    """The networks of a release; what they read is kept as long as the release is served."""
    made = publication.once("networks", make_networks)
    assert made is not None
    return made


def explored_networks(publication: Publication) -> Networks:
    """The same with the network of things read, which takes seconds at a thousand documents: who asks
    meanwhile waits for the same reading."""
    networks = networks_of(publication)
    publication.kept("projection", read_projection)
    return networks


def read_projection(publication: Publication) -> Projection:
    """The network of things, which `Networks` keeps too."""
    return networks_of(publication).projection


def make_networks(publication: Publication) -> Networks:
    release_id = publication.release.release_id
    return Networks(publication.graph, release_id, publication.links.base_iri)


@router.get("/bipartite", summary="Offices and their function themes")
def bipartite(answers: Answers) -> Response:
    """The bipartite graph of offices and the themes of their duties, weighted by idf."""
    return answers.answer(Networks.bipartite)


@router.get("/neighbours", summary="Offices near each other")
def neighbours(answers: Answers, neighbours: NeighboursParameter = NEIGHBOURS) -> Response:
    """Each office joined to its nearest by idf-weighted Jaccard similarity of themes."""
    return answers.answer(lambda networks: networks.neighbours(neighbours))


@router.get("/similar", summary="Offices like one, and why")
def similar(
    answers: Answers,
    office: Annotated[
        str,
        Query(min_length=1, description="The office: IRI, full, short or other name, or region."),
    ],
    limit: Annotated[
        int, Query(ge=1, le=MOST_NEIGHBOURS, description="The most offices that are given.")
    ] = NEIGHBOURS,
) -> Response:
    """The nearest offices with the themes and clauses that both have."""
    return answers.answer(lambda networks: networks.similar(office, limit))


@router.get("/sisters", summary="Groups of offices with nearly the same themes")
def sisters(
    answers: Answers,
    threshold: Annotated[
        float, Query(gt=0, le=1, description="The similarity from which offices are sisters.")
    ] = defaults.THRESHOLD,
) -> Response:
    """Offices wherever they are whose theme sets are nearly equal."""
    return answers.answer(lambda networks: networks.sisters(threshold))


@router.get("/themes", summary="Rare and common themes")
def themes(
    answers: Answers,
    limit: Annotated[
        int, Query(ge=1, le=MOST_LISTED, description="How many of either are given.")
    ] = defaults.LISTED,
) -> Response:
    """The themes that fewest and most offices have."""
    return answers.answer(lambda networks: networks.frequencies(limit))


@router.get("/communities", summary="Communities of offices (Louvain)")
def communities(
    answers: Answers,
    resolution: Annotated[
        float, Query(gt=0, le=10, description="Above 1 for smaller communities, below for larger.")
    ] = defaults.RESOLUTION,
    seed: Annotated[
        int, Query(ge=0, lt=2**32, description="The same seed gives the same communities.")
    ] = defaults.SEED,
    neighbours: NeighboursParameter = NEIGHBOURS,
) -> Response:
    """Communities of the neighbour graph with their most telling themes and most central offices."""
    return answers.answer(
        lambda networks: networks.communities(
            resolution=resolution, seed=seed, neighbours=neighbours
        )
    )


@router.get("/neighbourhood", summary="What a thing is joined to")
def neighbourhood(
    answers: Answers,
    thing: ThingParameter,
    depth: Annotated[
        int, Query(ge=1, le=defaults.DEEPEST, description="How many hops from the thing.")
    ] = defaults.DEPTH,
    most: Annotated[
        int, Query(ge=2, le=MOST_THINGS, description="The most things that are given.")
    ] = defaults.MOST_THINGS,
    hub: Annotated[
        int,
        Query(ge=1, description="A thing joined to more than these is shown, and not followed."),
    ] = defaults.HUB,
) -> Response:
    """The things around an office, theme, cause, class, project, division, document, clause, or any
    other node of the release."""
    return answers.answer(
        lambda networks: networks.neighbourhood(thing, depth=depth, most=most, hub=hub)
    )


@router.get("/path", summary="What joins two things")
def path(
    answers: Answers,
    start: Annotated[str, Query(alias="from", min_length=1, description=f"One thing. {NAMES}")],
    end: Annotated[str, Query(alias="to", min_length=1, description="The other thing, likewise.")],
    limit: Annotated[
        int, Query(ge=1, le=MOST_PATHS, description="The most paths, the cheapest first.")
    ] = defaults.PATHS,
) -> Response:
    """Paths between two things, hubs penalised, each hop told with the words that state it. That there
    is none is an answer."""
    return answers.answer(lambda networks: networks.paths(start, end, limit))
