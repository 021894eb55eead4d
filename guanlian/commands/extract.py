"""guanlian extract: the facts of documents as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from guanlian.errors import UsageError
from guanlian.files import find_files
from guanlian.settings import ProgramSettings
from guanlian.terminal import progress, say
from ingest.containment import processors
from ingest.facts_json import to_json
from ingest.pipeline import DocumentText, UnreadDocument, read_all_facts


def extract(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Documents or folders of them.")
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write NAME.json for every NAME.* here.")
    ] = None,
) -> int:
    """Write what documents state as facts JSON.

    To a folder, or one document to standard output.
    """
    paths = find_files(files)
    if out is None and len(paths) != 1:
        raise UsageError(f"--out DIR is needed for {len(paths)} documents")
    if out is not None:
        refuse_shared_names(paths)
        make_folder(out)
    failed = 0
    with progress(len(paths), "reading") as advance:
        for outcome in read_all_facts(paths, processors(), ProgramSettings().reading_limits()):
            failed += not put_out(outcome, out)
            advance(outcome.path)
    return 1 if failed else 0


def put_out(outcome: DocumentText | UnreadDocument, out: Path | None) -> bool:
    """Whether the facts of a file were written, or there are none to write; else one line says why."""
    if isinstance(outcome, UnreadDocument):
        say(f"{outcome.path}: {outcome.reason}")
        return outcome.is_blank
    for remark in outcome.facts.reading.remarks:
        say(f"{outcome.path}: {remark}")
    text = json.dumps(to_json(outcome.facts), ensure_ascii=False, indent=1) + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        write_file(out / f"{outcome.path.stem}.json", text)
    return True


def write_file(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error


def refuse_shared_names(paths: list[Path]) -> None:
    seen: dict[str, Path] = {}
    for path in paths:
        other = seen.setdefault(path.stem, path)
        if other is not path:
            raise UsageError(f"{other} and {path} would both be written to {path.stem}.json")


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be a folder to write to: {error.strerror}") from error
