"""The places of a release by code and by name, and which places lie in which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from server.near_matches import Candidate, candidate, folded
from server.publication import Publication, Row


class AuditPlaces:
    """All places that a release knows.

    `names` has the names of each by IRI, `within` the places in each, itself among them.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        """`rows` of the query audit-places."""
        self.names: dict[str, set[str]] = {}
        self._above: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            self.names.setdefault(row["place"], set()).add(row["name"])
            if "above" in row:
                self._above[row["place"]].add(row["above"])
        self.within: Mapping[str, frozenset[str]] = self._all_within()

    def called(self, name: str) -> list[str]:
        """The IRIs of the places with this name, in order."""
        wanted = folded(name)
        return sorted(
            iri for iri, names in self.names.items() if any(folded(one) == wanted for one in names)
        )

    def candidates(self, iris: Iterable[str] | None = None) -> list[Candidate]:
        """Places, or all, as what could have been meant, with the audit of each."""
        return [
            candidate(f"/audit?region={iri.rpartition('/')[2]}", *sorted(self.names[iri]))
            for iri in (self.names if iris is None else iris)
        ]

    def _all_within(self) -> dict[str, frozenset[str]]:
        within: defaultdict[str, set[str]] = defaultdict(set)
        for place in self.names:
            for above in self._lineage(place):
                within[above].add(place)
        return {place: frozenset(lower) for place, lower in within.items()}

    def _lineage(self, place: str) -> Iterator[str]:
        """A place and all that it is part of; a circle is left where it closes."""
        seen, waiting = set[str](), [place]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                yield current
                waiting += self._above.get(current, ())


def audit_places(publication: Publication) -> AuditPlaces:
    """The places of the release, read once."""
    return publication.kept("audit-places", read_places)


def read_places(publication: Publication) -> AuditPlaces:
    return AuditPlaces(publication.ask("audit-places"))
