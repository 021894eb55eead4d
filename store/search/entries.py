"""What can be found in a release: its things with names and words, and where each is stated.

One query of `store/search/queries` a kind gives rows of `?thing` with any of `?name`, `?other` (name),
`?text`, `?office`, `?document`, `?year`, `?theme` and `?span`; rows about one thing are put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, QuerySolutions, Store

FOLDER = Path(__file__).parent / "queries"
SPAN = re.compile(r"/id/doc/([^/#]+)/text/[^/#]+#char=(\d+),(\d+)$")
#: The dimensions that hits are counted and narrowed by.
DIMENSIONS = ("kind", "office", "year", "document", "theme")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things: its query, what it is called, and how much a hit of it is worth.

    `is_stated`: each thing of the kind is stated by one document, in that document's own graphs.
    """

    name: str
    query: str
    zh: str
    en: str
    weight: float
    is_stated: bool = False


#: In the order in which they are indexed and told. Who types a name means the office or the theme, not
#: each sentence with it, so what is named is worth more than what is said.
KINDS: tuple[Kind, ...] = (
    Kind("document", "documents", "文件", "Documents", 1.5),
    Kind("office", "offices", "机构", "Offices", 3.0),
    Kind("theme", "themes", "职能主题", "Themes of functions", 2.5),
    Kind("concept", "concepts", "代码与概念", "Concepts", 1.0),
    Kind("project", "projects", "项目", "Projects", 1.5),
    Kind("internal-office", "internal-offices", "内设机构", "Internal offices", 1.0),
    Kind("division", "divisions", "行政区划", "Divisions", 1.0),
    Kind("ontology-term", "ontology-terms", "本体术语", "Terms of the ontology", 0.5),
    Kind("function", "functions", "职能", "Functions", 1.2, is_stated=True),
    Kind("reason", "reasons", "增减原因", "Reasons of changes", 1.1, is_stated=True),
    Kind("definition", "definitions", "名词解释", "Definitions", 0.8, is_stated=True),
    Kind("indicator", "indicators", "绩效指标", "Indicators", 0.8, is_stated=True),
    Kind("sentence", "sentences", "句子", "Sentences", 1.0, is_stated=True),
)
KINDS_BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the text of a document, in code points, half open."""

    document: str
    start: int
    end: int


@dataclass(slots=True)
class Entry:
    """One thing that can be found.

    `facets` are its values in each dimension, IRIs but for kind and year; `place` is where it is stated
    first.
    """

    iri: str
    kind: str
    name: str = ""
    other_names: tuple[str, ...] = ()
    text: str = ""
    place: Place | None = None
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Gathered:
    """What the rows have said of a thing so far."""

    labels: set[tuple[bool, str]] = field(default_factory=set)
    texts: set[tuple[bool, str]] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    spans: set[str] = field(default_factory=set)
    facets: dict[str, set[str]] = field(default_factory=dict)


def read_entries(
    store: Store, base_iri: str, stating: Sequence[str] | None = None
) -> Iterator[Entry]:
    """All that can be found in the store of a release; an IRI may come again as a thing of a later kind.

    Args:
        stating: the graphs that things of the stated kinds are read from; all, if not said.

    Raises OSError when the store cannot be read.
    """
    documents: dict[str, Entry] = {}
    for kind in KINDS:
        graphs = stating if kind.is_stated else None
        for entry in entries_of_kind(store, kind, base_iri, graphs):
            if kind.name == "document":
                documents[entry.iri] = entry
            yield with_document_facets(entry, documents, base_iri)


def entries_of_kind(
    store: Store, kind: Kind, base_iri: str, graphs: Sequence[str] | None = None
) -> Iterator[Entry]:
    """The things of a kind that have a name or words, of stated kinds those that have a place."""
    text = (FOLDER / f"{kind.query}.rq").read_text(encoding="utf-8")
    default: list[NamedNode | BlankNode | DefaultGraph] = [NamedNode(iri) for iri in graphs or ()]
    solutions = store.query(
        text, base_iri=base_iri, default_graph=None if graphs is None else default
    )
    assert isinstance(solutions, QuerySolutions)
    for iri, gathered in gather(solutions):
        entry = entry_of(iri, kind, gathered)
        if (entry.name or entry.text) and (entry.place or not kind.is_stated):
            yield entry


def gather(solutions: QuerySolutions) -> Iterable[tuple[str, Gathered]]:
    """The rows put together by their thing."""
    variables = [variable.value for variable in solutions.variables]
    things: dict[str, Gathered] = {}
    for solution in solutions:
        thing = solution["thing"]
        if not isinstance(thing, NamedNode):
            continue
        gathered = things.setdefault(thing.value, Gathered())
        for variable, value in zip(variables, solution, strict=True):
            if isinstance(value, NamedNode | Literal):
                take(gathered, variable, value)
    return things.items()


def take(gathered: Gathered, variable: str, value: NamedNode | Literal) -> None:
    if variable in ("name", "text"):
        # Chinese comes first, for it is what documents say.
        is_translation = isinstance(value, Literal) and not (value.language or "zh").startswith(
            "zh"
        )
        words = gathered.labels if variable == "name" else gathered.texts
        words.add((is_translation, value.value))
    elif variable == "other":
        gathered.others.add(value.value)
    elif variable == "span":
        gathered.spans.add(value.value)
    elif variable in DIMENSIONS:
        gathered.facets.setdefault(variable, set()).add(value.value)


def entry_of(iri: str, kind: Kind, gathered: Gathered) -> Entry:
    labels = [label for _, label in sorted(gathered.labels)]
    others = [*labels[1:], *sorted(gathered.others.difference(labels))]
    return Entry(
        iri=iri,
        kind=kind.name,
        name=labels[0] if labels else "",
        other_names=tuple(others),
        text=" ".join(text for _, text in sorted(gathered.texts)),
        place=first_place(gathered.spans),
        facets={
            "kind": (kind.name,),
            **{name: tuple(sorted(values)) for name, values in gathered.facets.items()},
        },
    )


def first_place(spans: Iterable[str]) -> Place | None:
    """The first of the spans, by document and start; the fragment of a span tells where it is (RFC 5147)."""
    found = (SPAN.search(span) for span in spans)
    places = [Place(one[1], int(one[2]), int(one[3])) for one in found if one]
    return min(places, key=lambda place: (place.document, place.start), default=None)


def with_document_facets(entry: Entry, documents: Mapping[str, Entry], base_iri: str) -> Entry:
    """The entry with office and year of the document that states it, where it has no own."""
    if entry.place is None:
        return entry
    iri = f"{base_iri}id/doc/{entry.place.document}"
    document = documents.get(iri)
    if document is not None:
        entry.facets = {**document.facets, **entry.facets}
    return entry
