"""Hits of text search in the terminal, with what was looked for in bold."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from store.search.entries import KINDS_BY_NAME
from store.search.index import Hit, SearchAnswer, SearchIndex
from store.search.snippets import Snippet, name_of, snippet_of
from store.search.wanted import Wanted


def show_hits(console: Console, index: SearchIndex, wanted: Wanted, answer: SearchAnswer) -> None:
    """Print each hit with its words, its office and where it stands, then how many there are."""
    for hit in answer.hits:
        console.print(headline(hit, index, wanted))
        snippet = snippet_of(hit, wanted)
        if snippet is not None:
            console.print(Text("    ") + marked(snippet))
        console.print(Text(f"    {origin(hit, index)}", style="dim"))
    shown = f"{len(answer.hits)} / {answer.total:,} 条 found"
    console.print(
        Text(f"{shown}  {wanted}" if wanted else "没有可以查找的词 no words", style="dim")
    )


def headline(hit: Hit, index: SearchIndex, wanted: Wanted) -> Text:
    """The kind of a hit and its name, or that of its office."""
    name = name_of(hit, wanted)
    offices = hit.entry.facets.get("office", ())
    title = marked(name) if name.text else Text(index.name(offices[0]) if offices else "")
    return Text(f"{KINDS_BY_NAME[hit.entry.kind].zh}  ", style="dim") + title


def marked(snippet: Snippet) -> Text:
    text = Text("…" if snippet.start else "")
    words = Text(snippet.text)
    for start, end in snippet.marks:
        words.stylize("bold yellow", start, end)
    return text + words + Text("" if snippet.is_whole else "…")


def origin(hit: Hit, index: SearchIndex) -> str:
    """The IRI, or the document with the offsets of the sentence in its text."""
    place = hit.entry.place
    if place is None:
        return hit.entry.iri
    years = "、".join(hit.entry.facets.get("year", ()))
    return f"{years}  {place.document} {place.start}–{place.end}  {hit.entry.iri}"
