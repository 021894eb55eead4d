"""The fold: the clauses of a paragraph, read in order, become statements.

A change belongs to the amount before it, a percentage to the change before it, a reason to every change
before it that has none (FACTS rule 10). A full stop ends a reason; the paragraph ends an amount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from ingest.facts import Baseline, Direction, ObservationKey, Reason, Span, Unread
from ingest.narrative.clauses import Clause, cut_clauses
from ingest.narrative.extents import find_extent
from ingest.narrative.figures import delta_of, in_ten_thousand, item_of_whole, unit_of
from ingest.narrative.folding import Folded
from ingest.narrative.numbering import find_mark
from ingest.narrative.placing import flows_of, place
from ingest.narrative.reasons import split_reason
from ingest.narrative.slots import meaning, read_number
from ingest.narrative.statements import StatedChange, Statement
from ingest.narrative.templates import (
    BARE_REASON,
    PURPOSE_OPENER,
    REASON_OPENER,
    Reading,
    find_reading,
)

# A date or the number of a figure is nothing that ought to be read.
DATE = re.compile(r"图\d+|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?")
YEAR = re.compile(r"((?:19|20)[0-9]{2})年")
MONEY = re.compile(r"\d(?:万|亿|千)?元")
OPPOSITE = {"increase": "decrease", "decrease": "increase"}
PREVIOUS = ("previous-final", "previous-budget")


@dataclass(slots=True)
class CountStatement:
    """A number of things as read: the words that name them and the measure word."""

    topic: str
    measure: str
    value: int
    start: int
    end: int


@dataclass(slots=True)
class ParagraphFold:
    """Reads one paragraph. Results are `statements`, `counts`, `unread` and the two figures of performance."""

    paragraph: Folded
    section: str
    fund: str
    year: str
    phase: str = "final"
    statements: list[Statement] = field(default_factory=list)
    counts: list[CountStatement] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    project_count: tuple[int, Clause] | None = None
    project_funds: tuple[Decimal, Clause] | None = None
    targets: list[Statement] = field(default_factory=list)
    changed: list[StatedChange] = field(default_factory=list)
    pending_baseline: str = ""
    subject: tuple[tuple[str, str, str], ...] = ()
    sentence_start: int = 0
    first_of_sentence: int = 0
    # The amounts before a bracket with parts, and those before 其中.
    bracketed: list[Statement] = field(default_factory=list)
    whole: list[Statement] = field(default_factory=list)

    def read(self) -> None:
        """Read the whole paragraph."""
        clauses = cut_clauses(self.paragraph.text)
        position = 0
        while position < len(clauses):
            position = self.read_from(clauses, position)

    def read_from(self, clauses: tuple[Clause, ...], position: int) -> int:
        """Read the clause at the position, or the stretch that it opens; the position behind."""
        clause = clauses[position]
        if position == 0 or clauses[position - 1].mark[-1:] in ("。", "；"):
            self.open_sentence(clause, position == 0 or clauses[position - 1].mark[-1:] == "。")
        opener = self.find_reason_opener(clause)
        if opener is not None:
            behind = find_extent(clauses, position)
            self.add_reason(clause.start + opener, clauses[behind - 1].end)
            return behind
        if clause.text.startswith("其中"):
            self.whole = self.whole or self.targets
        reading = find_reading(clause.text)
        if reading is None and PURPOSE_OPENER.match(clause.text):
            return self.skip_purpose(clauses, position)
        if reading is None and self.is_bare_reason(clause):
            behind = find_extent(clauses, position)
            self.add_reason(clause.start, clauses[behind - 1].end)
            return behind
        if reading is None or not self.apply(reading, clause):
            self.note_unread(clause)
        self.close_clause(clause, reading)
        return position + 1

    def skip_purpose(self, clauses: tuple[Clause, ...], position: int) -> int:
        """What money is for is no fact; what it is divided into (用于以下方面：…) is read on, and a figure
        that is passed over is listed."""
        clause = clauses[position]
        divides = clause.mark == ":" or clause.text.endswith("方面")
        behind = position + 1 if divides else find_extent(clauses, position)
        for passed in clauses[position:behind]:
            if MONEY.search(passed.text):
                self.unread.append(Unread(self.section, self.span_of(passed)))
        return behind

    def span_of(self, clause: Clause) -> Span:
        return self.paragraph.span(clause.start, clause.end)

    def open_sentence(self, clause: Clause, behind_full_stop: bool) -> None:
        """A new sentence goes on about the whole that the parts before it were of."""
        self.sentence_start = clause.start
        self.first_of_sentence = len(self.statements)
        if behind_full_stop and self.whole:
            self.targets, self.changed, self.whole = self.whole, [], []

    def close_clause(self, clause: Clause, reading: Reading | None) -> None:
        """What the mark behind a clause opens or ends."""
        if clause.mark == "(":
            self.bracketed = self.targets
        elif clause.mark.startswith(")") and self.bracketed:
            self.targets, self.changed, self.bracketed = self.bracketed, [], []
        if clause.mark[-1:] == "。" and not (reading and reading.act == "basis"):
            self.pending_baseline = ""

    def find_reason_opener(self, clause: Clause) -> int | None:
        """Where the reason that this clause opens begins in it, or None."""
        if not self.open_changes():
            return None
        opener = REASON_OPENER.match(clause.text)
        return opener.end() if opener else None

    def is_bare_reason(self, clause: Clause) -> bool:
        return bool(self.open_changes()) and BARE_REASON.match(clause.text) is not None

    def open_changes(self) -> list[StatedChange]:
        """Changes that a reason would belong to: of the current amounts or the current sentence."""
        of_sentence = self.statements[self.first_of_sentence :]
        stated = [*(one for one in self.targets if one not in of_sentence), *of_sentence]
        return [change for one in stated for change in one.changes if change.reason is None]

    def add_reason(self, start: int, end: int) -> None:
        text = self.paragraph.text[start:end]
        parts = split_reason(text)
        if not parts:
            return
        span = self.paragraph.span(start + leading(text), end)
        spans = [self.paragraph.span(start + left, start + right) for left, right in parts]
        reasons = tuple(Reason(fold_space(part.quote), part) for part in spans)
        for change in self.open_changes():
            change.reason, change.reasons = span, reasons
        for target in self.targets:
            target.end = max(target.end, span.end)

    def apply(self, reading: Reading, clause: Clause) -> bool:
        """Do what the template's act says; False when the words settle nothing."""
        act = {
            "amount": self.add_amounts,
            "carried": self.add_amounts,
            "economic-amount": self.add_amounts,
            "flow": self.add_amounts,
            "subject": self.set_subject,
            "subject-amount": self.add_subject_amount,
            "baseline-value": self.add_baseline_value,
            "change": self.add_change,
            "change-twice": self.add_change,
            "change-of-pending": self.add_change,
            "basis": self.set_baseline,
            "percent": self.add_percent,
            "share": self.add_share,
            "completion": self.add_completion,
            "count": self.add_count,
            "project-count": self.add_project_count,
            "project-funds": self.add_project_funds,
            "ignored": self.ignore,
        }[reading.act]
        return act(reading, clause)

    def ignore(self, reading: Reading, clause: Clause) -> bool:
        """A wording that is known and tells nothing that is kept."""
        return True

    def add_amounts(self, reading: Reading, clause: Clause) -> bool:
        return self.state_points(tuple(place(reading, self.fund)), reading, clause)

    def set_subject(self, reading: Reading, clause: Clause) -> bool:
        """教育支出（类）…（项）： the amounts that follow are of this class."""
        self.subject = tuple(place(reading, self.fund))
        self.targets = []
        return bool(self.subject)

    def add_subject_amount(self, reading: Reading, clause: Clause) -> bool:
        return self.state_points(self.subject, reading, clause)

    def state_points(
        self, points: tuple[tuple[str, str, str], ...], reading: Reading, clause: Clause
    ) -> bool:
        if not points or goes_on_with_digits(self.paragraph.text, reading, clause):
            return False
        year = self.year_of(clause)
        self.targets = [
            self.state(ObservationKey(*point, year, self.phase), reading, clause)
            for point in points
        ]
        self.changed = []
        return True

    def year_of(self, clause: Clause) -> str:
        """The year that a clause names for its amount, or that of the document."""
        named = YEAR.search(clause.text)
        return named.group(1) if named else self.year

    def add_baseline_value(self, reading: Reading, clause: Clause) -> bool:
        """年初预算数0.00万元: an observation of another phase or year (FACTS rule 7)."""
        if self.targets:
            key = self.targets[-1].key
        elif self.subject:
            key = ObservationKey(*self.subject[0], self.year, self.phase)
        else:
            return False
        baseline = self.baseline_of(reading.word("baseline"))
        year = str(int(self.year) - 1) if baseline in PREVIOUS else self.year
        phase = {"previous-final": "final", "previous-budget": "initial-budget"}.get(
            baseline, baseline
        )
        self.state(key._replace(year=year, phase=phase), reading, clause)
        return True

    def state(self, key: ObservationKey, reading: Reading, clause: Clause) -> Statement:
        start, end = self.place_of(self.sentence_start), self.place_of(clause.end - 1) + 1
        mark = find_mark(clause.text) if clause.start == 0 else None
        statement = Statement(
            key=key,
            value=read_number(reading.word("amount")),
            unit=unit_of(reading),
            section=self.section,
            start=start,
            end=end,
            clause=self.paragraph.span(clause.start + (mark.length if mark else 0), clause.end),
        )
        self.statements.append(statement)
        return statement

    def set_baseline(self, reading: Reading, clause: Clause) -> bool:
        self.pending_baseline = self.baseline_of(reading.word("baseline"))
        return True

    def add_change(self, reading: Reading, clause: Clause) -> bool:
        words = [
            word for word in (reading.word("baseline"), reading.word("second_baseline")) if word
        ]
        baselines = [self.baseline_of(word) for word in words] or [self.pending_baseline]
        targets = self.targets_of(reading.word("topic"))
        if not all(baselines) or not targets:
            return False
        if any(change.baseline in baselines for one in targets for change in one.changes):
            return False  # a second change against one baseline is of an amount that was not read
        self.changed, self.targets = [], targets
        for target in targets:
            for baseline in baselines:
                self.change(target, baseline, reading, clause)
        return True

    def change(self, target: Statement, baseline: str, reading: Reading, clause: Clause) -> None:
        direction = meaning("direction", reading.word("direction") or reading.word("unchanged"))
        delta = delta_of(reading, target)
        if delta is not None and delta < 0:  # 增加-10.00万元 is a decrease
            direction = OPPOSITE.get(direction, direction)
        percent = read_number(reading.word("percent")) if reading.word("percent") else None
        change = StatedChange(
            cast(Baseline, baseline),
            cast(Direction, direction),
            None if delta is None else abs(delta),
            None if percent is None else abs(percent),
            self.place_of(clause.start),
            self.place_of(clause.end - 1) + 1,
        )
        target.changes.append(change)
        target.end = max(target.end, change.end)
        self.changed.append(change)

    def targets_of(self, topic: str) -> list[Statement]:
        """The statements that a change with this topic is about: the current ones, or income and
        expenditure together where the topic names both."""
        if not self.targets or (len(flows_of(topic)) < 2 and topic):
            return self.targets
        last = self.targets[-1]
        pair = [
            statement
            for statement in self.statements[-2:]
            if (statement.key.fund, statement.key.item) == (last.key.fund, last.key.item)
            and (topic or statement.key.item == "grand-total")
        ]
        return pair or self.targets

    def add_percent(self, reading: Reading, clause: Clause) -> bool:
        percent = abs(read_number(reading.word("percent")))
        for change in self.changed:
            if change.percent is None:
                change.percent = percent
                change.end = self.place_of(clause.end - 1) + 1
        for target in self.targets:
            target.end = max(target.end, self.place_of(clause.end - 1) + 1)
        return bool(self.changed)

    def add_share(self, reading: Reading, clause: Clause) -> bool:
        for target in self.targets:
            if target.share is None:
                target.share = read_number(reading.word("percent"))
                target.share_of = item_of_whole(reading.word("whole"))
                target.end = max(target.end, self.place_of(clause.end - 1) + 1)
        return bool(self.targets)

    def add_completion(self, reading: Reading, clause: Clause) -> bool:
        if reading.word("amount") and self.targets:
            self.add_baseline_value(reading, clause)
        for target in self.targets:
            if target.completion is None:
                target.completion = read_number(reading.word("percent"))
                target.end = max(target.end, self.place_of(clause.end - 1) + 1)
        return bool(self.targets)

    def add_count(self, reading: Reading, clause: Clause) -> bool:
        topic = reading.word("count") or reading.word("topic")
        topic = topic or (self.counts[-1].topic if self.counts else "")
        if not topic:
            return False
        start, end = self.place_of(clause.start), self.place_of(clause.end - 1) + 1
        for number, measure in (("number", "measure"), ("second", "second_measure")):
            if reading.word(number):
                value = int(reading.word(number))
                self.counts.append(CountStatement(topic, reading.word(measure), value, start, end))
        return True

    def add_project_count(self, reading: Reading, clause: Clause) -> bool:
        self.project_count = self.project_count or (int(reading.word("number")), clause)
        return True

    def add_project_funds(self, reading: Reading, clause: Clause) -> bool:
        self.project_funds = self.project_funds or (in_ten_thousand(reading), clause)
        return True

    def baseline_of(self, word: str) -> str:
        """The baseline that a word names, or the empty string for a year that is none: in the document of
        2020 2019年 is last year's final account, and 2018年 no baseline that the facts know."""
        year, words = (word[:4], word[4:].lstrip("年度")) if word[:4].isdigit() else ("", word)
        known = meaning("baseline", words) if words and is_baseline(words) else "previous-final"
        if self.phase == "initial-budget" and known == "previous-final":
            known = "previous-budget"
        ago = int(self.year) - int(year) if year else 0
        if year and known == "initial-budget":
            return {0: known, 1: "previous-budget"}.get(ago, "")
        return known if ago == 1 or not year else ""

    def place_of(self, index: int) -> int:
        return self.paragraph.places[index]

    def note_unread(self, clause: Clause) -> None:
        mark = find_mark(clause.text) if clause.start == 0 else None
        words = DATE.sub("", clause.text[mark.length if mark else 0 :])
        if any(character.isdigit() for character in words):
            if MONEY.search(
                words
            ):  # what follows would be said of this amount, not of the last one
                self.targets, self.changed, self.subject = [], [], ()
            self.unread.append(Unread(self.section, self.span_of(clause)))


def goes_on_with_digits(paragraph: str, reading: Reading, clause: Clause) -> bool:
    """Whether an amount without a unit is only the beginning of a number that is printed oddly: 1,23,456."""
    behind = paragraph[clause.end : clause.end + 2]
    return not reading.word("unit") and behind[1:].isdigit()


def is_baseline(words: str) -> bool:
    try:
        meaning("baseline", words)
    except KeyError:
        return False
    return True


def leading(text: str) -> int:
    """How many characters of punctuation stand before a reason."""
    return len(text) - len(text.lstrip(".、，:"))


def fold_space(text: str) -> str:
    return " ".join(text.split())
