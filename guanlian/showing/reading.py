"""The reading report in the terminal and as CSV: what was read of every document and form."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from guanlian.reading_figures import FIGURES, WHOLES, ReadingFigures
from guanlian.report import DocumentReport, percent, reading_of_forms
from ingest.evaluation.matching import TOTAL

# What is listed of a document, and what to call one entry.
LISTS = {
    "unread": "unread clause",
    "unread_tables": "unread table",
    "unread_figures": "unread figure",
    "remarks": "remark",
}
HEADINGS = {
    "clauses": ("分句", "clauses with a figure"),
    "amount_clauses": ("金额句", "those with an amount"),
    "tables": ("表", "tables with figures"),
    "figures": ("表内数", "figures in them"),
}
LEGEND = "已读/全部 read/all: " + " · ".join(f"{name} {told}" for name, told in HEADINGS.values())


def show_reading(console: Console, documents: Sequence[DocumentReport], most: int) -> None:
    """A line a document and a line a form; before them, up to `most` entries of what was not understood
    of each document and kind."""
    read = [document for document in documents if not document.problem]
    for document in read:
        for name, entry in LISTS.items():
            for words in getattr(document, name)[:most]:
                heading = f"{document.file} {entry}"
                console.print(Text.assemble((heading, "dim"), f" {words}"), soft_wrap=True)
    if len(read) > 1:
        table = reading_table("文件 document")
        for document in read:
            table.add_row(Text(Path(document.file).name), *cells(document.reading))
        console.print(table)
    show_forms(console, read)


def show_forms(console: Console, documents: Sequence[DocumentReport]) -> None:
    """A line a form, and a line for all of them."""
    forms = reading_of_forms(documents)
    table = reading_table("形式 form", "文件")
    table.caption = LEGEND
    for form, readings in forms.items():
        table.add_row(form, str(len(readings)), *cells(ReadingFigures.sum(readings)))
    if len(forms) > 1:
        readings = [reading for form in forms.values() for reading in form]
        table.add_row(TOTAL, str(len(readings)), *cells(ReadingFigures.sum(readings)), style="bold")
    console.print(table)


def reading_table(first: str, *others: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), caption_justify="left")
    table.add_column(first, overflow="fold")
    for heading in (*others, *(name for name, _ in HEADINGS.values())):
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def cells(reading: ReadingFigures) -> tuple[str, ...]:
    return tuple(
        f"{getattr(reading, f'{name}_read')}/{getattr(reading, name)} {percent(reading.share(name))}"
        for name in WHOLES
    )


def reading_to_csv(documents: Sequence[DocumentReport]) -> str:
    """A row a document that was read, then a row a form under the document ALL."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("document", "form", *FIGURES))
    for document in documents:
        if not document.problem:
            writer.writerow((document.file, document.form, *numbers(document.reading)))
    for form, readings in reading_of_forms(documents).items():
        writer.writerow((TOTAL, form, *numbers(ReadingFigures.sum(readings))))
    return text.getvalue()


def numbers(reading: ReadingFigures) -> tuple[int, ...]:
    return tuple(getattr(reading, name) for name in FIGURES)
