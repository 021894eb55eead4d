"""Amounts: the clauses that state how much money stands at a point of the fiscal cube."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.facts import ObservationKey, Unread
from ingest.narrative.baselines import PHASE_OF_BASELINE, PREVIOUS, find_baseline, find_phase
from ingest.narrative.clause_figures import MONEY
from ingest.narrative.clauses import Clause
from ingest.narrative.figures import unit_of
from ingest.narrative.funds import narrower
from ingest.narrative.numbering import find_mark
from ingest.narrative.paragraph import Paragraph, Point
from ingest.narrative.placing import (
    APPROPRIATION_OF_FUND,
    WHOLE_ITEMS,
    find_class_within,
    place,
    place_appropriation,
    place_listed,
)
from ingest.narrative.slots import meaning, read_list, read_number
from ingest.narrative.statements import Statement
from ingest.narrative.templates.template import Reading

# Expenditure whose parts are of the same fund.
HAVING_PARTS = ("total", "grand-total", "basic")
# The roles of sections that tell of all money of the office.
OF_ALL_ACCOUNTS = ("overall", "accounts")
OF_THE_YEAR = re.compile(r"本年(?:度)?(?:收入|支出)")
# What an expense is divided by the number of: vehicles, or guests.
AVERAGE_OF = {
    "vehicle-purchase": "vehicle-purchase-average",
    "vehicle-operation": "vehicle-operation-average",
    "reception": "reception-per-capita",
}
OF_GUESTS = ("人均", "每人", "每人次")
YEAR = re.compile(r"((?:19|20)[0-9]{2})年")


def add_amounts(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """基本支出70.00万元: the point that the words name."""
    points = tuple(
        in_fund_of_title(paragraph, place(reading, fund_around(paragraph), paragraph.year))
    )
    if not points and reading.word("fund") and not reading.word("item"):
        points = source_of_income(paragraph, meaning("fund", reading.word("fund")))
    return state_points(paragraph, points, reading, clause)


def in_fund_of_title(paragraph: Paragraph, points: Iterable[Point]) -> Iterator[Point]:
    """The points; 会议费 and 培训费 under a title that says of which fund they are told are of that."""
    for fund, flow, item in points:
        is_titled = paragraph.section == "meeting-training" and item in ("meeting", "training")
        yield (narrower(fund, paragraph.fund) if is_titled else fund), flow, item


def source_of_income(paragraph: Paragraph, fund: str) -> tuple[Point, ...]:
    """The appropriation of a fund where the parts of income are told: 收入…，其中：一般公共预算拨款…."""
    around = paragraph.whole or paragraph.targets
    if not around or fund not in APPROPRIATION_OF_FUND or around[-1].key.flow == "expenditure":
        return ()
    return (place_appropriation(APPROPRIATION_OF_FUND[fund], paragraph.fund),)


def add_class_within(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """普通教育（款）60.00万元: a class within the one told before."""
    # 行政运行（项） is a name of many classes, but 普通教育（款）小学教育（项） of one.
    stated = [
        *(paragraph.earlier if "(款)" in reading.word("within") else ()),
        *paragraph.statements,
    ]
    told = [one.key.item for one in stated]
    told = [*told, *(item for _, _, item in paragraph.subject)]
    item = find_class_within(reading.word("within"), told, paragraph.year)
    if item is None:
        paragraph.set_title(())
        return False
    point = (fund_around(paragraph), "expenditure", item)
    if reading.word("amount"):
        return state_points(paragraph, (point,), reading, clause)
    paragraph.set_title((point,))
    return True


def fund_around(paragraph: Paragraph) -> str:
    """The fund of the section, or that of the whole whose parts are told: 一般公共预算财政拨款支出…，其中：…."""
    if paragraph.whole and paragraph.whole[-1].key.item in ("three-public", "vehicle"):
        return paragraph.whole[-1].key.fund
    outer = {one.key.fund for one in paragraph.whole if one.key.item in HAVING_PARTS}
    if len(outer) == 1 and all(one.key.flow == "expenditure" for one in paragraph.whole):
        return narrower(paragraph.fund, outer.pop())
    return paragraph.fund


def add_flow(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """支出决算为60.00万元: of what the sentence speaks of, or else all that is spent."""
    points = tuple(place(reading, paragraph.fund, paragraph.year)) or whole_of_section(
        paragraph, reading, clause
    )
    if reading.word("flow") in ("支出", "收入", "实际支出") and speaks_of_things(paragraph, clause):
        return False
    if speaks_of_subject(paragraph, reading.word("flow")):
        points = paragraph.subject
    elif paragraph.subject_is_unknown:
        return False
    return state_points(paragraph, points, reading, clause)


def whole_of_section(paragraph: Paragraph, reading: Reading, clause: Clause) -> tuple[Point, ...]:
    """2023年度收入120.50万元: all money of the flow where this opens a paragraph of the whole accounts."""
    is_opening = clause.start == 0 and YEAR.match(clause.text) is not None
    if not is_opening or paragraph.subject or paragraph.section not in OF_ALL_ACCOUNTS:
        return ()
    return ((paragraph.fund, meaning("flow", reading.word("flow")), "total"),)


def speaks_of_things(paragraph: Paragraph, clause: Clause) -> bool:
    """Whether the sentence counts things, or began with what was not read: what it says is spent is spent
    on them."""
    if paragraph.subject:
        return False
    if len(paragraph.counts) > paragraph.first_count:
        return True
    place = paragraph.place_of(paragraph.sentence_start)
    return any(one.span.start >= place for one in paragraph.unread)


def speaks_of_subject(paragraph: Paragraph, word: str) -> bool:
    flows = {flow for _, flow, _ in paragraph.subject}
    return word.startswith(("支出", "实际支出", "决算支出", "执行支出")) and flows == {
        "expenditure"
    }


def set_subject(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """教育支出（类）…（项）： the amounts that follow are of this class, or of nothing known."""
    paragraph.set_title(tuple(place(reading, paragraph.fund, paragraph.year)))
    return bool(paragraph.subject)


def set_title(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """公务接待费： a title before a colon; without one these are mere words."""
    is_first = clause.start == 0 and clause.mark[:1] in ("。", "")
    if not (clause.mark.startswith(":") or is_first) or paragraph.subject_is_title:
        return True
    points = tuple(place(reading, fund_around(paragraph), paragraph.year))
    if points and is_first and not all(item in WHOLE_ITEMS for _, _, item in points):
        paragraph.set_title(points)
    elif points and not is_first:
        paragraph.subject, paragraph.targets = points, []
        paragraph.subject_is_unknown = False
    return True


def add_subject_amount(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """支出决算为50.00万元, of the class or item that the sentence began with."""
    points = paragraph.subject
    if "支出" in clause.text and any(flow == "income" for _, flow, _ in points):
        points = ((points[0][0], "expenditure", "total"),)
    points = points or points_around(paragraph)
    return state_points(paragraph, points, reading, clause, keep_subject=True)


def add_average(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """平均每辆2.90万元, behind the expense that is divided."""
    told = [one for one in paragraph.statements if one.key.item in AVERAGE_OF]
    if not told or is_behind_unread(paragraph, told[-1]):
        return False
    fund, flow, item = told[-1].key[:3]
    is_of_guests = reading.word("average") in OF_GUESTS
    if is_of_guests != (item == "reception"):
        return False
    return state_points(paragraph, ((fund, flow, AVERAGE_OF[item]),), reading, clause)


def points_around(paragraph: Paragraph) -> tuple[Point, ...]:
    """What an amount without an item is of where no subject is told: what the paragraph speaks of, or all that
    is spent of the section's fund where it speaks of nothing else."""
    if paragraph.subject_is_unknown or any(states_amount_of(one) for one in paragraph.unread):
        return ()
    spoken_of = paragraph.targets or paragraph.statements[-1:]
    around = tuple(dict.fromkeys(one.key[:3] for one in spoken_of))
    if around and all(flow == "expenditure" for _, flow, _ in around):
        return around
    return ((paragraph.fund, "expenditure", "total"),) if paragraph.fund != "all" else ()


def is_behind_unread(paragraph: Paragraph, statement: Statement) -> bool:
    """Whether an amount that was not read stands behind this one: what follows may be of that."""
    return any(
        one.span.start >= statement.clause.end and states_amount_of(one) for one in paragraph.unread
    )


def states_amount_of(unread: Unread) -> bool:
    """Whether what was not read is an amount of money."""
    return MONEY.search("".join(unread.span.quote.split())) is not None


def state_points(
    paragraph: Paragraph,
    points: tuple[Point, ...],
    reading: Reading,
    clause: Clause,
    *,
    keep_subject: bool = False,
) -> bool:
    """State one amount at each of the points; False when there is none or the number goes on."""
    if not points or goes_on_with_digits(paragraph.paragraph.text, reading, clause):
        return False
    year, phase = year_of(paragraph, clause), find_phase(reading, paragraph.phase)
    for point in points:
        widen_whole(paragraph, ObservationKey(*point, year, phase), reading, clause)
    paragraph.targets = [
        state(paragraph, ObservationKey(*point, year, phase), reading, clause) for point in points
    ]
    paragraph.changed, paragraph.awaited = [], []
    if not keep_subject and points != paragraph.subject:
        paragraph.subject, paragraph.subject_is_title = points, False
        paragraph.subject_is_unknown = False
    return True


def widen_whole(
    paragraph: Paragraph, key: ObservationKey, reading: Reading, clause: Clause
) -> None:
    """总收入581.45万元，其中本年收入390.55万元: the whole of which the year's own money is a part is the
    grand total."""
    if key.item != "total" or not OF_THE_YEAR.search(clause.text):
        return
    for whole in paragraph.whole:
        if whole.key == key and whole.value > read_number(reading.word("amount")):
            whole.key = key._replace(item="grand-total")


def year_of(paragraph: Paragraph, clause: Clause) -> str:
    """The year that a clause names for its amount, or that of the document."""
    named = YEAR.findall(clause.text)
    return named[-1] if named else paragraph.year


def add_listed_alike(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """收入总计、支出总计均为1.00万元: one amount for each of the names."""
    points = place_listed(reading.word("listed"), paragraph.fund)
    return state_points(paragraph, points, reading, clause)


def add_respective(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """收入和支出分别为1.00万元和2.00万元: the amounts in the order of the names."""
    points = place_listed(reading.word("listed"), paragraph.fund)
    if len(points) < 2:
        return False
    paragraph.targets, paragraph.changed, paragraph.subject = [], [], ()
    paragraph.awaited = list(points)
    return add_awaited(paragraph, reading, clause)


def add_awaited(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """The next amounts of a list."""
    amounts = read_list(reading.word("amounts"))
    if len(amounts) > len(paragraph.awaited):
        return False
    moment = year_of(paragraph, clause), find_phase(reading, paragraph.phase)
    for amount, unit in amounts:
        one = Reading(reading.template, {"amount": amount, "unit": unit})
        key = ObservationKey(*paragraph.awaited.pop(0), *moment)
        paragraph.targets.append(state(paragraph, key, one, clause))
    return True


def add_baseline_value(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """年初预算数0.00万元: an observation of another phase or year (FACTS rule 7), or, in a budget, of
    its own."""
    if paragraph.subject:
        points = paragraph.subject
    elif paragraph.targets:
        points = tuple((one.key.fund, one.key.flow, one.key.item) for one in paragraph.targets)
    else:
        points = ()
    moment = moment_of(paragraph, reading, clause)
    if not points or moment is None:
        return False
    stated = [
        state(paragraph, ObservationKey(*point, *moment), reading, clause) for point in points
    ]
    if moment == (paragraph.year, paragraph.phase) or not paragraph.targets:
        paragraph.targets, paragraph.changed = stated, []
    return True


def moment_of(paragraph: Paragraph, reading: Reading, clause: Clause) -> tuple[str, str] | None:
    """The year and phase that a baseline or phase stands for; None for a year that is no baseline."""
    if not reading.word("baseline"):
        return year_of(paragraph, clause), find_phase(reading, paragraph.phase)
    word = reading.word("baseline")
    named = YEAR.search(clause.text)
    if named and not YEAR.match(word):
        word = named.group() + word
    if (
        word == f"{paragraph.year}年"
        and paragraph.phase == "initial-budget"
        and "安排" in clause.text
    ):
        return paragraph.year, paragraph.phase  # 2023年安排3.00万元
    baseline = find_baseline(word, int(paragraph.year), paragraph.phase)
    if not baseline:
        return None
    year = str(int(paragraph.year) - 1) if baseline in PREVIOUS else paragraph.year
    return year, PHASE_OF_BASELINE.get(baseline, baseline)


def state(paragraph: Paragraph, key: ObservationKey, reading: Reading, clause: Clause) -> Statement:
    """Add the statement of an amount."""
    mark = find_mark(clause.text) if clause.start == 0 else None
    statement = Statement(
        key=key,
        value=read_number(reading.word("amount")),
        unit=unit_of(reading),
        section=paragraph.section,
        start=paragraph.place_of(paragraph.sentence_start),
        end=paragraph.end_of(clause),
        clause=paragraph.paragraph.span(clause.start + (mark.length if mark else 0), clause.end),
    )
    paragraph.statements.append(statement)
    return statement


def goes_on_with_digits(text: str, reading: Reading, clause: Clause) -> bool:
    """Whether an amount without a unit is only the beginning of a number that is printed oddly: 1,23,456."""
    behind = text[clause.end : clause.end + 2]
    return not reading.word("unit") and behind[1:].isdigit()
