"""The causes of change (变动原因): a tree of two levels with the words that name each cause.

`data/causes.csv` holds one cause a row. In its word cells `|` separates alternatives and `+` joins
words that must stand in one clause together. The leaves of `none` carry no words: that a reason
names no cause shows in its form, not in single words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from ontology.tables import Row, read_table

TypicalDirection = Literal["", "+", "-", "±", "="]


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: at the top of the tree (`parent` None, no words) or a leaf.

    `typical_direction` is how the cause moves an amount: up, down, either way, not at all; empty at
    the top. A clause names the cause when one of `cues` stands in it and none of `exclude` does.
    A cue under two sibling leaves means the one that works in the direction of the change. Beside
    one of `yields_to` (leaves or tops) in the same clause the cause does not count: there its words
    name what the other acts on, as the boiler in 厉行节约降低锅炉运行费.
    """

    code: str
    parent: str | None
    label_zh: str
    label_en: str
    typical_direction: TypicalDirection
    cues: tuple[str, ...]
    weak_cues: tuple[str, ...]
    exclude: tuple[str, ...]
    yields_to: tuple[str, ...]

    @property
    def names(self) -> tuple[str, str]:
        """By which `yields_to` of another cause means this one: its code, its top."""
        return self.code, self.parent or self.code


def _alternatives(cell: str) -> tuple[str, ...]:
    return tuple(word for word in cell.split("|") if word)


def _cause(row: Row) -> Cause:
    return Cause(
        code=row["code"],
        parent=row["parent"] or None,
        label_zh=row["label_zh"],
        label_en=row["label_en"],
        typical_direction=cast(TypicalDirection, row["typical_direction"]),
        cues=_alternatives(row["cues"]),
        weak_cues=_alternatives(row["weak_cues"]),
        exclude=_alternatives(row["exclude"]),
        yields_to=_alternatives(row["yields_to"]),
    )


CAUSES: tuple[Cause, ...] = tuple(_cause(row) for row in read_table("causes"))

CAUSES_BY_CODE: Mapping[str, Cause] = MappingProxyType({cause.code: cause for cause in CAUSES})
