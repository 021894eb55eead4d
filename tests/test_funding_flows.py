"""Funding flows: every total is broken down as far as the document states, and nothing gets lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from ingest.facts import (
    DocumentFacts,
    Mention,
    Name,
    Observation,
    ObservationKey,
    Organization,
    Performance,
    Project,
    Span,
)
from ingest.pipeline import read_facts
from ingest.quads import make_quads
from ontology.namespaces import Namespaces
from ontology.terms import TermName

TEXT = "示例市丙区民政局"
SPAN = Span(0, 8, TEXT)
IRIS = Namespaces()
Point = tuple[str, str, str]
SOURCES = ("general-appropriation", "gov-fund-appropriation", "business", "operating", "other")
CLASSES = ("func:201", "func:208", "func:210", "func:221")


def document(
    amounts: Mapping[Point, Decimal], projects: Mapping[str, str] | None = None, **other: str
) -> DocumentFacts:
    """A disclosure that states these amounts, in 万元, by fund, flow and item."""
    return DocumentFacts(
        source="a.txt",
        sha256="0" * 64,
        characters=len(TEXT),
        title=Name(TEXT, SPAN),
        fiscal_year="2022",
        kind="budget" if other.get("phase") == "initial-budget" else "final-accounts",
        organization=Organization(TEXT, "department", "示例市丙区", SPAN),
        amounts=tuple(
            Observation(
                ObservationKey(*point, "2022", other.get("phase", "final")),
                amount,
                "万元",
                SPAN,
                mentions=(Mention(amount, "万元", SPAN, "table"),),
            )
            for point, amount in amounts.items()
        ),
        performance=Performance(
            projects=tuple(
                Project(name, SPAN, executed=amount) for name, amount in (projects or {}).items()
            )
        ),
    )


class Flows:
    """The flows of a document, as read back from the graph."""

    def __init__(self, facts: DocumentFacts, text: str = TEXT) -> None:
        self.store = Store()
        self.store.extend(make_quads(facts, text, program_version="0"))

    def value(self, node: NamedNode, name: TermName) -> str | None:
        for quad in self.store.quads_for_pattern(node, NamedNode(IRIS.term(name)), None):
            assert isinstance(quad.object, NamedNode | Literal)
            return quad.object.value
        return None

    def nodes(self) -> list[NamedNode]:
        quads = self.store.quads_for_pattern(None, None, NamedNode(IRIS.term("FundingFlow")))
        return [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]

    def table(self) -> set[tuple[str, str, str, str]]:
        """Stage, the last part of source and target, and yuan; `-` where the end is unknown."""
        return {
            (
                last(self.value(node, "flowStage")),
                last(self.value(node, "flowFrom")),
                last(self.value(node, "flowTo")),
                self.value(node, "amount") or "",
            )
            for node in self.nodes()
        }

    def sums(self) -> dict[str, Decimal]:
        """The flows of each total, added up."""
        sums: defaultdict[str, Decimal] = defaultdict(Decimal)
        for node in self.nodes():
            total = self.value(node, "breaksDown")
            assert total
            sums[total] += Decimal(self.value(node, "amount") or "NaN")
        return sums


def last(iri: str | None) -> str:
    if iri is None:
        return "-"
    return "office" if "/id/org/" in iri else iri.rpartition("/")[2]


def test_money_flows_from_sources_to_the_office_and_on_to_classes_and_projects() -> None:
    facts = document(
        {
            ("all", "income", "total"): Decimal("100.00"),
            ("all", "income", "fiscal-appropriation"): Decimal("90.00"),
            ("all", "income", "general-appropriation"): Decimal("70.00"),
            ("all", "income", "gov-fund-appropriation"): Decimal("15.00"),
            ("all", "income", "business"): Decimal("10.00"),
            ("all", "income", "other"): Decimal("0.00"),
            ("all", "expenditure", "total"): Decimal("95.00"),
            ("all", "expenditure", "func:201"): Decimal("60.00"),
            ("general", "expenditure", "func:208"): Decimal("20.00"),
            ("gov-fund", "expenditure", "func:208"): Decimal("5.00"),
            ("general", "expenditure", "func:201"): Decimal("59.00"),
            ("all", "expenditure", "project"): Decimal("40.00"),
            ("all", "carry-out", "total"): Decimal("5.00"),
            ("all", "carry-in", "total"): Decimal("0.00"),
        },
        {"救助": "12.50", "养老": "7.50"},
    )
    table = Flows(facts).table()
    projects = {row for row in table if row[0] == "project"}
    assert table - projects == {
        ("income", "general-appropriation", "office", "700000"),
        ("income", "gov-fund-appropriation", "office", "150000"),
        ("income", "business", "office", "100000"),
        ("income", "-", "office", "50000"),
        ("expenditure", "office", "func-201", "600000"),
        ("expenditure", "office", "func-208", "200000"),
        ("expenditure", "office", "func-208", "50000"),
        ("expenditure", "office", "-", "100000"),
        ("carry-out", "office", "carry-out", "50000"),
    }
    assert sorted(row[3] for row in projects) == ["125000", "200000", "75000"]


def test_flows_of_a_budget_are_those_planned() -> None:
    planned = {("all", "income", "total"): Decimal(8), ("all", "income", "business"): Decimal(8)}
    flows = Flows(document(planned, phase="initial-budget"))
    assert flows.table() == {("income", "business", "office", "80000")}
    assert {last(flows.value(node, "phase")) for node in flows.nodes()} == {"initial-budget"}


def test_parts_without_a_stated_total_make_no_flow() -> None:
    assert not Flows(document({("all", "income", "business"): Decimal(8)})).nodes()


def test_parts_above_the_total_leave_a_remainder_below_zero() -> None:
    stated = {("all", "income", "total"): Decimal(8), ("all", "income", "business"): Decimal(9)}
    assert ("income", "-", "office", "-10000") in Flows(document(stated)).table()


def test_remainder_is_derived_from_the_total_and_its_parts() -> None:
    stated = {("all", "income", "total"): Decimal(8), ("all", "income", "business"): Decimal(5)}
    flows = Flows(document(stated))
    (remainder,) = (node for node in flows.nodes() if flows.value(node, "flowFrom") is None)
    derived = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
    sources = {str(q.object) for q in flows.store.quads_for_pattern(remainder, derived, None)}
    assert len(sources) == 2
    assert flows.value(remainder, "isRemainder") == "true"


AMOUNTS = st.decimals("0", "99999.99", places=2)
POINTS = st.sampled_from(
    [("all", "income", item) for item in (*SOURCES, "fiscal-appropriation")]
    + [(fund, "expenditure", item) for fund in ("all", "general", "gov-fund") for item in CLASSES]
)


@given(
    parts=st.dictionaries(POINTS, AMOUNTS),
    income=AMOUNTS,
    spent=AMOUNTS,
    on_projects=AMOUNTS,
    projects=st.dictionaries(st.sampled_from("甲乙丙丁"), AMOUNTS.map(str)),
)
def test_parts_and_remainder_are_the_whole_exactly(
    parts: dict[Point, Decimal],
    income: Decimal,
    spent: Decimal,
    on_projects: Decimal,
    projects: dict[str, str],
) -> None:
    """For any amounts: what is stated of a total, and what is not, add up to it to the last digit."""
    totals = {
        ("all", "income", "total"): income,
        ("all", "expenditure", "total"): spent,
        ("all", "expenditure", "project"): on_projects,
    }
    flows = Flows(document({**parts, **totals}, projects))
    for total, added in flows.sums().items():
        assert added == Decimal(flows.value(NamedNode(total), "amount") or "NaN")
    assert len(flows.sums()) == sum(total > 0 for total in totals.values())
    ids = [node.value for node in flows.nodes()]
    assert len(ids) == len(set(ids))
    assert "0" not in {flows.value(node, "amount") for node in flows.nodes()}


def test_flows_of_the_samples_add_up(samples: Path) -> None:
    for path in sorted(samples.glob("*.txt")):
        text, facts = read_facts(path)
        flows = Flows(facts, text)
        assert {"income", "expenditure"} <= {row[0] for row in flows.table()}, path.name
        for total, added in flows.sums().items():
            assert added == Decimal(flows.value(NamedNode(total), "amount") or "NaN"), path.name
