"""guanlian evaluate: how well documents are read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from guanlian.errors import UsageError
from guanlian.evaluated import EvaluatedFile, find_evaluated, read_evaluated, read_gold, reread
from guanlian.evaluation import Evaluation, evaluate_files
from guanlian.report import DocumentReport, count_facts, reading_totals
from guanlian.settings import ProgramSettings
from guanlian.showing.evaluation import show_evaluation, to_csv, to_json
from guanlian.showing.reading import reading_to_csv, show_reading
from guanlian.terminal import output, progress, say
from ingest.reading.document import DocumentError

Form = Literal["table", "json", "csv"]


def evaluate(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Documents, folders, or facts JSON of them."),
    ],
    gold: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="The folder with the right NAME.json of each NAME.*; without it, what was left unread.",
        ),
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", "-f", help="How the figures are written.")
    ] = "table",
    show: Annotated[
        int,
        typer.Option(
            min=0, help="The most facts or unread stretches shown, of each kind and file."
        ),
    ] = 0,
) -> int:
    """Tell how much was read, or how well against gold facts.

    With --gold: precision, recall and F1 a family. Without it: the reading report.
    """
    if show and form == "csv":
        raise UsageError("--show is for the forms table and json; CSV holds the figures only")
    wanted = None if gold is None else read_gold(gold)
    files = [*read_files(find_evaluated(paths))]
    if wanted is None:
        return report_reading([report_file(file) for file in files], form, show)
    evaluation = evaluate_files(files, wanted)
    if not evaluation.documents:
        raise UsageError(f"no document of {', '.join(paths)} has gold in {gold}")
    write_evaluation(evaluation, form, show)
    name_what_stands_alone(evaluation)
    return 1 if any(document.problem for document in evaluation.documents) else 0


def read_files(paths: Sequence[Path]) -> Iterator[EvaluatedFile]:
    """Read the files under a progress bar; a line for each that could not be read."""
    with progress(len(paths), "reading") as advance:
        for file in read_evaluated(paths, ProgramSettings().reading_limits()):
            if file.problem:
                say(f"{file.path}: {file.problem}")
            advance(file.path)
            yield file


def write_evaluation(evaluation: Evaluation, form: Form, show: int) -> None:
    if form == "table":
        show_evaluation(output(), evaluation, show)
    elif form == "csv":
        sys.stdout.write(to_csv(evaluation))
    else:
        write_json(to_json(evaluation, show))


def write_json(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def name_what_stands_alone(evaluation: Evaluation) -> None:
    for file in evaluation.without_gold:
        say(f"{file}: has no gold and was not scored")
    for name in evaluation.without_document:
        say(f"{name}.json: is gold of no document that was given, and was not counted")


def report_file(file: EvaluatedFile) -> DocumentReport:
    """The report of one file; a line when facts JSON lacks what a report is made of."""
    if file.problem:
        return DocumentReport(str(file.path), problem=file.problem, is_blank=file.is_blank)
    try:
        return count_facts(str(file.path), reread(file))
    except DocumentError as error:
        say(f"{file.path}: {error}")
        return DocumentReport(str(file.path), problem=str(error))


def report_reading(documents: Sequence[DocumentReport], form: Form, show: int) -> int:
    """Write the reading report; 1 when a document could not be read."""
    if form == "csv":
        sys.stdout.write(reading_to_csv(documents))
    elif form == "json":
        write_json(
            {"documents": [document.to_json() for document in documents]}
            | reading_totals(documents)
        )
    elif any(not document.problem for document in documents):
        show_reading(output(), documents, show)
    return 1 if any(document.problem and not document.is_blank for document in documents) else 0
