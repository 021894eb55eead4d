"""The findings of a release: which there are, where each stands, when it came, and what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyoxigraph import NamedNode

from server.arithmetic import arithmetic_of
from server.publication import Publication, Row
from store.arrivals import read_arrivals, release_time
from store.published import data_folder

#: Severities, the gravest first; a code that is not listed would be a fault of ours.
GRAVITY = ("error", "minor", "rounding")
#: Findings whose words are asked for at once.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: IRIs of document, office, division and span, the year, the first character."""

    document: str
    office: str
    division: str
    year: str
    span: str
    start: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding: what kind it is, how grave, its places (two of it for two documents that disagree), and
    when it first entered a release."""

    iri: str
    kind: str
    severity: str
    arrived: datetime
    places: tuple[Place, ...]

    @property
    def gravity(self) -> int:
        """0 for the gravest."""
        return GRAVITY.index(self.severity.rpartition("/")[2])

    @property
    def place(self) -> Place:
        """The place of the latest document."""
        return self.places[0]


def findings(publication: Publication) -> tuple[Finding, ...]:
    """All findings of the release, read once: by office, year and place."""
    return publication.kept("findings", read_findings)


def read_findings(publication: Publication) -> tuple[Finding, ...]:
    places: dict[str, dict[str, Place]] = {}
    rows: dict[str, Row] = {}
    for row in publication.ask("audit-findings"):
        rows.setdefault(row["anomaly"], row)
        known = places.setdefault(row["anomaly"], {})
        known.setdefault(row["document"], place_of(row))
    arrivals = read_arrivals(data_folder(publication.release))
    now = release_time(publication.release)
    found = (
        Finding(
            iri,
            row["kind"],
            row["severity"],
            arrivals[iri].time if iri in arrivals else now,
            tuple(sorted(places[iri].values(), key=lambda one: (one.year, one.document)))[::-1],
        )
        for iri, row in rows.items()
    )
    return tuple(sorted(found, key=by_place))


def place_of(row: Row) -> Place:
    return Place(
        row["document"],
        row["office"],
        row.get("division", ""),
        row["year"],
        row["span"],
        int(row["start"]),
    )


def by_place(finding: Finding) -> tuple[str, str, str, int, str]:
    """The order of the library: office, year, document, place in the text; the IRI makes it total."""
    place = finding.place
    return place.office, place.year, place.document, place.start, finding.iri


def tell(publication: Publication, wanted: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as pages and macros show them, in their order: IRIs, words, `arithmetic` where there is any."""
    chosen = list(wanted)
    told: list[dict[str, Any]] = []
    for first in range(0, len(chosen), AT_ONCE):
        told += tell_some(publication, chosen[first : first + AT_ONCE])
    return told


def tell_some(publication: Publication, wanted: list[Finding]) -> list[dict[str, Any]]:
    if not wanted:
        return []
    iris = [NamedNode(finding.iri) for finding in wanted]
    words: dict[str, dict[str, Row]] = {}
    for row in publication.ask("finding-details", anomaly=iris):
        words.setdefault(row["anomaly"], {}).setdefault(row["span"], row)
    sums = arithmetic_of(publication, [finding.iri for finding in wanted])
    return [
        row_of(finding, words.get(finding.iri, {})) | with_arithmetic(sums, finding.iri)
        for finding in wanted
    ]


def row_of(finding: Finding, words: Mapping[str, Row]) -> dict[str, Any]:
    """A finding with what it says at its first place, and the quotes of all its places."""
    place = finding.place
    told = words.get(place.span, {})
    return {
        "anomaly": finding.iri,
        "type": finding.kind,
        "severity": finding.severity,
        "arrived": finding.arrived,
        "document": place.document,
        "office": place.office,
        "division": place.division,
        "year": place.year,
        "span": place.span,
        "start": place.start,
        "why": told.get("why", ""),
        **{name: told[name] for name in ("why_zh", "page") if name in told},
        "quotes": [
            {
                "span": one.span,
                "year": one.year,
                "document": one.document,
                "words": words[one.span]["quote"],
            }
            for one in finding.places
            if one.span in words
        ],
    }


def with_arithmetic(sums: Mapping[str, Any], iri: str) -> dict[str, Any]:
    return {"arithmetic": sums[iri]} if iri in sums else {}


def find_anomalies(
    publication: Publication, documents: Iterable[NamedNode]
) -> list[dict[str, Any]]:
    """The anomalies of documents with their arithmetic, each once and the gravest first: one that is aimed
    at several spans stands at its first."""
    firsts: dict[str, Row] = {}
    for row in publication.ask("anomalies", document=documents):
        firsts.setdefault(row["anomaly"], row)
    sums = arithmetic_of(publication, firsts)
    rows = [{**row, **with_arithmetic(sums, iri)} for iri, row in firsts.items()]
    return sorted(rows, key=lambda row: GRAVITY.index(row["severity"].rpartition("/")[2]))
