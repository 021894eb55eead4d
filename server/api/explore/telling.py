"""What is found in the network of things, told as JSON."""

from __future__ import annotations

from queries.network.adjacency import Adjacency, Adjacent, RelationCount
from queries.network.evidence import Statement
from queries.network.paths import Hop, Path, Thing
from queries.network.relations import relations
from queries.network.routes import Routes
from server.api.explore.answers import (
    CountedRelation,
    ExploredThing,
    InBothLanguages,
    JoinedNeighbour,
    NeighboursAnswer,
    PathAnswer,
    Route,
    RouteHop,
    Stated,
)
from server.api.paging import Paging
from server.links import Links
from server.publication import Publication


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
