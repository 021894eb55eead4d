"""The places of the offices that disclose, from province to county, with what each holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from server.publication import Publication, Row


@dataclass(frozen=True, slots=True)
class Place:
    """A place with what is disclosed in it and below it: offices, documents, first and last fiscal year."""

    iri: str
    name: str
    offices: int
    documents: int
    first_year: str
    last_year: str

    @property
    def code(self) -> str:
        """The last part of its IRI, which names it in addresses: the code of GB/T 2260 where it has one."""
        return self.iri.rpartition("/")[2]


class CoveredPlaces:
    """The tree of all places in which, or below which, offices disclose.

    `places` has every one by its code; `covered` the IRIs of those that offices themselves belong to.
    """

    def __init__(self, rows: Iterable[Row], above: Mapping[str, tuple[str, str]]) -> None:
        """`rows` of the query covered-places; `above` the place that a place is part of, with its name."""
        self.covered: set[str] = set()
        self._above = above
        self._below: defaultdict[str, set[str]] = defaultdict(set)
        self._roots: set[str] = set()
        self.places: dict[str, Place] = {}
        for row in rows:
            self.covered.add(row["place"])
            self._add(row)

    def roots(self) -> list[Place]:
        """The places that are part of no other, those of most offices first."""
        return self._in_order(self._roots)

    def below(self, place: Place) -> list[Place]:
        """The places right below a place, those of most offices first."""
        return self._in_order(self._below[place.iri])

    def path(self, place: Place) -> list[Place]:
        """The place and all that it is part of, the largest first."""
        return [self._of(iri) for iri, _ in reversed([*self._lineage(place.iri, place.name)])]

    def within(self, place: Place) -> set[str]:
        """The IRIs of the places of offices in a place and below it."""
        found = {place.iri} & self.covered
        return found.union(*(self.within(self._of(iri)) for iri in self._below[place.iri]))

    def _add(self, row: Row) -> None:
        """Counts a place for itself and for every place above it."""
        lower = None
        for iri, name in self._lineage(row["place"], row["name"]):
            self.places[code_of(iri)] = self._sum(iri, name, row)
            if lower is not None:
                self._below[iri].add(lower)
            lower = iri
        assert lower is not None
        self._roots.add(lower)

    def _sum(self, iri: str, name: str, row: Row) -> Place:
        known = self.places.get(code_of(iri))
        offices, documents = int(row["offices"]), int(row["documents"])
        if known is None:
            return Place(iri, name, offices, documents, row["first_year"], row["last_year"])
        return Place(
            iri,
            name,
            known.offices + offices,
            known.documents + documents,
            min(known.first_year, row["first_year"]),
            max(known.last_year, row["last_year"]),
        )

    def _lineage(self, iri: str, name: str) -> Iterator[tuple[str, str]]:
        """A place and those above it with their names; a circle is left where it closes."""
        seen = set()
        while iri not in seen:
            seen.add(iri)
            yield iri, name
            iri, name = self._above.get(iri, (iri, name))

    def _of(self, iri: str) -> Place:
        return self.places[code_of(iri)]

    def _in_order(self, iris: Iterable[str]) -> list[Place]:
        return sorted(map(self._of, iris), key=lambda place: (-place.offices, place.iri))


def code_of(iri: str) -> str:
    return iri.rpartition("/")[2]


def covered_places(publication: Publication) -> CoveredPlaces:
    """The places of a release; two queries over the whole graph, so keep what they find."""
    above = {row["place"]: (row["above"], row["name"]) for row in publication.ask("places-above")}
    return CoveredPlaces(publication.ask("covered-places"), above)
