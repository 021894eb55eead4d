"""Which queries may be answered otherwise the next time, over the same release."""

from __future__ import annotations

import re

# SPARQL 1.1, 17.4: functions whose value is not decided by their arguments and the dataset.
# What another server answers (SERVICE) is not decided by them either.
CHANGING_FUNCTION = re.compile(r"\b(now|rand|uuid|struuid|bnode|service)\b", re.IGNORECASE)
# 16.2.1: a template makes new blank nodes for each solution, under labels of the moment.
TEMPLATE = re.compile(r"\bconstruct\b", re.IGNORECASE)
BLANK_NODE = re.compile(r"_:|\[|\(")


def answer_may_change(query: str) -> bool:
    """Whether a query may have another answer next time. Words in comments and strings count too,
    which costs such a query its ETag and no more.

    >>> answer_may_change("SELECT (NOW() AS ?now) {}")
    True
    >>> answer_may_change("SELECT ?known { ?known ?p ?o }")
    False
    """
    if CHANGING_FUNCTION.search(query):
        return True
    return bool(TEMPLATE.search(query) and BLANK_NODE.search(query))
