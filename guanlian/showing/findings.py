"""Findings in the terminal: document by document, each with its words and its arithmetic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ontology.codes import code_list

STYLES = {"error": "bold red", "minor": "yellow", "rounding": "dim"}


def show_findings(console: Console, rows: Iterable[Mapping[str, Any]]) -> None:
    """Print findings, those of a document together, and how many there are of each severity."""
    counts: Counter[str] = Counter()
    for (document, office, year), found in groupby(
        rows, key=lambda row: (row["document"], row["office"], row["year"])
    ):
        console.print(Text(f"{office} {year}", style="bold"), Text(str(document), style="dim"))
        for row in found:
            counts[row["severity"]] += 1
            show_finding(console, row)
    told = "，".join(
        f"{label('severity', one)} {counts[one]} {one}" for one in STYLES if counts[one]
    )
    console.print(Text(told or "没有发现异常 no findings", style="dim"))


def show_finding(console: Console, row: Mapping[str, Any]) -> None:
    """A finding: kind and severity, the explanation in Chinese, the words of the document."""
    severity = row["severity"]
    head = Text(f"{label('severity', severity)} ", style=STYLES.get(severity, ""))
    head.append(label("anomaly", row["kind"]), style="bold")
    page = f"  第{row['page']}页 p. {row['page']}" if row["page"] else ""
    head.append(f"  {row['kind']}{page}", style="dim")
    console.print(Padding(head, (0, 0, 0, 2)))
    console.print(Padding(Text(row["why_zh"] or row["why"]), (0, 0, 0, 4)))
    console.print(Padding(Text(f"│ {' '.join(row['quote'].split())}", style="dim"), (0, 0, 1, 4)))


def label(code_list_name: str, notation: str) -> str:
    """The Chinese label of a code; the code where a later version of the model has it."""
    concept = code_list(code_list_name).get(notation)
    return concept.label_zh if concept else notation
