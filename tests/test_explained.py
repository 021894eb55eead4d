"""What the stated amounts of its reasons explain of a change: the law, the facts, the comparison."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TypeGuard

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from ingest.explained import ExplainedPart, explained_part
from ingest.facts import Direction
from queries.comparison import compare
from queries.offices import read_offices
from store.graph import Solutions
from tests.test_queries import samples_graph

DIRECTIONS: tuple[Direction, ...] = ("increase", "decrease", "unchanged")
TEXTS = (
    "购煤增加3万元",
    "修渠减少12.5万元",
    "门卫餐费4万元",
    "上年购煤9万元",
    "油价上涨",
    "购煤增加3万元，修渠减少1万元",
)
PARTS = """
PREFIX gl: <https://w3id.org/guanlian/ns#>
# What is explained of every change, and the change itself.
SELECT ?change ?delta ?explained ?assumed ?remainder WHERE {
  ?change gl:delta ?delta ; gl:explainedAmount ?explained ; gl:assumedAmount ?assumed ;
    gl:remainder ?remainder }"""


def parts() -> dict[str, tuple[Decimal, ...]]:
    answer = samples_graph().query(PARTS)
    assert isinstance(answer, Solutions)
    return {
        str(change).strip("<>"): tuple(Decimal(cell.value) for cell in cells if is_literal(cell))
        for change, *cells in answer.rows
    }


def is_literal(cell: object) -> TypeGuard[Literal]:
    return isinstance(cell, Literal)


@given(
    st.decimals(min_value=0, max_value=10**8, places=2),
    st.sampled_from(DIRECTIONS),
    st.lists(st.sampled_from(TEXTS), max_size=6),
)
def test_parts_and_remainder_make_up_the_change(
    size: Decimal, direction: Direction, texts: list[str]
) -> None:
    delta = -size if direction == "decrease" else size
    part = explained_part(delta, direction, texts)
    assert part == explained_part(delta, direction, [*texts, *texts])
    if part is not None:
        assert part.explained + part.assumed + part.remainder == delta


def test_change_without_a_stated_amount_has_no_explained_part() -> None:
    assert explained_part(Decimal(5), "increase", ["油价上涨", "上年购煤9万元"]) is None
    assert explained_part(Decimal(5), "increase", []) is None


def test_amounts_count_with_the_sign_of_their_clause_or_as_the_change() -> None:
    part = explained_part(
        Decimal(100000), "increase", ["购煤增加3万元，修渠减少1万元", "门卫餐费4万元"]
    )
    assert part is not None
    assert part == ExplainedPart(Decimal(20000), Decimal(40000), Decimal(40000))


def test_explained_parts_of_the_samples_add_up() -> None:
    found = parts()
    assert found
    for delta, explained, assumed, remainder in found.values():
        assert explained + assumed + remainder == delta


def test_comparison_tells_the_derived_facts() -> None:
    derived = parts()
    told = 0
    offices = read_offices(samples_graph())
    for one, other in pairwise(offices):
        for found in compare(samples_graph(), (one, other)).explained:
            _, *of_change = derived[found.change.iri]
            assert [found.explained, found.assumed, found.remainder] == [
                part / 10000 for part in of_change
            ]
            told += 1
    assert told
