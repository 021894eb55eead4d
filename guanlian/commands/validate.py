"""guanlian validate: graphs against the shapes."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from guanlian.errors import UsageError
from guanlian.options import DataOption
from guanlian.settings import ProgramSettings
from guanlian.showing.validation import PLURALS, numbers_of, show_validation, to_json, to_turtle
from guanlian.terminal import output, progress, say
from guanlian.validation import Validated, validate_files, validate_release
from store.releases import DataFolder

Form = Literal["text", "json", "ttl"]


def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="RDF files: nq, trig, ttl, nt; else a release."),
    ] = None,
    data: DataOption = None,
    form: Annotated[
        Form, typer.Option("--format", "-f", help="How the results are written.")
    ] = "text",
    most: Annotated[
        int | None, typer.Option(min=0, help="The most results shown of each document.")
    ] = None,
) -> int:
    """Hold a release, or files of RDF, against the shapes (SHACL)."""
    if files and data is not None:
        raise UsageError("validate is about files or about --data DIR, not about both")
    settings = ProgramSettings() if data is None else ProgramSettings(data=data)
    validated = read_files(files, settings) if files else read_release(settings)
    if form == "json":
        sys.stdout.write(json.dumps(to_json(validated), ensure_ascii=False, indent=1) + "\n")
    elif form == "ttl":
        sys.stdout.write(to_turtle(validated, settings.base_iri))
    else:
        show_validation(output(), validated, settings.base_iri, most)
    say_what_was_found(validated)
    return 1 if any(one.report.violations for one in validated) else 0


def read_files(files: Sequence[Path], settings: ProgramSettings) -> list[Validated]:
    return [*validate_files(files, settings.base_iri)]


def read_release(settings: ProgramSettings) -> list[Validated]:
    """Every document of the current release, under a progress bar."""
    release = DataFolder.open(settings.data).current()
    validated = []
    with progress(len(release.manifest.documents), "validating") as advance:
        for one in validate_release(release, settings.base_iri):
            validated.append(one)
            advance(Path(one.source))
    return validated


def say_what_was_found(validated: Sequence[Validated]) -> None:
    """A line with the totals, and one for each file that the shapes have nothing to say about."""
    for one in validated:
        if not one.report.focus_nodes:
            say(f"{one.source}: holds nothing that the shapes are about")
    totals: Counter[str] = Counter()
    for one in validated:
        totals.update(numbers_of(one.report))
    told = ", ".join(f"{totals[name]:,} {name}" for name in PLURALS.values())
    say(f"{len(validated)} validated: {told}")
