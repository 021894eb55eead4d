"""The model as written in Turtle: `model/*.ttl` and `structure.ttl`, read under any base."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ontology.namespaces import DEFAULT_BASE


def model_files() -> tuple[Traversable, ...]:
    """The modules of the model, by name, then the data structure definitions."""
    package = resources.files("ontology")
    modules = sorted(package.joinpath("model").iterdir(), key=lambda file: file.name)
    return (*(file for file in modules if file.name.endswith(".ttl")), structure_file())


def structure_file() -> Traversable:
    """The data structure definitions."""
    return resources.files("ontology").joinpath("structure.ttl")


def shapes_turtle(base: str = DEFAULT_BASE) -> str:
    """The SHACL shapes as Turtle, with our IRIs under the base (those inside queries too)."""
    file = resources.files("ontology").joinpath("shapes.ttl")
    return file.read_text(encoding="utf-8").replace(DEFAULT_BASE, base)


def model_triples(base: str = DEFAULT_BASE) -> Iterator[Triple]:
    """The triples of the model and the data structure definitions, with our IRIs under the base."""
    for file in model_files():
        yield from read_turtle(file, base)


def read_turtle(file: Traversable, base: str = DEFAULT_BASE) -> Iterator[Triple]:
    """The triples of a Turtle file of the package, with our IRIs under the base."""
    for quad in parse(file.read_bytes(), RdfFormat.TURTLE):
        yield _rebase_triple(quad.triple, base)


def _rebase_triple(triple: Triple, base: str) -> Triple:
    subject, predicate, value = triple.subject, triple.predicate, triple.object
    return Triple(
        _rebase(subject, base) if isinstance(subject, NamedNode) else subject,
        _rebase(predicate, base),
        _rebase(value, base) if isinstance(value, NamedNode) else value,
    )


def _rebase(term: NamedNode, base: str) -> NamedNode:
    if not term.value.startswith(DEFAULT_BASE):
        return term
    return NamedNode(base + term.value.removeprefix(DEFAULT_BASE))
