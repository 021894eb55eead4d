"""The sentences that state that two things are joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import NamedNode

from queries.network.evidence import Statement, statements
from queries.network.networks import Networks
from queries.network.paths import Thing
from queries.network.relations import relations
from server.api.explore.answers import EvidenceAnswer, InBothLanguages, StatedIn
from server.api.explore.telling import told_statement, told_thing
from server.networks import explored_networks, told_as_problems
from server.problems import Problem
from server.publication import Publication


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
