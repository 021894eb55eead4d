"""The findings of a release: which there are, where each stands, when it came, and what it says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pyoxigraph import NamedNode

from server.arithmetic import Arithmetic, arithmetic_of
from server.publication import Publication, Row
from store.arrivals import read_arrivals, release_time
from store.published import data_folder

#: Severities, the gravest first; a code that is not listed would be a fault of ours.
GRAVITY = ("error", "minor", "rounding")
#: Findings whose words are asked for at once.
AT_ONCE = 500
#: The first character in the IRI of a stretch of text (RFC 5147).
START = re.compile(r"#char=(\d+),")


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
    known = {row["document"]: row for row in documents(publication)}
    rows: dict[str, Row] = {}
    places: defaultdict[str, dict[str, Place]] = defaultdict(dict)
    for row in sorted(publication.ask("audit-findings"), key=lambda row: row["span"]):
        place = place_of(row["span"], known)
        if place is not None:
            rows[row["anomaly"]] = row
            add_place(places[row["anomaly"]], place)
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


def documents(publication: Publication) -> list[Row]:
    """The documents of the release with title, year, office and place, each once."""

    def read(asked: Publication) -> list[Row]:
        found: dict[str, Row] = {}
        divisions = {row["office"]: row["division"] for row in asked.ask("audit-divisions")}
        for row in asked.ask("audit-documents"):
            division = divisions.get(row["office"], "")
            found.setdefault(row["document"], {**row, "division": division})
        return [*found.values()]

    return publication.kept("audit-documents", read)


def place_of(span: str, known: Mapping[str, Row]) -> Place | None:
    """The place that the IRI of a stretch names; None where it is of no document of the release."""
    document, _, rest = span.partition("/text/")
    row = known.get(document)
    start = START.search(rest)
    if row is None or start is None:
        return None
    return Place(document, row["office"], row["division"], row["year"], span, int(start[1]))


def add_place(known: dict[str, Place], place: Place) -> None:
    """Of several stretches of a document, the first counts."""
    other = known.get(place.document)
    if other is None or (place.start, place.span) < (other.start, other.span):
        known[place.document] = place


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
    iris = [finding.iri for finding in wanted]
    words, sums = words_of(publication, iris), arithmetic_of(publication, iris)
    spans = [NamedNode(place.span) for finding in wanted for place in finding.places]
    quotes = {row["span"]: row["quote"] for row in publication.ask("finding-quotes", span=spans)}
    pages = pages_of(publication, (span.value for span in spans))
    return [
        row_of(finding, quotes)
        | words.get(finding.iri, {"why": ""})
        | more_of(finding.iri, finding.place.span, sums, pages)
        for finding in wanted
    ]


def words_of(publication: Publication, anomalies: Iterable[str]) -> dict[str, Row]:
    """The explanations by the IRIs of findings: `why` in English, and `why_zh` where the release has it.

    Of a release of an earlier version, `why` is the one explanation that there is.
    """
    found: defaultdict[str, Row] = defaultdict(dict)
    asked = [NamedNode(iri) for iri in anomalies]
    for row in publication.ask("finding-words", anomaly=asked) if asked else ():
        name = "why_zh" if row["language"] == "zh" else "why"
        found[row["anomaly"]][name] = row["why"]
    return {iri: {"why": words.get("why_zh", ""), **words} for iri, words in found.items()}


def pages_of(publication: Publication, spans: Iterable[str]) -> dict[str, str]:
    """The first page of stretches of text, of those that have pages."""
    asked = [NamedNode(span) for span in spans]
    if not asked:
        return {}
    rows = publication.ask("finding-pages", span=asked)
    return {row["span"]: row["page"] for row in rows if "page" in row}


def more_of(
    iri: str, span: str, sums: Mapping[str, Arithmetic], pages: Mapping[str, str]
) -> dict[str, Any]:
    """Arithmetic and page of a finding, as far as it has them."""
    found: dict[str, Any] = {}
    if iri in sums:
        found["arithmetic"] = sums[iri]
    if span in pages:
        found["page"] = pages[span]
    return found


def row_of(finding: Finding, quotes: Mapping[str, str]) -> dict[str, Any]:
    """A finding with the quotes of all its places."""
    place = finding.place
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
        "quotes": [
            {
                "span": one.span,
                "year": one.year,
                "document": one.document,
                "words": quotes[one.span],
            }
            for one in finding.places
            if one.span in quotes
        ],
    }


def find_anomalies(publication: Publication, of: Iterable[NamedNode]) -> list[dict[str, Any]]:
    """The anomalies of documents with their words and arithmetic, each once and the gravest first: one that
    is aimed at several spans stands at its first."""
    firsts: dict[str, Row] = {}
    for row in publication.ask("anomalies", document=of):
        firsts.setdefault(row["anomaly"], row)
    words, sums = words_of(publication, firsts), arithmetic_of(publication, firsts)
    pages = pages_of(publication, (row["span"] for row in firsts.values()))
    rows = [
        {**row, **words.get(iri, {"why": ""}), **more_of(iri, row["span"], sums, pages)}
        for iri, row in firsts.items()
    ]
    return sorted(rows, key=lambda row: GRAVITY.index(row["severity"].rpartition("/")[2]))
