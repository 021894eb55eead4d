"""Namespaces of the vocabularies that the model reuses, and literals of XML Schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Generic, TypeVar

from pyoxigraph import Literal, NamedNode, Triple

from ontology.namespaces import REUSED_PREFIXES

Name = TypeVar("Name", bound=str)
Node = NamedNode | Literal
Property = tuple[NamedNode, Node | None]


class Namespace(Generic[Name]):
    """A namespace: `QB["dataSet"]` is the IRI of the term; the names of our own terms are typed.

    >>> QB["dataSet"].value
    'http://purl.org/linked-data/cube#dataSet'
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self.nodes: dict[str, NamedNode] = {}

    def __getitem__(self, name: Name) -> NamedNode:
        return self.nodes.setdefault(name, NamedNode(self.base + name))


RDF, RDFS, XSD, SKOS, DCTERMS, QB, ORG, CV, FOAF, PROV, OA, DQV, LDQD, CURRENCY = (
    Namespace[str](REUSED_PREFIXES[prefix])
    for prefix in (
        "rdf", "rdfs", "xsd", "skos", "dcterms", "qb", "org", "cv", "foaf", "prov", "oa", "dqv", "ldqd",
        "eucur",
    )
)  # fmt: skip
A = RDF["type"]


def describe(subject: NamedNode, properties: Iterable[Property]) -> Iterator[Triple]:
    """The triples of one subject; a property whose object is None is left out."""
    for predicate, value in properties:
        if value is not None:
            yield Triple(subject, predicate, value)


def chinese(text: str | None) -> Literal | None:
    """The text with language tag zh; None stays None."""
    return None if text is None else Literal(text, language="zh")


def decimal(value: Decimal | None) -> Literal | None:
    """An exact xsd:decimal in its shortest form, so that equal numbers are equal terms.

    >>> decimal(Decimal("350.10")).value, decimal(Decimal("1E+2")).value, decimal(None)
    ('350.1', '100', None)
    """
    if value is None:
        return None
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, datatype=XSD["decimal"])


def integer(value: int | None) -> Literal | None:
    """An xsd:integer; None stays None."""
    return None if value is None else Literal(str(value), datatype=XSD["integer"])


def boolean(value: bool | None) -> Literal | None:
    """An xsd:boolean; None stays None."""
    return None if value is None else Literal("true" if value else "false", datatype=XSD["boolean"])


def year(text: str) -> Literal:
    """An xsd:gYear."""
    return Literal(text, datatype=XSD["gYear"])
