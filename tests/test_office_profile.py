"""The office profile: amounts by heads, guests, vehicles and totals, from what one document states."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, QuerySolutions, Store

from ingest.facts import Count, DocumentFacts
from ingest.quads import make_quads
from ontology.codes import code_list
from ontology.profile import profile_measures
from tests.test_funding_flows import SPAN, TEXT, document, last

STATED = {
    ("all", "expenditure", "total"): Decimal("1000.00"),
    ("all", "expenditure", "project"): Decimal("333.33"),
    ("general", "expenditure", "total"): Decimal("800.00"),
    ("general", "expenditure", "personnel"): Decimal("400.00"),
    ("general", "expenditure", "three-public"): Decimal("5.00"),
    ("general", "expenditure", "reception"): Decimal("1.00"),
    ("general", "expenditure", "vehicle-operation"): Decimal("4.00"),
}
ASKED = """BASE <https://w3id.org/guanlian/> PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?measure ?fund ?value ?unit ?per WHERE {
  ?figure a <ns#ProfileFigure> ; <ns#profileMeasure> ?measure ; <ns#fund> ?fund ;
    <ns#profileValue> ?value ; <ns#unit> ?unit ; <ns#numerator> ?amount ; <ns#denominator> ?divisor ;
    prov:wasDerivedFrom ?amount , ?divisor .
  ?amount <ns#amount> [] .
  OPTIONAL { ?divisor <ns#countItem> ?per }
}"""


def with_counts(facts: DocumentFacts, year: str = "2022", **counts: int) -> DocumentFacts:
    told = tuple(
        Count(item.replace("_", "-"), value, "人", year, SPAN) for item, value in counts.items()
    )
    return replace(facts, counts=told)


def profile(facts: DocumentFacts) -> dict[str, tuple[str, str, str, str]]:
    """Fund, value, unit and what it was taken by, of every measure."""
    store = Store()
    for quad in make_quads(facts, TEXT, program_version="0"):
        store.add(quad)
    rows = store.query(ASKED, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    return {
        last(row["measure"].value): (
            last(row["fund"].value),
            row["value"].value,
            last(row["unit"].value),
            last(row["per"].value) if isinstance(row["per"], NamedNode) else "",
        )
        for row in rows
    }


def test_profile_takes_each_amount_by_what_the_document_counts() -> None:
    facts = with_counts(document(STATED), staff=30, reception_people=80, vehicles=3)
    assert profile(facts) == {
        "spending-per-head": ("all", "333333.33", "yuan", "staff"),
        "personnel-per-head": ("general", "133333.33", "yuan", "staff"),
        "three-public-per-head": ("general", "1666.67", "yuan", "staff"),
        "reception-per-guest": ("general", "125", "yuan", "reception-people"),
        "operation-per-vehicle": ("general", "13333.33", "yuan", "vehicles"),
        "personnel-share": ("general", "50", "percent", ""),
        "project-share": ("all", "33.33", "percent", ""),
    }


def test_establishment_stands_in_for_staff_and_is_told() -> None:
    only = profile(with_counts(document(STATED), establishment=40))
    assert only["spending-per-head"] == ("all", "250000", "yuan", "establishment")
    both = profile(with_counts(document(STATED), establishment=40, staff=20))
    assert both["spending-per-head"] == ("all", "500000", "yuan", "staff")


def test_nothing_is_taken_by_zero_or_by_what_is_not_stated() -> None:
    found = profile(with_counts(document(STATED), vehicles=0, reception_people=0))
    assert found.keys() == {"personnel-share", "project-share"}


@pytest.mark.parametrize(("year", "expected"), [("2021", "staff"), ("2023", None)])
def test_a_count_of_an_earlier_year_serves_and_one_of_a_later_does_not(
    year: str, expected: str | None
) -> None:
    figure = profile(with_counts(document(STATED), year, staff=30)).get("spending-per-head")
    assert (figure[3] if figure else None) == expected


@given(
    amount=st.decimals("0", "9999999.99", places=2),
    heads=st.integers(1, 5000),
)
def test_value_times_heads_is_the_amount_within_half_a_cent_a_head(
    amount: Decimal, heads: int
) -> None:
    facts = with_counts(document({("all", "expenditure", "total"): amount}), staff=heads)
    _, value, _, _ = profile(facts)["spending-per-head"]
    assert abs(Decimal(value) * heads - amount * 10000) <= Decimal("0.005") * heads


def test_measures_name_items_counts_and_units_that_exist() -> None:
    for measure in profile_measures().values():
        assert measure.numerator in code_list("item") or measure.numerator in code_list("nature")
        assert measure.unit in code_list("unit")
        for denominator in measure.denominators:
            known = "count-item" if denominator.kind == "count" else "item"
            assert denominator.item in code_list(known)
