"""The outline of a disclosure: numbered titles become sections with a known role.

The role says which facts a section holds and which fund its amounts belong to when they do not say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.facts import Span
from ingest.narrative.folding import Folded
from ingest.narrative.funds import narrower
from ingest.narrative.numbering import Mark, find_mark
from ingest.reading.document import Document

LONGEST_TITLE = 34
SENTENCE_END = re.compile(r"[。；:]")


@dataclass(frozen=True, slots=True)
class Role:
    """What a section is about. `fund` is the default of its amounts."""

    name: str
    title: re.Pattern[str]
    fund: str
    example: str


def role(name: str, title: str, fund: str, example: str) -> Role:
    return Role(name, re.compile(title), fund, example)


# First title that is found decides; narrower subjects stand before wider ones.
ROLES = (
    role("duties", r"职能职责|主要职责|部门职责|单位职责|工作职责|主要职能|部门职能|单位职能|职能简介", "all", "（一）职能职责"),
    role("offices", r"机构设置|内设机构|机构情况|机构编制|人员机构", "all", "（二）机构设置"),
    role("units", r"(?:单位|部门)构成|决算单位|预算单位|编报范围|下属单位", "all", "（三）单位构成"),
    role("reform", r"机构改革", "all", "（四）机构改革情况"),
    role("profile", r"(?:单位|部门)(?:基本)?(?:情况|概况)$", "all", "一、单位基本情况"),
    role("evaluation", r"自评结果|自评表|自评报告|自评情况|评价结果", "all", "（二）绩效自评结果"),
    role("performance", r"绩效", "all", "五、预算绩效管理情况说明"),
    role("glossary", r"名词解释", "all", "六、专业名词解释"),
    role("contact", r"联系方式|信息反馈|咨询电话", "all", "七、决算公开联系方式"),
    role("agency-operation", r"机关运行经费", "all", "（一）机关运行经费情况说明"),
    role("meeting-training", r"会议费|培训费", "all", "（二）会议费和培训费情况"),
    role("assets", r"国有资产(?:占|使用|情况)", "all", "（二）国有资产占用情况说明"),
    role("procurement", r"政府采购", "all", "（三）政府采购支出情况说明"),
    role("three-public", r"\"?三公\"?经费", "general", "三、“三公”经费情况说明"),
    role("gov-fund", r"政府性基金", "gov-fund", "（五）政府性基金预算收支决算情况说明"),
    role("state-capital", r"国有资本经营", "state-capital", "（六）国有资本经营预算财政拨款支出决算情况说明"),
    role("basic", r"(?:财政拨款|一般公共预算)\S*基本支出", "general", "（四）一般公共预算财政拨款基本支出决算情况说明"),
    role("general", r"一般公共(?:预算)?财政拨款|一般公共预算", "general", "（三）一般公共预算财政拨款支出决算情况说明"),
    role("fiscal", r"财政拨款(?:收入|支出|收支|收、支)", "fiscal", "（二）财政拨款收入支出决算总体情况说明"),
    role("overall", r"(?:收入支出|收支|收、支|决算|预算)\S*总体情况|^总体情况|^(?:本年)?(?:收入|支出)(?:决算|预算)?(?:总体)?情况说明", "all", "（一）收入支出决算总体情况说明"),
    role("accounts", r"(?:决算|预算)[^，。]{0,8}(?:情况|说明)", "all", "二、部门决算情况说明"),
    role("other", r"其他(?:需要|重要|事项|情况)", "all", "四、其他需要说明的事项"),
)  # fmt: skip


# A line of its own that ends like a title ends the section before it, whatever it is about.
UNKNOWN_TITLE = re.compile(r"(?:情况|说明|概况|事项)$")
UNKNOWN = role("unknown", "$^", "all", "（九）某某情况")


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered title; `body` is where its own text begins: behind the title, on the same line or the next."""

    mark: Mark
    role: Role
    span: Span
    body: int


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the document [start, end) under one title, up to the next title of any level."""

    role: str
    fund: str
    heading: Heading | None
    start: int
    end: int


def find_headings(document: Document) -> Iterator[Heading]:
    """Every numbered title whose role is known, in document order.

    A list item of the text (（1）一般公共服务支出422.47万元, 8.负责全区政府系统…) is no title: it is longer,
    or it goes on with a number.
    """
    for start, end in document.lines():
        folded = Folded.of(document, start, end)
        mark = find_mark(folded.text)
        if mark is None:
            continue
        heading = heading_of(folded, mark)
        if heading is not None:
            yield heading


def heading_of(folded: Folded, mark: Mark) -> Heading | None:
    rest = folded.text[mark.length :]
    stop = SENTENCE_END.search(rest)
    title = rest[: stop.start()] if stop else rest
    if (
        not title
        or len(title) > LONGEST_TITLE
        or re.search(r"\d+(?:\.\d+)?(?:万元|%|辆|人)", title)
    ):
        return None
    if "，" in title:
        return None
    known = next((role for role in ROLES if role.title.search(title)), None)
    if known is None and not (stop is None and UNKNOWN_TITLE.search(title)):
        return None
    known = known or UNKNOWN
    last = mark.length + len(title)
    following = folded.places[last] + 1 if last < len(folded.places) else folded.places[-1] + 1
    return Heading(mark, known, folded.span(0, last), following)


def find_sections(document: Document) -> tuple[Section, ...]:
    """The sections of the document in order; what stands before the first title is the role "front"."""
    headings = [*drop_inner_headings(find_headings(document))]
    first = headings[0].span.start if headings else len(document.text)
    sections = [Section("front", "all", None, 0, first)]
    above: list[tuple[int, str]] = []
    for heading, following in pairwise([*headings, None]):
        assert heading is not None
        end = following.span.start if following else len(document.text)
        above = [outer for outer in above if outer[0] < heading.mark.level]
        fund = narrower(above[-1][1] if above else "all", heading.role.fund)
        above.append((heading.mark.level, fund))
        sections.append(Section(heading.role.name, fund, heading, heading.body, end))
    return tuple(merge_table_of_contents(sections))


# Sections whose numbered items are their content, and the titles that end them all the same.
CONTENT_IS_NUMBERED = {"duties": ("offices", "units", "reform"), "glossary": ()}


def drop_inner_headings(headings: Iterator[Heading]) -> Iterator[Heading]:
    """The headings without numbered items of duties and of the glossary that look like titles, and
    without unknown titles that only divide the section they stand in."""
    outer: Heading | None = None
    last: Heading | None = None
    for heading in headings:
        ends = CONTENT_IS_NUMBERED.get(outer.role.name, ()) if outer else ()
        if heading.role is UNKNOWN and last and heading.mark.level > last.mark.level:
            continue
        inner = outer is not None and heading.mark.level > outer.mark.level
        if inner and heading.role.name not in ends:
            continue
        outer = heading if heading.role.name in CONTENT_IS_NUMBERED else None
        last = heading
        yield heading


def merge_table_of_contents(sections: list[Section]) -> list[Section]:
    """Titles that repeat further down are a table of contents: their sections are of the front."""
    titles = {
        title_of(section): index
        for index, section in enumerate(sections)
        if section.heading is not None
    }
    return [
        replace(section, role="front")
        if section.heading is not None
        and titles[title_of(section)] > index
        and section.end - section.start < 3
        else section
        for index, section in enumerate(sections)
    ]


def title_of(section: Section) -> str:
    assert section.heading is not None
    return re.sub(r"\W|\d", "", section.heading.span.quote)
