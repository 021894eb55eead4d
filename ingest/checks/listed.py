"""Listed items (主要包括：…): what the text names as paid was paid, by the table of economic classes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.bilingual import NOTHING, Bilingual, join
from ingest.checks import phrases
from ingest.checks.findings import finding
from ingest.checks.subjects import label_of
from ingest.facts import Anomaly, DocumentFacts
from ingest.narrative.folding import Folded
from ingest.narrative.outline import find_sections
from ingest.reading.document import Document
from ingest.tables.fiscal_table import BASIC, FiscalTable
from ontology.classes import economic_classes, find_economic_class

LIST = re.compile(
    r"(?P<use>人员经费|公用经费|日常公用经费)[^。；]{0,40}?(?:主要)?(?:包括|用于)[:：]?(?P<list>[^。；]{4,400})"
)
MARK = re.compile(r"[、，]|(?:和|以及)(?=[一-龥()]{2,}$)|等$")
# The classes that each part of basic expenditure is spent by (部门预算支出经济分类科目).
CLASSES_OF_USE = {"人员经费": ("301", "303"), "公用经费": ("302", "307", "309", "310", "399")}


def check_listed(
    document: Document, facts: DocumentFacts, tables: tuple[FiscalTable, ...]
) -> Iterator[Anomaly]:
    """`listed-but-zero`: an item of the list that is blank or 0.00 in the table of basic expenditure, with
    what the table has instead and the list leaves out."""
    table = next((table for table in tables if table.role == BASIC and table.figures()), None)
    if table is None:
        return
    paid = {row.item for row in table.rows if any(f.value for f in row.figures.values())}
    known = {row.item for row in table.rows}
    for section in find_sections(document):
        if section.role not in ("basic", "general", "accounts"):
            continue
        folded = Folded.of(document, section.start, section.end)
        for found in LIST.finditer(folded.text):
            yield from check_list(folded, found, paid, known)


def check_list(
    folded: Folded, found: re.Match[str], paid: set[str], known: set[str]
) -> Iterator[Anomaly]:
    classes = CLASSES_OF_USE[found["use"].removeprefix("日常")]
    named: dict[str, tuple[int, int]] = {}
    for start, end in members(found):
        code = class_of(folded.text[start:end], classes)
        if code:
            named[f"econ:{code}"] = (start, end)
    left_out = [
        label_of(item)
        for item in sorted(paid - named.keys())
        if item.startswith(tuple(f"econ:{one}" for one in classes))
        and len(item) == len("econ:30101")
    ]
    for item, place in named.items():
        if item in known and item not in paid:
            items = join(left_out, phrases.ENUMERATION)
            told = phrases.LISTED_BUT_ZERO(
                item=label_of(item),
                use=Bilingual.quoted(found["use"]),
                instead=phrases.PAID_INSTEAD(items=items) if left_out else NOTHING,
            )
            yield finding("listed-but-zero", "error", told, folded.span(*place))


def members(found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The stretches between the marks of the list."""
    start = found.start("list")
    for mark in [*MARK.finditer(found.string, start, found.end("list")), None]:
        end = mark.start() if mark else found.end("list")
        if end > start:
            yield start, end
        start = mark.end() if mark else end


def class_of(name: str, classes: tuple[str, ...]) -> str | None:
    """The economic class (款) that a list names, among these classes."""
    code = find_economic_class(name)
    if code is None or not code.startswith(classes) or economic_classes()[code].level != "group":
        return None
    return code
