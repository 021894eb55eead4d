"""What is said of an office, its functions and its kin, arranged as its page shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from server.links import Links
from server.publication import Row


def facets(rows: Iterable[Row], links: Links) -> Mapping[str, list[Row]]:
    """What is said of an office, by the name of the property; `^` before it for the inverse."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        name = links.short(row["relation"]).partition(":")[2]
        entries = found["^" + name if "inverse" in row else name]
        if row["value"] not in {entry["value"] for entry in entries}:
            entries.append({"label": "", **row})
    return found


@dataclass
class FunctionWording:
    """One wording of a function: where it is stated, its themes with the cues that decided them."""

    text: str
    places: dict[str, Row] = field(default_factory=dict)
    themes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def years(self) -> list[str]:
        """The years of the documents that have it, the latest first."""
        return sorted({row["year"] for row in self.places.values()}, reverse=True)

    @property
    def ordinal(self) -> str:
        """Its number in the document that it is shown under; empty where that has none."""
        return self.first.get("ordinal", "")

    @property
    def first(self) -> Row:
        return next(iter(self.places.values()))


def functions(rows: Iterable[Row]) -> list[FunctionWording]:
    """The functions by wording: what a later document repeats is told once."""
    found: dict[str, FunctionWording] = {}
    for row in rows:
        wording = found.setdefault(row["text"], FunctionWording(row["text"]))
        wording.places.setdefault(row["function"], row)
        add_with_cue(wording.themes, row, "theme")
    return [*found.values()]


@dataclass
class FunctionList:
    """The wordings that one document is the latest to have, in its order: its numbers are theirs."""

    year: str
    document: str
    wordings: list[FunctionWording] = field(default_factory=list)


def function_lists(wordings: Iterable[FunctionWording]) -> list[FunctionList]:
    """The functions under the latest document that states each, the latest document first.

    What earlier documents word in the same way stands there alone; what only they have follows under
    their own years with their own numbers.
    """
    lists: dict[str, FunctionList] = {}
    for wording in wordings:
        year, document = wording.first["year"], wording.first["document"]
        lists.setdefault(document, FunctionList(year, document)).wordings.append(wording)
    for found in lists.values():
        found.wordings.sort(key=place)
    return sorted(lists.values(), key=lambda found: found.year, reverse=True)


def place(wording: FunctionWording) -> tuple[int, int]:
    """Where a wording stands in its document: by number, else by its place in the text."""
    return int(wording.ordinal or 0), span_start(wording.first["span"])


def span_start(span: str) -> int:
    """Where a span begins, in code points; 0 for what is no span.

    >>> span_start("https://w3id.org/guanlian/id/doc/a/text/b#char=837,847")
    837
    """
    start = span.rpartition("#char=")[2].partition(",")[0]
    return int(start) if start.isdigit() else 0


def add_with_cue(found: dict[str, list[str]], row: Row, name: str) -> None:
    """Note the theme or cause of a row, if it has one, and the cue that decided it."""
    if name in row:
        cues = found.setdefault(row[name], [])
        if "cue" in row and row["cue"] not in cues:
            cues.append(row["cue"])


@dataclass
class SharingOffice:
    """Another office, and the themes that both have."""

    iri: str
    name: str
    themes: list[str] = field(default_factory=list)


def offices_that_share(rows: Iterable[Row], own_iri: str) -> list[SharingOffice]:
    """The other offices with common themes, most themes first."""
    found: dict[str, SharingOffice] = {}
    for row in rows:
        if row["other"] == own_iri:
            continue
        office = found.setdefault(row["other"], SharingOffice(row["other"], row["name"]))
        if row["theme"] not in office.themes:
            office.themes.append(row["theme"])
    return sorted(found.values(), key=lambda office: (-len(office.themes), office.name))


def themes_by_holders(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    """The offices with each theme, by theme; the office itself is one of them."""
    holders: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        holders[row["theme"]].append(row)
    return dict(holders)
