"""Internal offices (内设机构): the stated number and the names that are listed with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.facts import Announcement, Name
from ingest.narrative.bodies import (
    KIND_OF_OFFICE,
    LISTED,
    NUMBER,
    OFFICE_END,
    SENTENCE_END,
    end_of_list,
    read_count,
    split_names,
)
from ingest.narrative.folding import Folded

# What internal offices are called together.
OFFICE_KIND = r"(?:内设|综合|职能|办事|行政|业务|[正副]科级){0,3}(?:机构|科室|处室|股室|部室|庭室|部门|科|室|处|股|部|庭)(?:\([股科处]室\))?"
OFFICES_TOGETHER = (
    r"(?:内设|综合|职能|办事|行政|业务){0,3}(?:机构|科室|处室|股室|部室|庭室|内设部门|现有部门)"
)
THAT_IS = r"[:，]?(?:具体|分别)*(?:即|是|为|包括|有|:)*[:，]?"
INNER = r"(?:内设机构(?:有|为|包括|:)+|内设|下设|设置|设立|设有|(?<!建)(?<!开)设)"
# 设3个内设机构：综合科、… | 内设机构9个，分别为：…
COUNTED = re.compile(
    rf"(?P<announced>{INNER}(?:下列|以下)?{NUMBER}{OFFICE_KIND}"
    rf"|{OFFICES_TOGETHER}{NUMBER.replace('count', 'count_behind')}){THAT_IS}{LISTED}"
)
# 临床科室26个、医技科室8个: no list of names.
KINDS_COUNTED = re.compile(rf"[、，]{KIND_OF_OFFICE.pattern}(?:共|有)?\d{{1,3}}个")
# 设置综合科、政策法规科等8个内设机构: the opening, and the number behind the list in the same sentence.
OPENING = re.compile(rf"{INNER}(?:有|为|包括|:)*(?!\d)(?=[^。；])")
OPENED = re.compile(INNER)
COUNTED_BEHIND = re.compile(rf"，?(?P<announced>(?:等)?(?:共)?(?:计)?{NUMBER}{OFFICE_KIND})")
# 某委机关（包括办公室、法规处2个内设处室）
IN_BRACKETS = re.compile(
    rf"\((?:包括|包含|含|有)(?P<list>[^()。；]+?)(?P<announced>(?:等)?(?:共)?(?:计)?{NUMBER}{OFFICE_KIND})\)"
)
# 内设机构包括：办公室、预算科。 without any number; 设有办公室、人事股、计划财务股。
UNCOUNTED = re.compile(
    r"(?:内设机构(?:设置)?(?:情况)?(?:具体|分别|主要)?(?:有|为|是|包括|:)+|(?:内设|下设|设有|设置(?:情况:)?|设立)(?:内设|下设|有|了|:)*(?:(?:以下|下列)(?:内设)?(?:机构|科室|处室|部门)(?:有|为|:)*)?)(?P<list>[^。；\d]+)"
)


# Offices of the party and of mass organisations, as every school and hospital has them.
PARTY_OFFICE = re.compile(r"(?:机关)?(?:党委|纪委|团委|工会|工委|妇委会|党总支|党支部)")


class Offices(NamedTuple):
    """Places of a list in folded text, and of the words that state how many it names."""

    start: int
    listed: tuple[int, int]
    announced: tuple[int, int]
    number: str


def read_internal_offices(folded: Folded, offices: list[Name]) -> Iterator[Announcement]:
    """The stated number of internal offices; the listed ones are added to `offices`."""
    found = find_offices(folded.text)
    if found is None:
        offices.extend(read_uncounted(folded))
        return
    offices.extend(split_names(folded, *found.listed))
    if offices and found.number:
        span = folded.span(*found.announced)
        yield Announcement("internal-offices", read_count(found.number), len(offices), span)


def read_uncounted(folded: Folded) -> list[Name]:
    """The offices of a list without any number: at least two, and nothing but offices."""
    for found in UNCOUNTED.finditer(folded.text):
        names = [*split_names(folded, *found.span("list"))]
        if len(names) > 1 and all(is_office(name.text) for name in names):
            return names
    return []


def is_office(name: str) -> bool:
    return OFFICE_END.search(name) is not None or PARTY_OFFICE.fullmatch(name) is not None


def find_offices(text: str) -> Offices | None:
    """The first list of internal offices of a folded text, counted ones before others; in linear time."""
    finders = (counted(text), counted_behind(text), in_brackets(text))
    found = [one for one in finders if one is not None]
    return min(found, key=lambda one: one.start) if found else None


def counted(text: str) -> Offices | None:
    found = next(
        (one for one in COUNTED.finditer(text) if not KINDS_COUNTED.match(one.group("list"))), None
    )
    if found is None:
        return None
    count = found.group("count") or found.group("count_behind")
    start, end = found.span("list")
    return Offices(
        found.start(), (start, end_of_list(text, start, end)), found.span("announced"), count
    )


def counted_behind(text: str) -> Offices | None:
    """The list of the first sentence that opens one and counts it behind; no opening is tried twice in
    a sentence, which keeps a long text without full stops cheap."""
    opening = OPENING.search(text)
    while opening is not None:
        stop = SENTENCE_END.search(text, opening.end())
        end = stop.start() if stop else len(text)
        behind = COUNTED_BEHIND.search(text, opening.end() + 1, end)
        if behind is not None and not OPENED.search(text, opening.end(), behind.start()):
            listed = (opening.end(), behind.start())
            return Offices(opening.start(), listed, behind.span("announced"), behind.group("count"))
        opening = OPENING.search(text, end)
    return None


def in_brackets(text: str) -> Offices | None:
    found = IN_BRACKETS.search(text)
    if found is None:
        return None
    return Offices(found.start(), found.span("list"), found.span("announced"), found.group("count"))
