"""Funds by definition: the glossary may say of which fund an item is paid that elsewhere belongs to all.

机关运行经费 is told of all money (FACTS rule 4) unless the text says otherwise, and where it does it is
mostly here: 指…使用一般公共预算财政拨款安排的基本支出中的日常公用经费.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.facts import Term
from ingest.narrative.folding import fold_characters
from ingest.narrative.statements import Statement

# Items that a definition settles: the term, the item, and the fund that its definition names.
DEFINED = (
    (
        re.compile(r"机关运行(?:经费|费)"),
        "agency-operation",
        re.compile(r"(?:使用|用|从|由)一般公共预算(?:财政)?拨款"),
        "general",
    ),
)


def with_defined_funds(
    statements: Iterable[Statement], terms: Iterable[Term]
) -> Iterator[Statement]:
    """The statements, those of an item that the glossary defines moved into the fund it names."""
    funds = {
        item: fund
        for term in terms
        for name, item, source, fund in DEFINED
        if name.search(term.term)
        and source.search("".join(fold_characters(term.definition).split()))
    }
    for statement in statements:
        key = statement.key
        if key.fund == "all" and key.item in funds:
            yield replace(statement, key=key._replace(fund=funds[key.item]))
        else:
            yield statement
