"""Purposes (主要用于…): what an item is said to pay for belongs to that item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.bilingual import NOTHING, Bilingual
from ingest.checks import phrases
from ingest.checks.findings import finding
from ingest.checks.subjects import label_of
from ingest.facts import Anomaly, DocumentFacts, Observation
from ingest.narrative.folding import Folded
from ingest.reading.document import Document
from ingest.tables.fiscal_table import GENERAL, FiscalRow, FiscalTable

PURPOSE = re.compile(r"(?:主要)?用于:?(?P<purpose>[^。；]{2,80})")
# How far behind the amount's first word its purpose may stand.
REACH = 240


@dataclass(frozen=True, slots=True)
class Benefit:
    """A payment for staff that one kind of item alone pays: codes of items (政府收支分类科目) and words."""

    codes: tuple[str, ...]
    words: re.Pattern[str]


def benefit(codes: str, words: str) -> Benefit:
    return Benefit(tuple(codes.split()), re.compile(words))


BENEFITS = (
    benefit("2080505", r"养老保险"),
    benefit("2080506", r"职业年金"),
    benefit("21011", r"医疗(?:保险|补助|保障|费)|生育保险"),
    benefit("2210201", r"住房公积金"),
    benefit("2210202", r"提租补贴"),
    benefit("2210203", r"购房补贴|住房补贴"),
    benefit("20808", r"抚恤|死亡抚恤|伤残"),
    # Paid by other items too, but by none of those above.
    benefit("20502 20503 20508", r"助学金|奖学金|学生资助|职业技能培训|干部教育培训"),
    benefit("20807", r"就业创业|创业带动就业|就业补助|就业专项"),
    benefit("20819 20820 20821 20825", r"最低生活保障|临时救助|特困人员"),
)  # fmt: skip
# The items that pay one benefit for staff and nothing else.
STAFF_BENEFITS = BENEFITS[:7]
# Classes that pay nothing but some of these benefits (住房保障支出, 住房改革支出 of an office).
CLASSES_OF_BENEFITS = ("221", "22102")
BASIC_WORDS, PROJECT_WORDS = re.compile(r"基本支出"), re.compile(r"项目支出")


def check_purposes(
    document: Document, facts: DocumentFacts, tables: tuple[FiscalTable, ...]
) -> Iterator[Anomaly]:
    """`classification`: a purpose that names the benefit of another item and not its own (error), or
    basic expenditure where the table has projects alone, and the other way round (minor)."""
    rows = {row.item: row for table in tables if table.role == GENERAL for row in table.rows}
    for observation in facts.amounts:
        if not observation.key.item.startswith("func:"):
            continue
        item = label_of(observation.key.item)
        for purpose, folded in purposes_of(document, observation):
            text = purpose["purpose"]
            span = folded.span(*purpose.span())
            named = foreign_benefit(observation.key.item.removeprefix("func:"), text)
            if named:
                told = phrases.FOREIGN_PURPOSE(item=item, named=named)
                yield finding("classification", "error", told, span)
            nature = contradicted_nature(rows.get(observation.key.item), item, text)
            if nature:
                yield finding("classification", "minor", nature, span)


def purposes_of(
    document: Document, observation: Observation
) -> Iterator[tuple[re.Match[str], Folded]]:
    """The purpose told in the item's own paragraph, where the paragraph is about this item alone."""
    start = observation.span.start
    line_start = document.text.rfind("\n", 0, start) + 1
    line_end = document.text.find("\n", start)
    line_end = len(document.text) if line_end < 0 else line_end
    if document.text[line_start : line_start + 1] == "\t":
        return
    folded = Folded.of(document, line_start, min(line_end, start + REACH))
    if len(re.findall(r"\(项\)", folded.text)) > 1:
        return
    found = PURPOSE.search(folded.text)
    if found:
        yield found, folded


def foreign_benefit(code: str, purpose: str) -> str:
    """The words of a benefit that only another item pays; empty where the item's own are named too or
    the item pays no single benefit."""
    own = [one for one in STAFF_BENEFITS if pays(code, one)]
    if not own or any(one.words.search(purpose) for one in own):
        return ""
    for other in BENEFITS:
        found = other.words.search(purpose)
        if other not in own and found:
            return found.group()
    return ""


def pays(code: str, one: Benefit) -> bool:
    """Whether a class or item is there to pay a benefit."""
    of_class = code in CLASSES_OF_BENEFITS and any(item.startswith(code) for item in one.codes)
    return of_class or code.startswith(one.codes)


def contradicted_nature(row: FiscalRow | None, item: Bilingual, purpose: str) -> Bilingual:
    """What the table says against a purpose that speaks of basic or of project expenditure."""
    if row is None or "total" not in row.figures:
        return NOTHING
    total = row.figures["total"].value
    for words, own, other in (
        (BASIC_WORDS, "basic", "project"),
        (PROJECT_WORDS, "project", "basic"),
    ):
        only_other = own not in row.figures and row.figures.get(other)
        if words.search(purpose) and only_other and only_other.value == total and total:
            return phrases.OTHER_NATURE(
                item=item, said=phrases.NATURE[own], total=total, other=phrases.NATURE[other]
            )
    return NOTHING
