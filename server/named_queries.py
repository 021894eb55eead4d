"""The queries behind the pages: one file each in `server/queries`, parameters bound as RDF terms.

A parameter is a variable that a query names in `VALUES ?variable { UNDEF }`: the file runs as it is and
then asks about all values. Relative IRIs (`<ns#>`) are resolved against the server's base IRI.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

FOLDER = Path(__file__).parent / "queries"
Value: TypeAlias = NamedNode | Literal


@cache
def query_text(name: str) -> str:
    """The text of a query by its name, without `.rq`."""
    return (FOLDER / f"{name}.rq").read_text(encoding="utf-8")


def bound(name: str, **parameters: Value | Iterable[Value]) -> str:
    """The text of a query about the given values of its parameters.

    The values are written by the RDF library as N-Triples terms, which SPARQL shares, so that no value
    can change the query.

    Raises:
        KeyError: the query has no such parameter.
    """
    text = query_text(name)
    for variable, value in parameters.items():
        slot = f"VALUES ?{variable} {{ UNDEF }}"
        if slot not in text:
            raise KeyError(f"The query {name} has no parameter {variable}.")
        values = [value] if isinstance(value, NamedNode | Literal) else value
        terms = " ".join(str(term) for term in values)
        text = text.replace(slot, f"VALUES ?{variable} {{ {terms} }}")
    return text


def bound_together(name: str, **parameters: Value) -> str:
    """As `bound`, for parameters that a query names in one `VALUES (?one ?other) { (UNDEF UNDEF) }`, so that
    the engine looks both up at once instead of the commoner one first."""
    text = query_text(name)
    variables = " ".join(f"?{variable}" for variable in parameters)
    unbound = " ".join("UNDEF" for _ in parameters)
    slot = f"VALUES ({variables}) {{ ({unbound}) }}"
    if slot not in text:
        raise KeyError(f"The query {name} has no parameters {variables} together.")
    terms = " ".join(str(term) for term in parameters.values())
    return text.replace(slot, f"VALUES ({variables}) {{ ({terms}) }}")


def window(text: str, first: int, size: int) -> str:
    """A query for `size` solutions, and one to tell that more follow, from the `first` (counted
    from 0) on."""
    return f"{text}\nLIMIT {size + 1} OFFSET {first}"
