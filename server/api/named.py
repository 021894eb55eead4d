"""Things and concepts as the API tells them: their IRI and what they are called."""

from __future__ import annotations

from pydantic import BaseModel, Field
from pyoxigraph import NamedNode

from server.labels import Labels
from server.problems import unknown
from server.publication import Publication


class Named(BaseModel):
    """A thing or concept of the graph."""

    iri: str
    name: str = Field(description="中文名称 · the Chinese label")


class StatedPlace(BaseModel):
    """Where the document of a year says something."""

    iri: str = Field(description="the thing that is stated")
    span: str = Field(description="the place in the text of the document")
    year: str = Field(description="the fiscal year of the document")


def concept(labels: Labels, iri: str) -> Named:
    """A concept of a code list."""
    return Named(iri=iri, name=labels.zh(iri))


def office_node(publication: Publication, office_id: str) -> NamedNode:
    """The office of the last part of its IRI. Raises Problem 404 for what is no IRI."""
    try:
        return NamedNode(publication.links.thing(f"org/{office_id}"))
    except ValueError:
        raise unknown("机构", office_id) from None
