"""Ingestion: documents into the next release of a data folder, and the report of the run."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from pyoxigraph import Quad

from guanlian.report import DocumentReport, Report, report_of
from ingest.facts_json import to_json
from ingest.pipeline import Outcome, ReadDocument, StoppedDocument, read_documents
from ingest.quads.suggestions import suggestion_quads
from ingest.reading.limits import DEFAULT_LIMITS, ReadingLimits
from ingest.theme_suggestions import Examples
from ontology.namespaces import DEFAULT_BASE
from ontology.validation import document_validator
from ontology.vocabulary import vocabulary_quads
from store.releases import DataFolder, DocumentGraphs


@dataclass(slots=True)
class Ingestion:
    """One run: reads the files into a data folder and remembers what became of each.

    `stopped` are the documents whose graphs violate the shapes: an earlier version of them stays.
    """

    paths: Sequence[Path]
    data: Path
    processes: int = 1
    base: str = DEFAULT_BASE
    replace_all: bool = False
    watch: Callable[[Path], None] = lambda path: None
    limits: ReadingLimits = DEFAULT_LIMITS
    validates: bool = True
    examples: Examples | None = None
    stopped: set[str] = field(default_factory=set)
    reports: list[DocumentReport] = field(default_factory=list)

    def run(self) -> Report:
        """Build the release; files that cannot be read are reported and left out.

        Raises:
            DataFolderError: the data folder cannot be written.
            ShapesError: the shapes hold what the validator does not support.
        """
        if self.validates:
            document_validator(self.base)
        outcome = DataFolder.open(self.data).build(
            self.graphs(),
            vocabulary_quads(self.base),
            replace_all=self.replace_all,
            kept=self.stopped,
        )
        manifest = outcome.release.manifest
        return Report(
            release=outcome.release.release_id,
            created=outcome.created,
            documents_in_release=len(manifest.documents),
            quads_in_release=manifest.quads,
            superseded=tuple(entry.source for entry in outcome.superseded),
            documents=tuple(self.reports),
            overwritten=outcome.overwritten,
        )

    def graphs(self) -> Iterator[DocumentGraphs]:
        """The graphs of each document that is read, one after the other."""
        version = importlib.metadata.version("guanlian")
        for outcome in read_documents(
            self.paths, self.base, version, self.processes, self.limits, self.validates
        ):
            self.note(outcome)
            if isinstance(outcome, ReadDocument):
                yield DocumentGraphs(
                    outcome.identifier,
                    outcome.path.name,
                    outcome.text,
                    json.dumps(to_json(outcome.facts), ensure_ascii=False),
                    chain(outcome.quads, self.suggestions(outcome, version)),
                    json.dumps(outcome.layout, separators=(",", ":")),
                    outcome.pictures,
                )

    def suggestions(self, read: ReadDocument, version: str) -> Iterator[Quad]:
        """The themes that an embedding model suggests, if there is one. It is asked here, where it
        is loaded once, not in the reading processes, whose memory is limited."""
        if self.examples:
            yield from suggestion_quads(
                read.facts, read.text, self.examples, base=self.base, program_version=version
            )

    def note(self, outcome: Outcome) -> None:
        self.reports.append(report_of(outcome))
        if isinstance(outcome, StoppedDocument):
            self.stopped.add(outcome.identifier)
        self.watch(outcome.path)
