"""Scores in the terminal, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from guanlian.evaluation import Evaluation
from ingest.evaluation.evaluating import Scores
from ingest.evaluation.families import Fact
from ingest.evaluation.matching import TOTAL, Score

COLUMNS = ("family", "precision", "recall", "f1", "found", "missed", "invented")


def show_evaluation(console: Console, evaluation: Evaluation, most: int) -> None:
    """A line a family over all documents; before it, up to `most` missed and invented facts of each
    family and document."""
    for document in evaluation.documents:
        for family, score in document.scores.items():
            if family != TOTAL:
                show_facts(console, f"{document.file} {family} missed", score.missed[:most])
                show_facts(console, f"{document.file} {family} invented", score.invented[:most])
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in COLUMNS:
        table.add_column(name, justify="left" if name == "family" else "right", no_wrap=True)
    for family, score in evaluation.total().items():
        table.add_row(family, *figures(score), style="bold" if family == TOTAL else "")
    console.print(table)


def show_facts(console: Console, heading: str, facts: tuple[Fact, ...]) -> None:
    for fact in facts:
        console.print(Text.assemble((heading, "dim"), f" {spelling(fact)}"), soft_wrap=True)


def spelling(fact: Fact) -> str:
    """A fact in one line: where it stands and what it says."""
    return " ".join(part or "–" for part in (*fact.where, fact.value))


def figures(score: Score) -> tuple[str, ...]:
    rates = (score.precision, score.recall, score.f1)
    numbers = (score.found, len(score.missed), len(score.invented))
    return (*(f"{rate:.3f}" for rate in rates), *map(str, numbers))


def to_csv(evaluation: Evaluation) -> str:
    """A row a document and family, then the total of each family under the document ALL."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("document", *COLUMNS))
    every = [(document.file, document.scores) for document in evaluation.documents]
    for file, scores in (*every, (TOTAL, evaluation.total())):
        writer.writerows((file, family, *figures(score)) for family, score in scores.items())
    return text.getvalue()


def to_json(evaluation: Evaluation, most: int) -> dict[str, Any]:
    """The evaluation with up to `most` missed and invented facts of each family and document."""
    return {
        "documents": [
            {
                "file": document.file,
                "problem": document.problem,
                "families": families(document.scores, most),
            }
            for document in evaluation.documents
        ],
        "total": families(evaluation.total(), 0),
        "without_gold": list(evaluation.without_gold),
        "without_document": list(evaluation.without_document),
    }


def families(scores: Scores, most: int) -> dict[str, Any]:
    return {
        family: score_to_json(score, 0 if family == TOTAL else most)
        for family, score in scores.items()
    }


def score_to_json(score: Score, most: int) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
        "found": score.found,
        "missed": len(score.missed),
        "invented": len(score.invented),
    }
    if most:
        shown["missed_facts"] = [spelling(fact) for fact in score.missed[:most]]
        shown["invented_facts"] = [spelling(fact) for fact in score.invented[:most]]
    return shown
