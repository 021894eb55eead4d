"""The report at the end of a run: read, unread and contradicting, per document and in total."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from guanlian.reading_figures import NOTHING, WHOLES, ReadingFigures
from ingest.facts import DocumentFacts, Span
from ingest.pipeline import Outcome, ReadDocument, StoppedDocument
from ingest.tables.fiscal_table import ROLES

# Sections whose unread figures are listed as those of tables.
TABLES = frozenset(ROLES)


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one file. `problem` is empty when it was read; else nothing was counted. A blank
    template has a problem too, but did not fail.

    `unread` are the clauses with figures that no template reads, `unread_tables` the first rows of tables
    that were not recognised, `unread_figures` what no fact holds of those that were; each with its page
    where there are pages. `findings` counts what the validation says of the source; `violations` are the
    faults of its graphs that stopped a document.
    """

    file: str
    problem: str = ""
    is_blank: bool = False
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
    form: str = ""
    reading: ReadingFigures = NOTHING
    unread: tuple[str, ...] = ()
    unread_tables: tuple[str, ...] = ()
    unread_figures: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    findings: int = 0
    violations: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The report of the file as a JSON object, with the shares that were read."""
        return {**asdict(self), "reading": reading_to_json(self.reading)}


COUNTED = (
    "functions", "amounts", "comparisons", "reasons", "counts", "projects", "terms", "errors", "minor",
)  # fmt: skip
# Heading in the terminal, and what it means; terms are left out to leave room for the office.
HEADINGS = {
    "functions": ("职能", "functions"),
    "amounts": ("金额", "amounts"),
    "comparisons": ("比较", "changes"),
    "reasons": ("原因", "reasons"),
    "counts": ("数量", "counts"),
    "projects": ("项目", "projects"),
    "errors": ("矛盾", "contradictions"),
    "minor": ("瑕疵", "minor findings"),
    "unread": ("未读", "unread clauses"),
}
SHARE_HEADING = ("读出", "share read of the clauses with a figure")


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run: the release that serves now, whether it is new, and every file.

    `overwritten` are the named graphs whose writes over HTTP this run has replaced.
    """

    release: str
    created: bool
    documents_in_release: int
    quads_in_release: int
    superseded: tuple[str, ...]
    documents: tuple[DocumentReport, ...]
    overwritten: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[DocumentReport, ...]:
        """The files that could not be read."""
        return tuple(document for document in self.unread_files if not document.is_blank)

    @property
    def unread_files(self) -> tuple[DocumentReport, ...]:
        """The files that nothing was taken from: those that failed, and blank templates."""
        return tuple(document for document in self.documents if document.problem)

    def to_json(self) -> dict[str, Any]:
        """The report as a JSON object, with the totals and the reading of each form."""
        return {
            **asdict(self),
            "documents": [document.to_json() for document in self.documents],
            "totals": self.totals(),
            **reading_totals(self.documents),
        }

    def totals(self) -> dict[str, int]:
        """The sum of every count over the files that were read."""
        totals: Counter[str] = Counter()
        for document in self.documents:
            totals.update({name: getattr(document, name) for name in COUNTED})
            totals["unread"] += len(document.unread)
        return {name: totals[name] for name in (*COUNTED, "unread")}


def reading_to_json(reading: ReadingFigures) -> dict[str, Any]:
    """The figures of a reading and the shares read, to four digits; a share of nothing is null."""
    shares = {name: reading.share(name) for name in WHOLES}
    return asdict(reading) | {
        f"{name}_share": None if share is None else round(share, 4)
        for name, share in shares.items()
    }


def reading_of_forms(documents: Iterable[DocumentReport]) -> dict[str, list[ReadingFigures]]:
    """The readings of the documents that were read, by form in the order of its name."""
    forms: dict[str, list[ReadingFigures]] = {}
    for document in documents:
        if not document.problem:
            forms.setdefault(document.form, []).append(document.reading)
    return dict(sorted(forms.items()))


def reading_totals(documents: Sequence[DocumentReport]) -> dict[str, Any]:
    """How much was read of each form and of all documents together, as JSON."""
    forms = reading_of_forms(documents)
    return {
        "forms": {
            form: {"documents": len(readings)} | reading_to_json(ReadingFigures.sum(readings))
            for form, readings in forms.items()
        },
        "reading": reading_to_json(
            ReadingFigures.sum(one for form in forms.values() for one in form)
        ),
    }


def report_of(outcome: Outcome) -> DocumentReport:
    """The report of one file."""
    if isinstance(outcome, ReadDocument):
        return replace(count_facts(outcome.path.name, outcome.facts), findings=outcome.findings)
    violations = outcome.violations if isinstance(outcome, StoppedDocument) else ()
    return DocumentReport(
        str(outcome.path),
        problem=outcome.reason,
        is_blank=outcome.is_blank,
        violations=violations,
    )


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
        form=facts.reading.form,
        reading=ReadingFigures.of(facts.reading),
        unread=tuple(with_page(one.span) for one in facts.unread if one.section not in TABLES),
        unread_tables=tuple(map(with_page, facts.reading.unread_tables)),
        unread_figures=tuple(map(with_page, facts.reading.unread_figures)),
        remarks=facts.reading.remarks,
    )


def with_page(span: Span) -> str:
    """The words of a span in one line, behind the page that they stand on."""
    words = " ".join(span.quote.split())
    return f"page {span.boxes[0].page}: {words}" if span.boxes else words


def percent(share: float | None) -> str:
    """A share in percent, rounded down, so that 100 means all; "–" for a share of nothing."""
    return "–" if share is None else f"{math.floor(share * 1000) / 10:g}%"


def report_table(report: Report) -> Table:
    """The report for the terminal; the last row is the total."""
    headings = (*HEADINGS.values(), SHARE_HEADING)
    legend = " · ".join(f"{heading} {meaning}" for heading, meaning in headings)
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
    whole = ReadingFigures.sum(document.reading for document in report.documents)
    share = percent(whole.share("clauses"))
    table.add_column(SHARE_HEADING[0], footer=share, justify="right", no_wrap=True)
    for document in report.documents:
        if not document.problem:
            table.add_row(Text(document.office), document.fiscal_year, *cells(document))
    return table


def cells(document: DocumentReport) -> Iterator[str]:
    """The counts of a document under `HEADINGS`, and the share of its clauses that was read."""
    for name in HEADINGS:
        yield str(len(document.unread) if name == "unread" else getattr(document, name))
    yield percent(document.reading.share("clauses"))
