"""What the explorer answers, as JSON."""

from __future__ import annotations

from pydantic import BaseModel, Field

from server.api.explore.parameters import Direction
from server.api.paging import ListAnswer


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
