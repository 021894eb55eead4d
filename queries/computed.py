"""The steps behind a query: columns that SPARQL cannot compute, rows kept, remainders added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

from queries.definitions import Keep, QueryDefinition, Remainder
from queries.narrowness import item_narrowness
from queries.ranking import clause_similarity
from queries.table import Value

Row: TypeAlias = dict[str, Value]
#: Labels may hold 、 themselves (会议、培训与活动).
SEPARATOR = "；"
#: A column of a total's remainder that takes the place of the column named behind it.
INSTEAD = "remainder_"


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
    if definition.remainder:
        rows = [*with_remainders(definition.remainder, rows)]
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


def with_remainders(remainder: Remainder, rows: list[Row]) -> Iterable[Row]:
    """The rows, and behind each group what its total leaves over; rows without a part are gone."""
    for group in grouped(rows, remainder.group).values():
        parts = [row for row in group if row.get(remainder.part) is not None]
        yield from parts
        total = group[0].get(remainder.total)
        left = number(total) - sum(number(row[remainder.part]) for row in parts)
        if total is not None and left:
            yield remainder_row(group[0], remainder, left)


def remainder_row(first: Row, remainder: Remainder, left: Decimal) -> Row:
    """What the group has in common, with the amount that is left over."""
    common = {name: first.get(name) for name in (*remainder.group, remainder.total)}
    instead = {
        name.removeprefix(INSTEAD): value
        for name, value in first.items()
        if name.startswith(INSTEAD)
    }
    return {**common, **instead, remainder.part: left}


def number(value: Value) -> Decimal:
    return Decimal(value or 0)
