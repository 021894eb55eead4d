"""guanlian evaluate: how well documents are read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

import typer

from guanlian.errors import UsageError
from guanlian.evaluated import EvaluatedFile, find_evaluated, read_evaluated, read_gold
from guanlian.evaluation import Evaluation, evaluate_files
from guanlian.showing.evaluation import show_evaluation, to_csv, to_json
from guanlian.terminal import output, progress, say

Form = Literal["table", "json", "csv"]


def evaluate(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Documents, folders, or facts JSON of them."),
    ],
    gold: Annotated[
        Path,
        typer.Option(metavar="DIR", help="The folder with the right NAME.json of each NAME.*."),
    ],
    form: Annotated[
        Form, typer.Option("--format", "-f", help="How the scores are written.")
    ] = "table",
    show: Annotated[
        int,
        typer.Option(
            min=0, help="The most missed and invented facts shown, a family and document."
        ),
    ] = 0,
) -> int:
    """Compare what is read in documents with gold facts: precision, recall and F1 a family."""
    if show and form == "csv":
        raise UsageError("--show is for the forms table and json; CSV holds the scores only")
    wanted = read_gold(gold)
    evaluation = evaluate_files([*read_files(find_evaluated(paths))], wanted)
    if not evaluation.documents:
        raise UsageError(f"no document of {', '.join(paths)} has gold in {gold}")
    write_evaluation(evaluation, form, show)
    name_what_stands_alone(evaluation)
    return 1 if any(document.problem for document in evaluation.documents) else 0


def read_files(paths: list[Path]) -> Iterable[EvaluatedFile]:
    """Read the files under a progress bar; a line for each that could not be read."""
    with progress(len(paths), "reading") as advance:
        for path in paths:
            file = read_evaluated(path)
            if file.problem:
                say(f"{path}: {file.problem}")
            advance(path)
            yield file


def write_evaluation(evaluation: Evaluation, form: Form, show: int) -> None:
    if form == "table":
        show_evaluation(output(), evaluation, show)
    elif form == "csv":
        sys.stdout.write(to_csv(evaluation))
    else:
        written = json.dumps(to_json(evaluation, show), ensure_ascii=False, indent=1)
        sys.stdout.write(written + "\n")


def name_what_stands_alone(evaluation: Evaluation) -> None:
    for file in evaluation.without_gold:
        say(f"{file}: has no gold and was not scored")
    for name in evaluation.without_document:
        say(f"{name}.json: is gold of no document that was given, and was not counted")
