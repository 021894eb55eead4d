"""`/api/explore/…`: the network of things step by step, for the graph explorer and for programs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from queries.network import networks as defaults
from queries.network.relations import kinds, relations
from queries.network.routes import numbered_thing
from server.api.explore.answers import (
    EvidenceAnswer,
    InBothLanguages,
    Joined,
    ListedKind,
    ListedRelation,
    NeighboursAnswer,
    PathAnswer,
    RelationsAnswer,
    SelectionAnswer,
    ThingsAnswer,
)
from server.api.explore.evidence import evidence_of
from server.api.explore.maps import MapAnswer, told_map
from server.api.explore.parameters import (
    MOST_SELECTED,
    Direction,
    KindsParameter,
    NodeParameter,
    RelationName,
    YearsParameter,
)
from server.api.explore.telling import relation_words, told_adjacency, told_routes, told_thing
from server.api.paging import Paging
from server.network_maps import MapName, map_of
from server.networks import MOST_PATHS, NAMES, explored_networks, told_as_problems
from server.problems import OTHER_PROBLEMS, told_problem
from server.publication import CurrentPublication

router = APIRouter(
    prefix="/api/explore",
    tags=["networks"],
    responses={
        400: told_problem("A parameter is missing or out of bounds."),
        404: told_problem("Nothing is called so; `nearest` are names like it."),
        409: told_problem("Several things are called so; `candidates` are they."),
        **OTHER_PROBLEMS,
    },
)
MOST_STATEMENTS = 100
STATEMENTS = 20


@router.get(
    "/relations",
    summary="事物的种类与关系 · Kinds of things and relations",
    operation_id="relations",
)
def listed_relations(publication: CurrentPublication) -> RelationsAnswer:
    """The table of relations that paths, counts and the graph explorer go by."""
    base = publication.links.base_iri
    return RelationsAnswer(
        kinds=[
            ListedKind(
                kind=kind.kind,
                name=InBothLanguages(zh=kind.zh, en=kind.en),
                several=InBothLanguages(zh=kind.zh, en=kind.plural_en),
            )
            for kind in kinds().values()
        ],
        relations=[
            ListedRelation(
                relation=relation.name,
                source=relation.source,
                target=relation.target,
                label=relation_words(relation.name, "label"),
                inverse=relation_words(relation.name, "inverse"),
                sentence=relation_words(relation.name, "sentence"),
                has_evidence=bool(relation.question),
                sparql=relation.query(base),
            )
            for relation in relations().values()
        ],
    )


@router.get(
    "/neighbours",
    summary="一个事物的关系 · The relations of a thing",
    operation_id="relations-of-thing",
)
def neighbours(
    request: Request,
    response: Response,
    publication: CurrentPublication,
    paging: Annotated[Paging, Depends()],
    node: NodeParameter,
    relation: Annotated[
        RelationName | None,
        Query(
            description="列出此关系的事物 · the relation whose things are listed; none without it"
        ),
    ] = None,
    direction: Annotated[
        Direction, Query(description="out: 该事物为起点 · the thing is the source; in: the target")
    ] = "out",
    kind: KindsParameter = [],  # noqa: B006 - FastAPI copies it
    year: YearsParameter = [],  # noqa: B006
) -> NeighboursAnswer:
    """How many things each relation joins to a thing, and a part of those of one relation."""
    with told_as_problems():
        found = explored_networks(publication).adjacency(
            node,
            relation=relation or "",
            is_forward=direction == "out",
            kinds=kind,
            years=year,
            offset=paging.offset,
            limit=paging.limit,
        )
    truncated = paging.offset + len(found.adjacent) < found.total
    if truncated:
        paging.lead_on(request, response)
    return told_adjacency(publication, found, paging, truncated)


@router.get(
    "/selection",
    summary="若干事物之间的关系 · What joins some things among each other",
    operation_id="relations-among-things",
)
def selection(
    publication: CurrentPublication,
    node: Annotated[
        list[str],
        Query(
            min_length=1, max_length=MOST_SELECTED, description=f"若干事物 · the things. {NAMES}"
        ),
    ],
    year: YearsParameter = [],  # noqa: B006
) -> SelectionAnswer:
    """Every relation between any two of the things given."""
    with told_as_problems():
        found = explored_networks(publication).selection(node, years=year)
    return SelectionAnswer(
        release=publication.release.release_id,
        years=list(found.years),
        things=[told_thing(thing, publication.links) for thing in found.things],
        joined=[
            Joined(
                relation=pair.relation,
                source=pair.source,
                target=pair.target,
                years=list(pair.years),
            )
            for pair in found.joined
        ],
    )


@router.get(
    "/things",
    summary="其中哪些是网络中的事物 · Which of some IRIs are things of the network",
    operation_id="things-of-network",
)
def things(
    publication: CurrentPublication,
    iri: Annotated[
        list[str], Query(min_length=1, max_length=MOST_SELECTED, description="若干 IRI · the IRIs")
    ],
) -> ThingsAnswer:
    """What those of the IRIs are called that are things of the network, in their order."""
    projection = explored_networks(publication).projection
    numbers = [projection.numbers[one] for one in iri if one in projection.numbers]
    return ThingsAnswer(
        release=publication.release.release_id,
        things=[
            told_thing(numbered_thing(projection, number), publication.links) for number in numbers
        ],
    )


@router.get(
    "/path",
    summary="两个事物之间的最短路径 · The shortest paths between two things",
    operation_id="shortest-path",
)
def path(
    publication: CurrentPublication,
    start: Annotated[str, Query(alias="from", min_length=1, description=f"起点 · one. {NAMES}")],
    end: Annotated[str, Query(alias="to", min_length=1, description="终点 · the other, likewise")],
    limit: Annotated[
        int, Query(ge=1, le=MOST_PATHS, description="最多几条 · the most paths, the best first")
    ] = defaults.PATHS,
    steps: Annotated[
        int,
        Query(ge=1, le=defaults.MOST_STEPS, description="最多几步 · the most steps of a path"),
    ] = defaults.STEPS,
    kind: KindsParameter = [],  # noqa: B006
    year: YearsParameter = [],  # noqa: B006
) -> PathAnswer:
    """The shortest paths, those first that pass what is joined to little; each in one sentence of what
    things have in common, and step by step with the words that state it."""
    with told_as_problems():
        found = explored_networks(publication).routes(
            start, end, limit=limit, most_steps=steps, kinds=kind, years=year
        )
    return told_routes(publication, found)


@router.get(
    "/evidence",
    summary="两个事物为何相连 · What states that two things are joined",
    operation_id="evidence-of-relation",
)
def evidence(
    publication: CurrentPublication,
    source: Annotated[str, Query(min_length=1, description=f"起点 · the source. {NAMES}")],
    target: Annotated[str, Query(min_length=1, description="终点 · the target, likewise")],
    relation: Annotated[RelationName, Query(description="关系 · the relation")],
    limit: Annotated[
        int, Query(ge=1, le=MOST_STATEMENTS, description="最多几处原文 · the most statements")
    ] = STATEMENTS,
) -> EvidenceAnswer:
    """The words of documents that state a relation between two things."""
    return evidence_of(publication, source, target, relation, limit)


@router.get(
    "/network",
    summary="整个网络的地图 · A map of a whole network",
    operation_id="network-map",
)
def network(
    publication: CurrentPublication,
    map: Annotated[
        MapName,
        Query(
            description="offices: 机构按相近的职能相连 · offices near each other by themes; "
            "themes: 机构与主题 · offices and their themes"
        ),
    ] = MapName.OFFICES,
) -> MapAnswer:
    """Every node with its place and community, and the edges that say most. The same release has the
    same map."""
    with told_as_problems():
        return told_map(publication, map_of(publication, map))
