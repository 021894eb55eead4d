"""Flows of an office: nothing gets lost in the diagram, and it says what the release states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.office_flow_diagram import FlowDiagram, NatureAmount, Node, drawn
from server.office_flows import INWARD, NATURES, OUTWARD, Part, Stage, View
from server.settings import Settings
from tests.serving import Service, running

VIEW = View("2022", "code/scope/department", "code/phase/final")
OFFICE = "id/org/1"
AMOUNTS = st.decimals(-2000, 90000, places=2).filter(bool)
SPENT = st.decimals("0.01", 90000, places=2)
ITEMS = st.sampled_from(["code/item/a", "code/item/b", "code/item/func-208", "code/item/func-210"])
FUNDS = st.sampled_from(["all", "general", "gov-fund"])


def stage(name: str, amount: Decimal, parts: list[Part]) -> Stage:
    return Stage(name, "all", amount, f"id/obs/{name}", (f"span/{name}",), tuple(parts))


@st.composite
def stages(draw: st.DrawFn) -> dict[str, Stage]:
    """Totals of any size with any parts, also parts below zero and more parts than whole."""
    parts = st.lists(st.builds(Part, ITEMS, FUNDS, AMOUNTS), max_size=6)
    names = draw(st.sets(st.sampled_from([*INWARD, *OUTWARD]), min_size=1))
    found = {name: stage(name, draw(AMOUNTS), draw(parts)) for name in sorted(names)}
    if draw(st.booleans()):
        projects = draw(st.lists(st.builds(Part, ITEMS, FUNDS, SPENT), min_size=1, max_size=5))
        found["project"] = stage("project", draw(SPENT), projects)
    return found


NATURE_AMOUNTS = st.dictionaries(
    st.sampled_from(NATURES),
    st.builds(
        NatureAmount, st.sampled_from(["code/nature/project"]), SPENT, st.just(("span/nature",))
    ),
)
PARTED = st.dictionaries(
    st.tuples(FUNDS, st.sampled_from(["total", "func-208", "func-210", "a"])),
    st.dictionaries(st.sampled_from(NATURES), SPENT),
)


def natures(
    parted: dict[tuple[str, str], dict[str, Decimal]],
) -> dict[tuple[str, str], dict[str, NatureAmount]]:
    return {
        point: {
            name: NatureAmount(f"code/nature/{name}", amount, ("span/nature",))
            for name, amount in amounts.items()
        }
        for point, amounts in parted.items()
    }


@given(stages(), PARTED)
def test_what_comes_to_a_node_leaves_it(
    found: dict[str, Stage], parted: dict[tuple[str, str], dict[str, Decimal]]
) -> None:
    """For any amounts, at every node between others, to the last digit."""
    diagram = drawn(VIEW, OFFICE, found, natures(parted))
    assert all(edge.amount > 0 for edge in diagram.edges)
    for node in diagram.nodes:
        into, out_of = diagram.into(node), diagram.out_of(node)
        assert not into or not out_of or into == out_of, node
    assert len({node.key for node in diagram.nodes}) == len(diagram.nodes)
    assert has_no_circle(diagram)


@given(stages(), PARTED)
def test_parts_and_remainder_of_a_stage_are_its_total(
    found: dict[str, Stage], parted: dict[tuple[str, str], dict[str, Decimal]]
) -> None:
    diagram = drawn(VIEW, OFFICE, found, natures(parted))
    office = Node("office", OFFICE)
    for name, one in found.items():
        if name == "project" and not diagram.joins_projects:
            continue
        own = [edge for edge in diagram.edges if edge.stage == name]
        hub = office if name != "project" else Node("concept", "code/nature/project")
        into = sum(edge.amount for edge in own if edge.target == hub)
        out_of = sum(edge.amount for edge in own if edge.source == hub)
        assert (into - out_of if name in INWARD else out_of - into) == one.amount


@given(SPENT, SPENT, SPENT)
def test_projects_hang_behind_classes_where_the_totals_allow_it(
    basic: Decimal, project: Decimal, named: Decimal
) -> None:
    total = basic + project
    found = {
        "expenditure": stage("expenditure", total, [Part("code/item/func-208", "all", total)]),
        "project": stage("project", project, [Part("id/prj/1", "all", named)]),
    }
    parted = {("all", "total"): {"basic": basic, "project": project}}
    diagram = drawn(VIEW, OFFICE, found, natures(parted))
    assert diagram.joins_projects
    spent = Node("concept", "code/nature/project")
    assert diagram.out_of(spent) == max(project, named) or named < project
    too_much = {("all", "total"): {"project": total + 1}}
    assert not drawn(VIEW, OFFICE, found, natures(too_much)).joins_projects


def has_no_circle(diagram: FlowDiagram) -> bool:
    """Whether the edges can be drawn from left to right."""
    after: defaultdict[Node, set[Node]] = defaultdict(set)
    for edge in diagram.edges:
        after[edge.source].add(edge.target)
    done: set[Node] = set()

    def ends(node: Node, above: frozenset[Node]) -> bool:
        if node in done:
            return True
        found = node not in above and all(ends(each, above | {node}) for each in after[node])
        done.add(node)
        return found

    return all(ends(node, frozenset()) for node in diagram.nodes)


@pytest.fixture(scope="module")
def service(samples_data: Path) -> Iterator[Service]:
    with running(Settings(data=samples_data)) as service:
        yield service


OFFICE_NAME = "示例市甲区政务服务管理局"


def test_flows_of_a_sample_are_what_its_document_states(service: Service) -> None:
    answer = service.ask(f"/api/flows?office={OFFICE_NAME}&year=2022").json()
    totals = {total["stage"]: Decimal(total["amount_yuan"]) for total in answer["totals"]}
    assert totals["income"] == Decimal("7021800")
    assert totals["expenditure"] == Decimal("6989000")
    assert totals["project"] == Decimal("2578500")
    (project,) = (node for node in answer["nodes"] if node["kind"] == "project")
    edges = {(edge["source"], edge["target"]): edge for edge in answer["edges"]}
    (spent,) = (edge for (_, target), edge in edges.items() if target == project["key"])
    assert Decimal(spent["amount_yuan"]) == Decimal("620000")
    assert spent["stated"] and spent["flow"]
    (rest,) = (edge for (_, target), edge in edges.items() if target == "unbroken:project:")
    assert Decimal(rest["amount_yuan"]) == Decimal("1958500")
    assert rest["stated"] == []
    assert answer["joins_projects"]
    assert [view["year"] for view in answer["views"]] == ["2022", "2021"]


def test_every_flow_of_the_samples_is_in_a_diagram(service: Service) -> None:
    publication = service.app.state.publications.current()
    query = (
        "PREFIX gl: <ns#> SELECT ?flow ?office { ?flow a gl:FundingFlow ; gl:organization ?office }"
    )
    by_office: defaultdict[str, set[str]] = defaultdict(set)
    for solution in publication.solutions(query):
        by_office[solution["office"].value].add(solution["flow"].value)
    assert len(by_office) == 9
    for office, flows in by_office.items():
        told: set[str] = set()
        remainders = 0
        for view in service.ask(f"/api/flows?office={office}").json()["views"]:
            scope, phase = (view[name]["iri"].rpartition("/")[2] for name in ("scope", "phase"))
            asked = f"year={view['year']}&scope={scope}&phase={phase}"
            answer = service.ask(f"/api/flows?office={office}&{asked}").json()
            told |= {edge["flow"] for edge in answer["edges"] if edge["flow"]}
            remainders += sum(Decimal(total["remainder_yuan"]) != 0 for total in answer["totals"])
        assert told <= flows
        unjoined = {flow for flow in flows if "/flow/" in flow} - told
        assert len(unjoined) <= remainders + sum("project" in flow for flow in unjoined)


@pytest.mark.parametrize("office", ["110000-376759d1", "000000-20385160"])
def test_the_appropriation_is_not_counted_beside_its_own_parts(
    service: Service, office: str
) -> None:
    answer = service.ask(f"/api/flows?office={office}&fund=fiscal").json()
    (income,) = [total for total in answer["totals"] if total["stage"] == "income"]
    assert Decimal(income["parts_yuan"]) == Decimal(income["amount_yuan"]) > 0
    assert not [edge for edge in answer["edges"] if "excess:income" in edge["target"]]


def test_one_fund_alone_adds_up_as_well(service: Service) -> None:
    answer = service.ask(f"/api/flows?office={OFFICE_NAME}&year=2022&fund=general").json()
    assert answer["fund"]["iri"].endswith("/fund/general")
    expenditure = next(each for each in answer["totals"] if each["stage"] == "expenditure")
    parts, rest = Decimal(expenditure["parts_yuan"]), Decimal(expenditure["remainder_yuan"])
    assert parts + rest == Decimal(expenditure["amount_yuan"])
    assert {edge["fund"]["iri"].rpartition("/")[2] for edge in answer["edges"]} <= {
        "general",
        "all",
    }


@pytest.mark.parametrize(
    ("asked", "status", "member"),
    [
        ("office=没有这个机构", 404, "nearest"),
        (f"office={OFFICE_NAME}&year=1999", 404, "years"),
        (f"office={OFFICE_NAME}&fund=gov-fund", 404, None),
        (f"office={OFFICE_NAME}&fund=silver", 400, None),
        ("year=2022", 400, None),
        ("office=", 400, None),
    ],
)
def test_what_is_not_there_is_told(
    service: Service, asked: str, status: int, member: str | None
) -> None:
    answer = service.ask(f"/api/flows?{asked}")
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert member is None or answer.json()[member]
