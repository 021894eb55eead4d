"""The fold: the clauses of a paragraph, read in order, become statements.

A change belongs to the amount before it, a percentage to the change before it, a reason to every change
before it that has none (FACTS rule 10). A full stop ends a reason; the paragraph ends an amount.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ingest.facts import Unread
from ingest.narrative import amounts, changes, counted, rates, stated_reasons, titles
from ingest.narrative.clause_figures import states_amount, states_figure
from ingest.narrative.clauses import Clause, cut_clauses
from ingest.narrative.extents import find_extent, tells_next_part
from ingest.narrative.funds import narrower
from ingest.narrative.paragraph import Paragraph
from ingest.narrative.statements import StatedChange
from ingest.narrative.templates import find_reading
from ingest.narrative.templates.openers import PURPOSE_OPENER
from ingest.narrative.templates.template import Reading

# The end of a paragraph that the parts of its amount follow.
LEADS_TO_PARTS = re.compile(r"(?:如下|以下方面|包括|其中):?$")
Act = Callable[[Paragraph, Reading, Clause], bool]


def ignore(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """A wording that is known and tells nothing that is kept."""
    return True


# What a template's act does; it answers False when the words settle nothing.
ACTS: Mapping[str, Act] = {
    "amount": amounts.add_amounts,
    "carried": amounts.add_amounts,
    "economic-amount": amounts.add_amounts,
    "class-within": amounts.add_class_within,
    "flow": amounts.add_flow,
    "subject": amounts.set_subject,
    "title": amounts.set_title,
    "subject-amount": amounts.add_subject_amount,
    "average": amounts.add_average,
    "baseline-value": amounts.add_baseline_value,
    "listed-alike": amounts.add_listed_alike,
    "respective": amounts.add_respective,
    "amount-of-list": amounts.add_awaited,
    "change": changes.add_change,
    "change-of-named": changes.add_change_of_named,
    "change-twice": changes.add_change,
    "change-of-pending": changes.add_change,
    "change-from-value": changes.add_change_from_value,
    "change-unsaid": changes.add_unsaid_change,
    "change-respective": changes.add_change_respective,
    "basis-value": changes.set_baseline_value,
    "basis": changes.set_baseline,
    "percent": changes.add_percent,
    "bare-figure": changes.add_bare_figure,
    "percents": changes.add_percents,
    "share": rates.add_share,
    "completion": rates.add_completion,
    "count": counted.add_count,
    "project-count": counted.add_project_count,
    "project-funds": counted.add_project_funds,
    "ignored": ignore,
}


class ParagraphFold(Paragraph):
    """Reads one paragraph."""

    __slots__ = ()

    def read_behind(self, before: ParagraphFold | None) -> None:
        """Read the whole paragraph; the one before it may have been a title and nothing else."""
        if before is not None and before.is_title():
            self.set_title(before.subject)
        self.read()

    def is_title(self) -> bool:
        """Whether the paragraph names what the next one is about and states nothing itself."""
        alone = not self.statements and len(cut_clauses(self.paragraph.text)) == 1
        return alone and (self.subject_is_title or self.subject_is_unknown)

    def fund_of_parts(self) -> str:
        """The fund of the paragraphs behind one that leads to them: 一般公共预算财政拨款支出90.00万元，按用途划分
        如下：; the empty string where it leads to none, or to those of no narrower fund."""
        if not LEADS_TO_PARTS.search(self.paragraph.text) or len(self.statements) != 1:
            return ""
        fund, flow, item = self.statements[0].key[:3]
        is_narrower = narrower(self.fund, fund) == fund != self.fund
        return fund if is_narrower and (flow, item) == ("expenditure", "total") else ""

    def read(self) -> None:
        """Read the whole paragraph."""
        clauses = cut_clauses(self.paragraph.text)
        position = 0
        while position < len(clauses):
            position = self.read_from(clauses, position)

    def read_from(self, clauses: tuple[Clause, ...], position: int) -> int:
        """Read the clause at the position, or the stretch that it opens; the position behind."""
        clause = clauses[position]
        mark_before = clauses[position - 1].mark[-1:] if position else "。"
        if mark_before in ("。", "；"):
            self.open_sentence(clause, mark_before == "。")
        behind = self.read_reason(clauses, position)
        if behind is not None:
            return behind
        if clause.text.startswith("其中"):
            self.whole = self.whole or self.targets
            self.part_is_aside = mark_before == "，" and clause.text != "其中"
            self.whole_is_unknown = not self.whole
        reading = find_reading(clause.text)
        if reading is None and titles.names_unknown(clause):
            self.set_title(())
        if reading is None and PURPOSE_OPENER.match(clause.text):
            return self.skip_purpose(clauses, position)
        if reading is None and mark_before != "。" and stated_reasons.is_bare(self, clause):
            return self.take_reason(clauses, position, clause.start)
        self.note(clause, reading is not None and ACTS[reading.act](self, reading, clause))
        self.close_clause(clause, reading)
        return position + 1

    def read_reason(self, clauses: tuple[Clause, ...], position: int) -> int | None:
        """Read the reason that a clause opens, with the change it may tell too; None where it opens none."""
        clause = clauses[position]
        if not stated_reasons.speaks_of_reason(clause):
            return None
        found = stated_reasons.find_reasoned_change(clause)
        if found is not None:
            reading, head, opener = found
            done = ACTS[reading.act](self, reading, head)
            if done or self.open_changes():
                told = stated_reasons.changes_against(self, reading) if done else None
                self.note(head, done)
                return self.take_reason(clauses, position, clause.start + opener, told)
        of_earlier = stated_reasons.find_reason_of_earlier(self, clause)
        if of_earlier is not None:
            return self.take_reason(clauses, position, clause.start + of_earlier[0], of_earlier[1])
        if stated_reasons.is_of_unread_change(self, clauses, position):
            return self.pass_over(clauses, position, find_extent(clauses, position))
        opened = stated_reasons.find_opener(self, clause)
        if opened is None:
            return None
        return self.take_reason(clauses, position, clause.start + opened)

    def take_reason(
        self,
        clauses: tuple[Clause, ...],
        position: int,
        start: int,
        told: list[StatedChange] | None = None,
    ) -> int:
        """Add the reason from a place in the clause at the position; the position behind it."""
        behind = find_extent(clauses, position)
        end = clauses[behind - 1].end
        if behind < len(clauses) and tells_next_part(clauses, behind):
            self.parts_have_reasons = True
        if told is None and stated_reasons.is_of_part(self):
            told = self.changed
        if end > start:
            stated_reasons.add_reason(self, start, end, told)
        return behind

    def skip_purpose(self, clauses: tuple[Clause, ...], position: int) -> int:
        """What money is for is no fact; what it is divided into (用于以下方面：…) is read on, and a figure
        that is passed over is listed."""
        clause = clauses[position]
        divides = clause.mark == ":" or clause.text.endswith("方面")
        behind = position + 1 if divides else find_extent(clauses, position)
        return self.pass_over(clauses, position, behind)

    def pass_over(self, clauses: tuple[Clause, ...], position: int, behind: int) -> int:
        """List the amounts in the clauses from a position to the one behind, which is returned."""
        for passed in clauses[position:behind]:
            if states_amount(passed):
                self.unread.append(Unread(self.section, self.span_of(passed)))
        return behind

    def open_sentence(self, clause: Clause, behind_full_stop: bool) -> None:
        """A new sentence goes on about the whole that the parts before it were of."""
        self.sentence_start = clause.start
        self.first_of_sentence = len(self.statements)
        if behind_full_stop:
            self.purchases_told = False
            self.parts_have_reasons = False
            self.first_count = len(self.counts)
        if behind_full_stop and self.whole_is_unknown:
            self.targets, self.whole_is_unknown = [], False
        if behind_full_stop and self.whole and not stated_reasons.opens_late(self, clause):
            self.targets, self.changed, self.whole = self.whole, [], []
        if behind_full_stop and not self.subject_is_title:
            self.subject = ()

    def close_clause(self, clause: Clause, reading: Reading | None) -> None:
        """What the mark behind a clause opens or ends."""
        if clause.mark == "(":
            self.bracketed = self.targets
        elif clause.mark.startswith(")") and self.bracketed:
            self.targets, self.changed, self.bracketed = self.bracketed, [], []
        if clause.mark[-1:] == "。" and not (reading and reading.act in ("basis", "basis-value")):
            self.pending_baseline = ""

    def note(self, clause: Clause, was_read: bool) -> None:
        """List a clause with a figure that was not read."""
        if was_read or not states_figure(clause):
            return
        if states_amount(clause):
            self.forget()
        self.unread.append(Unread(self.section, self.span_of(clause)))
