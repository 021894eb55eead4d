"""The tally of a reading: how much of a document was read, and what was not understood.

It is taken from the document and its facts, not from the readers: what a reader never looked at counts
as unread too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from ingest.facts import DocumentFacts, Project, ReadingTally, Span, Unread
from ingest.narrative.clause_figures import states_amount, states_figure
from ingest.narrative.clauses import Clause, cut_clauses
from ingest.narrative.folding import Folded, fold_characters
from ingest.narrative.forms import form_of
from ingest.reading.document import Cell, Document, Table

# A bare whole number may be a code, the number of a row or of a page; a figure of money is printed with
# its decimals or with separators.
TABLE_FIGURE = re.compile(r"(-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+))%?")


class PassedOver(NamedTuple):
    """A paragraph [start, end) in which no amounts were looked for, and the role of its section."""

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of a document, for asking quickly whether anything of them lies in another one."""

    starts: tuple[int, ...]
    furthest: tuple[int, ...]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Stretches:
        """The stretches of the spans; `furthest[i]` is the last end among the first i + 1."""
        ordered = sorted((span.start, span.end) for span in spans)
        furthest: list[int] = []
        for _, end in ordered:
            furthest.append(max(end, furthest[-1] if furthest else end))
        return cls(tuple(start for start, _ in ordered), tuple(furthest))

    def touch(self, start: int, end: int) -> bool:
        """Whether some stretch shares a character with [start, end)."""
        before = bisect_left(self.starts, end)
        return before > 0 and self.furthest[before - 1] > start


def with_tally(
    document: Document,
    facts: DocumentFacts,
    paragraphs: Iterable[Folded],
    passed_over: Iterable[PassedOver],
    table_figures: Iterable[Span] = (),
    told: Iterable[Span] = (),
) -> DocumentFacts:
    """The facts with the tally of their reading. `paragraphs` are those that were read for amounts; the
    clauses with an amount in those that were `passed_over` become unread ones, unless they are part of
    another fact (a duty, a term, a self-evaluation). `table_figures` are figures of tables that were
    understood; not all of them are facts. `told` states the money of projects."""
    unsearched = [*find_unsearched(document, facts, passed_over, Stretches.of(told))]
    found = tuple(unread for _, clauses in unsearched for unread in clauses)
    facts = replace(facts, unread=(*facts.unread, *found))
    searched = [*paragraphs, *(paragraph for paragraph, _ in unsearched)]
    return replace(facts, reading=tally_reading(document, facts, searched, table_figures))


def find_unsearched(
    document: Document, facts: DocumentFacts, passed_over: Iterable[PassedOver], told: Stretches
) -> Iterator[tuple[Folded, tuple[Unread, ...]]]:
    """The paragraphs that were passed over and state an amount, each with those clauses that are not told
    of a project."""
    read = Stretches.of([*whole_spans(facts), *tables_of_projects(document, facts)])
    for role, start, end in passed_over:
        if "元" not in document.text[start:end] or read.touch(start, end):
            continue
        paragraph = Folded.of(document, start, end)
        clauses = [clause for clause in cut_clauses(paragraph.text) if states_amount(clause)]
        if clauses:
            yield (
                paragraph,
                tuple(
                    Unread(role, paragraph.span(clause.start, clause.end))
                    for clause in clauses
                    if not told.touch(*place_of(paragraph, clause))
                ),
            )


def whole_spans(facts: DocumentFacts) -> Iterator[Span]:
    """Stretches whose amounts belong to a fact that is more than an amount, or were read from a table."""
    yield from (function.span for function in facts.functions)
    yield from (term.span for term in facts.terms)
    for observation in facts.amounts:
        yield from (mention.span for mention in observation.mentions)


def tables_of_projects(document: Document, facts: DocumentFacts) -> Iterator[Span]:
    for table in document.tables:
        if projects_in(table, facts):
            yield Span(table.start, table.end, "")


def projects_in(table: Table, facts: DocumentFacts) -> list[Project]:
    return [
        project
        for project in facts.performance.projects
        if table.start <= project.span.start < table.end
    ]


def tally_reading(
    document: Document,
    facts: DocumentFacts,
    paragraphs: Sequence[Folded],
    table_figures: Iterable[Span] = (),
) -> ReadingTally:
    """How many clauses of the paragraphs and how many figures of the tables were read."""
    unread = Stretches.of(one.span for one in facts.unread)
    figured = [
        (states_amount(clause), not unread.touch(*place_of(paragraph, clause)))
        for paragraph in paragraphs
        for clause in cut_clauses(paragraph.text)
        if states_figure(clause)
    ]
    tables = [*tally_tables(document, facts, table_figures)]
    return ReadingTally(
        form=form_of(facts.kind, document.text),
        clauses=len(figured),
        clauses_read=sum(is_read for _, is_read in figured),
        amount_clauses=sum(is_amount for is_amount, _ in figured),
        amount_clauses_read=sum(is_amount and is_read for is_amount, is_read in figured),
        tables=len(tables),
        tables_read=sum(table.is_read for table in tables),
        figures=sum(table.figures for table in tables),
        figures_read=sum(table.figures - len(table.unread) for table in tables),
        unread_tables=tuple(table.head for table in tables if not table.is_read),
        unread_figures=tuple(
            figure for table in tables if table.is_read for figure in table.unread
        ),
        remarks=document.remarks,
    )


def place_of(paragraph: Folded, clause: Clause) -> tuple[int, int]:
    return paragraph.places[clause.start], paragraph.places[clause.end - 1] + 1


@dataclass(frozen=True, slots=True)
class TableTally:
    """A table with figures: its first row, how many figures it has, and those not understood."""

    head: Span
    figures: int
    unread: tuple[Span, ...]

    @property
    def is_read(self) -> bool:
        """Whether any of its figures was understood."""
        return len(self.unread) < self.figures


def tally_tables(
    document: Document, facts: DocumentFacts, table_figures: Iterable[Span]
) -> Iterator[TableTally]:
    """The tables that hold figures."""
    read = Stretches.of([*spans_of_figures(facts), *table_figures])
    for table in document.tables:
        figures = [*figures_in(document, table)]
        if not figures:
            continue
        evaluated = numbers_of(projects_in(table, facts))
        unread = tuple(
            document.span(cell.start, cell.end)
            for cell, value in figures
            if value not in evaluated and not read.touch(cell.start, cell.end)
        )
        yield TableTally(head_of(document, table), len(figures), unread)


def head_of(document: Document, table: Table) -> Span:
    """The first row that holds words."""
    rows = (document.span(row[0].start, row[-1].end) for row in table.rows if row)
    return next((row for row in rows if row.quote), document.span(table.start, table.end))


def figures_in(document: Document, table: Table) -> Iterator[tuple[Cell, Decimal]]:
    for row in table.rows:
        for cell in row:
            words = "".join(fold_characters(document.text[cell.start : cell.end]).split())
            figure = TABLE_FIGURE.fullmatch(words)
            if figure:
                yield cell, Decimal(figure.group(1).replace(",", ""))


def numbers_of(projects: Iterable[Project]) -> frozenset[Decimal]:
    """The numbers that self-evaluations were read to state; of these no places are kept."""
    return frozenset(number for project in projects for number in numbers_in(project))


def numbers_in(project: Project) -> Iterator[Decimal]:
    rows = (
        (one.target, one.actual, one.score_rate, one.weight, one.score)
        for one in project.indicators
    )
    money = (project.initial_budget, project.adjusted_budget, project.executed)
    rates = (project.score, project.execution_rate, project.execution_weight)
    for printed in (*money, *rates, project.execution_score, *(one for row in rows for one in row)):
        try:
            yield Decimal((printed or "").replace(",", ""))
        except InvalidOperation:
            continue


def spans_of_figures(facts: DocumentFacts) -> Iterator[Span]:
    """Where the figures of facts stand that a table may hold."""
    for observation in facts.amounts:
        yield from (mention.span for mention in observation.mentions)
    yield from (count.span for count in facts.counts)
    for project in facts.performance.projects:
        yield from (indicator.span for indicator in project.indicators)
