"""guanlian search: names and words in the current release."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

import typer

from guanlian.asking import current_release
from guanlian.errors import UsageError
from guanlian.options import DataOption
from guanlian.showing.search import show_hits
from guanlian.terminal import output
from queries.row_writing import WRITERS
from queries.table import Value
from store.search.entries import KINDS_BY_NAME
from store.search.functions import values_block
from store.search.index import Hit, SearchIndex
from store.search.making import make_index
from store.search.snippets import snippet_of
from store.search.wanted import Wanted, read_wanted

COLUMNS = (
    "kind",
    "name",
    "words",
    "office",
    "years",
    "document",
    "start",
    "end",
    "thing",
    "score",
)
#: Hits in the terminal; the other formats give every one.
HITS_IN_TERMINAL = 20


def search(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT", help='Words; OR, "…", -without, begin*; names also in pinyin.'
        ),
    ],
    data: DataOption = None,
    kinds: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="A kind; may be repeated.")
    ] = None,
    years: Annotated[
        list[str] | None, typer.Option("--year", metavar="YEAR", help="A year; may be repeated.")
    ] = None,
    form: Annotated[
        Literal["table", "json", "csv", "tsv", "values"],
        typer.Option("--format", "-f", help="values: a block of SPARQL to join with."),
    ] = "table",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="The most hits; else all, in a table 20.")
    ] = None,
) -> int:
    """Find offices, documents, functions, reasons, sentences and the like by their words.

    For instance: guanlian search "教育 OR 卫生" --kind function --year 2023
    """
    check_kinds(kinds or [])
    index, wanted = SearchIndex(make_index(current_release(data))), read_wanted(text)
    answer = index.search(
        wanted,
        values={"kind": kinds or (), "year": years or ()},
        size=limit or (HITS_IN_TERMINAL if form == "table" else sys.maxsize),
    )
    if form == "table":
        show_hits(output(), index, wanted, answer)
    elif form == "values":
        sys.stdout.write(values_block("thing", (hit.entry.iri for hit in answer.hits)) + "\n")
    else:
        WRITERS[form](rows(answer.hits, index, wanted), COLUMNS, sys.stdout)
    return 0


def check_kinds(kinds: list[str]) -> None:
    """Raises UsageError for a kind that there is not."""
    for kind in kinds:
        if kind not in KINDS_BY_NAME:
            raise UsageError(f"there is no kind {kind}; the kinds are {', '.join(KINDS_BY_NAME)}")


def rows(
    hits: tuple[Hit, ...], index: SearchIndex, wanted: Wanted
) -> Iterator[Mapping[str, Value]]:
    """A row a hit; start and end are code points of the document's text."""
    for hit in hits:
        entry, snippet = hit.entry, snippet_of(hit, wanted)
        offices = entry.facets.get("office", ())
        yield {
            "kind": entry.kind,
            "name": entry.name or None,
            "words": entry.text or (snippet.text if snippet else None),
            "office": index.name(offices[0]) if offices else None,
            "years": "；".join(entry.facets.get("year", ())),
            "document": entry.place.document if entry.place else None,
            "start": entry.place.start if entry.place else None,
            "end": entry.place.end if entry.place else None,
            "thing": entry.iri,
            "score": f"{hit.score:.3f}",
        }
