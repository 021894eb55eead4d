"""Writing statements about the data set and the service, with prefixed names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from ontology.namespaces import REUSED_PREFIXES, Namespaces
from ontology.writing import Statement, describe, expand

XSD = REUSED_PREFIXES["xsd"]


def described_as(
    subject: NamedNode, base_iri: str, statements: Iterable[Statement]
) -> Iterator[Quad]:
    """Statements about one subject, from pairs of a prefixed property and a value."""
    for triple in describe(subject.value, statements, Namespaces(base_iri)):
        yield Quad(*triple)


def kind(name: str) -> Statement:
    """That a thing is of a class, by its prefixed name."""
    return "rdf:type", expand(name, Namespaces())


def number(value: int, datatype: str = "integer") -> Literal:
    """A count."""
    return Literal(str(value), datatype=NamedNode(XSD + datatype))


def both(name: str, chinese: str, english: str) -> Iterator[Statement]:
    """The same words in both languages."""
    yield name, Literal(chinese, language="zh")
    yield name, Literal(english, language="en")


def at(base_iri: str, path: str) -> NamedNode:
    """What stands at a path of this server, under the base IRI."""
    return NamedNode(base_iri + path.removeprefix("/"))
