"""What a release holds, as its `manifest.json` says: documents, digests, counts, versions.

Format 3 added `conclusions`; a manifest of format 2 has none. Format 4 is a release that was written into
(see `store.editing`): it added `written`, `default_graph` and `concluded`. As long as nothing was, a manifest
stays in format 3, so that the same documents are the same release. The layout and the page images of
documents came later without a new number: a program that does not know them passes over them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from store.document_graphs import GraphDigest, refuse_shared_graphs, sha256_of
from store.errors import DamagedReleaseError, NewerFormatError

FORMAT_VERSION = 3
WRITTEN_FORMAT_VERSION = 4
FILE_NAME = "manifest.json"
RELEASE_ID_DIGITS = 16
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageImages:
    """The images of the pages of a document: the digest of their archive, how many, and their bytes."""

    sha256: str
    count: int
    size: int


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document of the release: where it came from, digests of its text and facts, its graphs, and where it
    has them, of its layout and of the images of its pages."""

    document_id: str
    source: str
    text_sha256: str
    facts_sha256: str
    graphs: Mapping[str, GraphDigest]
    layout_sha256: str = ""
    page_images: PageImages | None = None

    @property
    def quads(self) -> int:
        return sum(graph.quads for graph in self.graphs.values())


@dataclass(frozen=True, slots=True)
class Manifest:
    """All documents by id, the graphs of the vocabulary that every document shares, and those of the
    conclusions that rules draw from several documents: as ingestion made them.

    `written` are the named graphs as writes over HTTP left them, whoever they belong to, where that is not
    as ingestion made them; one of 0 quads was taken away. `default_graph` is what was written into the
    default graph itself. `concluded` tells that nothing was written since the conclusions were drawn.
    """

    documents: Mapping[str, DocumentEntry]
    vocabulary: Mapping[str, GraphDigest]
    program_version: str
    conclusions: Mapping[str, GraphDigest] = field(default_factory=dict)
    format_version: int = field(default=FORMAT_VERSION)
    written: Mapping[str, GraphDigest] = field(default_factory=dict)
    default_graph: GraphDigest | None = None
    concluded: bool = True

    @property
    def release_id(self) -> str:
        """16 hex digits that follow from the content alone, not from program, clock or chance."""
        content = {**self.to_json(), "program_version": None}
        return sha256_of(json.dumps(content, sort_keys=True))[:RELEASE_ID_DIGITS]

    @property
    def graphs(self) -> dict[str, GraphDigest]:
        """The named graphs of the store by IRI."""
        found = {**self.ingested_graphs, **self.written}
        return {graph: digest for graph, digest in found.items() if digest.quads}

    @property
    def ingested_graphs(self) -> dict[str, GraphDigest]:
        """The named graphs by IRI as ingestion made them."""
        found = {**self.vocabulary, **self.conclusions}
        for entry in self.documents.values():
            found.update(entry.graphs)
        return found

    @property
    def quads(self) -> int:
        """How many quads the named graphs hold, and the default graph of its own."""
        own = self.default_graph.quads if self.default_graph else 0
        return own + sum(digest.quads for digest in self.graphs.values())

    def has_graph(self, iri: str) -> bool:
        """Whether the release has a named graph of this IRI."""
        if iri in self.written:
            return self.written[iri].quads > 0
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
        was_written = bool(self.written or self.default_graph or not self.concluded)
        ingested_version = min(self.format_version, FORMAT_VERSION)
        return {
            "format_version": WRITTEN_FORMAT_VERSION if was_written else ingested_version,
            "program_version": self.program_version,
            "vocabulary": graphs_to_json(self.vocabulary),
            "conclusions": graphs_to_json(self.conclusions),
            "documents": [entry_to_json(entry) for _, entry in sorted(self.documents.items())],
            **(self.written_to_json() if was_written else {}),
        }

    def written_to_json(self) -> Json:
        own = self.default_graph
        return {
            "written": graphs_to_json(self.written),
            "default_graph": {"sha256": own.sha256, "quads": own.quads} if own else None,
            "concluded": self.concluded,
        }


def entry_to_json(entry: DocumentEntry) -> Json:
    """A document of the manifest; without what it has not, as programs of before wrote it."""
    images = entry.page_images
    return {
        "document_id": entry.document_id,
        "source": entry.source,
        "text_sha256": entry.text_sha256,
        "facts_sha256": entry.facts_sha256,
        **({"layout_sha256": entry.layout_sha256} if entry.layout_sha256 else {}),
        **({"page_images": asdict(images)} if images else {}),
        "graphs": graphs_to_json(entry.graphs),
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
    if version > WRITTEN_FORMAT_VERSION:
        raise NewerFormatError(
            f"{path} has format {version}, this program reads up to {WRITTEN_FORMAT_VERSION}: "
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
            layout_sha256=item.get("layout_sha256", ""),
            page_images=PageImages(**item["page_images"]) if "page_images" in item else None,
        )
        for item in content["documents"]
    ]
    return Manifest(
        documents={entry.document_id: entry for entry in entries},
        vocabulary=graphs_of(content["vocabulary"]),
        conclusions=graphs_of(content.get("conclusions", {})),
        program_version=content["program_version"],
        format_version=int(content["format_version"]),
        written=graphs_of(content.get("written", {})),
        default_graph=graphs_of({"": own}).get("")
        if (own := content.get("default_graph"))
        else None,
        concluded=content.get("concluded", True),
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
