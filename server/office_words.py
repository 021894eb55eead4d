"""An office in plain words: a few short sentences, each clause of which leads to its evidence.

The sentences are rows of `office_sentences.csv`, what is counted in them of `office_counts.csv`; a sentence is
told only where the release holds every fact that it needs.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from queries.narrowness import notation
from server.labels import Labels
from server.language import Language
from server.links import Links
from server.office_changes import StatedChange
from server.office_flows import Point, View, latest_view
from server.office_record import OfficeRecord
from server.publication import Row
from server.rounded_money import exact_yuan, rounded_yuan

FOLDER = Path(__file__).parent
SLOT = re.compile(r"\{(\w+)\}")
#: The widest fund first: what is told of is the widest that is stated.
FUNDS = ("all", "fiscal", "general")
#: The sentences by the totals that they tell.
TOTALS = {
    ("income", "expenditure"): "received-spent",
    ("expenditure",): "spent",
    ("income",): "received",
}
MAIN_THEMES = 3
#: Baselines that a change is told against, the one of most interest first.
BASELINES = ("previous-final", "previous-budget", "initial-budget", "adjusted-budget")
DIRECTIONS = {"increase": ("增加", "rose"), "decrease": ("减少", "fell")}
SUBJECTS = {"expenditure": ("支出", "Spending"), "income": ("收入", "Income")}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: its text, the address of its evidence, the exact value behind a rounded one,
    and whether it is Chinese on any page."""

    text: str
    address: str | None = None
    exact: str | None = None
    is_chinese: bool = False


Sentence = list[Piece]
Slots = Mapping[str, list[Piece]]


def plain_words(record: OfficeRecord, labels: Labels, links: Links) -> list[Sentence]:
    """The sentences about an office in the language of the labels."""
    return list(OfficeWords(record, labels, links).sentences())


@dataclass(frozen=True)
class OfficeWords:
    """What can be told of an office in one language."""

    record: OfficeRecord
    labels: Labels
    links: Links

    @property
    def language(self) -> Language:
        return self.labels.language

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence for which there are facts, in the order of the card."""
        yield from self.purpose()
        view = latest_view(self.record.flows)
        if view is not None:
            yield from self.totals(view)
            yield from self.change(view)
            yield from self.largest_class(view)
            yield from self.counts(view)
            yield from self.three_public(view)
        yield from self.assessed()
        yield from self.findings()

    def told(self, name: str, **slots: list[Piece]) -> Sentence:
        """The sentence of a name with its slots filled."""
        return filled(sentence_table()[name][self.language], slots)

    def purpose(self) -> Iterator[Sentence]:
        """The main themes: those that most functions fall under."""
        themes = self.main_themes()
        if not themes:
            return
        told = [
            Piece(self.within(theme), self.links.sentence(span))
            for theme, span in themes[:MAIN_THEMES]
        ]
        has_more = len(themes) > MAIN_THEMES
        yield self.told(
            "purpose-more" if has_more else "purpose",
            themes=self.listed(told, is_whole=not has_more),
            count=[self.counted(str(len(themes)), "themes", "#functions")],
        )

    def main_themes(self) -> list[tuple[str, str]]:
        """The themes that are no facets, most functions first, each with the place of one function."""
        counts: Counter[str] = Counter()
        spans: dict[str, str] = {}
        for wording in self.record.functions:
            for theme in wording.themes:
                if theme in self.record.theme_holders:
                    counts[theme] += 1
                    spans.setdefault(theme, wording.first["span"])
        return [(theme, spans[theme]) for theme, _ in counts.most_common()]

    def listed(self, pieces: list[Piece], *, is_whole: bool) -> list[Piece]:
        """Pieces with what stands between the members of a list, which may go on behind them."""
        between = "、" if self.language == "zh" else ", "
        last = " and " if self.language == "en" and is_whole else between
        found: list[Piece] = []
        for place, piece in enumerate(pieces):
            if place:
                found.append(Piece(last if place == len(pieces) - 1 else between))
            found.append(piece)
        return found

    def totals(self, view: View) -> Iterator[Sentence]:
        """What came in and what was spent, or what is planned, of the widest fund that states it."""
        is_planned = notation(view.phase) != "final"
        flows = ("expenditure",) if is_planned else ("income", "expenditure")
        told = self.widest_totals(view, flows)
        if told:
            yield self.told(
                "planned" if is_planned else TOTALS[tuple(told)],
                year=self.year(view),
                fund=self.fund(next(iter(told.values()))["fund"]),
                **{flow: self.money(row) for flow, row in told.items()},
            )

    def widest_totals(self, view: View, flows: tuple[str, ...]) -> Mapping[str, Row]:
        """The totals of flows, all of one fund: a sentence must not set one fund against another."""
        for fund in FUNDS:
            rows = {flow: self.record.flows.at(view, Point(fund, flow, "total")) for flow in flows}
            told = {flow: row for flow, row in rows.items() if row is not None}
            if told:
                return told
        return {}

    def fund(self, iri: str) -> list[Piece]:
        """Of which fund amounts are, unless they are of all."""
        if notation(iri) == FUNDS[0]:
            return []
        return [Piece(self.within(iri) if self.language == "zh" else f" ({self.within(iri)})")]

    def year(self, view: View) -> list[Piece]:
        """The year; with the scope where documents report in several."""
        year = view.year
        if len(self.record.scopes) > 1:
            scope = self.labels.of(view.scope)
            year = f"{year}（{scope}）" if self.language == "zh" else f"{year} ({scope})"
        return [Piece(year)]

    def first_of(self, view: View, flow: str, item: str) -> Row | None:
        rows = (self.record.flows.at(view, Point(fund, flow, item)) for fund in FUNDS)
        return next((row for row in rows if row is not None), None)

    def money(self, row: Row | None) -> list[Piece]:
        """An amount, rounded, that leads to its sentence; nothing for no amount."""
        return [] if row is None else [self.amount(Decimal(row["amount"]), row["span"])]

    def amount(self, yuan: Decimal, span: str | None) -> Piece:
        return Piece(
            rounded_yuan(yuan, self.language),
            None if span is None else self.links.sentence(span),
            exact_yuan(yuan, self.language),
        )

    def change(self, view: View) -> Iterator[Sentence]:
        """How expenditure, else income, changed, and the first stated reason."""
        change = self.main_change(view)
        if change is None:
            return
        row, zh = change.first, self.language == "zh"
        told = {
            "fund": self.fund(row["fund"]),
            "subject": [Piece(SUBJECTS[notation(row["flow"])][0 if zh else 1])],
            "baseline": [Piece(self.within(row["baseline"]))],
            "direction": [Piece(DIRECTIONS[notation(row["direction"])][0 if zh else 1])],
            "amount": [self.amount(change.size, row["span"])],
        }
        if change.percent is None:
            yield self.told("change", **told)
        else:
            percent = f"{abs(Decimal(change.percent)).normalize():f}%"
            yield self.told("change-percent", **told, percent=[Piece(percent)])
        yield from self.reason(change)

    def within(self, iri: str) -> str:
        """A label within a sentence, which English begins with a small letter unless it is an
        abbreviation."""
        label = self.labels.of(iri)
        is_word = self.language == "en" and label[1:2].islower()
        return label[:1].lower() + label[1:] if is_word else label

    def counted(self, number: str, name: str, address: str | None) -> Piece:
        return Piece(counted(number, name, self.language), address)

    def main_change(self, view: View) -> StatedChange | None:
        """The change of the widest total of the year against the baseline of most interest."""
        found = [
            change
            for change in self.record.changes
            if change.size
            and change.first["year"] == view.year
            and change.first["scope"] == view.scope
            and notation(change.first["item"]) == "total"
            and notation(change.first["nature"]) == "all"
            and notation(change.first["flow"]) in SUBJECTS
            and notation(change.first["direction"]) in DIRECTIONS
            and notation(change.first["fund"]) in FUNDS
        ]
        return min(found, key=interest, default=None)

    def reason(self, change: StatedChange) -> Iterator[Sentence]:
        """The first reason of a change that is one, with its cause where it has one."""
        first = next((one for one in change.reasons if not any(map(is_no_cause, one.causes))), None)
        if first is None:
            return
        quote = [Piece(first.text, self.links.sentence(first.span), is_chinese=True)]
        cause = next(iter(first.causes), None)
        if cause is None:
            yield self.told("reason", quote=quote)
        else:
            label = Piece(self.within(cause), self.links.path(cause))
            yield self.told("reason-cause", cause=[label], quote=quote)

    def largest_class(self, view: View) -> Iterator[Sentence]:
        """The function class with the largest amount, and its share of the total."""
        stage = self.record.flows.stages(view).get("expenditure")
        if stage is None or not stage.parts or stage.amount <= 0:
            return
        largest = max(stage.parts, key=lambda part: part.amount)
        if largest.amount <= 0 or not largest.spans:
            return
        share = (100 * largest.amount / stage.amount).quantize(Decimal("0.1"))
        yield self.told(
            "largest-class",
            **{"class": [Piece(self.within(largest.end), self.links.path(largest.end))]},
            amount=[self.amount(largest.amount, largest.spans[0])],
            share=[Piece(f"{share}%", "#flows")],
            fund=self.fund(f"{self.links.base_iri}code/fund/{stage.fund}"),
        )

    def counts(self, view: View) -> Iterator[Sentence]:
        """Staff and vehicles, as far as they are stated."""
        staff, vehicles = self.count(view, "staff"), self.count(view, "vehicles")
        name = "-".join(n for n, found in (("staff", staff), ("vehicles", vehicles)) if found)
        if name:
            yield self.told(name, staff=staff, vehicles=vehicles)

    def count(self, view: View, item: str) -> list[Piece]:
        rows = (
            row
            for row in self.record.rows["office-counts"]
            if (row["year"], row["scope"]) == (view.year, view.scope)
            and notation(row["item"]) == item
        )
        return [self.counted(row["count"], item, self.links.sentence(row["span"])) for row in rows][
            :1
        ]

    def three_public(self, view: View) -> Iterator[Sentence]:
        """The three public expenses of the year."""
        row = self.first_of(view, "expenditure", "three-public")
        if row is not None and Decimal(row["amount"]) > 0:
            is_planned = notation(view.phase) != "final"
            yield self.told(
                "three-public-planned" if is_planned else "three-public", amount=self.money(row)
            )

    def assessed(self) -> Iterator[Sentence]:
        """The latest summary of self-assessments that tells projects and money."""
        for summary in self.record.performance:
            if summary.projects is not None and summary.funds is not None:
                count, funds = summary.projects, summary.funds
                yield self.told(
                    "goals-set" if summary.is_budget else "assessed",
                    year=[Piece(summary.year)],
                    count=[
                        self.counted(count["value"], "projects", self.links.sentence(count["span"]))
                    ],
                    amount=[self.amount(Decimal(funds["value"]), funds["span"])],
                )
                return

    def findings(self) -> Iterator[Sentence]:
        """What checks found, apart from rounding: how much, and the gravest."""
        grave = [row for row in self.record.anomalies if notation(row["severity"]) != "rounding"]
        if grave:
            yield self.told(
                "finding",
                count=[self.counted(str(len(grave)), "findings", "#anomalies")],
                kind=[Piece(self.within(grave[0]["type"]), self.links.sentence(grave[0]["span"]))],
            )


def is_no_cause(iri: str) -> bool:
    """Whether a cause only says that nothing changed, or names a part of what did.

    >>> is_no_cause("https://w3id.org/guanlian/code/cause/none.component")
    True
    """
    return notation(iri).partition(".")[0] == "none"


def interest(change: StatedChange) -> tuple[int, int, int]:
    """Which change says most: of the widest fund, against last year before the budget, expenditure before
    income."""
    row = change.first
    baseline = notation(row["baseline"])
    return (
        FUNDS.index(notation(row["fund"])),
        BASELINES.index(baseline) if baseline in BASELINES else len(BASELINES),
        [*SUBJECTS].index(notation(row["flow"])),
    )


def filled(template: str, slots: Slots) -> Sentence:
    """A template with pieces in its slots.

    >>> [piece.text for piece in filled("支出{amount}。", {"amount": [Piece("1 亿元", "/a")]})]
    ['支出', '1 亿元', '。']
    """
    found: Sentence = []
    for place, part in enumerate(SLOT.split(template)):
        found += slots[part] if place % 2 else [Piece(part)] if part else []
    return found


@cache
def sentence_table() -> Mapping[str, Mapping[Language, str]]:
    """The templates by name and language."""
    return {row["name"]: {"zh": row["zh"], "en": row["en"]} for row in table("office_sentences")}


def counted(number: str, name: str, language: Language) -> str:
    """So many of what a row of `office_counts.csv` names.

    >>> counted("1", "projects", "en"), counted("50", "projects", "en"), counted("50", "projects", "zh")
    ('1 project', '50 projects', '50个项目')
    """
    forms = count_table()[name]
    form = {"0": "none", "1": "one"}.get(number, "many") if language == "en" else "zh"
    return forms[form].replace("{n}", number)


@cache
def count_table() -> Mapping[str, Mapping[str, str]]:
    """The words for what is counted, by name and form."""
    return {row["name"]: row for row in table("office_counts")}


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table beside this file."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [*csv.DictReader(lines)]
