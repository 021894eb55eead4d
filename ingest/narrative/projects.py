"""Projects told in words: the descriptions that a budget gives of its projects, and lists of their money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ingest.facts import Project
from ingest.narrative.clauses import Clause, cut_clauses
from ingest.narrative.folding import Folded
from ingest.narrative.headings import lines_outside_tables
from ingest.narrative.numbering import find_mark
from ingest.narrative.outline import Section
from ingest.reading.document import Document

MONEY = r"(?P<amount>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|万|元)"
# 某专项（政策资金）经费情况说明: what stands before these words is the name of the project.
TITLE = re.compile(r"^(?P<name>.+?)(?:的)?(?:项目)?经费(?:的)?情况(?:说明)?$")
NO_NAME = re.compile(
    r"^(?:\d{4}年(?:度)?)?(?:(?:重点|部门|单位|财政|预算|专项|政策)?(?:项目|资金)?(?:支出)?)$"
)
# The parts of a description that are read.
PART = re.compile(
    r"^(?:项目)?(?:(?P<name>名称)|(?P<budget>(?:年度|资金)?(?:预算|资金)(?:安排|金额)?)|(?P<goals>(?:年度)?绩效目标))(?:情况)?[:。]?$"
)
# The money of the whole project.
WHOLE = re.compile(
    rf"(?:\d{{4}}年(?:度)?)?[^，。；:\d]{{0,12}}?(?:项目)?(?:年度)?(?:预算总额|总预算|预算安排|年度预算|预算|安排资金|预算资金)(?:资金|金额)?(?:共计|共|为|是|:)*{MONEY}"
)
# One use of the money, by its name.
USE = re.compile(rf"(?:其中:?)?(?P<name>[一-龥()A-Za-z\"]{{2,40}}?)(?:为|:)?{MONEY}")
NO_PROJECT = re.compile(r"季度|合计|总计|共计|预算|计划|安排|用款|支付")
PROJECT_NAME = re.compile(r"(?:费|经费|项目|专项|资金|补贴|补助|工程)(?:\([^()]*\))?$")
ELSEWHERE = re.compile(r"^(?:详见|见附件|见附表|无。?$)")
# 编报绩效目标的项目共4个，涉及项目预算资金598.46万元。其中：某费418.80万元，…
ANNOUNCED = re.compile(
    rf"项目[^，。；]{{0,8}}?(?P<count>\d{{1,3}})个[^。；]{{0,40}}?{MONEY}[。；，]其中:?"
)


def read_told_projects(document: Document, sections: Sequence[Section]) -> Iterator[Project]:
    """The projects that are described or listed in words, as often as they are told. The span of a project
    is what states its money."""
    for section in sections:
        if section.role == "project":
            yield from read_description(document, section)
        elif section.role == "performance":
            yield from read_list(Folded.of(document, section.start, section.end))


def with_told(given: Iterable[Project], told: Iterable[Project]) -> tuple[Project, ...]:
    """The projects that tables give, and those of the told ones that are not among them, once each."""
    projects = [*given]
    names = {bare_name(project.name) for project in projects}
    for project in told:
        if bare_name(project.name) not in names:
            names.add(bare_name(project.name))
            projects.append(project)
    return tuple(projects)


def bare_name(name: str) -> str:
    """A name by which a project is the same in a text and in a table.

    >>> bare_name("示例专项（政策资金）")
    '示例专项'
    """
    return re.sub(r"[（(][^（）()]*[)）]|\s", "", name)


def read_description(document: Document, section: Section) -> Iterator[Project]:
    """The project of one description (经费情况说明), or those that its budget lists where its title and its
    text name none."""
    parts = parts_of(document, section)
    if "budget" not in parts:
        return
    budget = Folded.of(document, *parts["budget"])
    name = name_in_title(section) or stretch(document, parts, "name")
    if not name:
        yield from read_uses(budget)
        return
    found = WHOLE.match(budget.text) or re.compile(MONEY).match(budget.text)
    if found is not None:
        end = end_of_uses(budget, found)
        goals = stretch(document, parts, "goals")
        yield make_project(budget, name, found, end, goals)


def name_in_title(section: Section) -> str:
    found = TITLE.search(section.heading.title) if section.heading else None
    if found is None or section.heading is None:
        return ""
    mark = find_mark(found.group("name"))
    name = found.group("name")[mark.length if mark else 0 :]
    return "" if NO_NAME.search(name) else name


def parts_of(document: Document, section: Section) -> dict[str, tuple[int, int]]:
    """Where the text of each part stands: behind its title, up to the next one, without tables."""
    parts: dict[str, tuple[int, int]] = {}
    part = ""
    for start, end in lines_outside_tables(document):
        start, end = max(start, section.start), min(end, section.end)
        if start >= end or not document.text[start:end].strip():
            continue
        text = Folded.of(document, start, end).text
        mark = find_mark(text)
        title = PART.match(text[mark.length :]) if mark else None
        if mark and mark.level == 1:
            part = (title.lastgroup or "") if title else ""
        elif part and not ELSEWHERE.search(text) and is_next(document, parts.get(part), start):
            parts[part] = (parts.get(part, (start, end))[0], end)
    return parts


def is_next(document: Document, known: tuple[int, int] | None, start: int) -> bool:
    """Whether nothing but blanks stands between what is known of a part and this place."""
    return known is None or not document.text[known[1] : start].strip()


def stretch(document: Document, parts: dict[str, tuple[int, int]], part: str) -> str:
    return "".join(document.text[slice(*parts[part])].split()) if part in parts else ""


def end_of_uses(budget: Folded, whole: re.Match[str]) -> int:
    """Where the text of the money ends: with its sentence, where the uses it lists add up to the whole."""
    stop = budget.text.find("。", whole.end())
    end = stop if stop >= 0 else len(budget.text)
    uses = [
        found
        for clause in cut_clauses(budget.text[whole.end() : end])
        if (found := USE.fullmatch(clause.text)) and not re.search("合计|总计", clause.text)
    ]
    total = sum(number(found) for found in uses)
    return end if uses and total == number(whole) else whole.end()


def number(found: re.Match[str]) -> Decimal:
    return Decimal(found.group("amount").replace(",", ""))


def read_uses(budget: Folded) -> list[Project]:
    """The projects of a list; none where one of its amounts is of no project."""
    told = [*uses_of(budget, cut_clauses(budget.text), 0)]
    return told if all(PROJECT_NAME.search(project.name) for project in told) else []


def read_list(folded: Folded) -> Iterator[Project]:
    """The projects listed behind the words that announce their number and money, where both are right."""
    announced = ANNOUNCED.search(folded.text)
    if announced is None:
        return
    stop = folded.text.find("。", announced.end())
    listed = folded.text[announced.end() : stop if stop >= 0 else len(folded.text)]
    told = [*uses_of(folded, cut_clauses(listed), announced.end())]
    money = sum(Decimal(project.initial_budget or 0) for project in told)
    if len(told) == int(announced.group("count")) and money == number(announced):
        yield from told


def uses_of(folded: Folded, clauses: Sequence[Clause], offset: int) -> Iterator[Project]:
    """A project for every clause that is a name with an amount; none at all where a clause states an
    amount otherwise."""
    found = [USE.fullmatch(clause.text) for clause in clauses]
    plain = [not re.search(r"\d", clause.text) for clause in clauses]
    if not all(one or bare for one, bare in zip(found, plain, strict=True)):
        return
    for clause, use in zip(clauses, found, strict=True):
        if use is None or NO_PROJECT.search(use.group("name")):
            continue
        start = offset + clause.start
        rest = folded.behind(start)
        yield make_project(rest, use.group("name").strip('"'), use, use.end(), "")


def make_project(folded: Folded, name: str, money: re.Match[str], end: int, goals: str) -> Project:
    unit = "元" if money.group("unit") == "元" else "万元"
    return Project(
        name=name,
        span=folded.span(money.start(), end),
        unit=unit,
        initial_budget=money.group("amount").replace(",", ""),
        goals=goals or None,
    )
