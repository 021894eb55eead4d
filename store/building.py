"""The making of a release out of the current one and the documents of a run."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from store.derivation import DerivationRule, rules_in
from store.document_graphs import (
    DocumentGraphs,
    GraphDigest,
    canonical_quads,
    graph_digests,
    sha256_of,
)
from store.manifest import DocumentEntry, Manifest
from store.page_images import described_images
from store.release import Release
from store.stage import Stage

VOCABULARY = "vocabulary"


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What a run did.

    `created` is False when the current release already said exactly this. `superseded` lists the
    documents that a later one of the same id in the same run took the place of. `overwritten` are the
    named graphs whose writes over HTTP are not in this release any more, since what they belong to came
    anew or went: the earlier release still has them.
    """

    release: Release
    created: bool
    superseded: tuple[DocumentEntry, ...] = ()
    overwritten: tuple[str, ...] = ()


class Build:
    """One run: what it has taken so far, and the stage once one is needed."""

    def __init__(self, releases: Path, current: Release | None) -> None:
        self.releases = releases
        self.current = current
        self.before = current.manifest if current else Manifest({}, {}, "")
        self.documents = dict(self.before.documents)
        self.written = dict(self.before.written)
        self.given: set[str] = set()
        self.superseded: list[DocumentEntry] = []
        self.stage: Stage | None = None

    def run(
        self,
        documents: Iterable[DocumentGraphs],
        vocabulary: Iterable[Quad],
        replace_all: bool,
        kept: Collection[str],
    ) -> BuildOutcome:
        try:
            shared = canonical_quads(vocabulary, VOCABULARY)
            graphs, rules = self.take_vocabulary(shared), rules_in(shared)
            for document in documents:
                self.take(document)
            if replace_all:
                self.let_go(self.documents.keys() - self.given - set(kept))
            concluded = self.conclude(rules)
            return self.finish(
                Manifest(
                    self.documents,
                    graphs,
                    program_version(),
                    concluded,
                    written=self.written,
                    default_graph=self.before.default_graph,
                )
            )
        finally:
            if self.stage is not None:
                self.stage.abandon()

    def take_vocabulary(self, quads: list[Quad]) -> dict[str, GraphDigest]:
        graphs = graph_digests(quads)
        if graphs != self.before.vocabulary:
            self.replace_graphs(self.before.vocabulary, graphs, quads)
        return graphs

    def replace_graphs(self, old: Iterable[str], new: Iterable[str], quads: Sequence[Quad]) -> None:
        """Put quads in place of old graphs, and of what was written into theirs: what is ingested wins."""
        stale = {*old, *(graph for graph in new if graph in self.written)}
        for graph in stale:
            self.written.pop(graph, None)
        self.staged().replace_graphs(sorted(stale), quads)

    def take(self, document: DocumentGraphs) -> None:
        quads = canonical_quads(document.quads, document.document_id)
        entry = entry_of(document, quads)
        known = self.documents.get(document.document_id)
        if known is not None and document.document_id in self.given:
            self.superseded.append(known)
        self.given.add(document.document_id)
        if entry == known:
            return
        self.documents[document.document_id] = entry
        self.replace_graphs(known.graphs if known else (), entry.graphs, quads)
        self.staged().write_files(document)

    def let_go(self, document_ids: Iterable[str]) -> None:
        for document_id in sorted(document_ids):
            entry = self.documents.pop(document_id)
            self.replace_graphs(entry.graphs, (), ())
            self.staged().remove_files(entry)

    def conclude(self, rules: Sequence[DerivationRule]) -> Mapping[str, GraphDigest]:
        """What the rules conclude now. The vocabulary holds the rules: as long as neither it nor any
        document has changed, and nothing was written, the conclusions have not."""
        if self.stage is None and self.before.concluded:
            return self.before.conclusions
        graphs = (rule.graph.value for rule in rules)
        stale = {*self.before.conclusions, *(graph for graph in graphs if graph in self.written)}
        for graph in stale:
            self.written.pop(graph, None)
        return graph_digests(self.staged().conclude(sorted(stale), rules))

    def staged(self) -> Stage:
        if self.stage is None:
            start_from = self.current.directory if self.current else None
            self.stage = Stage(self.releases, start_from)
        return self.stage

    def finish(self, manifest: Manifest) -> BuildOutcome:
        manifest.check_ownership()
        superseded = tuple(self.superseded)
        overwritten = tuple(
            graph
            for graph in self.before.written
            if graph not in self.written and graph not in self.before.conclusions
        )
        if self.current and manifest.release_id == self.current.release_id:
            return BuildOutcome(self.current, False, superseded, overwritten)
        release = Release(self.releases / manifest.release_id)
        if not release.directory.is_dir():
            self.staged().finish(manifest, release.directory)
            self.stage = None
        return BuildOutcome(release, True, superseded, overwritten)


def entry_of(document: DocumentGraphs, quads: Iterable[Quad]) -> DocumentEntry:
    return DocumentEntry(
        document_id=document.document_id,
        source=document.source,
        text_sha256=sha256_of(document.text),
        facts_sha256=sha256_of(document.facts_json),
        graphs=graph_digests(quads),
        layout_sha256=sha256_of(document.layout_json) if document.layout_json else "",
        page_images=described_images(document.page_images),
    )


def program_version() -> str:
    return importlib.metadata.version("guanlian")
