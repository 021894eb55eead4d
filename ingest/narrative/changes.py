"""Changes: the clauses that compare the amounts before them with a baseline."""

from __future__ import annotations

import re
from typing import cast

from ingest.facts import Baseline, Direction
from ingest.narrative.amounts import add_baseline_value
from ingest.narrative.baselines import PHASE_OF_BASELINE, PREVIOUS, find_baseline
from ingest.narrative.clauses import Clause
from ingest.narrative.figures import delta_of
from ingest.narrative.fitting import settle_by_figures
from ingest.narrative.folding import fold_characters
from ingest.narrative.paragraph import Paragraph
from ingest.narrative.placing import (
    APPROPRIATION_FUND,
    WHOLE_ITEMS,
    find_item_in,
    flows_of,
    place_topic,
)
from ingest.narrative.slots import meaning, read_list, read_number
from ingest.narrative.statements import StatedChange, Statement
from ingest.narrative.templates.template import Reading

# 与上年相比均减少: of income and expenditure alike.
OF_EACH = re.compile(r"[均各](?:增|减|下|上|持)")
# Words that name all money of a flow, and the points that are else called 收入 or 支出 alone.
TOLD_OF_WHOLES = re.compile(r"总|合计|本年|当年|拨款|基金|资本")
NAMES_FUND = re.compile(r"拨款|基金|资本")
SPOKEN_OF_AS_FLOWS = frozenset((*WHOLE_ITEMS, *APPROPRIATION_FUND))
OPPOSITE = {"increase": "decrease", "decrease": "increase"}


def set_baseline(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """与2021年相比: the change follows."""
    paragraph.pending_baseline = baseline_of(paragraph, reading.word("baseline"))
    return True


def baseline_of(paragraph: Paragraph, word: str) -> str:
    """The baseline that a word names. 预算数 is the adjusted budget where the
    paragraph states that one alone."""
    baseline = find_baseline(word, int(paragraph.year), paragraph.phase)
    if baseline == "initial-budget" and paragraph.phase == "final" and "年初" not in word:
        stated = budgets_told(paragraph)
        if "adjusted-budget" in stated and "initial-budget" not in stated:
            return "adjusted-budget"
    return baseline


def budgets_told(paragraph: Paragraph) -> set[str]:
    """The phases in which the paragraph states the points of the current amounts."""
    points = {one.key[:3] for one in paragraph.targets}
    return {one.key.phase for one in paragraph.statements if one.key[:3] in points}


def add_change(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """较上年增加1.00万元, 决算数小于预算数: a comparison of each current amount."""
    words = [word for word in (reading.word("baseline"), reading.word("second_baseline")) if word]
    baselines = [baseline_of(paragraph, word) for word in words] or [silent_baseline(paragraph)]
    targets = targets_of(paragraph, reading.word("topic"))
    if OF_EACH.search(clause.text) and len(targets) == 1 and targets == paragraph.targets:
        of_both = both_flows(paragraph)
        targets = targets if any(one.changes for one in of_both) else of_both
    if not all(baselines) or not targets:
        return False
    if complete_change(paragraph, targets, baselines, reading, clause):
        return True
    if any(change.baseline in baselines for one in targets for change in one.changes):
        return False  # a second change against one baseline is of an amount that was not read
    paragraph.changed, paragraph.targets = [], targets
    for target in targets:
        for baseline in baselines:
            change(paragraph, target, baseline, reading, clause)
    paragraph.last_baseline = baselines[-1]
    return True


def add_change_of_named(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """比2022年“三公”经费财政拨款预算减少2.70万元: the item stands inside the baseline."""
    baseline = reading.word("year") + reading.word("plan")
    return add_change(
        paragraph, Reading(reading.template, {**reading.words, "baseline": baseline}), clause
    )


def add_unsaid_change(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """决算数与年初预算数存在差异: the amounts that the paragraph states tell which is the greater."""
    baseline = baseline_of(paragraph, reading.word("baseline"))
    phase = PHASE_OF_BASELINE.get(baseline, baseline)
    year = str(int(paragraph.year) - 1) if baseline in PREVIOUS else paragraph.year
    paragraph.changed = []
    for target in paragraph.targets:
        key = target.key._replace(phase=phase, year=year)
        stated = next((one for one in paragraph.statements if one.key == key), None)
        if stated is None or stated.unit != target.unit or stated.value == target.value:
            continue
        direction = "increase" if target.value > stated.value else "decrease"
        if all(change.baseline != baseline for change in target.changes):
            add_comparison(paragraph, target, baseline, direction, clause)
    return bool(paragraph.changed)


def add_comparison(
    paragraph: Paragraph, target: Statement, baseline: str, direction: str, clause: Clause
) -> None:
    """Add a comparison that states no difference."""
    stated = StatedChange(
        cast(Baseline, baseline),
        cast(Direction, direction),
        None,
        None,
        paragraph.place_of(clause.start),
        paragraph.end_of(clause),
    )
    target.changes.append(stated)
    paragraph.note_change(target, stated)


def add_change_from_value(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """比上年1.70万元减少0.20万元: the baseline's own amount is an observation too (FACTS rule 7)."""
    unit = reading.word("base_unit") or reading.word("unit")
    base = {"amount": reading.word("base"), "unit": unit}
    targets = list(paragraph.targets)
    stated = add_baseline_value(
        paragraph, Reading(reading.template, {**reading.words, **base}), clause
    )
    paragraph.targets = targets
    return stated and add_change(paragraph, reading, clause)


def set_baseline_value(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """较年初预算8.00万元, before 减少2.00万元."""
    unit = reading.word("base_unit") or reading.word("unit")
    base = {"amount": reading.word("base"), "unit": unit}
    targets = list(paragraph.targets)
    stated = add_baseline_value(
        paragraph, Reading(reading.template, {**reading.words, **base}), clause
    )
    paragraph.targets = targets
    return stated and set_baseline(paragraph, reading, clause)


def silent_baseline(paragraph: Paragraph) -> str:
    """The baseline of a change that names none: told before, or that of the whole which the parts are of."""
    return paragraph.pending_baseline or (paragraph.last_baseline if paragraph.whole else "")


def complete_change(
    paragraph: Paragraph,
    targets: list[Statement],
    baselines: list[str],
    reading: Reading,
    clause: Clause,
) -> bool:
    """Give a change that was told by its direction alone the figures that follow."""
    direction = direction_of(reading)
    told = [change for one in targets for change in one.changes if change.baseline in baselines]
    figures = reading.word("amount") or reading.word("percent")
    if not told or any(
        change.delta is not None or change.direction != direction for change in told
    ):
        return False
    if not figures:
        return True
    for target in targets:
        for one in target.changes:
            if one in told:
                one.delta, percent = delta_of(reading, target), reading.word("percent")
                one.percent = read_number(percent) if percent else one.percent
                one.end = paragraph.end_of(clause)
    paragraph.changed = told
    return True


def add_change_respective(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """较上年分别增加1.20万元和3.40万元: one change for each of as many amounts."""
    of_sentence = paragraph.statements[paragraph.first_of_sentence :]
    amounts = read_list(reading.word("amounts"))
    several = len(paragraph.targets) == len(amounts)
    targets = paragraph.targets if several else of_sentence[-len(amounts) :]
    if len(targets) != len(amounts) or any(one.changes for one in targets):
        return False
    baseline = baseline_of(paragraph, reading.word("baseline"))
    if not baseline:
        return False
    paragraph.changed, paragraph.targets = [], targets
    for target, (amount, unit) in zip(targets, amounts, strict=True):
        one = Reading(reading.template, {**reading.words, "amount": amount, "unit": unit})
        change(paragraph, target, baseline, one, clause)
    return True


def direction_of(reading: Reading) -> str:
    return meaning("direction", reading.word("direction") or reading.word("unchanged"))


def change(
    paragraph: Paragraph, target: Statement, baseline: str, reading: Reading, clause: Clause
) -> None:
    """Add one comparison to a statement."""
    direction = direction_of(reading)
    delta = delta_of(reading, target)
    if delta is not None and delta < 0:  # 增加-10.00万元 is a decrease
        direction = OPPOSITE.get(direction, direction)
    percent = read_number(reading.word("percent")) if reading.word("percent") else None
    stated = StatedChange(
        cast(Baseline, baseline),
        cast(Direction, direction),
        None if delta is None else abs(delta),
        None if percent is None else abs(percent),
        paragraph.place_of(clause.start),
        paragraph.end_of(clause),
    )
    target.changes.append(stated)
    paragraph.note_change(target, stated)


def targets_of(paragraph: Paragraph, topic: str) -> list[Statement]:
    """The statements that a change with this topic is about: those of the item it names, or the current
    ones, or income and expenditure together where the topic names both."""
    named = find_named(paragraph, topic)
    if named is not None:
        return named
    if not paragraph.targets or (len(flows_of(topic)) < 2 and topic):
        return paragraph.targets
    last = paragraph.targets[-1]
    if not topic and last.key.item != "grand-total":
        return paragraph.targets
    both = both_flows(paragraph)
    if any(one.changes for one in both if one not in paragraph.targets):
        return paragraph.targets  # each flow is compared by itself
    return both or paragraph.targets


def both_flows(paragraph: Paragraph) -> list[Statement]:
    """The latest statements of the point of the current amount, of income and of expenditure."""
    last = paragraph.targets[-1].key
    alike = [
        one
        for one in paragraph.statements
        if (one.key.item, one.key.fund, *one.key[3:]) == (last.item, last.fund, *last[3:])
    ]
    return alike[-2:]


def find_named(paragraph: Paragraph, topic: str) -> list[Statement] | None:
    """The statement of the item that a topic names when it is not the current one; empty when the document
    has not stated it; None where the topic names no item."""
    item = find_item_in(topic)
    if item is None:
        return find_whole(paragraph, topic)
    if any(one.key.item == item for one in paragraph.targets):
        return None
    if item in APPROPRIATION_FUND:  # also a name of all the income of a fund
        return find_whole(paragraph, topic) or paragraph.find_statements(item) or None
    return paragraph.find_statements(item)


def find_whole(paragraph: Paragraph, topic: str) -> list[Statement] | None:
    """The statement of all money of one flow that a topic names when it is not a current one; empty when it
    is not stated and the current ones are other things; None where the topic names none."""
    if not TOLD_OF_WHOLES.search(topic) and not speaks_of_flows(paragraph):
        return None  # 支出决算 of the item that is spoken of
    points = place_topic(topic, paragraph.fund)
    if len(points) != 1 or any(one.key[:3] == points[0] for one in paragraph.targets):
        return None
    told = [
        one
        for one in (*paragraph.earlier, *paragraph.statements)
        if one.key == (*points[0], paragraph.year, paragraph.phase)
    ]
    in_same_words = [
        one for one in paragraph.statements if one.key[1] == points[0][1] and is_told_as(one, topic)
    ]
    if in_same_words:
        return in_same_words[-1:]
    are_wholes = all(
        one.key.flow == points[0][1] and one.key.item in WHOLE_ITEMS for one in paragraph.targets
    )
    is_looser = are_wholes or (NAMES_FUND.search(topic) and not paragraph.whole_is_unknown)
    if not told and is_looser:
        return None  # a looser name of what is spoken of
    return told[-1:]


def speaks_of_flows(paragraph: Paragraph) -> bool:
    """Whether the current amounts are what is else called 收入 or 支出 alone."""
    items = {one.key.item for one in paragraph.targets}
    return bool(items) and items <= SPOKEN_OF_AS_FLOWS


def is_told_as(statement: Statement, topic: str) -> bool:
    """Whether an amount was told by these words, 总收入: it may be the grand total."""
    return (
        statement.key.item in WHOLE_ITEMS
        and re.search(rf"{re.escape(topic)}[^一-龥]", fold_characters(statement.clause.quote))
        is not None
    )


def add_percent(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """增长6.35%, behind the change in money."""
    if not paragraph.changed and "同比" in clause.text:
        return add_change(
            paragraph, Reading(reading.template, {**reading.words, "baseline": "同比"}), clause
        )
    percent = read_number(reading.word("percent"))
    settle_by_figures(paragraph, percent)
    if reading.word("direction"):
        told = meaning("direction", reading.word("direction"))
        told = OPPOSITE.get(told, told) if percent < 0 else told
        for change in paragraph.changed:
            change.percent_direction = cast(Direction, told)
    return set_percents(paragraph, [reading.word("percent")] * len(paragraph.changed), clause)


def add_bare_figure(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """增长6.35, a percentage without its sign behind a change in money, else an amount without its unit."""
    told = [stated for stated in paragraph.changed if stated.delta is not None]
    if told and all(stated.percent is None for stated in told):
        return set_percents(paragraph, [reading.word("amount")] * len(paragraph.changed), clause)
    return add_change(paragraph, reading, clause)


def add_percents(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """分别增长6.35%和4.10%, behind as many changes."""
    words = [percent for percent, _ in read_list(reading.word("percents"))]
    return len(paragraph.changed) == len(words) and set_percents(paragraph, words, clause)


def set_percents(paragraph: Paragraph, words: list[str], clause: Clause) -> bool:
    end = paragraph.end_of(clause)
    for stated, word in zip(paragraph.changed, words, strict=True):
        if stated.percent is None:
            stated.percent, stated.end = abs(read_number(word)), end
    for target in paragraph.targets:
        paragraph.extend(target, end)
    return bool(paragraph.changed)
