"""What offices state under a concept, for its page: functions under a theme, reasons of a cause, amounts
under a class. What is stated stands under its office, each with its sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from server.publication import Publication, Row

SHOWN = 60


@dataclass(frozen=True, slots=True)
class Use:
    """How the concepts of a code list are used.

    query: what asks for the uses.
    relation: the relation from offices to these concepts (`queries/network/relations.csv`), whose page
        has all of them.
    covered: properties whose subjects are told by it, so that the list of incoming links need not.
    """

    query: str
    relation: str
    covered: tuple[str, ...]


USES: Mapping[str, Use] = {
    "theme": Use(
        "uses-of-theme",
        "purpose",
        ("gl:assignedTheme", "gl:theme", "org:purpose"),
    ),
    "cause": Use("uses-of-cause", "cause", ("gl:assignedCause", "gl:cause", "gl:givesCause")),
    "item": Use("uses-of-class", "class", ("gl:item", "gl:spendsOn")),
}


@dataclass(frozen=True, slots=True)
class OfficeUses:
    """An office and what it states under the concept; statements with the same words and place once, with
    every cue or change of theirs."""

    office: str
    name: str
    statements: dict[tuple[str, str], list[Row]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConceptUses:
    """The first uses of a concept; `more` tells that others follow."""

    kind: str
    relation: str
    offices: Sequence[OfficeUses]
    more: bool


def stated_under(
    publication: Publication, concept: NamedNode, schemes: list[str]
) -> ConceptUses | None:
    """What offices state under a concept; None for one that nothing is stated under."""
    for scheme in schemes:
        kind = publication.labels.name(scheme)
        if kind in USES:
            rows, more = publication.ask_page(USES[kind].query, 0, SHOWN, concept=concept)
            if rows:
                return ConceptUses(kind, USES[kind].relation, by_office(rows), more)
    return None


def by_office(rows: Sequence[Row]) -> list[OfficeUses]:
    """Rows that are in the order of offices, by office and statement."""
    found: dict[str, OfficeUses] = {}
    for row in rows:
        office = found.setdefault(row["office"], OfficeUses(row["office"], row["name"]))
        office.statements.setdefault((row["span"], row["text"]), []).append(row)
    return list(found.values())


def covered(uses: ConceptUses | None, publication: Publication) -> set[str]:
    """The IRIs of the properties that uses tell."""
    if uses is None:
        return set()
    return {publication.links.whole(name) for name in USES[uses.kind].covered}
