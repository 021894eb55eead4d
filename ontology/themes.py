"""The themes of functions (职能主题): the controlled subjects that duties of offices share.

`data/function_themes.csv` holds one theme a row, `data/theme_groups.csv` their groups. In the word
cells of a theme `|` separates alternatives and `+` joins words that must stand in one clause
together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from ontology.tables import Row, read_table

Tier = Literal["core", "sector", "facet"]
Claim = Literal["first", "", "last"]


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme and the words by which a clause is put under it.

    A clause has the theme when one of `cues` stands in it, none of `exclude` does, and, where
    `requires` is not empty, one of its words stands somewhere in the same function; none of
    `absent` does: where a function builds roads, its clause on the quality of works is about roads
    and not about the building trade. The tier tells how closely the list divides the field: `core`
    themes split the work of government-service and data offices finely, `sector` themes cover all
    other offices broadly, and `facet` themes are what every office does. A theme that claims
    `first` keeps its clauses for itself (the office's own staff and house, whatever the subject);
    one that claims `last` takes a clause only if no other theme has it.
    """

    id: str
    group: str
    label_zh: str
    label_en: str
    scope_note: str
    tier: Tier
    cues: tuple[str, ...]
    exclude: tuple[str, ...]
    requires: tuple[str, ...]
    absent: tuple[str, ...] = ()
    claim: Claim = ""

    @property
    def words(self) -> tuple[str, ...]:
        """All words of its rule."""
        return (*self.cues, *self.exclude, *self.requires, *self.absent)

    @property
    def is_sharable(self) -> bool:
        """Whether offices with this theme share a function; never so for what every office does."""
        return self.tier != "facet"


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """A group of themes, at the top of the scheme."""

    id: str
    label_zh: str
    label_en: str


def _alternatives(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split("|") if word)


def _theme(row: Row) -> Theme:
    return Theme(
        id=row["id"],
        group=row["group"],
        label_zh=row["label_zh"],
        label_en=row["label_en"],
        scope_note=row["scope_note"],
        tier=cast(Tier, row["tier"]),
        cues=_alternatives(row["cues"]),
        exclude=_alternatives(row["exclude"]),
        requires=_alternatives(row["requires"]),
        absent=_alternatives(row["absent"]),
        claim=cast(Claim, row["claim"]),
    )


THEME_GROUPS: tuple[ThemeGroup, ...] = tuple(
    ThemeGroup(row["id"], row["label_zh"], row["label_en"]) for row in read_table("theme_groups")
)

THEMES: tuple[Theme, ...] = tuple(_theme(row) for row in read_table("function_themes"))

THEMES_BY_ID: Mapping[str, Theme] = MappingProxyType({theme.id: theme for theme in THEMES})
