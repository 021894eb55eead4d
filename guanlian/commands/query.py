"""guanlian query: a named question of the library."""

from __future__ import annotations

import sys
from itertools import islice
from typing import Annotated, Literal

import typer

from guanlian.asking import open_graph
from guanlian.errors import UsageError
from guanlian.options import DataOption
from guanlian.settings import ProgramSettings
from guanlian.showing.tables import show_table
from guanlian.terminal import output, say
from queries.catalogue import Catalogue, NamedQuery
from queries.ranking import ranked_by
from queries.row_writing import WRITERS
from store.graph import Graph

#: A table in the terminal is for reading; the other formats give every row.
ROWS_IN_TERMINAL = 200
FormatOption = Annotated[
    Literal["table", "json", "csv", "tsv"],
    typer.Option("--format", "-f", help="How the answer is written."),
]


def query(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The question; without it they are listed.")
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="NAME=VALUE", help="A parameter of it; may be repeated."),
    ] = None,
    data: DataOption = None,
    form: FormatOption = "table",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="The most rows; else all, in a table 200.")
    ] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="CSV and TSV with the IRIs of sentences and things.")
    ] = False,
    values: Annotated[
        str | None, typer.Option(metavar="PARAMETER", help="List the values that it may have.")
    ] = None,
) -> int:
    """Answer a question of the library, or list them.

    For instance: guanlian query shared-functions --param office=开州 --param other=江津
    """
    catalogue = Catalogue.load()
    if name is None:
        list_questions(catalogue)
        return 0
    question = catalogue[name]
    given = read_parameters(parameters or [])
    graph = open_graph(data)
    if values is not None:
        list_values(graph, question, values)
        return 0
    with ranked_by(ProgramSettings().similarity_model()):
        if form == "table":
            answer_in_terminal(graph, question, given, limit or ROWS_IN_TERMINAL)
        else:
            rows = question.rows(graph, given, wanted=limit and limit + 1)
            hidden = evidence or form == "json"
            names = question.definition.column_names(hidden=hidden)
            WRITERS[form](islice(rows, limit), names, sys.stdout)
            if next(rows, None) is not None:
                say(f"Only the first {limit} rows are written; more follow.")
    return 0


def answer_in_terminal(
    graph: Graph, question: NamedQuery, parameters: dict[str, str], limit: int
) -> None:
    """The answer as a table, which says when more rows follow."""
    table = question.run(graph, parameters, maximum=limit)
    show_table(output(), table, question.definition)


def read_parameters(given: list[str]) -> dict[str, str]:
    """The parameters of the command line by name.

    Raises:
        UsageError: one is not NAME=VALUE, or is given twice.
    """
    parameters: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise UsageError(f"--param {one} is not NAME=VALUE")
        if name in parameters:
            raise UsageError(f"--param {name} is given twice")
        parameters[name] = value
    return parameters


def list_questions(catalogue: Catalogue) -> None:
    """Every question with its name, title and parameters."""
    console = output()
    for question in catalogue:
        definition = question.definition
        console.print(
            f"[bold]{definition.name}[/]  {definition.title.zh}  {definition.title.en}",
            soft_wrap=True,
        )
        for parameter in definition.parameters.values():
            needed = parameter.default is None and not parameter.is_optional
            required = "  （必填 required）" if needed else ""
            meaning = f"{parameter.meaning.zh}  {parameter.meaning.en}"
            console.print(
                f"    --param {parameter.name}=…{required}  {meaning}", markup=False, soft_wrap=True
            )


def list_values(graph: Graph, question: NamedQuery, parameter: str) -> None:
    """The values that a parameter may have in the release.

    Raises:
        UsageError: the question has no such parameter.
    """
    if parameter not in question.definition.parameters:
        known = ", ".join(question.definition.parameters) or "none"
        raise UsageError(
            f"the question {question.name} has no parameter {parameter}; it has {known}"
        )
    for one in question.values(graph, parameter):
        label = "" if one.label == one.value else f"  {one.label}"
        output().print(f"{one.value}{label}", markup=False, highlight=False)
