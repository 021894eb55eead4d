"""The answer to a search, as JSON says it and the page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pydantic import BaseModel, Field

from server.labels import Labels
from server.links import Links
from server.search_parameters import SearchParameters, index_value, parameter_value
from store.search.entries import KINDS_BY_NAME, Place
from store.search.index import FacetCount, Hit, SearchAnswer, SearchIndex
from store.search.snippets import Snippet, name_of, snippet_of
from store.search.wanted import Wanted

API = "/api/search"


class Mark(BaseModel):
    """A range to mark, in code points, half open."""

    start: int
    end: int


class MarkedText(BaseModel):
    """A text with the ranges that were looked for, in order."""

    text: str
    marks: list[Mark]


class SnippetOfThing(MarkedText):
    """A stretch of what a thing says, or another name of it.

    `start` is where it begins in there; `is_whole` tells that nothing is left out.
    """

    source: str = Field(description="other-name or text")
    start: int
    is_whole: bool


class Named(BaseModel):
    """A thing with its name and the page about it."""

    iri: str
    name: str
    link: str


class Sentence(BaseModel):
    """Where a document states the thing first: code points in its text, half open."""

    document: Named
    start: int
    end: int
    link: str = Field(description="to the sentence in its document")


class FoundThing(BaseModel):
    """A thing that is found. What has no name of its own has that of its document."""

    kind: str
    iri: str
    link: str
    title: MarkedText
    snippet: SnippetOfThing | None
    office: Named | None
    years: list[str]
    sentence: Sentence | None
    score: float = Field(description="BM25 with weights; comparable within one search only")


class FacetValue(BaseModel):
    """A value of a dimension, as the parameter of its name takes it, and how many hits have it."""

    value: str
    name: str
    count: int
    is_chosen: bool
    link: str = Field(description="to the same search with this value chosen, or no longer")


class SearchResults(BaseModel):
    """The hits of a page, the best first. Facets of a dimension count what fits in all others."""

    q: str
    understood: str = Field(description="what was looked for; empty when q holds no word")
    release: str
    total: int
    ranked: int = Field(
        description="how many are put in order; of a word that is nearly everywhere, the others follow"
    )
    page: int
    size: int
    next: str | None
    hits: list[FoundThing]
    facets: dict[str, list[FacetValue]]


class AnswerWriter:
    """Turns what an index finds into the answer to a request.

    `links` and `labels` are in the language of the answer.
    """

    def __init__(
        self, index: SearchIndex, links: Links, labels: Labels, asked: SearchParameters
    ) -> None:
        self.index, self.links, self.labels, self.asked = index, links, labels, asked

    def results(
        self, wanted: Wanted, answer: SearchAnswer, release_id: str, path: str = API
    ) -> SearchResults:
        """The answer, with links to other parts of it at `path`."""
        asked = self.asked
        has_more = asked.first + len(answer.hits) < answer.total
        return SearchResults(
            q=asked.q,
            understood=str(wanted),
            release=release_id,
            total=answer.total,
            ranked=answer.ranked,
            page=asked.page,
            size=asked.size,
            next=self.links.to(asked.address(path, page=asked.page + 1)) if has_more else None,
            hits=[self.thing(hit, wanted) for hit in answer.hits],
            facets={
                dimension: [*self.facet_values(dimension, counts, path)]
                for dimension, counts in answer.facets.items()
            },
        )

    def thing(self, hit: Hit, wanted: Wanted) -> FoundThing:
        """A hit with the pages that it leads to."""
        hit = self.spoken(hit)
        entry = hit.entry
        sentence = None if entry.place is None else self.sentence(entry.place)
        title, snippet = name_of(hit, wanted), snippet_of(hit, wanted)
        offices = [iri for iri in entry.facets.get("office", ()) if iri != entry.iri]
        return FoundThing(
            kind=entry.kind,
            iri=entry.iri,
            link=self.links.page(entry.iri),
            title=marked(title) if title.text else unmarked(sentence),
            snippet=None if snippet is None else snippet_of_thing(snippet),
            office=self.named(offices[0]) if offices else None,
            years=list(entry.facets.get("year", ())),
            sentence=sentence,
            score=round(hit.score, 3),
        )

    def spoken(self, hit: Hit) -> Hit:
        """The hit under its label in the language of the answer, where its kind is called so and the index,
        which is in Chinese, calls it otherwise; it keeps that name among its others."""
        entry, label = (
            hit.entry,
            self.labels.by_language[self.labels.language].get(hit.entry.iri, ""),
        )
        if not label or not entry.name or label == entry.name:
            return hit
        others = (entry.name, *(one for one in entry.other_names if one != label))
        # Spellings are of the names as the index has them.
        return replace(hit, entry=replace(entry, name=label, other_names=others), spelling="")

    def sentence(self, place: Place) -> Sentence:
        document = self.named(f"{self.links.base_iri}id/doc/{place.document}")
        link = f"{document.link}#char={place.start},{place.end}"
        return Sentence(document=document, start=place.start, end=place.end, link=link)

    def named(self, iri: str) -> Named:
        return Named(iri=iri, name=self.index.name(iri), link=self.links.page(iri))

    def facet_values(
        self, dimension: str, counts: Iterable[FacetCount], path: str
    ) -> Iterator[FacetValue]:
        """The values counted, and those asked for that no hit has, so that they can be let go."""
        chosen: list[str] = getattr(self.asked, dimension)
        found = {parameter_value(dimension, one.value, self.links): one.count for one in counts}
        for value, count in (found | {one: found.get(one, 0) for one in chosen}).items():
            yield FacetValue(
                value=value,
                name=self.value_name(dimension, value),
                count=count,
                is_chosen=value in chosen,
                link=self.links.to(self.asked.toggled(path, dimension, value)),
            )

    def value_name(self, dimension: str, value: str) -> str:
        if dimension == "kind":
            return KIND_NAMES[value][self.labels.language == "en"]
        named = index_value(dimension, value, self.links)
        return self.labels.known(named) or self.index.name(named) or value


#: What the kinds of things are called, in Chinese and English.
KIND_NAMES: Mapping[str, tuple[str, str]] = {
    name: (kind.zh, kind.en) for name, kind in KINDS_BY_NAME.items()
}


def marked(snippet: Snippet) -> MarkedText:
    return MarkedText(text=snippet.text, marks=marks(snippet))


def marks(snippet: Snippet) -> list[Mark]:
    return [Mark(start=start, end=end) for start, end in snippet.marks]


def snippet_of_thing(snippet: Snippet) -> SnippetOfThing:
    return SnippetOfThing(
        text=snippet.text,
        marks=marks(snippet),
        source=snippet.source,
        start=snippet.start,
        is_whole=snippet.is_whole,
    )


def unmarked(sentence: Sentence | None) -> MarkedText:
    """The name of the document, for a thing that has none."""
    return MarkedText(text=sentence.document.name if sentence else "", marks=[])
