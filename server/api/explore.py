"""`/api/explore/…`: the network of things step by step, for the graph explorer and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema
from pyoxigraph import NamedNode

from queries.network import networks as defaults
from queries.network.adjacency import Adjacency, Adjacent, RelationCount
from queries.network.evidence import Statement, statements
from queries.network.maps import NetworkMap
from queries.network.networks import Networks
from queries.network.paths import Hop, Path, Thing
from queries.network.relations import kinds, relations
from queries.network.routes import Routes, numbered_thing
from server.api.paging import ListAnswer, Paging
from server.links import Links
from server.network_maps import MapName, map_of
from server.networks import MOST_PATHS, NAMES, explored_networks, told_as_problems
from server.problems import OTHER_PROBLEMS, Problem, told_problem
from server.publication import CurrentPublication, Publication

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
#: The most things of which it is told how they are joined: what a screen holds, and an address.
MOST_SELECTED = 300
MOST_STATEMENTS = 100
STATEMENTS = 20


def one_of(names: Iterable[str]) -> Callable[[str], str]:
    """What refuses a text that is none of the names of a table."""
    known = list(names)

    def check(name: str) -> str:
        if name not in known:
            raise ValueError(f"{name[:40]!r} is none of {', '.join(known)}")
        return name

    return check


KindName = Annotated[
    str,
    AfterValidator(one_of(kinds())),
    WithJsonSchema({"type": "string", "enum": [*kinds()]}),
]
RelationName = Annotated[
    str,
    AfterValidator(one_of(relations())),
    WithJsonSchema({"type": "string", "enum": [*relations()]}),
]
Direction = Literal["out", "in"]

NodeParameter = Annotated[str, Query(min_length=1, description=f"事物 · the thing. {NAMES}")]
KindsParameter = Annotated[
    list[KindName],
    Query(alias="kind", description="只要这些种类 · only things of these kinds; all without it"),
]
YearsParameter = Annotated[
    list[Annotated[str, Field(pattern="^[0-9]{4}$")]],
    Query(
        alias="year",
        description="只要这些年度 · only what is stated for these fiscal years, and what has none",
    ),
]


class InBothLanguages(BaseModel):
    """Words in Chinese and English."""

    zh: str
    en: str


class ExploredThing(BaseModel):
    """A thing of the network of things."""

    iri: str
    name: str = Field(description="中文名称 · the Chinese label")
    name_en: str = Field(description="the English label, else the Chinese one")
    kind: str
    degree: int = Field(description="to how many others it is joined in the release")
    link: str = Field(description="its page on this server")


class ListedKind(BaseModel):
    """A kind of things."""

    kind: str
    name: InBothLanguages
    several: InBothLanguages


class ListedRelation(BaseModel):
    """A way in which two things are joined, and the SPARQL query for all pairs."""

    relation: str
    source: str = Field(description="the kind of its sources")
    target: str = Field(description="the kind of its targets")
    label: InBothLanguages = Field(description="what the targets are to a source")
    inverse: InBothLanguages = Field(description="what the sources are to a target")
    sentence: InBothLanguages = Field(description="what it says of {source} and {target}")
    has_evidence: bool = Field(description="whether documents state it, not a code list")
    sparql: str


class RelationsAnswer(BaseModel):
    """The kinds of things, and the relations between them."""

    kinds: list[ListedKind]
    relations: list[ListedRelation]


class CountedRelation(BaseModel):
    """A relation of a thing, and how many things it joins to it."""

    relation: str
    direction: Direction = Field(
        description="out where the thing is the source, in where the target"
    )
    label: InBothLanguages
    kind: str = Field(description="the kind of the others")
    count: int


class JoinedNeighbour(BaseModel):
    """A thing that a relation joins to another."""

    thing: ExploredThing
    relation: str
    direction: Direction
    years: list[str] = Field(
        description="fiscal years for which it is stated; none where it has none"
    )


class NeighboursAnswer(ListAnswer):
    """A thing with its relations, and a part of the things of one of them."""

    node: ExploredThing
    years: list[str] = Field(description="fiscal years of all that is stated of its relations")
    relations: list[CountedRelation]
    total: int = Field(description="how many things the relation asked for joins to it")
    neighbours: list[JoinedNeighbour]


class Joined(BaseModel):
    """Two things and a relation that joins them."""

    relation: str
    source: str
    target: str
    years: list[str]


class SelectionAnswer(BaseModel):
    """Some things, and all that joins them among each other."""

    release: str
    years: list[str] = Field(description="all fiscal years of the release")
    things: list[ExploredThing]
    joined: list[Joined]


class ThingsAnswer(BaseModel):
    """Some things of the network."""

    release: str
    things: list[ExploredThing]


class Stated(BaseModel):
    """Words of a document, and where they stand."""

    text: str
    span: str
    link: str = Field(description="to the sentence in its document")


class StatedIn(Stated):
    """Words of a document, where they stand, and in which document that is."""

    document: str
    title: str
    year: str


class RouteHop(BaseModel):
    """One step of a path; without a statement where a code list joins the two."""

    relation: str
    source: str
    target: str
    sentence: InBothLanguages
    statement: Stated | None


class Route(BaseModel):
    """A path in one sentence and step by step."""

    sentence: InBothLanguages
    cost: float
    things: list[ExploredThing]
    hops: list[RouteHop]


class PathAnswer(BaseModel):
    """The best of the shortest paths between two things; that there is none is an answer."""

    release: str
    start: ExploredThing
    end: ExploredThing
    most_steps: int = Field(description="longer paths were not looked for")
    is_exhausted: bool = Field(description="whether there can be no path when none is given")
    sentence: InBothLanguages
    paths: list[Route]


class EvidenceAnswer(BaseModel):
    """What states that two things are joined."""

    release: str
    relation: str
    source: ExploredThing
    target: ExploredThing
    years: list[str]
    sentence: InBothLanguages
    statements: list[StatedIn] = Field(description="none where a code list joins the two")
    truncated: bool


class PlacedNode(BaseModel):
    """A node of a map; community 0 is joined to nothing."""

    iri: str
    name: str
    name_en: str
    kind: str
    community: int
    x: float
    y: float
    degree: int


class PlacedEdge(BaseModel):
    """An edge of a map, between two positions in the list of nodes."""

    source: int
    target: int
    weight: float


class PlacedCommunity(BaseModel):
    """A community of a map: its disc, its size, the themes that tell it from others."""

    number: int
    x: float
    y: float
    radius: float
    size: int
    themes: list[InBothLanguages]
    central: str = Field(description="the node that is joined most in it")


class MapAnswer(BaseModel):
    """A whole network with places; x and y in units of the distance that nodes keep."""

    release: str
    method: str
    nodes: list[PlacedNode]
    edges: list[PlacedEdge] = Field(description="those that say most")
    all_edges: int
    left_out: int = Field(description="nodes that are too many to draw")
    communities: list[PlacedCommunity]


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


def relation_words(relation: str, name: str) -> InBothLanguages:
    words = relations()[relation].words
    return InBothLanguages(zh=getattr(words["zh"], name), en=getattr(words["en"], name))


def told_thing(thing: Thing, links: Links) -> ExploredThing:
    return ExploredThing(
        iri=thing.iri,
        name=thing.label,
        name_en=thing.label_en,
        kind=thing.kind,
        degree=thing.degree,
        link=links.page(thing.iri),
    )


def told_adjacency(
    publication: Publication, found: Adjacency, paging: Paging, truncated: bool
) -> NeighboursAnswer:
    return NeighboursAnswer(
        release=publication.release.release_id,
        offset=paging.offset,
        limit=paging.limit,
        truncated=truncated,
        node=told_thing(found.thing, publication.links),
        years=list(found.years),
        relations=[told_count(counted) for counted in found.relations],
        total=found.total,
        neighbours=[told_neighbour(one, publication.links) for one in found.adjacent],
    )


def told_count(counted: RelationCount) -> CountedRelation:
    return CountedRelation(
        relation=counted.relation,
        direction="out" if counted.is_forward else "in",
        label=relation_words(counted.relation, "label" if counted.is_forward else "inverse"),
        kind=counted.kind,
        count=counted.count,
    )


def told_neighbour(one: Adjacent, links: Links) -> JoinedNeighbour:
    return JoinedNeighbour(
        thing=told_thing(one.thing, links),
        relation=one.relation,
        direction="out" if one.is_forward else "in",
        years=list(one.years),
    )


def told_routes(publication: Publication, found: Routes) -> PathAnswer:
    links = publication.links
    return PathAnswer(
        release=publication.release.release_id,
        start=told_thing(found.start, links),
        end=told_thing(found.end, links),
        most_steps=found.most_steps,
        is_exhausted=found.is_exhausted,
        sentence=InBothLanguages(zh=found.sentence_zh, en=found.sentence_en),
        paths=[told_path(path, links) for path in found.paths],
    )


def told_path(path: Path, links: Links) -> Route:
    return Route(
        sentence=InBothLanguages(zh=path.sentence_zh, en=path.sentence_en),
        cost=path.cost,
        things=[told_thing(thing, links) for thing in path.things],
        hops=[told_hop(hop, links) for hop in path.hops],
    )


def told_hop(hop: Hop, links: Links) -> RouteHop:
    return RouteHop(
        relation=hop.relation,
        source=hop.source,
        target=hop.target,
        sentence=InBothLanguages(zh=hop.sentence_zh, en=hop.sentence_en),
        statement=None if hop.statement is None else told_statement(hop.statement, links),
    )


def told_statement(statement: Statement, links: Links) -> Stated:
    return Stated(
        text=statement.text,
        span=statement.span,
        link=links.sentence(statement.span) or links.page(statement.span),
    )


def evidence_of(
    publication: Publication, source: str, target: str, relation: str, limit: int
) -> EvidenceAnswer:
    """What states a relation. Raises Problem 404 when it does not join the two."""
    networks = explored_networks(publication)
    with told_as_problems():
        pair = networks.selection([source, target])
    named = {name: networks.find(name) for name in (source, target)}
    joined = next(
        (
            one
            for one in pair.joined
            if (one.relation, one.source, one.target) == (relation, named[source], named[target])
        ),
        None,
    )
    if joined is None:
        detail = f"The relation {relation} does not join {source[:200]} to {target[:200]}."
        detail_zh = f"关系 {relation} 不连接 {source[:200]} 与 {target[:200]}。"
        raise Problem(404, "Not in the release", detail, detail_zh=detail_zh)
    things = {thing.iri: thing for thing in pair.things}
    return told_evidence(
        publication, networks, relation, (things[joined.source], things[joined.target]),
        joined.years, limit,
    )  # fmt: skip


def told_evidence(
    publication: Publication,
    networks: Networks,
    relation: str,
    ends: tuple[Thing, Thing],
    years: Iterable[str],
    limit: int,
) -> EvidenceAnswer:
    one, other = ends
    found = [
        *statements(
            publication.graph,
            relations()[relation],
            one.iri,
            other.iri,
            limit + 1,
            base=networks.base,
        )
    ]
    words = relations()[relation].words
    return EvidenceAnswer(
        release=publication.release.release_id,
        relation=relation,
        source=told_thing(one, publication.links),
        target=told_thing(other, publication.links),
        years=list(years),
        sentence=InBothLanguages(
            zh=words["zh"].sentence.format(source=one.label, target=other.label),
            en=words["en"].sentence.format(source=one.label_en, target=other.label_en),
        ),
        statements=placed(publication, found[:limit]),
        truncated=len(found) > limit,
    )


def placed(publication: Publication, found: Sequence[Statement]) -> list[StatedIn]:
    """Statements with the document that each stands in."""
    spans = [NamedNode(statement.span) for statement in found]
    places = {row["span"]: row for row in publication.ask("places-of-spans", span=spans)}
    return [
        StatedIn(
            **told_statement(statement, publication.links).model_dump(),
            document=places[statement.span]["document"],
            title=places[statement.span]["title"],
            year=places[statement.span]["year"],
        )
        for statement in found
        if statement.span in places
    ]


def told_map(publication: Publication, found: NetworkMap) -> MapAnswer:
    projection = explored_networks(publication).projection

    def both(iri: str) -> InBothLanguages:
        number = projection.numbers[iri]
        return InBothLanguages(zh=projection.label(number, "zh"), en=projection.label(number, "en"))

    return MapAnswer(
        release=publication.release.release_id,
        method=found.account.method,
        nodes=[
            PlacedNode(
                iri=node.iri,
                name=both(node.iri).zh,
                name_en=both(node.iri).en,
                kind=node.kind,
                community=node.community,
                x=node.x,
                y=node.y,
                degree=node.degree,
            )
            for node in found.nodes
        ],
        edges=[
            PlacedEdge(source=edge.source, target=edge.target, weight=edge.weight)
            for edge in found.edges
        ],
        all_edges=found.all_edges,
        left_out=found.left_out,
        communities=[
            PlacedCommunity(
                number=community.number,
                x=community.disc.x,
                y=community.disc.y,
                radius=community.disc.radius,
                size=community.size,
                themes=[both(theme) for theme in community.themes],
                central=community.central,
            )
            for community in found.communities
        ],
    )
