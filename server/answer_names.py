"""What the IRIs of an answer are called in the language of the reader, and where they lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from server.labels import Labels
from server.language import Language
from server.links import SPAN, Links
from server.publication import Publication

#: What a link may lead to outside: an answer can make up any IRI, one that runs as a script too.
WEB = ("http://", "https://", "/")
#: A name is for reading in a table; functions and reasons are called by their whole wording.
LONGEST_NAME = 120
PLACE_IN_TEXT: Mapping[Language, str] = {
    "zh": "原文第 {start}–{end} 字",
    "en": "characters {start}–{end}",
}


@dataclass(frozen=True, slots=True)
class NamedIri:
    """`address` is a page of ours, or the IRI itself for what is not of ours; of an IRI that is none of the
    web, what the graph says of it."""

    name: str
    address: str


def named_iris(
    publication: Publication, iris: Iterable[str], links: Links, language: Language
) -> dict[str, NamedIri]:
    """The names and pages of IRIs: from the vocabulary, then from the graph, else from the IRI.

    Raises:
        ValueError: one of them is no IRI.
    """
    wanted = dict.fromkeys(iris)
    labels = publication.labels.speaking(language)
    things = [
        NamedNode(iri)
        for iri in wanted
        if iri.startswith(f"{links.base_iri}id/") and not labels.known(iri)
    ]
    stated = publication.names(things) if things else {}
    return {
        iri: NamedIri(
            shortened(stated.get(iri) or name_of(iri, labels, language)),
            address_of(iri, links),
        )
        for iri in wanted
    }


def address_of(iri: str, links: Links) -> str:
    """Where an IRI leads.

    >>> links = Links("https://w3id.org/guanlian/")
    >>> address_of("http://other.test/a", links), address_of("javascript:alert(1)", links)
    ('http://other.test/a', '/sparql?query=DESCRIBE+%3Cjavascript%3Aalert%281%29%3E')
    """
    page = links.term_page(iri) or links.page(iri)
    if page.lower().startswith(WEB):
        return page
    return links.to("/sparql?") + urlencode({"query": f"DESCRIBE <{iri}>"})


def name_of(iri: str, labels: Labels, language: Language) -> str:
    """The label, the place in a text, or the IRI as people read it."""
    place = SPAN.fullmatch(iri.removeprefix(labels.links.base_iri))
    if place is None:
        return labels.known(iri) or labels.links.short(iri)
    start, _, end = place["fragment"].removeprefix("char=").partition(",")
    return PLACE_IN_TEXT[language].format(start=start, end=end)


def shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
