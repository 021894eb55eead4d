"""The outline of a disclosure: its titles become sections with a known role, whatever its form.

National template, part-and-section forms, budgets and three-public statements share this one model.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.narrative.contents import entries_of_contents, words_of_entry
from ingest.narrative.folding import Folded
from ingest.narrative.funds import narrower
from ingest.narrative.headings import (
    UNNUMBERED,
    Heading,
    find_headings,
    lines_outside_tables,
    names_accounts,
)
from ingest.narrative.numbering import find_mark
from ingest.narrative.roles import UNKNOWN, find_role
from ingest.reading.document import Document


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the document [start, end) under one title, up to the next title of any level."""

    role: str
    fund: str
    heading: Heading | None
    start: int
    end: int


# A sentence of the text, as against a line of the cover.
PROSE = re.compile(r"[^。]{8}。")
MONEY = re.compile(r"\d(?:万|亿|千)?元")
# Where the duties are told to their end and the offices follow without a title.
OFFICES_FOLLOW = re.compile(
    r"(?!\(|第|[一二三四五六七八九十]+[是、])[^。；]{0,60}?(?:内设|下设|设有|设置|设)"
    r"(?:[^，。；]{0,160}?[0-9一二三四五六七八九十两]+个[^，。；]{0,8}(?:机构|科|处|股|部|室)|[^，。；]{0,4}(?:机构|科室|处室|股室)[:有为])"
)


def find_sections(document: Document) -> tuple[Section, ...]:
    """The sections of the document in order, found once a document."""
    return document.once(search_sections)


def search_sections(document: Document) -> tuple[Section, ...]:
    """The sections of the document in order; they cover it from end to end but for the titles.

    What stands before the first title is the role "front"; where a text follows the title of the
    document without any heading, it is a section with the role of that title.
    """
    found = [*drop_running_titles([*in_own_words(document, find_headings(document))])]
    over_text = drop_titles_over_prose(document, found)
    headings = [*drop_inner_headings(over_text, entries_of_contents(document))]
    first = headings[0].span.start if headings else len(document.text)
    sections = [*front_sections(document, first)]
    above: list[tuple[int, str, str]] = []
    for heading, following in pairwise([*headings, None]):
        assert heading is not None
        end = following.span.start if following else len(document.text)
        above = [outer for outer in above if outer[0] < heading.mark.level]
        fund = fund_of(heading, above[-1] if above else (0, "", "all"))
        above.append((heading.mark.level, heading.role.name, fund))
        section = Section(heading.role.name, fund, heading, heading.body, end)
        sections.extend(part_offices(document, section))
    return tuple(merge_table_of_contents(sections))


# The document's own words for what the three public expenses are paid from, in its glossary or its text.
GENERAL_THREE_PUBLIC = re.compile(
    r"三公[”\"]?经费[^。]{0,30}?一般公共预算(?:财政)?拨款安排|一般公共预算(?:财政)?拨款安排(?:的)?[“\"]?三公"
)


def in_own_words(document: Document, headings: Iterable[Heading]) -> Iterator[Heading]:
    """The headings; a title 财政拨款“三公” stands for the general public budget where the document
    says elsewhere that this is what pays for it."""
    said: bool | None = None
    for heading in headings:
        if heading.role.name == "three-public" and heading.role.fund == "fiscal":
            said = GENERAL_THREE_PUBLIC.search(document.text) is not None if said is None else said
            if said:
                heading = replace(heading, role=replace(heading.role, fund="general"))
        yield heading


# A title without a number that stands so often heads the pages, not a section.
FEWEST_OF_RUNNING_TITLE = 3


def drop_running_titles(headings: Sequence[Heading]) -> Iterator[Heading]:
    """The headings without a title that every page prints on top; before all others it is one itself."""
    plain = [one.title for one in headings if one.mark is UNNUMBERED and one.role.name != "tables"]
    running = {title for title, times in Counter(plain).items() if times >= FEWEST_OF_RUNNING_TITLE}
    begun = False
    for heading in headings:
        if heading.mark is UNNUMBERED and heading.title in running and begun:
            continue
        begun = True
        yield heading


def fund_of(heading: Heading, outer: tuple[int, str, str]) -> str:
    """The fund of a section: the narrower of its own and the one it stands in. Sections inside of one
    of the same role say nothing new; the three public expenses share their fund with no other subject."""
    _, role, fund = outer
    if role == "three-public" and heading.role.name != role:
        return heading.role.fund
    return fund if role == heading.role.name else narrower(fund, heading.role.fund)


def front_sections(document: Document, first: int) -> Iterator[Section]:
    """The front, and the text behind the title that stands under no heading."""
    begin, role = first, None
    for start, end in lines_outside_tables(document):
        if start >= first:
            break
        text = Folded.of(document, start, min(end, first)).text
        if (
            role is None
            and re.search(r"20\d\d年", text)
            and names_accounts(text)
            and len(text) < 90
        ):
            role = find_role(re.sub(r"。.*", "", text) + "情况说明")
        elif role is not None and PROSE.search(text):
            begin = start
            break
    yield Section("front", "all", None, 0, begin)
    if begin < first and role is not None:
        yield Section(role.name, role.fund, None, begin, first)


def part_offices(document: Document, section: Section) -> Iterator[Section]:
    """The section; one of duties is ended by a line that tells the offices, which becomes their own."""
    if section.role == "duties":
        for start, end in document.lines():
            if not section.start < start < section.end:
                continue
            text = Folded.of(document, start, end).text
            if find_mark(text) is None and OFFICES_FOLLOW.match(text):
                yield replace(section, end=start)
                yield Section("offices", section.fund, None, start, section.end)
                return
    yield section


# Sections whose numbered items are their content, and the titles that end them all the same.
CONTENT_IS_NUMBERED = {
    "duties": ("offices", "units", "reform", "tasks"),
    "project": (),
    "glossary": (),
}


# 一、主要职能 with （一）主要职能 in it: the duties begin at the inner title.
DUTIES_AGAIN = re.compile(
    r"^[（(]?[一1][）)、.．][^，。；]{0,20}?(?:主要|基本)?(?:职能职责|职[能责])(?:简介|情况)?$"
)


def drop_inner_headings(
    headings: Iterable[Heading], entries: set[tuple[int, str]]
) -> Iterator[Heading]:
    """The headings without numbered items of duties, of the glossary and of tables that look like
    titles, and without unknown titles that only divide the section they stand in. What is an `entry` of
    the contents is a title."""
    outer: Heading | None = None
    last: Heading | None = None
    numbers: dict[int, int] = {}
    seen: set[tuple[int, str]] = set()
    for heading in headings:
        if is_again(heading, seen, entries) or goes_on(heading, outer, numbers):
            outer = last = None
        seen.add(words_of(heading))
        if heading.role is UNKNOWN and last and heading.mark.level > last.mark.level:
            continue
        if outer is not None and is_content(heading, outer):
            numbers.pop(heading.mark.level, None)
            continue
        outer = heading if heading.role.name in (*CONTENT_IS_NUMBERED, "tables") else None
        last = heading
        numbers[heading.mark.level] = heading.mark.value
        yield heading


def is_again(heading: Heading, seen: set[tuple[int, str]], entries: set[tuple[int, str]]) -> bool:
    """Whether a title stands in the contents; those without a title of their own have shown as sections."""
    if heading.role.name == "duties" and words_of(heading) in seen:
        return True
    return (heading.mark.level, words_of_entry("".join(heading.title.split()))) in entries


def goes_on(heading: Heading, outer: Heading | None, numbers: dict[int, int]) -> bool:
    """Whether a number goes on with that before a title without a number (部门职责：): （二） behind （一）."""
    if outer is None or outer.role.name == "tables" or heading.mark is UNNUMBERED:
        return False
    if outer.mark is not UNNUMBERED:
        return False
    return numbers.get(heading.mark.level) == heading.mark.value - 1 > 0


def is_content(heading: Heading, outer: Heading) -> bool:
    """Whether what looks like a title is an item of the duties or the glossary, or a row of a table:
    二、政府性基金预算财政拨款收入."""
    if heading.mark.level <= outer.mark.level and outer.role.name != "tables":
        return False
    if outer.role.name == "tables":
        return heading.mark.level > 0 and not re.search(r"(?:说明|情况|解释|表)$", heading.title)
    return (
        heading.role.name not in CONTENT_IS_NUMBERED[outer.role.name]
        and DUTIES_AGAIN.search(heading.title) is None
    )


def drop_titles_over_prose(document: Document, headings: Sequence[Heading]) -> Iterator[Heading]:
    """The headings without titles of tables that a text with amounts follows: it goes on with the
    section that the table stands in."""
    prose = [place for place in lines_outside_tables(document) if tells_amounts(document, *place)]
    starts = [start for start, _ in prose]
    for heading, following in pairwise([*headings, None]):
        assert heading is not None
        end = following.span.start if following else len(document.text)
        told = bisect_left(starts, end) - bisect_left(starts, heading.body)
        if told and heading.mark is UNNUMBERED and heading.role.name == "tables":
            continue
        yield heading


def tells_amounts(document: Document, start: int, end: int) -> bool:
    """Whether a line is a sentence with an amount."""
    line = document.text[start:end]
    return MONEY.search(line) is not None and PROSE.search(line) is not None


def merge_table_of_contents(sections: list[Section]) -> list[Section]:
    """Titles that repeat further down are a table of contents: their sections are of the front."""
    titles = {
        words_of(section.heading): index
        for index, section in enumerate(sections)
        if section.heading is not None
    }
    return [
        replace(section, role="front")
        if section.heading is not None
        and titles[words_of(section.heading)] > index
        and section.end - section.start < 3
        else section
        for index, section in enumerate(sections)
    ]


def words_of(heading: Heading) -> tuple[int, str]:
    """The level and the words of a title, by which it is the same as its entry in the contents."""
    return heading.mark.level, re.sub(r"\W|\d", "", heading.span.quote)
