"""The projects of an office by year: budgets and execution, goals, indicators against their targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from server.publication import Row

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")
#: How wide the mark of a target is, of the 100 units of a bar.
MARK_WIDTH = Decimal("1.2")


@dataclass
class Indicator:
    """One indicator of a self-assessment: what is said of it by property name, and its place."""

    iri: str
    said: dict[str, str] = field(default_factory=dict)

    @property
    def ordinal(self) -> int:
        return int(self.said.get("ordinal", 0))

    @property
    def is_met(self) -> bool | None:
        """Whether the target was met; None where that cannot be told."""
        return {"true": True, "false": False}.get(self.said.get("met", ""))

    @property
    def achieved_share(self) -> Decimal | None:
        """What was reached in percent of the target; None unless both are numbers, the target above 0."""
        target, actual = self.said.get("target"), self.said.get("actual")
        if target is None or actual is None or Decimal(target) <= 0 or Decimal(actual) < 0:
            return None
        return (HUNDRED * Decimal(actual) / Decimal(target)).quantize(TENTH)

    @property
    def bar(self) -> Bar | None:
        """The share as a bar; None where there is none."""
        share = self.achieved_share
        return None if share is None else bar_of(share)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of 100 units: where what was reached ends, and where the target stands."""

    reached: Decimal
    target: Decimal

    @property
    def mark(self) -> Decimal:
        """Where the mark of the target begins, so that the whole of it is seen."""
        return min(self.target, HUNDRED - MARK_WIDTH)


def bar_of(share: Decimal) -> Bar:
    """A percentage of the target as a bar, whose whole length is the larger of both.

    >>> bar_of(Decimal(80)), bar_of(Decimal(200))
    (Bar(reached=Decimal('80.0'), target=Decimal('100.0')), Bar(reached=Decimal('100.0'), target=Decimal('50.0')))
    """
    whole = max(share, HUNDRED)
    return Bar(
        (HUNDRED * share / whole).quantize(TENTH), (HUNDRED * HUNDRED / whole).quantize(TENTH)
    )


@dataclass
class Assessment:
    """The self-assessment of a project for one year: what is said of it by property name."""

    iri: str
    said: dict[str, str] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)

    @property
    def in_order(self) -> list[Indicator]:
        """The indicators as the table has them."""
        return sorted(self.indicators.values(), key=lambda one: (one.ordinal, one.iri))

    @property
    def judged(self) -> int:
        """How many indicators can be held against their targets."""
        return sum(one.is_met is not None for one in self.indicators.values())

    @property
    def met(self) -> int:
        """How many indicators met their targets."""
        return sum(one.is_met is True for one in self.indicators.values())


@dataclass
class ProjectYear:
    """A project in one year: its amounts by phase (an observation each), its self-assessments."""

    iri: str
    name: str
    year: str
    amounts: dict[str, Row] = field(default_factory=dict)
    assessments: dict[str, Assessment] = field(default_factory=dict)

    @property
    def planned(self) -> Row | None:
        """The budget that execution is held against: the adjusted one, else the initial one."""
        return self.amounts.get("adjusted-budget") or self.amounts.get("initial-budget")

    @property
    def size(self) -> Decimal:
        """The largest of its amounts, in yuan."""
        return max((Decimal(row["amount"]) for row in self.amounts.values()), default=Decimal(0))

    @property
    def rate(self) -> Decimal | None:
        """What was executed in percent of what was planned, by our arithmetic; None where one of both is
        not stated."""
        planned, executed = self.planned, self.amounts.get("executed")
        if planned is None or executed is None or not Decimal(planned["amount"]):
            return None
        return (HUNDRED * Decimal(executed["amount"]) / Decimal(planned["amount"])).quantize(TENTH)


PHASES = ("initial-budget", "adjusted-budget", "executed")


@dataclass(frozen=True)
class ProjectTable:
    """The projects of one year, and which columns any of them fills."""

    year: str
    projects: list[ProjectYear]

    @property
    def phases(self) -> list[str]:
        """The phases that amounts are stated of."""
        return [phase for phase in PHASES if any(phase in one.amounts for one in self.projects)]

    @property
    def has_rates(self) -> bool:
        computed = any(one.rate is not None for one in self.projects)
        return computed or any("executionRate" in each.said for each in self.assessments)

    @property
    def has_scores(self) -> bool:
        return any("totalScore" in each.said for each in self.assessments)

    @property
    def has_indicators(self) -> bool:
        return any(each.indicators for each in self.assessments)

    @property
    def assessments(self) -> list[Assessment]:
        return [each for one in self.projects for each in one.assessments.values()]


def project_tables(projects: Iterable[ProjectYear]) -> list[ProjectTable]:
    """The projects by year, the latest year first."""
    by_year: dict[str, list[ProjectYear]] = {}
    for project in projects:
        by_year.setdefault(project.year, []).append(project)
    return [ProjectTable(year, own) for year, own in sorted(by_year.items(), reverse=True)]


def project_years(
    amounts: Iterable[Row], assessments: Iterable[Row], indicators: Iterable[Row]
) -> list[ProjectYear]:
    """The projects, the latest year first, in it the largest first."""
    found: dict[tuple[str, str], ProjectYear] = {}
    for row in amounts:
        project = project_of(found, row)
        project.amounts.setdefault(row["phase"].rpartition("/")[2], row)
    by_iri = read_assessments(found, assessments)
    for row in indicators:
        indicator = by_iri[row["assessment"]].indicators.setdefault(
            row["indicator"], Indicator(row["indicator"])
        )
        indicator.said.setdefault(row["said"].rpartition("#")[2], row["value"])
    by_size = sorted(found.values(), key=lambda project: (-project.size, project.name))
    return sorted(by_size, key=lambda project: project.year, reverse=True)


def read_assessments(
    found: dict[tuple[str, str], ProjectYear], rows: Iterable[Row]
) -> Mapping[str, Assessment]:
    """The self-assessments by IRI, each noted at its project."""
    by_iri: dict[str, Assessment] = {}
    for row in rows:
        assessment = by_iri.setdefault(row["assessment"], Assessment(row["assessment"]))
        project_of(found, row).assessments[assessment.iri] = assessment
        assessment.said.setdefault(row["said"].rpartition("#")[2], row["value"])
    return by_iri


def project_of(found: dict[tuple[str, str], ProjectYear], row: Row) -> ProjectYear:
    key = row["project"], row["year"]
    return found.setdefault(key, ProjectYear(row["project"], row["name"], row["year"]))


@dataclass
class PerformanceSummary:
    """What a document says of its self-assessments: how many projects, how much money in yuan. In a budget
    they are the projects that goals are set for."""

    year: str
    is_budget: bool
    projects: Row | None = None
    funds: Row | None = None


def performance_summaries(rows: Iterable[Row]) -> list[PerformanceSummary]:
    """The summaries, the latest year first."""
    found: dict[str, PerformanceSummary] = {}
    for row in rows:
        summary = found.setdefault(
            row["summary"], PerformanceSummary(row["year"], row.get("kind", "").endswith("/budget"))
        )
        if row["said"].endswith("#assessedProjects"):
            summary.projects = summary.projects or row
        else:
            summary.funds = summary.funds or row
    return [*found.values()]
