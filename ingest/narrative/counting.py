"""Counts: the topics and measure words of a paragraph become counted items."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.facts import Count
from ingest.narrative.paragraph import CountStatement
from ingest.narrative.slots import meaning
from ingest.reading.document import Document
from ontology.lexicon import load_lexicon

# 国内公务接待5批次80人: the measure word tells batches from people of one topic.
PEOPLE_OF = {
    "abroad-groups": "abroad-people",
    "reception-batches": "reception-people",
    "reception-foreign-batches": "reception-foreign-people",
    "reception-overseas-batches": "reception-overseas-people",
}
OCCASIONS_OF = {people: occasions for occasions, people in PEOPLE_OF.items()}
PEOPLE = ("person", "person-time")
OCCASIONS = ("batch", "group", "time")
PRINTED_MEASURE = {
    "group": "个",
    "batch": "批次",
    "person": "人",
    "person-time": "人次",
    "vehicle": "辆",
    "set": "台（套）",
}
TOPICS_BESIDE_LEXICON = {
    "因公出国(境)": "abroad-groups",
    "因公出国": "abroad-groups",
    "接待": "reception-batches",
    **dict.fromkeys(("购置", "购置(更新)", "购置更新", "更新购置"), "vehicles-purchased"),
}


# 截至2024年8月31日: the year of what is there; a budget tells it for the year before its own.
AS_OF = re.compile(r"截[至止]\s*(20\d\d)\s*年")
SENTENCE_END = re.compile(r"[。\n]")
STOCK = ("vehicles", "equipment")


def count_things(
    document: Document, statements: Iterable[CountStatement], year: str
) -> tuple[Count, ...]:
    """The counts in document order; a second statement is a count of its own only where it differs (FACTS
    rule 14). The last place stands: there vehicles are listed by use.

    What is there counts for the year of its date, what is bought for the year of the document. How
    bought vehicles are divided by use, and bought equipment, is no count of what is there.
    """
    counts: dict[tuple[str, int, str], Count] = {}
    sentence, purchase = -1, False
    for statement in statements:
        item = item_of(statement)
        if item is None:
            continue
        begin = sentence_start(document, statement.start)
        if begin != sentence or item in ("vehicles", "vehicles-purchased"):
            sentence, purchase = begin, item == "vehicles-purchased"
        if is_bought(document, statement, item, purchase):
            continue
        stated = year_of(document, statement, item) or year
        unit = PRINTED_MEASURE.get(meaning("measure", statement.measure), statement.measure)
        span = document.span(statement.start, statement.end)
        counts[item, statement.value, stated] = Count(item, statement.value, unit, stated, span)
    return tuple(counts.values())


def is_bought(document: Document, statement: CountStatement, item: str, purchase: bool) -> bool:
    """Whether a count of vehicles by use, or of equipment, is of what is to be bought."""
    if item.startswith("equipment"):
        return "购置" in document.text[statement.start : statement.end]
    return purchase and item.startswith("vehicles-") and item != "vehicles-purchased"


def sentence_start(document: Document, place: int) -> int:
    """Where the sentence begins that this place of the text stands in."""
    before = [
        found.end() for found in SENTENCE_END.finditer(document.text, max(0, place - 600), place)
    ]
    return before[-1] if before else max(0, place - 600)


def year_of(document: Document, statement: CountStatement, item: str) -> str | None:
    """The year of the date that the paragraph gives for what is there, or None."""
    if not item.startswith(STOCK) or item == "vehicles-purchased":
        return None
    begin = document.text.rfind("\n", 0, statement.start) + 1
    dates = AS_OF.findall(document.text, begin, statement.end)
    return dates[-1] if dates else None


def item_of(statement: CountStatement) -> str | None:
    """The counted item, or None where topic and measure word do not go together."""
    topic = statement.topic
    item = TOPICS_BESIDE_LEXICON.get(topic) or load_lexicon().find_meaning("count-item", topic)
    measure = meaning("measure", statement.measure)
    if item in PEOPLE_OF:
        return (
            PEOPLE_OF[item]
            if measure in PEOPLE
            else item
            if measure in OCCASIONS or measure == "item"
            else None
        )
    if item in OCCASIONS_OF:
        return OCCASIONS_OF[item] if measure in OCCASIONS else item if measure in PEOPLE else None
    return item
