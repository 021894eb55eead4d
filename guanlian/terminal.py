"""The terminal: answers go to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Output(Console):
    """A console whose reader may go away (guanlian … | head): that is no failure of ours."""

    def on_broken_pipe(self) -> None:
        """Stop writing, with exit status 0."""
        close_output()
        raise SystemExit(0)


def close_output() -> None:
    """Let what is still to be written go nowhere, so that closing down does not fail either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def output() -> Console:
    """The console for answers."""
    return Output(highlight=False, soft_wrap=False)


def messages() -> Console:
    """The console for progress and reports."""
    return Console(stderr=True, highlight=False)


def say(sentence: str) -> None:
    """One line on standard error, as it is."""
    messages().print(sentence, markup=False, soft_wrap=True)


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[Path], None]]:
    """A progress bar with rate and time left while files are read; only where someone can see it."""
    console = messages()
    bar = Progress(
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[file]}", markup=False),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task(what, total=total, rate="", file="")

        def advance(path: Path) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, advance=1, file=path.name, rate=f"{speed:.1f}/s" if speed else "")

        yield advance
