"""What a release holds, as its `manifest.json` says: documents, digests, counts, versions.

Format 3 added `conclusions`; a manifest of format 2 has none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from store.document_graphs import GraphDigest, refuse_shared_graphs, sha256_of
from store.errors import DamagedReleaseError, NewerFormatError

FORMAT_VERSION = 3
FILE_NAME = "manifest.json"
RELEASE_ID_DIGITS = 16
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document of the release: where it came from, digests of its text and facts, its graphs."""

    document_id: str
    source: str
    text_sha256: str
    facts_sha256: str
    graphs: Mapping[str, GraphDigest]

    @property
    def quads(self) -> int:
        return sum(graph.quads for graph in self.graphs.values())


@dataclass(frozen=True, slots=True)
class Manifest:
    """All documents by id, the graphs of the vocabulary that every document shares, and those of the
    conclusions that rules draw from several documents."""

    documents: Mapping[str, DocumentEntry]
    vocabulary: Mapping[str, GraphDigest]
    program_version: str
    conclusions: Mapping[str, GraphDigest] = field(default_factory=dict)
    format_version: int = field(default=FORMAT_VERSION)

    @property
    def release_id(self) -> str:
        """16 hex digits that follow from the content alone, not from program, clock or chance."""
        content = {**self.to_json(), "program_version": None}
        return sha256_of(json.dumps(content, sort_keys=True))[:RELEASE_ID_DIGITS]

    @property
    def quads(self) -> int:
        """How many quads the store holds."""
        shared = (*self.vocabulary.values(), *self.conclusions.values())
        of_documents = sum(entry.quads for entry in self.documents.values())
        return of_documents + sum(graph.quads for graph in shared)

    def has_graph(self, iri: str) -> bool:
        """Whether the release has a named graph of this IRI."""
        of_documents = (entry.graphs for entry in self.documents.values())
        owners = (self.vocabulary, self.conclusions, *of_documents)
        return any(iri in graphs for graphs in owners)

    def check_ownership(self) -> None:
        """Raises GraphOwnershipError when two of documents, vocabulary and rules share a graph."""
        graphs = {name: entry.graphs.keys() for name, entry in self.documents.items()}
        shared = {
            "the vocabulary": self.vocabulary.keys(),
            "the rules": self.conclusions.keys(),
        }
        refuse_shared_graphs(graphs | shared)

    def to_json(self) -> Json:
        """The JSON object that `read_manifest` reads, without what follows from the rest."""
        return {
            "format_version": self.format_version,
            "program_version": self.program_version,
            "vocabulary": graphs_to_json(self.vocabulary),
            "conclusions": graphs_to_json(self.conclusions),
            "documents": [
                {
                    "document_id": entry.document_id,
                    "source": entry.source,
                    "text_sha256": entry.text_sha256,
                    "facts_sha256": entry.facts_sha256,
                    "graphs": graphs_to_json(entry.graphs),
                }
                for _, entry in sorted(self.documents.items())
            ],
        }


def write_manifest(manifest: Manifest, directory: Path) -> None:
    """Write `manifest.json`, with the release id and the total for readers of the file."""
    content = {"release_id": manifest.release_id, "quads": manifest.quads, **manifest.to_json()}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (directory / FILE_NAME).write_text(text, encoding="utf-8")


def read_manifest(directory: Path) -> Manifest:
    """The manifest of a release directory.

    Raises:
        NewerFormatError: a later program wrote it.
        DamagedReleaseError: it is missing or malformed.
    """
    path = directory / FILE_NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        refuse_newer_format(int(content["format_version"]), path)
        return manifest_of(content)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedReleaseError(f"The manifest {path} cannot be read: {error!r}.") from error


def refuse_newer_format(version: int, path: Path) -> None:
    if version > FORMAT_VERSION:
        raise NewerFormatError(
            f"{path} has format {version}, this program reads up to {FORMAT_VERSION}: "
            "please use a newer guanlian."
        )


def manifest_of(content: Json) -> Manifest:
    entries = [
        DocumentEntry(
            document_id=item["document_id"],
            source=item["source"],
            text_sha256=item["text_sha256"],
            facts_sha256=item["facts_sha256"],
            graphs=graphs_of(item["graphs"]),
        )
        for item in content["documents"]
    ]
    return Manifest(
        documents={entry.document_id: entry for entry in entries},
        vocabulary=graphs_of(content["vocabulary"]),
        conclusions=graphs_of(content.get("conclusions", {})),
        program_version=content["program_version"],
        format_version=int(content["format_version"]),
    )


def graphs_to_json(graphs: Mapping[str, GraphDigest]) -> Json:
    return {
        graph: {"sha256": digest.sha256, "quads": digest.quads}
        for graph, digest in sorted(graphs.items())
    }


def graphs_of(content: Json) -> dict[str, GraphDigest]:
    return {
        graph: GraphDigest(item["sha256"], int(item["quads"])) for graph, item in content.items()
    }
