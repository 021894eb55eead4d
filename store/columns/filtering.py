"""FILTERs over columns: the engine is asked once for each different binding, not once a solution."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Literal, QuerySolutions, Store

from store.columns.errors import NotForColumns
from store.columns.grammar import MADE_VARIABLE, Filter
from store.columns.joining import Bindings
from store.columns.terms import Numbers, Terms, Values

MOST_DIFFERENT = 50_000
PLACE = f"{MADE_VARIABLE}place"


def filtered(
    bindings: Bindings, each: Filter, terms: Terms, prologue: str, base: str | None
) -> Bindings:
    """The solutions for which a filter holds.

    An expression has the same value for the same bindings of its variables, so it is asked of each
    combination once.
    """
    combination, examples = different([bindings.columns[name] for name in each.variables])
    if len(examples) > MOST_DIFFERENT:
        raise NotForColumns("a filter has too many different values")
    columns = [bindings.columns[name][examples] for name in each.variables]
    rows = values_rows([written_column(column, terms) for column in [*columns]])
    numbered = (f"({row} {place})" for place, row in enumerate(rows))
    names = " ".join(f"?{name}" for name in each.variables)
    text = (
        f"{prologue} SELECT ?{PLACE} {{ VALUES ({names} ?{PLACE}) {{ {' '.join(numbered)} }} "
        f"FILTER {each.expression} }}"
    )
    return bindings.take(kept_places(text, base, len(examples))[combination])


def kept_places(text: str, base: str | None, size: int) -> NDArray[np.bool_]:
    """Which places the engine leaves."""
    solutions = Store().query(text, base_iri=base)
    assert isinstance(solutions, QuerySolutions)
    kept = np.zeros(size, bool)
    for solution in solutions:
        place = solution[0]
        assert isinstance(place, Literal)
        kept[int(place.value)] = True
    return kept


def different(columns: Sequence[Numbers]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The different rows of some columns: for each row which combination it has, and for each
    combination the first row that has it. Combinations are in the order of the columns."""
    codes = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        places = ranks(column.astype(np.int64))
        codes = ranks(codes * size_of(places) + places)
    size = size_of(codes)
    examples = np.zeros(size, np.intp)
    examples[codes[::-1]] = np.arange(len(codes))[::-1]
    return codes, examples


def size_of(codes: Values) -> int:
    """How many different codes there are, which are numbered from 0 on."""
    return int(codes.max()) + 1 if len(codes) else 0


def ranks(codes: Values) -> Values:
    """Each number's place among the different ones.

    >>> ranks(np.array([70, 5, 70]))
    array([1, 0, 1])
    """
    if not len(codes):
        return codes
    low = codes.min()
    width = int(codes.max() - low) + 1
    if width > 8 * len(codes) + 100_000:
        places: Values = np.unique(codes, return_inverse=True)[1].reshape(-1).astype(np.int64)
        return places
    is_there = np.zeros(width, bool)
    is_there[codes - low] = True
    numbered: Values = (np.cumsum(is_there, dtype=np.int64) - 1)[codes - low]
    return numbered


def written_column(column: Numbers, terms: Terms) -> list[str]:
    """The terms of a column as a query may write them. Raises NotForColumns for blank nodes."""
    if not terms.all_writable(column):
        raise NotForColumns("a blank node cannot be written in a query")
    numbers, places = np.unique(column, return_inverse=True)
    written = np.array([*terms.written(numbers.tolist())], object)
    result: list[str] = written[places.reshape(-1)].tolist() if len(numbers) else []
    return result


def values_rows(columns: Sequence[Sequence[str]]) -> list[str]:
    """The rows of VALUES without their brackets."""
    return [" ".join(row) for row in zip(*columns, strict=True)]
