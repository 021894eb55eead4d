"""A selection with its graph pattern solved: the same SELECT over VALUES."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store.columns.errors import NotForColumns
from store.columns.filtering import different, filtered, values_rows, written_column
from store.columns.grammar import Selection
from store.columns.grouping import aggregated, grouped
from store.columns.joining import Bindings, Step, Triples, first_bindings, join, next_step, step_of
from store.columns.terms import Terms, Values

# Where the rarest pattern has fewer triples, the store is as fast.
FEWEST_TRIPLES = 1_000
# The engine reads and orders half a million terms of VALUES a second; past this it is as soon done
# with the question itself.
MOST_TERMS = 20_000


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression of a query is read under, its PREFIX declarations and its base; and how many
    triples the rarest pattern must have, that columns are worth while."""

    prologue: str
    base: str | None
    fewest_triples: int = FEWEST_TRIPLES


def solved_selection(selection: Selection, triples: Triples, setting: Setting) -> str:
    """The text of a query with the solutions of another that SPARQL allows. Raises NotForColumns."""
    bindings = solutions(selection, triples, setting)
    names, rows = table(selection, bindings, triples.terms)
    heads = " ".join(f"?{name}" for name in names)
    body = " ".join(f"({row})" for row in rows)
    distinct = "DISTINCT " if selection.is_distinct else ""
    having = "".join(f" FILTER({condition})" for condition in selection.having)
    return (
        f"SELECT {distinct}{selection.projection} {{ VALUES ({heads}) {{ {body} }}{having} }} "
        f"{selection.order} {selection.window}"
    )


def solutions(selection: Selection, triples: Triples, setting: Setting) -> Bindings:
    """The solutions of the group: its patterns joined, each filter applied as soon as it can be."""
    steps = list(large_steps(selection, triples, setting))
    step = min(steps, key=Step.count)
    waiting = [*selection.filters]
    bindings = first_bindings(step)
    while True:
        for each in [one for one in waiting if {*one.variables} <= bindings.columns.keys()]:
            waiting.remove(each)
            bindings = filtered(bindings, each, triples.terms, setting.prologue, setting.base)
        steps.remove(step)
        if not steps:
            return bindings
        step = next_step(steps, frozenset(bindings.columns))
        bindings = join(bindings, step)


def large_steps(selection: Selection, triples: Triples, setting: Setting) -> Iterator[Step]:
    """The patterns looked up; NotForColumns at the first that has so few triples that the engine,
    which begins with it, is as fast."""
    for pattern in selection.patterns:
        step = step_of(triples, pattern)
        if step.count() < setting.fewest_triples:
            raise NotForColumns("a pattern has few triples")
        yield step


def table(selection: Selection, bindings: Bindings, terms: Terms) -> tuple[list[str], list[str]]:
    """The variables that the rest of the query uses, and their values row by row."""
    if selection.is_grouped:
        return grouped_table(selection, bindings, terms)
    names = [name for name in selection.used if name in bindings.columns]
    if not names:
        raise NotForColumns("no variable of the pattern is used")
    bindings = wanted(
        selection, Bindings({name: bindings.columns[name] for name in names}, bindings.size), terms
    )
    check_size(bindings.size, len(names))
    return names, values_rows([written_column(bindings.columns[name], terms) for name in names])


def grouped_table(
    selection: Selection, bindings: Bindings, terms: Terms
) -> tuple[list[str], list[str]]:
    groups = grouped(bindings, selection.group_keys, terms)
    keys = [name for name in selection.group_keys if name in selection.used]
    check_size(groups.size, len(keys) + len(selection.aggregates))
    columns = [written_column(bindings.columns[key][groups.examples], terms) for key in keys]
    values = [aggregated(bindings, groups, each, terms) for each in selection.aggregates]
    return [*keys, *selection.aggregates.values()], values_rows([*columns, *values])


def check_size(rows: int, columns: int) -> None:
    if rows * columns > MOST_TERMS:
        raise NotForColumns("the solutions are too many to write")


def wanted(selection: Selection, bindings: Bindings, terms: Terms) -> Bindings:
    """The rows that can be in the answer: different ones for DISTINCT, the first ones for LIMIT."""
    if selection.is_distinct:
        return bindings.take(different([*bindings.columns.values()])[1])
    if selection.limit is None or not selection.order_variables:
        return bindings
    return first_in_order(selection, bindings, terms, selection.limit + selection.offset)


def first_in_order(selection: Selection, bindings: Bindings, terms: Terms, size: int) -> Bindings:
    """The rows up to a place in the order, and more that equal the last of them in the first key;
    all rows where the order leaves it open which those are."""
    first = selection.order_variables[0] if selection.order_variables else ""
    if not 0 < size < bindings.size or first not in bindings.columns:
        return bindings
    ranks = terms.order_of(bindings.columns[first])
    if ranks is None:
        return bindings
    ranks = -ranks if selection.first_descends else ranks
    rows = np.flatnonzero(ranks <= np.partition(ranks, size - 1)[size - 1])
    chosen = bindings.take(rows)
    return chosen if is_total(selection, chosen, terms) else bindings


def is_total(selection: Selection, bindings: Bindings, terms: Terms) -> bool:
    """Whether no two rows are equal in the order."""
    ranks = []
    for name in selection.order_variables or ():
        if name not in bindings.columns:
            return False
        column = terms.order_of(bindings.columns[name])
        if column is None:
            return False
        ranks.append(column)
    return count_of_different(ranks) == bindings.size


def count_of_different(columns: list[Values]) -> int:
    order: NDArray[np.intp] = np.lexsort(columns)
    changes = np.zeros(max(len(order) - 1, 0), bool)
    for column in columns:
        changes |= np.diff(column[order]) != 0
    return int(np.count_nonzero(changes)) + (len(order) > 0)
