"""All that a release tells of one office, asked at once and kept as long as it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup
from pyoxigraph import NamedNode

from server.findings import find_anomalies
from server.linked_data.described import named
from server.office_changes import (
    Group,
    StatedChange,
    explained_groups,
    stated_changes,
    unexplained,
)
from server.office_facts import (
    FunctionWording,
    SharingOffice,
    facets,
    functions,
    offices_that_share,
    themes_by_holders,
)
from server.office_flow_diagram import FlowDiagram, flow_diagram
from server.office_flows import FlowRows, latest_view
from server.office_money import AmountTable, amount_tables
from server.office_projects import (
    PerformanceSummary,
    ProjectTable,
    ProjectYear,
    performance_summaries,
    project_tables,
    project_years,
)
from server.office_reforms import Reform, reforms
from server.office_years import MoneyByYear, money_by_year
from server.publication import Publication, Row
from server.recently_kept import RecentlyKept

#: How many offices are kept: the largest take about two mebibytes.
MOST_KEPT = 32
#: How many queries of one page run at once: as many as a process has workers for one client.
AT_ONCE = 4
QUERIES = (
    "office-amounts",
    "office-reasons",
    "office-indicators",
    "office-changes",
    "office-flows",
    "office-functions",
    "office-shared-themes",
    "office-flow-evidence",
    "office-change-figures",
    "office-change-reasons",
    "office-counts",
    "office-assessments",
    "office-projects",
    "office-performance",
    "office-reforms",
)


@dataclass(frozen=True)
class OfficeRecord:
    """The rows of the queries about one office, and what they say."""

    iri: str
    about: Mapping[str, list[Row]]
    rows: Mapping[str, list[Row]]
    anomalies: list[Row]
    #: Parts of its page that are the same for every reader, by name, language and start of addresses.
    fragments: dict[tuple[str, str, str], Markup] = field(default_factory=dict, repr=False)

    def once(self, name: str, language: str, before: str, write: Callable[[], Markup]) -> Markup:
        """A part of its page, written for its first reader."""
        key = name, language, before
        if key not in self.fragments:
            self.fragments[key] = write()
        return self.fragments[key]

    @property
    def name(self) -> str:
        return self.about["prefLabel"][0]["value"]

    @property
    def documents(self) -> list[Row]:
        """The documents, the latest year first."""
        return self.rows["office-documents"]

    @property
    def scopes(self) -> set[str]:
        """The scopes that the documents report in."""
        return {row["scope"] for row in self.documents}

    @cached_property
    def reforms(self) -> list[Reform]:
        return reforms(self.rows["office-reforms"])

    @cached_property
    def functions(self) -> list[FunctionWording]:
        return functions(self.rows["office-functions"])

    @cached_property
    def kin(self) -> list[SharingOffice]:
        return offices_that_share(self.rows["office-shared-themes"], self.iri)

    @cached_property
    def theme_holders(self) -> Mapping[str, list[Row]]:
        """The offices with each theme of this one, by theme; facets, which every office has, are left out."""
        return themes_by_holders(self.rows["office-shared-themes"])

    @cached_property
    def amount_tables(self) -> list[AmountTable]:
        return amount_tables(self.rows["office-amounts"])

    @cached_property
    def changes(self) -> list[StatedChange]:
        names = ("changes", "change-figures", "change-reasons", "reasons")
        return stated_changes(*(self.rows[f"office-{name}"] for name in names))

    @cached_property
    def explained(self) -> Mapping[str, list[Group]]:
        """The changes with reasons by year, those of the same money and reasons together."""
        return explained_groups(self.changes)

    @cached_property
    def unexplained(self) -> Mapping[str, list[StatedChange]]:
        """The changes without a stated reason by year."""
        return unexplained(self.changes)

    @cached_property
    def performance(self) -> list[PerformanceSummary]:
        return performance_summaries(self.rows["office-performance"])

    @cached_property
    def projects(self) -> list[ProjectYear]:
        names = ("projects", "assessments", "indicators")
        return project_years(*(self.rows[f"office-{name}"] for name in names))

    @cached_property
    def project_tables(self) -> list[ProjectTable]:
        return project_tables(self.projects)

    @cached_property
    def project_names(self) -> Mapping[str, str]:
        """What the projects are called, by IRI."""
        return {project.iri: project.name for project in self.projects}

    @cached_property
    def money(self) -> list[MoneyByYear]:
        return money_by_year(self.rows["office-amounts"])

    @cached_property
    def flows(self) -> FlowRows:
        return FlowRows(
            self.iri,
            self.rows["office-flows"],
            self.rows["office-flow-evidence"],
            self.rows["office-amounts"],
        )

    @cached_property
    def diagrams(self) -> list[FlowDiagram]:
        """The flows of every view: that of the latest account first, as in `latest_view`."""
        views = sorted(self.flows.views, key=lambda view: view != latest_view(self.flows))
        return [flow_diagram(self.flows, view) for view in views]


def find_record(publication: Publication, office: NamedNode) -> OfficeRecord | None:
    """What the release tells of an office; None where it has no body of that name."""
    try:
        return kept_offices(publication).get(office.value, lambda: read_record(publication, office))
    except UnknownBodyError:
        return None


def kept_offices(publication: Publication) -> RecentlyKept[OfficeRecord]:
    """The offices of the release that were asked for lately."""
    return publication.kept("offices", lambda _: RecentlyKept(MOST_KEPT))


class UnknownBodyError(Exception):
    """The release has no body of that IRI."""


def read_record(publication: Publication, office: NamedNode) -> OfficeRecord:
    """Raises UnknownBodyError."""
    about = facets(publication.ask("office", office=office), publication.links)
    if not about["prefLabel"]:
        raise UnknownBodyError(f"The release has no body {office.value}.")
    documents = publication.ask("office-documents", office=office)
    rows = ask_at_once(publication, office)
    return OfficeRecord(
        iri=office.value,
        about=about,
        rows={**rows, "office-documents": documents},
        anomalies=find_anomalies(publication, [named(row["document"]) for row in documents]),
    )


def ask_at_once(publication: Publication, office: NamedNode) -> Mapping[str, list[Row]]:
    """The solutions of the queries about an office, asked side by side on behalf of who asks for the page."""

    def ask(name: str) -> list[Row]:
        return publication.ask(name, office=office)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        asked = {name: threads.submit(copy_context().run, ask, name) for name in QUERIES}
        return {name: promise.result() for name, promise in asked.items()}
