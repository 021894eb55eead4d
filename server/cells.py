"""Terms as cells of a table."""

from __future__ import annotations

from typing import TypedDict

from pyoxigraph import Literal, NamedNode

from store.graph import Solutions, Term


class Cell(TypedDict):
    """`kind` is iri, literal, blank or unbound; `note` the language of a literal."""

    kind: str
    text: str
    note: str | None


def cell(term: Term | None) -> Cell:
    """A term as a cell; None is an unbound variable."""
    if term is None:
        return {"kind": "unbound", "text": "", "note": None}
    if isinstance(term, NamedNode):
        return {"kind": "iri", "text": term.value, "note": None}
    if isinstance(term, Literal):
        return {"kind": "literal", "text": term.value, "note": term.language or None}
    return {"kind": "blank", "text": str(term), "note": None}


def rows(solutions: Solutions) -> list[dict[str, Cell]]:
    """The solutions as rows of cells, by variable."""
    return [{name: cell(term) for name, term in solution.items()} for solution in solutions]
