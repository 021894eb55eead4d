"""guanlian sparql: a SPARQL query of one's own, answered from the current release."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from guanlian.asking import open_graph, with_prefixes
from guanlian.errors import UsageError
from guanlian.options import DataOption

# How an answer is written: of SELECT and ASK, and of CONSTRUCT and DESCRIBE.
MEDIA_TYPES = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "turtle": (None, "text/turtle"),
    "ntriples": (None, "application/n-triples"),
}


def sparql(
    query: Annotated[
        str, typer.Argument(metavar="FILE|TEXT", help="A query, or a file that holds one.")
    ],
    data: DataOption = None,
    form: Annotated[
        Literal["json", "csv", "tsv", "xml", "turtle", "ntriples"] | None,
        typer.Option(
            "--format", "-f", help="csv for solutions and turtle for triples if not said."
        ),
    ] = None,
) -> int:
    """Answer a SPARQL query on standard output."""
    solutions, triples = MEDIA_TYPES[form] if form else ("text/csv", "text/turtle")
    answer = open_graph(data).serialize(
        with_prefixes(read_query(query)), solutions_as=solutions, triples_as=triples
    )
    if answer.media_type is None:
        raise UsageError(f"the answer to this query cannot be written as {form}")
    sys.stdout.buffer.write(answer.body)
    sys.stdout.buffer.flush()
    return 0


def read_query(argument: str) -> str:
    """The query in a file of this name, or the argument itself."""
    path = Path(argument)
    if path.suffix in (".rq", ".sparql") and not path.is_file():
        raise UsageError(f"there is no query file {argument}")
    try:
        return path.read_text("utf-8") if path.is_file() else argument
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the query file {argument} cannot be read: {error}") from error
