"""The documents of a release that a reader chooses by year, kind, place, name and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query
from pyoxigraph import Literal, NamedNode

from server.linked_data.described import named
from server.publication import Publication, Row

YEAR_TYPE = NamedNode("http://www.w3.org/2001/XMLSchema#gYear")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the documents are to be; what is empty is left open.

    `kind` is a notation of the list of document kinds, `place` an identifier of a division.
    """

    name: Annotated[str, Query(max_length=200)] = ""
    year: Annotated[str, Query(pattern="^([12][0-9]{3})?$")] = ""
    kind: str = ""
    place: str = ""
    findings: bool = False

    @property
    def parameters(self) -> str:
        """The choice as parameters of the address, to go before that of the page.

        >>> Choice(year="2023", findings=True).parameters
        'year=2023&findings=true&'
        """
        given = {
            "name": self.name,
            "year": self.year,
            "kind": self.kind,
            "place": self.place,
            "findings": "true" if self.findings else "",
        }
        told = urlencode({name: value for name, value in given.items() if value})
        return f"{told}&" if told else ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, each with its number of documents: years, the notations of kinds, and places with
    their names."""

    years: Mapping[str, int]
    kinds: Mapping[str, int]
    places: Mapping[str, tuple[str, int]]


def list_documents(
    publication: Publication, first: int, size: int, choice: Choice | None = None
) -> tuple[list[Row], bool]:
    """Documents with how many anomalies each holds, and whether more follow."""
    rows, more = chosen_rows(publication, first, size, choice)
    documents = [named(row["document"]) for row in rows]
    counts = {
        row["document"]: row["anomalies"]
        for row in publication.ask("anomaly-counts", document=documents)
    }
    return [{**row, "anomalies": counts.get(row["document"], "0")} for row in rows], more


def chosen_rows(
    publication: Publication, first: int, size: int, choice: Choice | None
) -> tuple[list[Row], bool]:
    if choice is None or choice == Choice():
        return publication.ask_page("documents", first, size)
    known = publication.kept("document-choices", choices)
    if (choice.kind and choice.kind not in known.kinds) or (
        choice.place and choice.place not in known.places
    ):
        return [], False
    concept = publication.links.base_iri + "code/document-kind/"
    given: dict[str, NamedNode | Literal] = {"part": Literal(choice.name)}
    if choice.year:
        given["year"] = Literal(choice.year, datatype=YEAR_TYPE)
    if choice.kind:
        given["kind"] = named(concept + choice.kind)
    if choice.place:
        given["place"] = named(publication.links.thing(f"div/{choice.place}"))
    name = "documents-with-findings" if choice.findings else "documents-chosen"
    return publication.ask_page(name, first, size, **given)


def choices(publication: Publication) -> Choices:
    """What can be chosen in a release."""
    rows = publication.ask("document-choices")
    places = [(row["place"].rpartition("/")[2], row) for row in rows if "place" in row]
    return Choices(
        {row["year"]: int(row["documents"]) for row in rows if "year" in row},
        {row["kind"].rpartition("/")[2]: int(row["documents"]) for row in rows if "kind" in row},
        {
            place: (row.get("name", place), int(row["documents"]))
            for place, row in sorted(places, key=lambda one: one[0])
        },
    )
