"""`/api/flows`: where the money of an office comes from and goes to, and what is not broken down."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from pyoxigraph import NamedNode

from queries.errors import OfficeError
from queries.narrowness import notation
from queries.offices import Office, choose_office
from server.api.named import Named, concept
from server.compare import known_offices, problem_of
from server.labels import Labels
from server.office_flow_diagram import Edge, FlowDiagram, Kind, Node, flow_diagram
from server.office_flow_names import node_name
from server.office_flows import FlowRows, Stage, View, latest_view
from server.office_record import OfficeRecord, find_record
from server.problems import OTHER_PROBLEMS, Problem, told_problem
from server.publication import CurrentPublication, Publication

router = APIRouter(tags=["api"])


class Fund(StrEnum):
    """The funds, by their notations."""

    ALL = "all"
    FISCAL = "fiscal"
    GENERAL = "general"
    GOV_FUND = "gov-fund"
    STATE_CAPITAL = "state-capital"
    NON_FISCAL = "non-fiscal"


class Scope(StrEnum):
    """The scopes, by their notations."""

    DEPARTMENT = "department"
    UNIT = "unit"


class Phase(StrEnum):
    """The phases that flows are told of, by their notations."""

    FINAL = "final"
    INITIAL_BUDGET = "initial-budget"


class FlowView(BaseModel):
    """A year, scope and phase that the release holds flows of."""

    year: str
    scope: Named
    phase: Named


class FlowNode(BaseModel):
    """A source, the office, a use, or what is none of these."""

    key: str = Field(description="what edges call it")
    kind: Kind = Field(
        description=(
            "`unbroken`: what a total does not break down; `excess`: what its parts exceed it by; "
            "`rounding`: any such rest, where it is no more than the printed digits leave open; "
            "`negative`: an amount below zero; `balance`: what the sums of the office leave open; "
            "`unsplit`: expenditure whose nature is told for all classes together"
        )
    )
    iri: str | None = Field(description="the thing of the graph, where it is one")
    name: str = Field(description="中文名称 · the Chinese name")
    stage: str = Field(
        description="the total that it belongs to, where it is no thing of the graph"
    )


class FlowEdge(BaseModel):
    """Money between two nodes."""

    source: str
    target: str
    stage: str
    fund: Named
    amount_yuan: Decimal = Field(description="above 0; an amount below zero runs the other way")
    flow: str | None = Field(description="the gl:FundingFlow that it is")
    stated: list[str] = Field(description="the places in the text; none for what is computed")


class FlowTotal(BaseModel):
    """A total with what its parts add up to; `parts_yuan` and `remainder_yuan` make `amount_yuan`."""

    stage: str
    fund: Named
    amount_yuan: Decimal
    parts_yuan: Decimal
    remainder_yuan: Decimal = Field(description="未细分 · not broken down; negative: an excess")
    observation: str
    stated: list[str]


class FlowsAnswer(BaseModel):
    """The flows of one office in one view. At every node between others, what comes in is what goes out."""

    release: str
    office: Named
    year: str
    scope: Named
    phase: Named
    fund: Named | None = Field(description="the fund that was asked for")
    joins_projects: bool = Field(
        description="whether projects hang behind classes: not where their totals contradict each other"
    )
    nodes: list[FlowNode]
    edges: list[FlowEdge]
    totals: list[FlowTotal]
    views: list[FlowView] = Field(description="what else could be asked for")


@router.get(
    "/api/flows",
    summary="资金流向 · Flows of money",
    operation_id="flows",
    responses={
        400: told_problem("A name that several offices bear (`candidates`), or a wrong value."),
        404: told_problem(
            "No office of that name (`nearest`), or no flows of that year (`years`), scope, phase or fund."
        ),
        **OTHER_PROBLEMS,
    },
)
def flows(
    publication: CurrentPublication,
    office: Annotated[str, Query(description="机构，按名称或 IRI · an office", min_length=1)],
    year: Annotated[
        str, Query(description="年度，默认最近一年 · the fiscal year; else the latest")
    ] = "",
    fund: Annotated[
        Fund | None, Query(description="只看这一资金 · one fund alone; else as broken down")
    ] = None,
    scope: Annotated[Scope | None, Query(description="口径 · the reporting scope")] = None,
    phase: Annotated[Phase | None, Query(description="预算或决算 · budget or account")] = None,
) -> FlowsAnswer:
    """The income of an office by source, its expenditure by function class and by project, and what no
    document breaks down, as edges that add up."""
    found = office_called(publication, office)
    record = find_record(publication, NamedNode(found.iri))
    assert record is not None  # it was found among those that disclose
    view = wanted_view(record.flows, found.name, year.strip(), scope, phase)
    diagram = flow_diagram(record.flows, view, fund)
    if not diagram.edges:
        detail = f"{found.name} states no flows of the fund {fund} in {view.year}."
        raise Problem(404, "Not in the release", detail)
    return told_flows(publication, record, diagram, fund)


def office_called(publication: Publication, name: str) -> Office:
    """The office of a name. Raises Problem 400 or 404."""
    try:
        return choose_office(known_offices(publication), name.strip())
    except OfficeError as error:
        raise problem_of(error) from error


def wanted_view(
    rows: FlowRows, name: str, year: str, scope: Scope | None, phase: Phase | None
) -> View:
    """The view that is asked for; of several the first. Raises Problem 404."""
    fitting = [
        view
        for view in rows.views
        if (not year or view.year == year)
        and (scope is None or notation(view.scope) == scope)
        and (phase is None or notation(view.phase) == phase)
    ]
    if not fitting:
        asked = " ".join(part for part in (year, scope, phase) if part)
        years = sorted({view.year for view in rows.views})
        detail = f"{name} states no flows of {asked}." if asked else f"{name} states no flows."
        raise Problem(404, "No document of the year", detail, {"years": years})
    latest = latest_view(rows)
    return latest if latest in fitting else fitting[0]


def told_flows(
    publication: Publication, record: OfficeRecord, diagram: FlowDiagram, fund: Fund | None
) -> FlowsAnswer:
    labels, base = publication.labels, publication.links.base_iri
    names = {record.iri: record.name, **record.project_names}

    def fund_named(notation: str) -> Named:
        return concept(labels, f"{base}code/fund/{notation}")

    return FlowsAnswer(
        release=publication.release.release_id,
        office=Named(iri=record.iri, name=record.name),
        year=diagram.view.year,
        scope=concept(labels, diagram.view.scope),
        phase=concept(labels, diagram.view.phase),
        fund=None if fund is None else fund_named(fund),
        joins_projects=diagram.joins_projects,
        nodes=[told_node(node, names, labels) for node in diagram.nodes],
        edges=[told_edge(edge, fund_named(edge.fund)) for edge in diagram.edges],
        totals=[told_total(stage, fund_named(stage.fund)) for stage in diagram.stages.values()],
        views=[
            FlowView(
                year=view.year,
                scope=concept(labels, view.scope),
                phase=concept(labels, view.phase),
            )
            for view in record.flows.views
        ],
    )


def told_node(node: Node, names: Mapping[str, str], labels: Labels) -> FlowNode:
    return FlowNode(
        key=node.key,
        kind=node.kind,
        iri=node.iri,
        name=node_name(node, names, labels.speaking("zh")),
        stage=node.stage,
    )


def told_edge(edge: Edge, fund: Named) -> FlowEdge:
    return FlowEdge(
        source=edge.source.key,
        target=edge.target.key,
        stage=edge.stage,
        fund=fund,
        amount_yuan=edge.amount,
        flow=edge.flow,
        stated=[*edge.spans],
    )


def told_total(stage: Stage, fund: Named) -> FlowTotal:
    return FlowTotal(
        stage=stage.name,
        fund=fund,
        amount_yuan=stage.amount,
        parts_yuan=stage.parts_sum,
        remainder_yuan=stage.remainder,
        observation=stage.observation,
        stated=[*stage.spans],
    )
