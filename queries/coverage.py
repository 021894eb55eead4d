"""Which documents a comparison reads: those of one fiscal year an office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ontology.namespaces import DEFAULT_BASE
from queries.answering import ask
from queries.errors import ComparisonError, UncoveredYearError
from queries.offices import Office
from store.graph import Graph


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document: IRI, title, fiscal year, and the IRIs and labels of its kind and its scope."""

    iri: str
    title: str
    year: str
    kind_iri: str
    kind: str
    scope_iri: str
    scope: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a comparison reads of one office: the year, its documents, and the years there are."""

    office: Office
    year: str
    documents: tuple[ReadDocument, ...]
    years: tuple[str, ...]


def cover(
    graph: Graph, offices: Sequence[Office], year: str | None, *, base: str = DEFAULT_BASE
) -> tuple[Coverage, ...]:
    """The documents to compare: of the year that is given, else of the latest year that all offices
    have, else of the latest of each.

    Raises:
        ComparisonError: an office has no document, or none of the given year.
    """
    documents = {office.iri: read_documents(graph, office, base=base) for office in offices}
    for office in offices:
        refuse_uncovered(office, documents[office.iri], year)
    common = set.intersection(*(years_of(found) for found in documents.values()))
    chosen = year or max(common, default=None)
    return tuple(coverage(office, documents[office.iri], chosen) for office in offices)


def coverage(office: Office, documents: Sequence[ReadDocument], year: str | None) -> Coverage:
    """The documents of a year, or of the latest year, of one office."""
    years = years_of(documents)
    of_year = year or max(years)
    chosen = tuple(document for document in documents if document.year == of_year)
    return Coverage(office, of_year, chosen, tuple(sorted(years)))


def years_of(documents: Sequence[ReadDocument]) -> set[str]:
    return {document.year for document in documents}


def refuse_uncovered(office: Office, documents: Sequence[ReadDocument], year: str | None) -> None:
    years = years_of(documents)
    if not years:
        raise ComparisonError(f"{office.name} has no document in the graph.")
    if year is not None and year not in years:
        raise UncoveredYearError(office.name, year, years)


def read_documents(
    graph: Graph, office: Office, *, base: str = DEFAULT_BASE
) -> tuple[ReadDocument, ...]:
    """The documents of an office, in the order of their years."""
    table = ask(graph, "office-years", {"office": NamedNode(office.iri)}, base=base)
    return tuple(
        ReadDocument(
            iri=str(row["document_iri"]),
            title=str(row["title"]),
            year=str(row["year"]),
            kind_iri=str(row["kind_iri"]),
            kind=str(row["kind"]),
            scope_iri=str(row["scope_iri"]),
            scope=str(row["scope"]),
        )
        for row in table.records()
    )
