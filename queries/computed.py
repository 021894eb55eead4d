"""The steps behind a query: columns that SPARQL cannot compute, and rows kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from queries.definitions import Keep, QueryDefinition
from queries.narrowness import item_narrowness
from queries.ranking import clause_similarity
from queries.table import Value

Row: TypeAlias = dict[str, Value]
#: Labels may hold 、 themselves (会议、培训与活动).
SEPARATOR = "；"


def sorted_names(names: str) -> str:
    """Names that an aggregate joined in no certain order, sorted.

    >>> sorted_names("会议、培训与活动；中央八项规定")
    '中央八项规定；会议、培训与活动'
    """
    return SEPARATOR.join(sorted(names.split(SEPARATOR)))


FUNCTIONS: Mapping[str, Callable[..., Value]] = MappingProxyType(
    {
        "item_narrowness": item_narrowness,
        "sorted_names": sorted_names,
        "wording_similarity": clause_similarity,
    }
)


def take_steps(definition: QueryDefinition, rows: list[Row]) -> list[Row]:
    """The rows after the steps that the definition declares, in their order."""
    for column in definition.computed:
        function = FUNCTIONS[column.function]
        for row in rows:
            arguments = [row.get(name) for name in column.arguments]
            row[column.name] = None if None in arguments else function(*arguments)
    if definition.keep:
        rows = kept_rows(definition.keep, rows)
    return rows


def grouped(rows: Iterable[Row], columns: tuple[str, ...]) -> dict[tuple[Value, ...], list[Row]]:
    """The rows by the values of some columns, groups and rows in the order of the rows."""
    groups: dict[tuple[Value, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(group_key(row, columns), []).append(row)
    return groups


def group_key(row: Row, columns: tuple[str, ...]) -> tuple[Value, ...]:
    """What rows of one group have in common."""
    return tuple(row.get(name) for name in columns)


def kept_rows(keep: Keep, rows: list[Row]) -> list[Row]:
    """One row a group: the first of those with the highest value."""
    groups = grouped(rows, keep.group).values()
    return [max(group, key=lambda row: number(row[keep.column])) for group in groups]


def number(value: Value) -> Decimal:
    return Decimal(value or 0)
