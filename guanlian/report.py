"""The report at the end of a run: read, unread and contradicting, per document and in total."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from ingest.facts import DocumentFacts
from ingest.pipeline import Outcome, ReadDocument


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one file. `problem` is empty when it was read; else nothing was counted. `remarks`
    tell what of a file that was read could not be."""

    file: str
    problem: str = ""
    office: str = ""
    fiscal_year: str = ""
    functions: int = 0
    amounts: int = 0
    comparisons: int = 0
    reasons: int = 0
    counts: int = 0
    projects: int = 0
    terms: int = 0
    errors: int = 0
    minor: int = 0
    unread: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


COUNTED = (
    "functions", "amounts", "comparisons", "reasons", "counts", "projects", "terms", "errors", "minor",
)  # fmt: skip
# Heading in the terminal, and what it means.
HEADINGS = {
    "functions": ("职能", "functions"),
    "amounts": ("金额", "amounts"),
    "comparisons": ("比较", "changes"),
    "reasons": ("原因", "reasons"),
    "counts": ("数量", "counts"),
    "projects": ("项目", "projects"),
    "terms": ("名词", "terms"),
    "errors": ("矛盾", "contradictions"),
    "minor": ("瑕疵", "minor findings"),
    "unread": ("未读", "unread clauses"),
}


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run: the release that serves now, whether it is new, and every file."""

    release: str
    created: bool
    documents_in_release: int
    quads_in_release: int
    superseded: tuple[str, ...]
    documents: tuple[DocumentReport, ...]

    @property
    def failed(self) -> tuple[DocumentReport, ...]:
        """The files that could not be read."""
        return tuple(document for document in self.documents if document.problem)

    def to_json(self) -> dict[str, Any]:
        """The report as a JSON object, totals included."""
        return {**asdict(self), "totals": self.totals()}

    def totals(self) -> dict[str, int]:
        """The sum of every count over the files that were read."""
        totals: Counter[str] = Counter()
        for document in self.documents:
            totals.update({name: getattr(document, name) for name in COUNTED})
            totals["unread"] += len(document.unread)
        return {name: totals[name] for name in (*COUNTED, "unread")}


def report_of(outcome: Outcome) -> DocumentReport:
    """The report of one file."""
    if isinstance(outcome, ReadDocument):
        return replace(count_facts(outcome.path.name, outcome.facts), remarks=outcome.remarks)
    return DocumentReport(str(outcome.path), problem=outcome.reason)


def count_facts(file: str, facts: DocumentFacts) -> DocumentReport:
    severities = Counter(anomaly.severity for anomaly in facts.anomalies)
    comparisons = [comparison for _, comparison in facts.comparisons()]
    return DocumentReport(
        file=file,
        office=facts.organization.name,
        fiscal_year=facts.fiscal_year,
        functions=len(facts.functions),
        amounts=len(facts.amounts),
        comparisons=len(comparisons),
        reasons=sum(len(comparison.reasons) for comparison in comparisons),
        counts=len(facts.counts),
        projects=len(facts.performance.projects),
        terms=len(facts.terms),
        errors=severities["error"],
        minor=severities["minor"] + severities["rounding"],
        unread=tuple(unread.span.quote for unread in facts.unread),
    )


def report_table(report: Report) -> Table:
    """The report for the terminal; the last row is the total."""
    legend = " · ".join(f"{heading} {meaning}" for heading, meaning in HEADINGS.values())
    table = Table(
        box=SIMPLE_HEAD,
        padding=0,
        pad_edge=False,
        show_footer=len(report.documents) > 1,
        caption=legend,
        caption_justify="left",
    )
    totals = report.totals()
    table.add_column("机构 office", footer="合计 total", overflow="fold", min_width=12)
    table.add_column("年度", no_wrap=True)
    for name, (heading, _) in HEADINGS.items():
        table.add_column(heading, footer=str(totals[name]), justify="right", no_wrap=True)
    for document in report.documents:
        if not document.problem:
            numbers = [str(getattr(document, name)) for name in COUNTED]
            unread = str(len(document.unread))
            table.add_row(Text(document.office), document.fiscal_year, *numbers, unread)
    return table
