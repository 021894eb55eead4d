"""Stated reasons in a paragraph: where one opens, and which changes it is told of (FACTS rule 10)."""

from __future__ import annotations

import re
from typing import cast

from ingest.facts import Baseline, Direction, Reason
from ingest.narrative.changes import baseline_of
from ingest.narrative.clauses import Clause
from ingest.narrative.paragraph import Paragraph
from ingest.narrative.placing import APPROPRIATION_FUND, WHOLE_ITEMS, find_item_in
from ingest.narrative.reasons import split_reason
from ingest.narrative.slots import meaning
from ingest.narrative.statements import StatedChange, Statement
from ingest.narrative.templates import find_reading
from ingest.narrative.templates.openers import BARE_REASON, INNER_REASON, REASON_OPENER
from ingest.narrative.templates.template import Reading

BUDGETS = ("initial-budget", "adjusted-budget")
TELLS_OF_REASON = re.compile(r".*原因")
CHANGE_ACTS = ("change", "change-twice", "change-of-pending", "change-from-value", "change-unsaid")


# Every opener holds one of these.
WORD_OF_REASON = re.compile(r"因|由于|主要")
# A paragraph of its own that gives the reason: 财政拨款收入支出增加的主要原因是….
REASON_OF_EARLIER = re.compile(
    r"(?:\d{4}年度?)?(?P<topic>[一-龥、\"]{0,16}?)(?P<direction>增加|减少|增长|下降|上升|降低)(?:的)?(?:主要)?原因(?:主要)?"
    r"(?:在于|[是为系:])*"
)


def speaks_of_reason(clause: Clause) -> bool:
    """Whether a clause can open a reason at all."""
    return WORD_OF_REASON.search(clause.text) is not None


def find_reason_of_earlier(
    paragraph: Paragraph, clause: Clause
) -> tuple[int, list[StatedChange]] | None:
    """Where a reason begins that opens the paragraph, and the changes of the section that it is told of: those
    of the direction it names, of the fiscal appropriation or of the item that it names."""
    opener = REASON_OF_EARLIER.match(clause.text) if clause.start == 0 else None
    if opener is None or paragraph.statements:
        return None
    direction, topic = meaning("direction", opener.group("direction")), opener.group("topic")
    changes = [
        change
        for one in paragraph.earlier
        if is_of_topic(one, topic)
        for change in one.changes
        if change.direction == direction and change.reason is None
    ]
    return (opener.end(), changes) if changes else None


def is_of_topic(statement: Statement, topic: str) -> bool:
    """Whether an amount is what the topic of a reason names."""
    fund, _, item = statement.key[:3]
    if find_item_in(topic) == item:
        return True
    of_appropriation = item in APPROPRIATION_FUND or (item in WHOLE_ITEMS and fund != "all")
    return "财政拨款" in topic and of_appropriation


def add_missing_change(paragraph: Paragraph) -> None:
    """完成年初预算的97.47%，主要原因：…: the amounts tell whether more or less was spent than the budget that
    the sentence states; the reason is of that."""
    targets = paragraph.targets
    if len(targets) != 1 or targets[0].completion is None or targets[0].changes:
        return
    target = targets[0]
    budgets = [
        one
        for one in paragraph.statements[paragraph.first_of_sentence :]
        if one.key[:4] == target.key[:4] and one.key.phase in BUDGETS
    ]
    if len(budgets) == 1 and target.key.phase == "final" and budgets[0].value != target.value:
        direction = "increase" if target.value > budgets[0].value else "decrease"
        add_bare_comparison(paragraph, target, budgets[0].key.phase, direction)


def add_bare_comparison(
    paragraph: Paragraph, target: Statement, baseline: str, direction: str
) -> None:
    span = target.completion_span
    assert span is not None
    stated = StatedChange(
        cast(Baseline, baseline), cast(Direction, direction), None, None, span.start, span.end
    )
    target.changes.append(stated)
    paragraph.note_change(target, stated)


def find_opener(paragraph: Paragraph, clause: Clause) -> int | None:
    """Where the reason that this clause opens begins in it, or None."""
    opener = REASON_OPENER.match(clause.text)
    if opener and not paragraph.open_changes() and TELLS_OF_REASON.match(opener.group()):
        add_missing_change(paragraph)
    return opener.end() if opener and paragraph.open_changes() else None


def is_of_part(paragraph: Paragraph) -> bool:
    """Whether a reason is told of the part before it alone: 其中：基本支出增加…，主要是…；项目支出增加…，主要是…."""
    is_part = bool(paragraph.whole) and all(one not in paragraph.whole for one in paragraph.targets)
    return is_part and paragraph.parts_have_reasons and bool(paragraph.changed)


def is_of_unread_change(paragraph: Paragraph, clauses: tuple[Clause, ...], position: int) -> bool:
    """Whether a clause opens the reason of a change that was not read: it belongs to none before it."""
    if position == 0 or not paragraph.unread or REASON_OPENER.match(clauses[position].text) is None:
        return False
    before = clauses[position - 1]
    is_unread = paragraph.unread[-1].span == paragraph.span_of(before)
    reading = find_reading(before.text) if is_unread else None
    return reading is not None and reading.act in CHANGE_ACTS


def opens_late(paragraph: Paragraph, clause: Clause) -> bool:
    """Whether a new sentence is the reason of the change that the one before it ended with: …持平。主要原因是…."""
    return REASON_OPENER.match(clause.text) is not None and any(
        change.reason is None for one in paragraph.targets for change in one.changes
    )


def is_bare(paragraph: Paragraph, clause: Clause) -> bool:
    """Whether the clause is a reason without an opener: 无此项支出, behind 与上年持平."""
    return bool(paragraph.open_changes()) and BARE_REASON.match(clause.text) is not None


def find_reasoned_change(clause: Clause) -> tuple[Reading, Clause, int] | None:
    """A change and its reason in one clause, 决算数小于预算数的主要原因是…: the reading of the change, its
    clause, and where the reason begins."""
    opener = INNER_REASON.search(clause.text)
    if opener is None or opener.start() == 0:
        return None
    head = clause.text[: opener.start()]
    reading = find_reading(head)
    if reading is None or reading.act not in CHANGE_ACTS:
        return None
    return reading, Clause(clause.start, clause.start + len(head), head, ""), opener.end()


def changes_against(paragraph: Paragraph, reading: Reading) -> list[StatedChange]:
    """The open changes of the current amounts against the baseline that a reasoned change names; all of
    them where it names none."""
    word = reading.word("baseline")
    baseline = baseline_of(paragraph, word) if word else paragraph.last_baseline
    return [
        change
        for target in paragraph.targets
        for change in target.changes
        if change.baseline == baseline and change.reason is None
    ]


def add_reason(
    paragraph: Paragraph, start: int, end: int, changes: list[StatedChange] | None = None
) -> None:
    """Give a reason, the stretch [start, end), to these changes or to all that have none."""
    start += leading(paragraph.paragraph.text[start:end])
    text = paragraph.paragraph.text[start:end]
    parts = split_reason(text)
    if not parts:
        return
    span = paragraph.paragraph.span(start, end)
    spans = [paragraph.paragraph.span(start + left, start + right) for left, right in parts]
    reasons = tuple(Reason(fold_space(part.quote), part) for part in spans)
    for change in changes or paragraph.open_changes():
        change.reason, change.reasons = span, reasons
    for target in paragraph.targets:
        paragraph.extend(target, span.end)


def leading(text: str) -> int:
    """How many characters of punctuation stand before a reason."""
    return len(text) - len(text.lstrip(".、，:"))


def fold_space(text: str) -> str:
    return " ".join(text.split())
