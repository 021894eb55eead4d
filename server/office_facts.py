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
    ordinal: str
    places: dict[str, Row] = field(default_factory=dict)
    themes: dict[str, list[str]] = field(default_factory=dict)

    @property
    def years(self) -> list[str]:
        return sorted({row["year"] for row in self.places.values()}, reverse=True)


def functions(rows: Iterable[Row]) -> list[FunctionWording]:
    """The functions by wording: what a later document repeats is told once."""
    found: dict[str, FunctionWording] = {}
    for row in rows:
        wording = found.setdefault(
            row["text"], FunctionWording(row["text"], row.get("ordinal", ""))
        )
        wording.places.setdefault(row["function"], row)
        add_with_cue(wording.themes, row, "theme")
    return [*found.values()]


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


def offices_that_share(rows: Iterable[Row]) -> list[SharingOffice]:
    """The offices with common themes, most themes first."""
    found: dict[str, SharingOffice] = {}
    for row in rows:
        office = found.setdefault(row["other"], SharingOffice(row["other"], row["name"]))
        if row["theme"] not in office.themes:
            office.themes.append(row["theme"])
    return sorted(found.values(), key=lambda office: (-len(office.themes), office.name))
