"""Extraction: one document becomes its facts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ingest.facts import DocumentFacts, Function, Performance, Project, Span, Term, Unread
from ingest.narrative.counting import count_things
from ingest.narrative.defined_funds import with_defined_funds
from ingest.narrative.duties import read_functions
from ingest.narrative.fold import ParagraphFold
from ingest.narrative.folding import Folded
from ingest.narrative.glossary import paragraphs, read_glossary
from ingest.narrative.grand_totals import widen_totals
from ingest.narrative.headings import has_cells
from ingest.narrative.outline import Section, find_sections
from ingest.narrative.profile import Profile, read_profile
from ingest.narrative.projects import read_told_projects, with_told
from ingest.narrative.staff import read_staff
from ingest.narrative.statements import Statement, merge_statements
from ingest.reading.document import Document, DocumentError
from ingest.tables.fiscal import TableReading, read_tables
from ingest.tables.points import table_statements
from ingest.tables.self_evaluation import read_self_evaluations
from ingest.tally import PassedOver, with_tally

# Sections whose paragraphs hold no amounts of their own.
WITHOUT_AMOUNTS = frozenset(
    {
        "front",
        "duties",
        "offices",
        "units",
        "reform",
        "tables",
        "tasks",
        "project",
        "glossary",
        "contact",
    }
)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a disclosure gave: its facts, and the tables as they were read, which the checks compare too."""

    facts: DocumentFacts
    tables: TableReading


def extract(document: Document) -> DocumentFacts:
    """The facts of a disclosure.

    Raises:
        DocumentError: the text is no disclosure.
    """
    return extract_with_tables(document).facts


def extract_with_tables(document: Document) -> Extraction:
    """The facts of a disclosure and its tables.

    Raises:
        DocumentError: the text is no disclosure.
    """
    sections = find_sections(document)
    profile = read_profile(document, sections)
    folds = [*read_paragraphs(document, sections, profile)]
    tables = read_tables(document, profile.fiscal_year, profile.kind)
    # The narrative leads: what a table states of the same point becomes a mention behind it.
    statements = [
        *(statement for fold in folds for statement in fold.statements),
        *table_statements(tables.fiscal),
    ]
    terms = tuple(read_terms(document, sections))
    told = [*read_told_projects(document, sections)]
    counts = [count for fold in folds for count in fold.counts]
    facts = DocumentFacts(
        source=document.source,
        sha256=document.sha256,
        characters=len(document.text),
        title=profile.title,
        fiscal_year=profile.fiscal_year,
        kind=profile.kind,
        organization=profile.organization,
        functions=tuple(read_duties(document, sections)),
        amounts=merge_statements(document, with_defined_funds(statements, terms)),
        counts=count_things(document, counts, profile.fiscal_year),
        staff=read_staff(document, profile.fiscal_year),
        performance=read_performance(document, folds, told),
        terms=terms,
        unread=(
            *without_told((unread for fold in folds for unread in fold.unread), told),
            *(Unread(section, span) for section, span in tables.unread),
        ),
        media_type=document.media_type,
        content_sha256=document.content_sha256,
        pages=document.pages,
    )
    if not facts.amounts and not facts.functions:
        raise DocumentError("holds no disclosure: neither a duty nor an amount was found")
    tallied = with_tally(
        document,
        facts,
        [fold.paragraph for fold in folds],
        passed_over(document, sections),
        figures_understood(tables),
        [project.span for project in told],
    )
    return Extraction(tallied, tables)


def without_told(unread: Iterable[Unread], told: Sequence[Project]) -> Iterator[Unread]:
    """What was not read as amounts of the office, without the money of projects that are told."""
    for one in unread:
        if not any(
            one.span.start < project.span.end and project.span.start < one.span.end
            for project in told
        ):
            yield one


def figures_understood(tables: TableReading) -> Iterator[Span]:
    """The figures whose row and column are known; those without a point in the cube serve the checks."""
    for table in tables.fiscal:
        yield from (figure.span for row, _, figure in table.figures() if row.item)


def passed_over(document: Document, sections: tuple[Section, ...]) -> Iterator[PassedOver]:
    """The paragraphs that are not read for amounts: of sections that hold none, and of tables."""
    prose = Prose(document)
    for section in sections:
        lines = [*paragraphs(document, section)]
        read = set(prose.of(lines))
        for line in lines:
            if line not in read:
                yield PassedOver("table", *line)
            elif section.role in WITHOUT_AMOUNTS:
                yield PassedOver(section.role, *line)


def read_paragraphs(
    document: Document, sections: tuple[Section, ...], profile: Profile
) -> Iterator[ParagraphFold]:
    prose = Prose(document)
    for section in sections:
        if section.role in WITHOUT_AMOUNTS:
            continue
        stated: list[Statement] = []
        before: ParagraphFold | None = None
        fund = section.fund
        for start, end in prose.of(paragraphs(document, section)):
            fold = ParagraphFold(
                Folded.of(document, start, end),
                section.role,
                fund,
                profile.fiscal_year,
                "initial-budget" if profile.kind == "budget" else "final",
                tuple(stated),
            )
            fold.read_behind(before)
            before = fold
            fund = fold.fund_of_parts() or fund
            stated.extend(fold.statements)
            yield fold
        widen_totals(stated)


@dataclass(frozen=True)
class Prose:
    """The lines of a document that stand in no table."""

    document: Document

    @cached_property
    def tables(self) -> list[tuple[int, int]]:
        """Where its tables begin and end."""
        tables = self.document.tables
        return [(table.start, table.end) for table in tables if has_cells(table)]

    def of(self, lines: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Those of the lines that stand in no table."""
        for start, end in lines:
            place = bisect_right(self.tables, (start, len(self.document.text))) - 1
            if place < 0 or start >= self.tables[place][1]:
                yield start, end


def read_duties(document: Document, sections: tuple[Section, ...]) -> Iterator[Function]:
    for section in sections:
        if section.role == "duties":
            yield from read_functions(document, section)


def read_terms(document: Document, sections: tuple[Section, ...]) -> Iterator[Term]:
    for section in sections:
        if section.role == "glossary":
            yield from read_glossary(document, section)


def read_performance(
    document: Document, folds: list[ParagraphFold], told: Sequence[Project]
) -> Performance:
    """The announced number and money of the evaluated projects, and those that tables give or the text tells."""
    count: int | None = None
    funds: Decimal | None = None
    span: Span | None = None
    for fold in folds:
        if fold.project_count and count is None:
            count = fold.project_count[0]
            span = fold.paragraph.span(fold.project_count[1].start, fold.project_count[1].end)
        if fold.project_funds and funds is None:
            funds = fold.project_funds[0]
    given = read_self_evaluations(document, 0, len(document.text))
    return Performance(count, funds, span, with_told(given, told))
