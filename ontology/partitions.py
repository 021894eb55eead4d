"""Partitions: which items make up which whole. They drive the sum checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ontology.tables import Row, read_table


@dataclass(frozen=True, slots=True)
class Partition:
    """Parts that make up a whole; drives the sum checks.

    `fund` and `flow` are notations, `*` for any one, `count` for the count cube. `whole` and
    `parts` are items of the facts (`func:201`), or `func/class`, `func/group`, `func/item`,
    `econ/class`, `econ/group` for all classes of that level (below the whole, if that is a class).
    A part `expenditure.total` names its own flow. `relation` is `exhaustive` (the parts add up to the
    whole), `subset` (a part is at most the whole), `equal`, or `funds` (the parts are funds).
    """

    notation: str
    label_zh: str
    label_en: str
    fund: str
    flow: str
    whole: str
    parts: tuple[str, ...]
    relation: str


@cache
def partitions() -> Mapping[str, Partition]:
    """The partitions by notation."""
    found = (_read_partition(row) for row in read_table("partitions"))
    return MappingProxyType({partition.notation: partition for partition in found})


def _read_partition(row: Row) -> Partition:
    return Partition(
        row["notation"],
        row["label_zh"],
        row["label_en"],
        row["fund"],
        row["flow"],
        row["whole"],
        tuple(row["parts"].split()),
        row["relation"],
    )
