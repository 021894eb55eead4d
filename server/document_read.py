"""A document of the release as its pages need it: its text, layout, facts, findings, and what was not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from pyoxigraph import NamedNode

from server.document_blocks import Block, blocks_of
from server.document_facts import Fact, facts_of, spans_of
from server.document_layout import Layout, read_layout
from server.document_pages import ShownPage, shown_pages
from server.document_reading import Reading, reading_of
from server.findings import find_anomalies
from server.highlights import MarkedSpan
from server.linked_data.described import named
from server.near_matches import near_documents, told
from server.problems import unknown
from server.publication import Publication, Row
from server.recently_kept import RecentlyKept

DIGEST_DIGITS = 12
LATELY = 8


@dataclass(frozen=True)
class ReadDocument:
    """A document of the release as its pages need it; what a page does not need is not asked."""

    publication: Publication
    document_id: str
    about: Row

    @cached_property
    def iri(self) -> NamedNode:
        return named(self.about["document"])

    @cached_property
    def text(self) -> str:
        return self.publication.release.text(self.document_id)

    @cached_property
    def layout(self) -> Layout:
        return read_layout(self.publication.release.layout_json(self.document_id))

    @cached_property
    def blocks(self) -> list[Block]:
        return blocks_of(self.text, self.layout)

    @cached_property
    def reading(self) -> Reading:
        return reading_of(self.publication.release, self.document_id)

    @cached_property
    def spans(self) -> list[MarkedSpan]:
        """The spans that state facts, and the clauses that were not read."""
        return merged([*spans_of(self.publication, self.iri), *self.reading.unread])

    @cached_property
    def pages(self) -> list[ShownPage]:
        """The pages with their boxes; none without pictures."""
        return shown_pages(self.publication, self.iri, self.layout, self.spans, self.reading)

    @cached_property
    def anomalies(self) -> list[Row]:
        return find_anomalies(self.publication, [self.iri])

    def facts(self, family: str, spans: Iterable[MarkedSpan]) -> list[Fact]:
        return facts_of(self.publication, self.iri, family, spans)

    @property
    def source(self) -> str:
        return self.publication.release.manifest.documents[self.document_id].source

    @property
    def pages_digest(self) -> str:
        images = self.publication.release.manifest.documents[self.document_id].page_images
        return images.sha256[:DIGEST_DIGITS] if images else ""


def merged(spans: Iterable[MarkedSpan]) -> list[MarkedSpan]:
    """The spans, those of one stretch made one with the families of all of them."""
    found: dict[tuple[int, int], MarkedSpan] = {}
    for span in spans:
        known = found.setdefault((span.start, span.end), span)
        if known is not span:
            found[span.start, span.end] = replace(known, families=known.families | span.families)
    return [*found.values()]


def find_document(publication: Publication, document_id: str) -> ReadDocument:
    """A document of the release, as it was read for a page lately or anew. Raises Problem when there is none
    of this id."""
    lately = publication.kept("documents-lately", documents_lately)
    return lately.get(document_id, lambda: read_anew(publication, document_id))


def documents_lately(publication: Publication) -> RecentlyKept[ReadDocument]:
    """Room for the documents whose pages were asked for lately: who reads one asks again and again."""
    return RecentlyKept(LATELY)


def read_anew(publication: Publication, document_id: str) -> ReadDocument:
    if document_id not in publication.release.manifest.documents:
        raise unknown("文件", document_id, told(near_documents(publication, document_id)))
    iri = named(publication.links.thing(f"doc/{document_id}"))
    found = publication.ask("document", document=iri)
    if not found:
        raise unknown("文件", document_id, told(near_documents(publication, document_id)))
    return ReadDocument(publication, document_id, found[0])


def legend(spans: Iterable[MarkedSpan]) -> Counter[str]:
    """How many spans each family has."""
    return Counter(family for span in spans for family in span.families)
