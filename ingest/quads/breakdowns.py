"""Where the money of a year comes from and goes to: each total with its stated parts and the remainder.

Nothing is divided up that the document does not divide: what the parts leave of a total is its remainder,
of unknown source or use. It is below zero where the document states more parts than whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pyoxigraph import NamedNode

from ingest.quads.disclosure import Disclosure
from ingest.quads.money import in_yuan
from ingest.quads.observations import observation_node, stated_points
from ingest.quads.performance import assessed_projects
from ingest.quads.points import CubePoint
from ingest.quads.project_money import money_node, project_amounts
from ontology.partitions import partitions

Stage = Literal["income", "carry-in", "expenditure", "carry-out", "project"]
# The widest fund first, each with the partition of its income and the single budgets within it.
INCOME_PARTITIONS = {"all": "income-sources", "fiscal": "fiscal-income"}
BUDGETS_WITHIN = {
    "all": ("general", "gov-fund", "state-capital"),
    "fiscal": ("general", "gov-fund", "state-capital"),
    "general": (),
}
FUNCTION_CLASS = re.compile(r"func-\d{3}")
APPROPRIATION = "fiscal-appropriation"
CARRIED: tuple[Stage, ...] = ("carry-in", "carry-out")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a total: the node it comes from or goes to, its fund, yuan, and what states it.

    `key` tells it from the other parts.
    """

    key: str
    end: NamedNode
    fund: str
    amount: Decimal
    stated: NamedNode


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total in yuan, the observation that states it, and its parts, none of them zero."""

    stage: Stage
    fund: str
    amount: Decimal
    stated: NamedNode
    parts: tuple[Part, ...]

    @property
    def remainder(self) -> Decimal:
        """The total less its parts, exact."""
        return self.amount - sum((part.amount for part in self.parts), Decimal(0))


@dataclass(frozen=True, slots=True)
class Ledger:
    """The amounts in yuan that a document states of its own year, in its own phase."""

    disclosure: Disclosure
    amounts: Mapping[CubePoint, Decimal]

    @classmethod
    def of(cls, disclosure: Disclosure) -> Ledger:
        year, phase = disclosure.facts.fiscal_year, own_phase(disclosure)
        return cls(
            disclosure,
            {
                point: in_yuan(observation.value, observation.unit)
                for point, observation in stated_points(disclosure).items()
                if (point.year, point.phase) == (year, phase)
            },
        )

    def point(self, fund: str, flow: str, item: str, nature: str = "all") -> CubePoint:
        year, phase = self.disclosure.facts.fiscal_year, own_phase(self.disclosure)
        return CubePoint(fund, flow, item, nature, phase, year)

    def whole(self, stage: Stage, total: CubePoint, parts: Iterable[Part]) -> Iterator[Breakdown]:
        """The breakdown of a total, if the document states the total and it is not zero."""
        if self.amounts.get(total):
            node = observation_node(self.disclosure, total)
            yield Breakdown(stage, total.fund, self.amounts[total], node, tuple(parts))

    def part(self, point: CubePoint, end: NamedNode) -> Iterator[Part]:
        """The part at a point, if the document states it and it is not zero."""
        if self.amounts.get(point):
            node = observation_node(self.disclosure, point)
            key = point.item if point.item != "total" else point.flow
            yield Part(key, end, point.fund, self.amounts[point], node)


def own_phase(disclosure: Disclosure) -> str:
    """A budget is about what is planned, every other disclosure about what was done."""
    return "initial-budget" if disclosure.facts.kind == "budget" else "final"


def breakdowns(disclosure: Disclosure) -> Iterator[Breakdown]:
    """The totals of a document with their parts: income by source, expenditure by function class,
    project expenditure by assessed project, and what is carried in and out."""
    ledger = Ledger.of(disclosure)
    yield from income(ledger)
    yield from expenditure(ledger)
    yield from project_expenditure(ledger)
    for stage in CARRIED:
        yield from carried(ledger, stage)


def income(ledger: Ledger) -> Iterator[Breakdown]:
    """Income by source, of the widest fund that states it."""
    for fund, partition in INCOME_PARTITIONS.items():
        total = ledger.point(fund, "income", "total")
        if total in ledger.amounts:
            yield from ledger.whole("income", total, income_parts(ledger, fund, partition))
            return


def income_parts(ledger: Ledger, fund: str, partition: str) -> Iterator[Part]:
    """The sources. The appropriation stands by its budgets where they are stated."""
    for item in partitions()[partition].parts:
        budgets = partitions()["appropriation-income"].parts if item == APPROPRIATION else ()
        stated = [
            budget for budget in budgets if ledger.point(fund, "income", budget) in ledger.amounts
        ]
        for source in stated or [item]:
            end = ledger.disclosure.code("item", source)
            yield from ledger.part(ledger.point(fund, "income", source), end)


def expenditure(ledger: Ledger) -> Iterator[Breakdown]:
    """Expenditure by function class, of the widest fund that states a total."""
    for fund in BUDGETS_WITHIN:
        total = ledger.point(fund, "expenditure", "total")
        if total in ledger.amounts:
            yield from ledger.whole("expenditure", total, class_parts(ledger, fund))
            return


def class_parts(ledger: Ledger, fund: str) -> Iterator[Part]:
    """The function classes (类): of the fund itself, else of the single budgets within it."""
    stated = (point for point in ledger.amounts if point.flow == "expenditure")
    classes = {point.item for point in stated if FUNCTION_CLASS.fullmatch(point.item)}
    for item in sorted(classes):
        end, own = ledger.disclosure.code("item", item), ledger.point(fund, "expenditure", item)
        funds = (fund,) if own in ledger.amounts else BUDGETS_WITHIN[fund]
        for one in funds:
            yield from ledger.part(ledger.point(one, "expenditure", item), end)


def project_expenditure(ledger: Ledger) -> Iterator[Breakdown]:
    """Project expenditure by assessed project: no document says which class a project belongs to."""
    for fund in BUDGETS_WITHIN:
        total = ledger.point(fund, "expenditure", "total", "project")
        if total in ledger.amounts:
            yield from ledger.whole("project", total, project_parts(ledger.disclosure, fund))
            return


def project_parts(disclosure: Disclosure, fund: str) -> Iterator[Part]:
    """What was spent on each project (in a budget: what is planned for it), each project once."""
    phase = "initial-budget" if own_phase(disclosure) == "initial-budget" else "executed"
    seen: set[NamedNode] = set()
    for key, project in assessed_projects(disclosure):
        node, amount = disclosure.project(project.name), project_amounts(project).get(phase)
        if amount and node not in seen:
            seen.add(node)
            yield Part(key, node, fund, amount, money_node(disclosure, project, phase))


def carried(ledger: Ledger, stage: Stage) -> Iterator[Breakdown]:
    """Money carried in or out is one part."""
    for fund in BUDGETS_WITHIN:
        total = ledger.point(fund, stage, "total")
        if total in ledger.amounts:
            parts = ledger.part(total, ledger.disclosure.code("flow", stage))
            yield from ledger.whole(stage, total, parts)
            return
