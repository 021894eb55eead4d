"""The command line: `guanlian COMMAND`.

Exit status 0 done, 1 done with documents that failed (each named with its reason), 2 wrong usage.
"""

from __future__ import annotations

import importlib.metadata
import io
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from typer.core import TyperGroup
from typer.exceptions import TyperException

from guanlian.commands.audit import audit
from guanlian.commands.compare import compare
from guanlian.commands.demo import demo
from guanlian.commands.evaluate import evaluate
from guanlian.commands.extract import extract
from guanlian.commands.ingest import ingest
from guanlian.commands.network import network
from guanlian.commands.query import query
from guanlian.commands.search import search
from guanlian.commands.serve import serve
from guanlian.commands.sparql import sparql
from guanlian.commands.validate import validate
from guanlian.errors import UsageError
from guanlian.terminal import close_output, say
from ontology.shacl import ShapesError
from ontology.similarity import SimilarityError
from queries.errors import QueriesError
from server.settings import SettingsError
from store.errors import StoreError


class Commands(TyperGroup):
    """The commands. A reader that goes away (guanlian … | head) is no failure of ours, but Typer makes
    status 1 of it; so it is met before Typer sees it."""

    def invoke(self, ctx: Any) -> Any:  # Typer's own types for it are private
        """Carry out the command that is called."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            close_output()
            return 0


application = typer.Typer(
    cls=Commands,
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Disclosures of Chinese government offices as a linked, queryable, auditable knowledge graph.",
)
COMMANDS = (
    *(demo, extract, evaluate, ingest, audit, validate),
    *(query, search, sparql, compare, serve),
)
for command in COMMANDS:
    application.command()(command)
application.add_typer(network)

#: Settings whose values are shown nowhere.
SECRETS = frozenset({"write_token"})
#: What may be wrong with a call, told in one line.
FAILURES = (
    UsageError,
    SettingsError,
    ShapesError,
    SimilarityError,
    StoreError,
    QueriesError,
)


@application.callback(invoke_without_command=True)
def front_door(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> int:
    """Disclosures of Chinese government offices as a linked, queryable, auditable knowledge graph."""
    if version:
        sys.stdout.write(f"guanlian {importlib.metadata.version('guanlian')}\n")
    elif context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")
        return 2
    return 0


def run(arguments: Sequence[str]) -> int:
    """Carry out a command; whatever is wrong with the call becomes one line and a status of 2."""
    command = typer.main.get_command(application)
    write_what_the_terminal_can()
    try:
        status = command.main(list(arguments), prog_name="guanlian", standalone_mode=False)
    except TyperException as error:
        return refuse(error.format_message())
    except FAILURES as error:
        return refuse(str(error))
    except ValidationError as error:
        return refuse(setting_problem(error))
    except OSError as error:
        return refuse(f"{error.filename or 'the system'}: {error.strerror or error}")
    return status if isinstance(status, int) else 0


def write_what_the_terminal_can() -> None:
    """Where the terminal has no Chinese characters, write their escapes instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def refuse(sentence: str) -> int:
    """Say in one line what is wrong with the call."""
    say("guanlian: " + " ".join(sentence.split()).rstrip("."))
    return 2


def setting_problem(error: ValidationError) -> str:
    """The first setting that is wrong: its name, its value unless it is secret, and what is wanted."""
    problem = error.errors()[0]
    name = ".".join(str(part) for part in problem["loc"])
    value = "wrong" if name in SECRETS else repr(problem["input"])
    return f"the setting {name} is {value}: {problem['msg']}"
