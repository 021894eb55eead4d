"""The flows of an office as a diagram in which nothing gets lost: sources, office, classes, projects.

Two breakdowns of the same money are joined: expenditure by function class, and project expenditure by
project. No document says which class a project belongs to, so the classes meet in basic and project
expenditure before the projects part from there. What a total leaves over is an edge of its own; parts that
exceed their total are balanced by an edge that says so. For every node between others, what comes in is
what goes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from queries.narrowness import notation
from server.office_flows import (
    HALF_DIGIT,
    INWARD,
    NATURES,
    OUTWARD,
    FlowRows,
    Part,
    Stage,
    View,
)

#: What a node is: a concept of a code list, the office, a project, or no thing of the graph: what a total
#: does not break down (`unbroken`), what its parts exceed it by (`excess`), an amount below zero (`negative`),
#: what the sums of the office leave open (`balance`), any such rest where it is no more than the printed digits
#: leave open (`rounding`), expenditure whose nature is told for all
#: classes together (`unsplit`).
Kind = Literal[
    "concept",
    "office",
    "project",
    "unbroken",
    "excess",
    "rounding",
    "negative",
    "balance",
    "unsplit",
]


@dataclass(frozen=True, slots=True)
class Node:
    """An end of edges. `iri` is None for what is no thing of the graph; `stage` tells which total it is of:
    empty for the office and for uses, so that a concept that is a source and a use is two nodes."""

    kind: Kind
    iri: str | None = None
    stage: str = ""

    @property
    def key(self) -> str:
        """A name that no other node of a diagram has."""
        if not self.stage:
            return self.iri or ""
        return ":".join((self.kind, self.stage, self.iri or ""))


@dataclass(frozen=True, slots=True)
class Edge:
    """Money between two nodes in yuan, above 0: its stage, its fund by notation, the flow that the release
    holds, and the places where it is stated; without places it is computed."""

    source: Node
    target: Node
    stage: str
    amount: Decimal
    fund: str
    flow: str | None = None
    spans: tuple[str, ...] = ()


@dataclass(frozen=True)
class NatureAmount:
    """How much of a class, or of the total, is of one nature; in yuan, by its IRI."""

    iri: str
    amount: Decimal
    spans: tuple[str, ...]


#: The natures of expenditure by fund and item, by notations; each nature by its notation.
Natures = Mapping[tuple[str, str], Mapping[str, NatureAmount]]


@dataclass
class FlowDiagram:
    """The edges of one view, and the stages that they draw."""

    view: View
    office: Node
    stages: Mapping[str, Stage]
    edges: list[Edge] = field(default_factory=list)
    #: Whether the projects hang in the diagram: not where their total contradicts that of the classes.
    joins_projects: bool = False

    @property
    def nodes(self) -> list[Node]:
        """Every node once, in the order of the edges."""
        return [*dict.fromkeys(node for edge in self.edges for node in (edge.source, edge.target))]

    def into(self, node: Node) -> Decimal:
        """What comes to a node, in yuan."""
        return sum((edge.amount for edge in self.edges if edge.target == node), Decimal(0))

    def out_of(self, node: Node) -> Decimal:
        """What leaves a node, in yuan."""
        return sum((edge.amount for edge in self.edges if edge.source == node), Decimal(0))


def flow_diagram(rows: FlowRows, view: View, fund: str | None = None) -> FlowDiagram:
    """The diagram of a view: of all its flows, or of one fund by its notation."""
    return drawn(view, rows.office, rows.stages(view, fund), natures(rows, view))


def natures(rows: FlowRows, view: View) -> Natures:
    """The stated natures of expenditure in a view."""
    found: dict[tuple[str, str], dict[str, NatureAmount]] = {}
    for point, row in rows.cube.get(view, {}).items():
        if point.flow == "expenditure" and point.nature in NATURES:
            own = found.setdefault((point.fund, point.item), {})
            amount = Decimal(row["amount"])
            own[point.nature] = NatureAmount(row["nature"], amount, (row["span"],))
    return found


def drawn(view: View, office: str, stages: Mapping[str, Stage], parted: Natures) -> FlowDiagram:
    """The diagram of stages; `parted` are the natures of their expenditure."""
    diagram = FlowDiagram(view, Node("office", office), stages)
    for name in (*INWARD, *OUTWARD):
        if name in stages:
            draw_stage(diagram, stages[name], diagram.office, is_inward=name in INWARD)
    balance(diagram)
    if "expenditure" in stages and "project" in stages:
        join_projects(diagram, stages["expenditure"], stages["project"], parted)
    return diagram


def draw_stage(diagram: FlowDiagram, stage: Stage, hub: Node, *, is_inward: bool) -> None:
    """The parts of a stage between their ends and the node where they meet, and the remainder."""
    kind: Kind = "project" if stage.name == "project" else "concept"
    own = stage.name if is_inward else ""
    for part in stage.parts:
        is_usual = part.amount > 0
        end = Node(kind, part.end, own) if is_usual else Node("negative", part.end, stage.name)
        draw(diagram, hub, end, stage, part, is_inward=is_inward == (part.amount > 0))
    if stage.remainder:
        end = Node(remainder_kind(stage), None, stage.name)
        rest = Part("", stage.fund, stage.remainder)
        draw(diagram, hub, end, stage, rest, is_inward=is_inward == (stage.remainder > 0))


def remainder_kind(stage: Stage) -> Kind:
    """What the remainder of a stage is."""
    if stage.is_rounding:
        return "rounding"
    return "unbroken" if stage.remainder > 0 else "excess"


def draw(
    diagram: FlowDiagram, hub: Node, end: Node, stage: Stage, part: Part, *, is_inward: bool
) -> None:
    """One edge; an amount below zero runs the other way."""
    if part.amount:
        source, target = (end, hub) if is_inward else (hub, end)
        diagram.edges.append(
            Edge(source, target, stage.name, abs(part.amount), part.fund, part.flow, part.spans)
        )


def balance(diagram: FlowDiagram) -> None:
    """What the sums leave open between what comes to the office and what leaves it; no more than rounding
    each total can leave is nothing that a document does not say."""
    left = diagram.into(diagram.office) - diagram.out_of(diagram.office)
    totals = sum(name != "project" for name in diagram.stages)
    kind: Kind = "rounding" if abs(left) <= HALF_DIGIT * totals else "balance"
    if left > 0:
        computed(diagram, diagram.office, Node(kind, None, "left"), left)
    elif left < 0:
        computed(diagram, Node(kind, None, "short"), diagram.office, -left)


def computed(diagram: FlowDiagram, source: Node, target: Node, amount: Decimal) -> None:
    """An edge that no document states; none for nothing."""
    if amount:
        fund = next(iter(diagram.stages.values())).fund
        diagram.edges.append(Edge(source, target, "balance", amount, fund))


def join_projects(
    diagram: FlowDiagram, expenditure: Stage, projects: Stage, parted: Natures
) -> None:
    """Hang the projects behind the classes, if any is named and the totals allow it: the project
    expenditure of the classes may not exceed that of the projects, and has to make it up together with
    what the classes do not part."""
    if not projects.parts or projects.fund != expenditure.fund or projects.amount <= 0:
        return
    edges = nature_edges(diagram, parted)
    edges += unsplit_edges(expenditure, edges, parted)
    node = project_expenditure(edges, parted, expenditure)
    if node is None or sum_into(edges, node) != projects.amount:
        return
    diagram.edges += edges
    diagram.joins_projects = True
    draw_stage(diagram, projects, node, is_inward=False)


UNSPLIT = Node("unsplit", None, "expenditure")


def nature_edges(diagram: FlowDiagram, parted: Natures) -> list[Edge]:
    """From each class to its natures; what a class does not part, or parts wrongly, stays together."""
    edges = []
    for edge in diagram.edges:
        if edge.stage != "expenditure" or edge.source != diagram.office:
            continue
        if edge.target.kind == "negative":
            continue
        own = parted.get((edge.fund, notation(edge.target.iri or "")), {})
        edges += class_edges(edge, own)
    return edges


def class_edges(edge: Edge, own: Mapping[str, NatureAmount]) -> list[Edge]:
    """The edges out of one class of one fund."""
    amounts = [nature.amount for nature in own.values()]
    told, rest = [*own.values()], edge.amount - sum(amounts)
    if rest < 0 or any(amount < 0 for amount in amounts):
        told, rest = [], edge.amount
    found = [
        Edge(
            edge.target,
            Node("concept", nature.iri),
            "nature",
            nature.amount,
            edge.fund,
            None,
            nature.spans,
        )
        for nature in told
        if nature.amount
    ]
    return found + ([Edge(edge.target, UNSPLIT, "nature", rest, edge.fund)] if rest else [])


def unsplit_edges(expenditure: Stage, edges: Iterable[Edge], parted: Natures) -> list[Edge]:
    """From what the classes do not part to the natures of the total, as far as they need it, and what is
    left."""
    known = [*edges]
    left, found = sum_into(known, UNSPLIT), []
    totals = parted.get((expenditure.fund, "total"), {})
    for name in NATURES:
        if name not in totals:
            continue
        node = Node("concept", totals[name].iri)
        needed = totals[name].amount - sum_into(known, node)
        if 0 < needed <= left:
            found.append(Edge(UNSPLIT, node, "nature", needed, expenditure.fund))
            left -= needed
    if left:
        unbroken = Node("unbroken", None, "nature")
        found.append(Edge(UNSPLIT, unbroken, "nature", left, expenditure.fund))
    return found


def project_expenditure(edges: Iterable[Edge], parted: Natures, expenditure: Stage) -> Node | None:
    """The node of project expenditure, if money comes to it."""
    total = parted.get((expenditure.fund, "total"), {}).get("project")
    node = None if total is None else Node("concept", total.iri)
    return node if any(edge.target == node for edge in edges) else None


def sum_into(edges: Iterable[Edge], node: Node) -> Decimal:
    return sum((edge.amount for edge in edges if edge.target == node), Decimal(0))
