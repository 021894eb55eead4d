"""The code lists: what a notation means, and the classes and divisions that names resolve to.

>>> code_list("fund")["general"].label_zh
'一般公共预算财政拨款'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ontology.classes import (
    economic_classes,
    find_economic_class,
    find_function_class,
    function_class_names,
    function_classes,
)
from ontology.divisions import Division, divisions, find_division
from ontology.tables import Row, read_table

__all__ = [
    "CodeListError",
    "CodeListName",
    "Concept",
    "Division",
    "code_list",
    "code_list_names",
    "divisions",
    "economic_classes",
    "find_division",
    "find_economic_class",
    "find_function_class",
    "function_class_names",
    "function_classes",
    "item_notation",
    "unit_power",
]

#: Lists with a table of their own; every other list stands in `concepts.csv`.
_OWN_TABLE = {
    "item": "items",
    "count-item": "count_items",
    "unit": "units",
    "check": "checks",
    "cofog": "cofog",
    "partition": "partitions",
    "profile-measure": "profile_measures",
}


class CodeListError(LookupError):
    """There is no code list of that name."""


@dataclass(frozen=True, slots=True)
class CodeListName:
    """The name of a code list, as it stands in IRIs, and its labels."""

    name: str
    label_zh: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a code list. `broader` is the notation of its parent, None at the top."""

    notation: str
    label_zh: str
    label_en: str
    broader: str | None = None
    definition_zh: str | None = None
    definition_en: str | None = None


@cache
def code_list_names() -> tuple[CodeListName, ...]:
    """Every code list with its labels."""
    return tuple(
        CodeListName(row["list"], row["label_zh"], row["label_en"])
        for row in read_table("code_lists")
    )


@cache
def code_list(name: str) -> Mapping[str, Concept]:
    """The concepts of a code list by notation, in the order of the list; CodeListError if unknown.

    The list `item` also holds the classes by function (`func-2010301`) and economic class
    (`econ-30101`), which are values of the same dimension.
    """
    rows = read_table(_OWN_TABLE[name]) if name in _OWN_TABLE else _rows_of(name)
    concepts = [_concept(row) for row in rows]
    if name == "item":
        concepts += [*_class_concepts()]
    if not concepts:
        known = ", ".join(sorted({row["list"] for row in read_table("concepts")} | {*_OWN_TABLE}))
        raise CodeListError(f"no code list is named {name!r}; the lists are {known}")
    return MappingProxyType({concept.notation: concept for concept in concepts})


def item_notation(code: str) -> str:
    """The notation in the list `item` of an item of the facts: `func:201` is `func-201`."""
    return code.replace(":", "-", 1)


def unit_power(notation: str) -> int | None:
    """How many powers of ten a unit of money is above one yuan; None for a unit of other things."""
    powers = {row["notation"]: row["power_of_ten"] for row in read_table("units")}
    return int(powers[notation]) if powers[notation] else None


def _rows_of(name: str) -> Iterable[Row]:
    return (row for row in read_table("concepts") if row["list"] == name)


def _concept(row: Row) -> Concept:
    return Concept(
        row["notation"],
        row["label_zh"],
        row["label_en"],
        row.get("broader") or None,
        row.get("definition_zh") or None,
        row.get("definition_en") or None,
    )


def _class_concepts() -> Iterable[Concept]:
    """Functional and economic classes as values of the item dimension.

    The ministry names its classes in Chinese; where no English is known, that name stands for it.
    """
    for prefix, classes in (("func", function_classes()), ("econ", economic_classes())):
        for known in classes.values():
            broader = f"{prefix}-{known.parent}" if known.parent else "total"
            label = known.label_en or known.name
            yield Concept(f"{prefix}-{known.code}", known.name, label, broader)
