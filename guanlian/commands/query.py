"""guanlian query: a named question of the library."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from guanlian.asking import open_graph
from guanlian.errors import UsageError
from guanlian.options import DataOption
from guanlian.settings import ProgramSettings
from guanlian.showing.tables import show_table
from guanlian.terminal import output
from queries.catalogue import Catalogue
from queries.ranking import ranked_by

FormatOption = Annotated[
    Literal["table", "json", "csv", "tsv"],
    typer.Option("--format", "-f", help="How the answer is written."),
]


def query(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="The question; without it they are listed.")
    ] = None,
    parameters: Annotated[
        list[str] | None, typer.Option("--param", metavar="NAME=VALUE", help="A parameter of it.")
    ] = None,
    data: DataOption = None,
    form: FormatOption = "table",
) -> int:
    """Answer a question of the library, for instance shared-functions or reason-differences."""
    catalogue = Catalogue.load()
    if name is None:
        list_questions(catalogue)
        return 0
    question = catalogue[name]
    with ranked_by(ProgramSettings().similarity_model()):
        table = question.run(open_graph(data), read_parameters(parameters or []))
    if form == "table":
        show_table(output(), table, question.definition)
    else:
        text = {"json": table.to_json, "csv": table.to_csv, "tsv": table.to_tsv}[form]()
        sys.stdout.write(text.rstrip("\n") + "\n")
    return 0


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
        console.print(f"[bold]{definition.name}[/]  {definition.title.zh}  {definition.title.en}")
        for parameter in definition.parameters.values():
            console.print(f"    --param {parameter.name}=…  {parameter.meaning.en}", markup=False)
