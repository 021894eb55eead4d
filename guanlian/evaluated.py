"""What `guanlian evaluate` is given: documents, which are read, and facts that were extracted before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guanlian.errors import UsageError
from guanlian.files import find_files
from ingest.containment import processors
from ingest.facts import DocumentFacts
from ingest.facts_json import from_json, to_json
from ingest.pipeline import DocumentText, UnreadDocument, read_all_facts
from ingest.reading.document import DocumentError
from ingest.reading.limits import ReadingLimits

Json = dict[str, Any]
FACTS_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class EvaluatedFile:
    """The facts JSON of one file; `problem` completes the sentence "FILE …" where it could not be read."""

    path: Path
    facts: Json = field(default_factory=dict)
    problem: str = ""
    is_blank: bool = False

    @property
    def name(self) -> str:
        """The name that its gold goes by."""
        return self.path.stem


def find_evaluated(names: list[str]) -> list[Path]:
    """The files in the order named. A folder without documents is one of extracted facts.

    Raises:
        UsageError: a name is no file, no folder and no pattern of any, or nothing is in it.
    """
    found: dict[Path, Path] = {}
    for name in names:
        inside = find_files([name]) or extracted_in(Path(name))
        if not inside:
            raise UsageError(f"there is no document and no facts JSON in {name}")
        found |= {path.resolve(): path for path in inside}
    return list(found.values())


def extracted_in(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{FACTS_SUFFIX}")) if folder.is_dir() else []


def read_evaluated(paths: Sequence[Path], limits: ReadingLimits) -> Iterator[EvaluatedFile]:
    """Read the documents, each contained, and load the facts, in the order of the paths; nothing about
    the content of a file is raised."""
    documents = [path for path in paths if not holds_facts(path)]
    outcomes = read_all_facts(documents, processors(), limits)
    for path in paths:
        yield loaded(path) if holds_facts(path) else evaluated(next(outcomes))


def holds_facts(path: Path) -> bool:
    return path.suffix.lower() == FACTS_SUFFIX


def evaluated(outcome: DocumentText | UnreadDocument) -> EvaluatedFile:
    if isinstance(outcome, UnreadDocument):
        return EvaluatedFile(outcome.path, problem=outcome.reason, is_blank=outcome.is_blank)
    return EvaluatedFile(outcome.path, to_json(outcome.facts))


def loaded(path: Path) -> EvaluatedFile:
    try:
        return EvaluatedFile(path, load_facts(path))
    except DocumentError as error:
        return EvaluatedFile(path, problem=str(error))


def load_facts(path: Path) -> Json:
    """The object in a file of facts JSON.

    Raises:
        DocumentError: the file cannot be opened, or holds no JSON object.
    """
    try:
        facts = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"is no JSON: {error}") from error
    if not isinstance(facts, dict):
        raise DocumentError("is no facts JSON: it holds no object")
    return facts


def reread(file: EvaluatedFile) -> DocumentFacts:
    """The facts of a file as objects.

    Raises:
        DocumentError: the JSON is not of the facts format.
    """
    try:
        return from_json(file.facts)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise DocumentError(
            f"is no facts JSON as `guanlian extract` writes it: {error!r}"
        ) from error


def read_gold(folder: Path) -> dict[str, Json]:
    """The gold facts in a folder by the name of their document.

    Raises:
        UsageError: there is none, or a file is no facts JSON.
    """
    return dict(gold_in(folder))


def gold_in(folder: Path) -> Iterator[tuple[str, Json]]:
    files = extracted_in(folder)
    if not files:
        raise UsageError(f"there is no NAME.json in the gold folder {folder}")
    for path in files:
        try:
            yield path.stem, load_facts(path)
        except DocumentError as error:
            raise UsageError(f"the gold file {path} {error}") from error
