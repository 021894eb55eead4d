"""How narrow an item is: a function class says more of a change than the grand total does."""

from __future__ import annotations

from functools import cache

from ontology.codes import code_list

# Items outside the tree of the grand total (三公, 机关运行经费) are as narrow as a function class.
OUTSIDE_DEPTH = 2
ROOT = "grand-total"


def item_narrowness(item_iri: str, nature_iri: str) -> int:
    """How far an item lies below the grand total; basic and project expenditure stand between the
    total and its function classes.

    >>> [item_narrowness(f"code/item/{item}", "code/nature/all") for item in ("total", "func-201")]
    [2, 4]
    """
    is_nature = not nature_iri.endswith("/all")
    return 2 * depth(notation(item_iri)) + is_nature


def notation(iri: str) -> str:
    """The notation of a concept: the last part of its IRI."""
    return iri.rpartition("/")[2]


@cache
def depth(item: str) -> int:
    """The number of steps to the grand total. Items that are not in the list count as outside."""
    if item == ROOT:
        return 0
    concept = code_list("item").get(item)
    if concept is None or concept.broader is None:
        return OUTSIDE_DEPTH
    return depth(concept.broader) + 1
