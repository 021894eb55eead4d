"""The terms of SHACL (https://www.w3.org/TR/shacl/), and the errors about a shapes graph."""

from __future__ import annotations

from pyoxigraph import NamedNode

NAMESPACE = "http://www.w3.org/ns/shacl#"


class ShapesError(ValueError):
    """A shapes graph says what this validator cannot hold a graph against; it is never passed over."""


def sh(name: str) -> NamedNode:
    """A term of SHACL by its local name."""
    return NamedNode(NAMESPACE + name)
