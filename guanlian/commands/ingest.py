"""guanlian ingest: documents into a new release."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from guanlian.errors import UsageError
from guanlian.files import find_files
from guanlian.ingestion import Ingestion
from guanlian.options import DataOption
from guanlian.report import Report, report_table
from guanlian.settings import ProgramSettings
from guanlian.showing.reading import show_forms
from guanlian.terminal import messages, progress, say
from ingest.containment import processors

MOST_VIOLATIONS = 5


def ingest(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders or patterns.")
    ],
    data: DataOption = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Reading processes; all cores if not said.")
    ] = None,
    replace_all: Annotated[
        bool, typer.Option("--replace-all", help="Drop documents that are not among PATH.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report as JSON here.")
    ] = None,
) -> int:
    """Read documents into the next release of a graph.

    The release holds them and what was already in the data folder.
    """
    files = find_files(paths)
    if not files:
        raise UsageError("there is no document in " + ", ".join(paths))
    settings = ProgramSettings() if data is None else ProgramSettings(data=data)
    outcome = run_ingestion(files, settings, jobs, replace_all=replace_all)
    if report is not None:
        write_report(outcome, report)
    show_report(outcome, settings.data)
    return 1 if outcome.failed else 0


def run_ingestion(
    files: list[Path], settings: ProgramSettings, jobs: int | None, *, replace_all: bool = False
) -> Report:
    """Ingest under a progress bar."""
    processes = jobs or processors()
    limits, examples = settings.ingestion_limits(), settings.examples()
    with progress(len(files), "reading") as advance:
        return Ingestion(
            files,
            settings.data,
            processes,
            settings.base_iri,
            replace_all,
            advance,
            limits,
            settings.validation,
            examples,
        ).run()


def show_report(report: Report, data: Path) -> None:
    """The table of the run, a line for every file that nothing was taken from, and what is served now."""
    if len(report.unread_files) < len(report.documents):
        messages().print(report_table(report))
        show_forms(messages(), report.documents)
    for document in report.unread_files:
        say(f"{document.file}: {document.problem}")
        for violation in shortened(document.violations):
            say(f"  {violation}")
    for document in report.documents:
        for remark in document.remarks:
            say(f"{document.file}: {remark}")
    for source in report.superseded:
        say(
            f"{source}: a later document of this run is of the same office, year and scope; it was kept"
        )
    for graph in report.overwritten:
        say(f"{graph}: what was written into it is replaced; the earlier releases still hold it")
    state = "new release" if report.created else "nothing new; the release stays"
    documents = (
        "1 document"
        if report.documents_in_release == 1
        else f"{report.documents_in_release} documents"
    )
    say(f"{state} {report.release} in {data}: {documents}, {report.quads_in_release:,} quads")


def shortened(violations: Sequence[str]) -> Iterator[str]:
    """The first violations, and how many more there are: the report in JSON holds all of them."""
    yield from violations[:MOST_VIOLATIONS]
    if len(violations) > MOST_VIOLATIONS:
        yield f"and {len(violations) - MOST_VIOLATIONS} more; --report FILE writes them all"


def write_report(report: Report, path: Path) -> None:
    try:
        path.write_text(json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise UsageError(f"the report cannot be written to {path}: {error.strerror}") from error
