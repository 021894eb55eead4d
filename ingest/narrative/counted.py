"""Things counted in a clause: vehicles, batches, people, and the projects of the performance evaluation."""

from __future__ import annotations

import re

from ingest.narrative.clauses import Clause
from ingest.narrative.figures import in_ten_thousand
from ingest.narrative.paragraph import CountStatement, Paragraph
from ingest.narrative.templates.template import Reading
from ontology.lexicon import load_lexicon

SENTENCE_END = re.compile("[。；]")
# 用于购置巡护执法车辆1辆: a vehicle that is bought is no stock.
PURCHASE = re.compile(r"(?:购置|新购|更新)[^，。；]{0,16}车")
VEHICLES_BY_USE = frozenset(
    f"vehicles-{use}"
    for use in (
        "leader-provincial", "leader", "confidential", "emergency", "enforcement", "special",
        "retired", "other",
    )
)  # fmt: skip


def add_count(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """公务用车保有量1辆; a clause without a topic goes on with that of the last count."""
    topic = reading.word("count") or reading.word("topic")
    topic = topic or (paragraph.counts[-1].topic if paragraph.counts else "")
    if not topic:
        return False
    item = load_lexicon().find_meaning("count-item", topic)
    if item == "vehicles" and PURCHASE.search(clause.text):
        topic, item = "购置车辆", "vehicles-purchased"
    paragraph.purchases_told |= item == "vehicles-purchased"
    if paragraph.purchases_told and item in VEHICLES_BY_USE:
        return True
    start, end = paragraph.place_of(clause.start), paragraph.end_of(clause)
    for number, measure in (("number", "measure"), ("second", "second_measure")):
        if reading.word(number):
            value = int(reading.word(number))
            one = CountStatement(topic, reading.word(measure), value, start, end)
            paragraph.counts.append(one)
    return True


def add_project_count(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """对3个项目开展了绩效自评."""
    paragraph.project_count = paragraph.project_count or (int(reading.word("number")), clause)
    return True


def add_project_funds(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """涉及资金60.00万元; what the office spends as a whole (整体支出) is understood, and no money of projects."""
    if paragraph.section != "performance" and "涉及" not in clause.text:
        return False
    before = SENTENCE_END.split(paragraph.paragraph.text[: clause.end])[-1]
    if "项目" in before or paragraph.project_count:
        paragraph.project_funds = paragraph.project_funds or (in_ten_thousand(reading), clause)
    return True
