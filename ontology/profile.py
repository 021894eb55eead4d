"""The measures of an office profile: which amount is taken by which count or amount, and in which unit.

`data/profile_measures.csv` holds one measure a row. `numerator` is an item of the facts in expenditure;
`denominator` names a count item (`count:vehicles`) or another item of expenditure (`amount:total`), with
`|` before one that is taken where the first is not stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from ontology.tables import Row, read_table

DenominatorKind = Literal["count", "amount"]


@dataclass(frozen=True, slots=True)
class Denominator:
    """What an amount is divided by: a count item, or another item of expenditure in the same fund."""

    kind: DenominatorKind
    item: str


@dataclass(frozen=True, slots=True)
class ProfileMeasure:
    """One measure; of its denominators the first that a document states is taken."""

    notation: str
    numerator: str
    denominators: tuple[Denominator, ...]
    unit: str


@cache
def profile_measures() -> Mapping[str, ProfileMeasure]:
    """The measures by notation."""
    found = (_read_measure(row) for row in read_table("profile_measures"))
    return MappingProxyType({measure.notation: measure for measure in found})


def _read_measure(row: Row) -> ProfileMeasure:
    denominators = tuple(_denominator(cell) for cell in row["denominator"].split("|"))
    return ProfileMeasure(row["notation"], row["numerator"], denominators, row["unit"])


def _denominator(cell: str) -> Denominator:
    kind, _, item = cell.partition(":")
    return Denominator(cast(DenominatorKind, kind), item)
