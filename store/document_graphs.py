"""The graphs of one document as ingestion hands them over; their canonical form and digests."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
)

from store.errors import GraphOwnershipError

Node = TypeVar("Node")
PLAIN_NAME = re.compile(r"[0-9A-Za-z_-]+")


@dataclass(frozen=True, slots=True)
class DocumentGraphs:
    """One document as it enters a release.

    `text` is the text that spans count in; `facts_json` its facts in the public JSON form; the
    quads lie in named graphs that belong to this document alone. `layout_json` tells where the sections,
    tables and pages are in the text, `page_images` are PNG files by the number of the page; either may be
    left out.
    """

    document_id: str
    source: str
    text: str
    facts_json: str
    quads: Iterable[Quad]
    layout_json: str = ""
    page_images: Mapping[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not PLAIN_NAME.fullmatch(self.document_id):
            raise ValueError(
                f"The document id {self.document_id!r} of {self.source} must be ASCII letters, "
                "digits, - and _: it names files of the release."
            )


@dataclass(frozen=True, slots=True)
class GraphDigest:
    """What a named graph says, in one SHA-256 over its canonical N-Quads, and its size in quads."""

    sha256: str
    quads: int


def canonical_quads(quads: Iterable[Quad], owner: str) -> list[Quad]:
    """The quads without repetition, with blank nodes labelled by content (RDFC-1.0) and owner.

    Two documents that use the same blank node labels so stay apart in one store.

    Raises:
        GraphOwnershipError: a quad lies in the default graph.
    """
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    canonical = [with_owned_blank_nodes(quad, owner) for quad in dataset]
    if any(isinstance(quad.graph_name, DefaultGraph) for quad in canonical):
        raise GraphOwnershipError(f"{owner} has quads in the default graph, not in named graphs.")
    return canonical


def with_owned_blank_nodes(quad: Quad, owner: str) -> Quad:
    if not any(isinstance(node, BlankNode) for node in quad):
        return quad
    subject, predicate, object_, graph_name = quad
    return Quad(owned(subject, owner), predicate, owned(object_, owner), owned(graph_name, owner))


def owned(node: Node, owner: str) -> Node | BlankNode:
    return BlankNode(f"{owner}.{node.value}") if isinstance(node, BlankNode) else node


def graph_digests(quads: Iterable[Quad]) -> dict[str, GraphDigest]:
    """The digest of each named graph, by its IRI."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for quad in quads:
        lines[graph_iri(quad)].append(str(quad))
    return {
        graph: GraphDigest(sha256_of("\n".join(sorted(lines[graph]))), len(lines[graph]))
        for graph in sorted(lines)
    }


def graph_iri(quad: Quad) -> str:
    name = quad.graph_name
    if not isinstance(name, NamedNode):
        raise GraphOwnershipError(f"The graph {name} is not named by an IRI.")
    return name.value


def sha256_of(text: str) -> str:
    """64 hex digits over the text in UTF-8."""
    return sha256_of_bytes(text.encode())


def sha256_of_bytes(content: bytes) -> str:
    """64 hex digits over bytes."""
    return hashlib.sha256(content).hexdigest()


def refuse_shared_graphs(owners: Mapping[str, Iterable[str]]) -> None:
    """Check that each graph belongs to one owner; `owners` lists the graph IRIs of each.

    Raises:
        GraphOwnershipError: two owners write into one graph.
    """
    uses = Counter(graph for graphs in owners.values() for graph in graphs)
    for graph, count in uses.items():
        if count > 1:
            names = sorted(owner for owner, graphs in owners.items() if graph in graphs)
            raise GraphOwnershipError(
                f"The named graph {graph} belongs to more than one document: {', '.join(names)}."
            )
