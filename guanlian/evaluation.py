"""An evaluation: documents against their gold, and what had no counterpart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guanlian.errors import UsageError
from guanlian.evaluated import EvaluatedFile, Json
from ingest.evaluation.evaluating import Scores, add_up, evaluate


@dataclass(frozen=True, slots=True)
class DocumentEvaluation:
    """The scores of one document; one that could not be read misses all its gold."""

    file: str
    scores: Scores
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All documents that have gold; those without, and gold whose document was not given, by name."""

    documents: tuple[DocumentEvaluation, ...]
    without_gold: tuple[str, ...]
    without_document: tuple[str, ...]

    def total(self) -> Scores:
        """The scores of all documents as one."""
        return add_up(document.scores for document in self.documents)


def evaluate_file(file: EvaluatedFile, gold: Mapping[str, Json]) -> DocumentEvaluation:
    try:
        scores = evaluate(gold[file.name], file.facts)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"{file.path} or its gold {file.name}.json is not of the facts format ({error})"
        ) from error
    return DocumentEvaluation(str(file.path), scores, file.problem)


def evaluate_files(files: Sequence[EvaluatedFile], gold: Mapping[str, Json]) -> Evaluation:
    """Hold every file against the gold of its name.

    Raises:
        UsageError: a file of gold or of facts is not of the facts format.
    """
    given = {file.name for file in files}
    return Evaluation(
        documents=tuple(evaluate_file(file, gold) for file in files if file.name in gold),
        without_gold=tuple(str(file.path) for file in files if file.name not in gold),
        without_document=tuple(name for name in gold if name not in given),
    )
