"""Counts: the topics and measure words of a paragraph become counted items."""

from __future__ import annotations

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
TOPICS_BESIDE_LEXICON = {"因公出国(境)": "abroad-groups", "因公出国": "abroad-groups"}


def count_things(
    document: Document, statements: Iterable[CountStatement], year: str
) -> tuple[Count, ...]:
    """The counts in document order; a second statement is a count of its own only where it differs (FACTS
    rule 14). The last place stands: there vehicles are listed by use."""
    counts: dict[tuple[str, int], Count] = {}
    for statement in statements:
        item = item_of(statement)
        if item is not None:
            unit = PRINTED_MEASURE.get(meaning("measure", statement.measure), statement.measure)
            span = document.span(statement.start, statement.end)
            counts[item, statement.value] = Count(item, statement.value, unit, year, span)
    return tuple(counts.values())


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
