"""The flows of an office by stage, as the release holds them: each total with its parts and where they are
stated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from ontology.codes import code_list
from queries.narrowness import notation
from server.office_money import in_document_order, is_derived
from server.publication import Row

#: Stages whose money comes to the office, and those whose money leaves it.
INWARD = ("income", "carry-in", "non-fiscal-balance-use")
OUTWARD = ("expenditure", "carry-out", "surplus-distribution")
STAGES = (*INWARD, *OUTWARD, "project")
#: What the balance of an office may need besides, stated as one amount each.
SINGLE = ("non-fiscal-balance-use", "surplus-distribution")
#: What expenditure is for: the kinds that a function class is parted into.
NATURES = ("project", "basic", "operating", "remit-to-superior", "subsidy-to-affiliated")
#: Half of the last digit that documents print, 0.01 万元, in yuan.
HALF_DIGIT = Decimal(50)
APPROPRIATION = "fiscal-appropriation"
SCOPES = ("department", "unit")


class View(NamedTuple):
    """Which flows belong together: a year, a scope and a phase, the latter two by their IRIs."""

    year: str
    scope: str
    phase: str

    def place(self) -> tuple[int, bool]:
        """Departments before units, accounts before budgets."""
        scope = notation(self.scope)
        rank = SCOPES.index(scope) if scope in SCOPES else len(SCOPES)
        return rank, notation(self.phase) != "final"


class Point(NamedTuple):
    """A point of the cube within a view, by the notations of its dimensions."""

    fund: str
    flow: str
    item: str
    nature: str = "all"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a total in yuan: the source or use by IRI, its fund by notation, the flow that the release
    holds (None for what is read from the cube) and the places where it is stated."""

    end: str
    fund: str
    amount: Decimal
    flow: str | None = None
    spans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A total in yuan with its parts; `observation` is what states it."""

    name: str
    fund: str
    amount: Decimal
    observation: str
    spans: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def parts_sum(self) -> Decimal:
        return sum((part.amount for part in self.parts), Decimal(0))

    @property
    def remainder(self) -> Decimal:
        """What is not broken down; below 0 where the parts exceed the total."""
        return self.amount - self.parts_sum

    @property
    def is_rounding(self) -> bool:
        """Whether the remainder is no more than rounding the total and each part can leave."""
        return 0 < abs(self.remainder) <= HALF_DIGIT * (1 + len(self.parts))


@dataclass(frozen=True)
class FlowRows:
    """What the release tells of the flows of an office: the rows of its queries."""

    office: str
    flows: list[Row]
    evidence: list[Row]
    amounts: list[Row]

    @cached_property
    def views(self) -> list[View]:
        """The views that have flows, the latest year first."""
        by_kind = sorted({view_of(row) for row in self.flows}, key=View.place)
        return sorted(by_kind, key=lambda view: view.year, reverse=True)

    def stages(self, view: View, fund: str | None = None) -> dict[str, Stage]:
        """The stages of a view: as the release holds them, or those of one fund by its notation."""
        found = self.held_stages(view)
        if fund is None:
            found |= self.single_stages(view, found)
        else:
            found = {stage.name: stage for stage in self.fund_stages(view, fund, found)}
        return {name: found[name] for name in STAGES if name in found}

    def held_stages(self, view: View) -> dict[str, Stage]:
        """The stages of the flows. Where several documents state one, that with most parts counts."""
        by_total: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.flows:
            if view_of(row) == view:
                by_total[notation(row["stage"]), row["total"]].append(row)
        found: dict[str, Stage] = {}
        for (name, _), rows in sorted(by_total.items()):
            stage = self.stage_of(name, rows)
            if name not in found or len(stage.parts) > len(found[name].parts):
                found[name] = stage
        return found

    def stage_of(self, name: str, rows: list[Row]) -> Stage:
        """The stage of the flows of one total. A flow has a row for each place that states the total."""
        own_end = "source" if name in INWARD else "target"
        parts = {
            row["flow"]: Part(
                row[own_end],
                notation(row["fund"]),
                Decimal(row["amount"]),
                row["flow"],
                self.spans_by_flow.get(row["flow"], ()),
            )
            for row in rows
            if row["remainder"] == "false"
        }
        return Stage(
            name=name,
            fund=self.fund_of(rows[0]),
            amount=Decimal(rows[0]["total_amount"]),
            observation=rows[0]["total"],
            spans=unique(row["total_span"] for row in rows),
            parts=tuple(parts.values()),
        )

    def fund_of(self, row: Row) -> str:
        """The fund of the total that a flow breaks down, which may be wider than that of the flow."""
        fund = next(
            (each["fund"] for each in self.amounts if each["observation"] == row["total"]),
            row["fund"],
        )
        return notation(fund)

    def single_stages(self, view: View, held: Mapping[str, Stage]) -> dict[str, Stage]:
        """What else the balance needs, of the fund that the income or expenditure is of."""
        funds = unique(stage.fund for stage in held.values())
        found: dict[str, Stage] = {}
        for name in SINGLE:
            for fund in funds:
                stage = self.carried(view, name, fund)
                if stage is not None:
                    found.setdefault(name, stage)
        return found

    def fund_stages(self, view: View, fund: str, held: Mapping[str, Stage]) -> Iterator[Stage]:
        """The stages of one fund, from the cube; projects where the release holds them of this fund."""
        # The appropriation as a source of all income is the same money as its own breakdown.
        income = [*self.parts(view, fund, "income", is_source)] or self.appropriation(view, fund)
        yield from self.whole(view, Point(fund, "income", "total"), income)
        classes = self.parts(view, fund, "expenditure", is_function_class)
        yield from self.whole(view, Point(fund, "expenditure", "total"), classes)
        for name in ("carry-in", "carry-out", *SINGLE):
            stage = self.carried(view, name, fund)
            if stage is not None:
                yield stage
        projects = held.get("project")
        if projects is not None and projects.fund == fund:
            yield projects

    def whole(self, view: View, point: Point, parts: Iterable[Part]) -> Iterator[Stage]:
        """The stage of a total, if it is stated and not zero."""
        row = self.at(view, point)
        found = tuple(parts)
        if row is None and point.flow == "income" and found:
            row = self.at(view, Point("all", "income", f"{point.fund}-appropriation"))
        if row is not None and Decimal(row["amount"]):
            amount, spans = Decimal(row["amount"]), (row["span"],)
            yield Stage(point.flow, point.fund, amount, row["observation"], spans, found)

    def carried(self, view: View, name: str, fund: str) -> Stage | None:
        """A flow that is one part of itself."""
        row = self.at(view, Point(fund, name, "total"))
        if row is None or not Decimal(row["amount"]):
            return None
        part = cube_part(row, row["flow"])
        return Stage(name, fund, part.amount, row["observation"], part.spans, (part,))

    def parts(
        self, view: View, fund: str, flow: str, belongs: Callable[[str], bool]
    ) -> Iterator[Part]:
        """The parts of a total of one fund; the appropriation as one sum only where its budgets are not
        stated."""
        rows = {
            point.item: row
            for point, row in self.cube.get(view, {}).items()
            if (point.fund, point.flow, point.nature) == (fund, flow, "all")
            and belongs(point.item)
            and Decimal(row["amount"])
        }
        is_finer = any(item.endswith("-appropriation") and item != APPROPRIATION for item in rows)
        for item, row in sorted(rows.items()):
            if not (item == APPROPRIATION and is_finer):
                yield cube_part(row, row["item"])

    def appropriation(self, view: View, fund: str) -> Iterator[Part]:
        """The appropriation of a budget, which is stated as a source of all income."""
        row = self.at(view, Point("all", "income", f"{fund}-appropriation"))
        if row is not None and Decimal(row["amount"]):
            yield cube_part(row, row["item"])

    def at(self, view: View, point: Point) -> Row | None:
        """The amount that is stated at a point; the first of several, none that is derived."""
        return self.cube.get(view, {}).get(point)

    @cached_property
    def cube(self) -> Mapping[View, dict[Point, Row]]:
        """The stated amounts by view and point."""
        found: defaultdict[View, dict[Point, Row]] = defaultdict(dict)
        for row in in_document_order(self.amounts):
            if not is_derived(row):
                names = (notation(row[name]) for name in Point._fields)
                found[view_of(row)].setdefault(Point(*names), row)
        return found

    @cached_property
    def spans_by_flow(self) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in self.evidence:
            found[row["flow"]].append(row["span"])
        return {flow: unique(spans) for flow, spans in found.items()}


def cube_part(row: Row, end: str) -> Part:
    return Part(end, notation(row["fund"]), Decimal(row["amount"]), None, (row["span"],))


def is_source(item: str) -> bool:
    """Whether an item is a source of income: directly below the total or one of the budgets."""
    concept = code_list("item").get(item)
    return concept is not None and concept.broader in ("total", APPROPRIATION)


def is_function_class(item: str) -> bool:
    """Whether an item is a function class (类).

    >>> is_function_class("func-208"), is_function_class("func-20805"), is_function_class("total")
    (True, False, False)
    """
    return item.startswith("func-") and len(item) == len("func-208")


def latest_view(rows: FlowRows) -> View | None:
    """The view of most interest: the latest year with a final account, else the latest budget."""
    finals = [view for view in rows.views if notation(view.phase) == "final"]
    return next(iter([*finals, *rows.views]), None)


def view_of(row: Row) -> View:
    return View(row["year"], row["scope"], row["phase"])


def unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
