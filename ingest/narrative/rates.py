"""Rates: what share of a whole an amount is, and how much of a budget it completes."""

from __future__ import annotations

from ingest.narrative.amounts import add_baseline_value
from ingest.narrative.clauses import Clause
from ingest.narrative.figures import item_of_whole
from ingest.narrative.paragraph import Paragraph
from ingest.narrative.slots import meaning, read_number
from ingest.narrative.templates.template import Reading


def add_share(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """占总支出的40.00%, of the current amounts or of those of the item that the clause names."""
    named = reading.word("item")
    if named:
        paragraph.targets = paragraph.find_statements(meaning("item", named))
        paragraph.changed = []
    for target in paragraph.targets:
        if target.share is None:
            target.share = read_number(reading.word("percent"))
            target.share_of = item_of_whole(reading.word("whole"))
            paragraph.extend(target, paragraph.end_of(clause))
    return bool(paragraph.targets)


def add_completion(paragraph: Paragraph, reading: Reading, clause: Clause) -> bool:
    """完成年初预算的90.25%, which may state the budget too."""
    targets = list(paragraph.targets)
    if reading.word("amount") and targets:
        add_baseline_value(paragraph, reading, clause)
    paragraph.targets = targets
    for target in targets:
        if target.completion is None:
            target.completion = read_number(reading.word("percent"))
            target.completion_span = paragraph.span_of(clause)
            paragraph.extend(target, paragraph.end_of(clause))
    return bool(targets)
