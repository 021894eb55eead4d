"""Writing triples about one subject, with prefixed names for the properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from pyoxigraph import Literal, NamedNode, Triple

from ontology.namespaces import Namespaces

Value = NamedNode | Literal
Statement = tuple[str, Value]


@cache
def expand(name: str, namespaces: Namespaces) -> NamedNode:
    """The IRI of a prefixed name.

    >>> expand("skos:broader", Namespaces()).value
    'http://www.w3.org/2004/02/skos/core#broader'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(namespaces.prefixes()[prefix] + local)


def describe(
    subject: str, statements: Iterable[Statement], namespaces: Namespaces
) -> Iterator[Triple]:
    """The triples of a subject, from pairs of a prefixed property and a value."""
    node = NamedNode(subject)
    for name, value in statements:
        yield Triple(node, expand(name, namespaces), value)


def labelled(name: str, chinese: str | None, english: str | None) -> Iterator[Statement]:
    """A property in Chinese and in English, as far as there are words."""
    if chinese:
        yield name, Literal(chinese, language="zh")
    if english and english != chinese:
        yield name, Literal(english, language="en")
