"""What became of the classes of expenditure from one edition of 政府收支分类科目 to the next.

Only changes that are known for sure, or (certainty `medium`) known but for the year or a part of
what moved; what is not listed is not known to have stayed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from ontology.classes import Classification
from ontology.tables import Row, read_table

Change = Literal["rename", "move", "merge", "split", "new"]
Certainty = Literal["high", "medium"]


@dataclass(frozen=True, slots=True)
class ClassChange:
    """One class before and after.

    `edition` is the first fiscal year of the edition that made the change; `former_code` is None
    for a new class; `source` is a key of `sources.csv`. A merger has a row for each former class,
    a split one for each class that came of it.
    """

    classification: Classification
    edition: int
    change: Change
    former_code: str | None
    former_name: str | None
    code: str
    name: str
    certainty: Certainty
    source: str


@cache
def class_changes() -> tuple[ClassChange, ...]:
    """All known changes, by classification and edition.

    >>> [change.former_name for change in class_changes() if change.code == "207"][-1]
    '文化体育与传媒支出'
    """
    changes = (_read_change(row) for row in read_table("class_changes"))
    return tuple(sorted(changes, key=lambda one: (one.classification, one.edition, one.code)))


def _read_change(row: Row) -> ClassChange:
    return ClassChange(
        cast(Classification, row["classification"]),
        int(row["edition"]),
        cast(Change, row["change"]),
        row["former_code"] or None,
        row["former_name"] or None,
        row["code"],
        row["name"],
        cast(Certainty, row["certainty"]),
        row["source"],
    )
