"""The shapes of documents, ready to hold their graphs against (ONTOLOGY section 12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ontology.causes import CAUSES
from ontology.codes import code_list
from ontology.namespaces import DEFAULT_BASE, Namespaces
from ontology.shacl import Validator
from ontology.shacl.graph import SUBCLASS_OF
from ontology.themes import THEMES
from ontology.turtle import model_triples, shapes_turtle
from ontology.writing import expand


@cache
def document_validator(base: str = DEFAULT_BASE) -> Validator:
    """The validator of `shapes.ttl` under a base, beside what a document takes from the vocabulary.

    Raises:
        ShapesError: the shapes hold what the validator does not support.
    """
    return Validator(shapes_triples(base), beside=known_triples(base))


def shapes_triples(base: str = DEFAULT_BASE) -> Iterator[Triple]:
    """The shapes graph, with our IRIs under the base."""
    for quad in parse(shapes_turtle(base).encode(), format=RdfFormat.TURTLE):
        yield quad.triple


def known_triples(base: str = DEFAULT_BASE) -> Iterator[Triple]:
    """What the shapes need to know of the vocabulary: which class is below which, and the members of
    the code lists, of the themes and of the causes."""
    namespaces = Namespaces(base)
    coded, code_lists = expand("qb:codeList", namespaces), set()
    for triple in model_triples(base):
        if triple.predicate == SUBCLASS_OF:
            yield triple
        elif isinstance(triple.object, NamedNode) and triple.predicate == coded:
            code_lists.add(triple.object.value.removeprefix(namespaces.scheme("")))
    for name in sorted(code_lists):
        yield from member_triples(name, code_list(name), namespaces)
    yield from member_triples("theme", (theme.id for theme in THEMES), namespaces)
    yield from member_triples("cause", (cause.code for cause in CAUSES), namespaces)


def member_triples(name: str, notations: Iterable[str], namespaces: Namespaces) -> Iterator[Triple]:
    scheme = NamedNode(namespaces.scheme(name))
    for notation in notations:
        concept = NamedNode(namespaces.concept(name, notation))
        yield Triple(concept, expand("skos:inScheme", namespaces), scheme)
