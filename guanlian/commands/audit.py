"""guanlian audit: what does not add up, in documents or in a release."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from guanlian.asking import open_graph
from guanlian.errors import UsageError
from guanlian.files import find_files
from guanlian.options import DataOption
from guanlian.settings import ProgramSettings
from guanlian.showing.findings import show_findings
from guanlian.terminal import output, progress, say
from ingest.containment import processors
from ingest.facts import Anomaly, DocumentFacts
from ingest.facts_json import calculation_to_json
from ingest.pipeline import UnreadDocument, read_all_facts
from queries.catalogue import Catalogue
from queries.row_writing import WRITERS

COLUMNS = ("document", "office", "year", "kind", "severity", "quote", "why_zh", "why", "page")
Row = Mapping[str, Any]


def audit(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Documents or folders of them; else a release."),
    ] = None,
    data: DataOption = None,
    form: Annotated[
        Literal["table", "json", "csv"], typer.Option("--format", "-f", help="How it is written.")
    ] = "table",
    severity: Annotated[
        Literal["error", "minor", "rounding"] | None,
        typer.Option(help="Only findings of this severity."),
    ] = None,
) -> int:
    """Show what does not add up, with the words, the arithmetic and the page.

    For instance: guanlian audit samples --severity error
    """
    if paths and data is not None:
        raise UsageError("audit is about documents or about --data DIR, not about both")
    unread: list[UnreadDocument] = []
    found = findings_of_documents(paths, unread) if paths else findings_of_release(data)
    rows = [row for row in found if severity in (None, row["severity"])]
    if form == "table":
        show_findings(output(), rows)
    else:
        columns = (*COLUMNS, "arithmetic") if form == "json" and paths else COLUMNS
        WRITERS[form](rows, columns, sys.stdout)
    return 1 if any(not one.is_blank for one in unread) else 0


def findings_of_documents(paths: list[str], unread: list[UnreadDocument]) -> Iterator[Row]:
    """The findings in files; what cannot be read is told and added to `unread`."""
    files = find_files(paths)
    with progress(len(files), "reading") as advance:
        for outcome in read_all_facts(files, processors(), ProgramSettings().reading_limits()):
            if isinstance(outcome, UnreadDocument):
                say(f"{outcome.path}: {outcome.reason}")
                unread.append(outcome)
            else:
                facts = outcome.facts
                yield from (row_of(outcome.path, facts, anomaly) for anomaly in facts.anomalies)
            advance(outcome.path)


def row_of(path: Path, facts: DocumentFacts, anomaly: Anomaly) -> Row:
    """A finding of a file as a row; its kind and severity by their codes."""
    calculation = anomaly.calculation
    return {
        "document": str(path),
        "office": facts.organization.name,
        "year": facts.fiscal_year,
        "kind": anomaly.kind,
        "severity": anomaly.severity,
        "quote": anomaly.span.quote,
        "why_zh": anomaly.why_zh,
        "why": anomaly.why,
        "page": anomaly.span.boxes[0].page if anomaly.span.boxes else None,
        "arithmetic": calculation_to_json(calculation) if calculation else None,
    }


def findings_of_release(data: Path | None) -> Iterator[Row]:
    """The findings of the current release, by the question of the library."""
    for row in Catalogue.load()["anomalies"].rows(open_graph(data), {}):
        yield {
            **row,
            "document": row["document_iri"],
            "kind": code_of(row["kind_iri"]),
            "severity": code_of(row["severity_iri"]),
        }


def code_of(iri: object) -> str:
    return str(iri).rpartition("/")[2]
