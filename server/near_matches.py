"""The names that are spelled most like one that is not there: what a caller may have meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest

from server.publication import Publication

MOST = 5
#: Names less alike than this are none that could be meant.
LEAST_LIKENESS = 0.4
#: No name is longer; longer texts cost more to compare than they tell.
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that has a page: its address on this server, its name, and the names it is found by, folded
    and as pairs of characters."""

    address: str
    name: str
    folded: tuple[str, ...]
    pairs: tuple[frozenset[str], ...]


def candidate(address: str, name: str, *others: str) -> Candidate:
    """A candidate that is found by its name, by other names, and by the last part of its address."""
    last = address.rstrip("/").rpartition("/")[2]
    names = tuple(map(folded, dict.fromkeys((name, last, *others))))
    return Candidate(address, name, names, tuple(map(pairs, names)))


def folded(name: str) -> str:
    """A name without what makes no difference: width, case and white space.

    >>> folded("Ａb　c")
    'abc'
    """
    return "".join(unicodedata.normalize("NFKC", name[:LONGEST]).casefold().split())


def pairs(name: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a folded name, with its ends.

    >>> sorted(pairs("abc"))
    [' a', 'ab', 'bc', 'c ']
    """
    framed = f" {name} "
    return frozenset(framed[i : i + 2] for i in range(len(framed) - 1))


def likeness(some: frozenset[str], others: frozenset[str]) -> float:
    """How alike two names are, 0 to 1: the pairs that both have, twice, in those of either (Dice 1945).

    >>> likeness(pairs("财政局"), pairs("财政局")), likeness(pairs("财政局"), pairs("abc"))
    (1.0, 0.0)
    """
    return 2 * len(some & others) / (len(some) + len(others))


def nearest(wanted: str, candidates: Iterable[Candidate], most: int = MOST) -> list[Candidate]:
    """The candidates most like a name, the likeliest first; none that is too unlike. One whose name holds the
    wanted one is more like it than half."""
    name = folded(wanted)
    own = pairs(name)

    def score(one: Candidate) -> float:
        alike = max(likeness(own, each) for each in one.pairs)
        is_held = len(name) > 1 and any(name in each for each in one.folded)
        return (1 + alike) / 2 if is_held else alike

    scored = ((score(one), one.name, one) for one in candidates)
    alike = (found for found in scored if found[0] >= LEAST_LIKENESS)
    return [one for _, _, one in nlargest(most, alike, key=lambda found: found[:2])]


def near_offices(publication: Publication, wanted: str) -> list[Candidate]:
    """The offices whose names or ids are like one."""
    return nearest(wanted, publication.kept("near-offices", office_candidates))


def near_documents(publication: Publication, wanted: str) -> list[Candidate]:
    """The documents whose titles or ids are like one."""
    return nearest(wanted, publication.kept("near-documents", document_candidates))


def near_things(publication: Publication, path: str) -> list[Candidate]:
    """What a path of a thing may have meant: offices, documents and concepts, by kind as far as the path
    tells it."""
    kind, _, rest = path.strip("/").removeprefix("id/").partition("/")
    name = rest.rpartition("/")[2] or rest or kind
    find = NEAR_BY_KIND.get(kind)
    if find is not None:
        return find(publication, name)
    # A thing inside a document (an observation, a reason) has the document's id in its own.
    return near_documents(publication, rest.partition("/")[0])


def near_concepts(publication: Publication, wanted: str) -> list[Candidate]:
    """The concepts, classes and properties whose labels or names are like one."""
    return nearest(wanted, publication.kept("near-concepts", concept_candidates))


NEAR_BY_KIND: Mapping[str, Callable[[Publication, str], list[Candidate]]] = {
    "org": near_offices,
    "doc": near_documents,
    "code": near_concepts,
    "ns": near_concepts,
}


def office_candidates(publication: Publication) -> tuple[Candidate, ...]:
    """All offices that disclose."""
    return tuple(
        candidate(publication.links.office(row["office"]), row["name"])
        for row in publication.ask("near-offices")
    )


def document_candidates(publication: Publication) -> tuple[Candidate, ...]:
    """All documents."""
    return tuple(
        candidate(publication.links.document(row["document"]), row["title"])
        for row in publication.ask("near-documents")
    )


def concept_candidates(publication: Publication) -> tuple[Candidate, ...]:
    """All that the vocabulary has a label for."""
    links, labels = publication.links, publication.labels
    names = {**labels.by_language["en"], **labels.by_language["zh"]}
    return tuple(
        candidate(path, name, labels.en(iri))
        for iri, name in names.items()
        if (path := links.path(iri)) is not None
    )


def told(candidates: Iterable[Candidate]) -> Mapping[str, object]:
    """The members of a problem that tell what could have been meant, for programs and for its page."""
    found = [*candidates]
    return (
        {"nearest": [one.name for one in found], "pages": [one.address for one in found]}
        if found
        else {}
    )
