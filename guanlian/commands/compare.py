"""guanlian compare: the two questions for given offices."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Literal

import typer

from guanlian.asking import open_graph
from guanlian.options import DataOption
from guanlian.settings import ProgramSettings
from guanlian.showing.comparison import show_comparison
from guanlian.terminal import output
from queries.comparison import compare_named
from queries.comparison_json import comparison_json
from queries.comparison_table import comparison_table
from queries.ranking import ranked_by


def compare(
    offices: Annotated[
        list[str],
        typer.Argument(metavar="OFFICE...", help="Full, short or other names, or regions."),
    ],
    data: DataOption = None,
    year: Annotated[
        str | None,
        typer.Option(help="The fiscal year; else the latest that all have, or the latest of each."),
    ] = None,
    form: Annotated[Literal["text", "json", "csv"], typer.Option("--format", "-f")] = "text",
    most: Annotated[
        int | None, typer.Option(min=1, help="The most sentences shown of each cause.")
    ] = None,
) -> int:
    """Compare the functions, reasons and spending of 2 to 20 offices.

    Which functions they share, how the reasons for their spending changes differ, what their
    spending is made up of, and what is not comparable.
    """
    graph = open_graph(data)
    with ranked_by(ProgramSettings().similarity_model()):
        comparison = compare_named(graph, offices, year)
    if form == "json":
        text = json.dumps(comparison_json(comparison), ensure_ascii=False, indent=1)
        sys.stdout.write(text + "\n")
    elif form == "csv":
        sys.stdout.write(comparison_table(comparison).to_csv())
    else:
        show_comparison(output(), comparison, most)
    return 0
