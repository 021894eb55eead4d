"""The profile of the office: its name, place, level and year, and the bodies around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.facts import NAME_LISTS, Announcement, Kind, Level, Name, Organization, Span
from ingest.narrative.bodies import distinct, find_listed
from ingest.narrative.folding import Folded
from ingest.narrative.internal_offices import read_internal_offices
from ingest.narrative.numbering import find_mark
from ingest.narrative.office_name import read_office_name
from ingest.narrative.outline import Section
from ingest.narrative.regions import find_region
from ingest.narrative.title import cover_lines, read_kind, read_title, read_year, with_digits
from ingest.narrative.units import read_units
from ingest.reading.document import Document

NAMEPLATE = re.compile(r"(?:加挂|增挂|挂)(?P<list>[^，。；:]{3,60}?)(?:的)?(?:牌子|牌)")
ABOLISHED = re.compile(r"不再保留(?P<list>[^。；，]+)")
# 我局由原甲局、乙局合并组建; 工作组由甲局组建 tells who founded it.
FOUNDED_FROM = re.compile(
    r"(?:^|[，。；:]|[局委厅办院会馆所站校心](?=由原|由[^，。；]{3,80}?(?:合并|整合)))"
    r"由(?P<list>[^，。；]+?)(?:合并|整合|重新)*(?:组建|而成)"
)
# 由原甲局更名而来; 原甲局更名为乙局.
RENAMED = re.compile(
    r"(?:由|将|(?<![一-龥]))(?:原|原来的)?(?P<list>[^，。；:由将原]{3,40}?)(?:正式|整体)?(?:更名|改名|改组)(?:为|而来)"
)
ABOUT_OFFICE = ("profile", "offices", "units", "reform")
# 部门职责及机构设置: the duties share their section with the offices.
SHARED_TITLE = re.compile(r"机构(?!职)|构成|编制")


@dataclass(frozen=True, slots=True)
class Profile:
    """What the front of a document says of it."""

    title: Name
    fiscal_year: str
    kind: Kind
    organization: Organization


def read_profile(document: Document, sections: Sequence[Section]) -> Profile:
    """The title, year, kind and office of a disclosure.

    Raises:
        DocumentError: no office or no fiscal year is named.
    """
    end = sections[0].end
    title = read_title(document, end)
    folded = with_digits(Folded.of(document, title.span.start, title.span.end).text)
    cover = [with_digits(text) for _, _, text in cover_lines(document, end)]
    name, own = read_office_name(document, folded, cover)
    organization = read_organization(document, sections, name, own, [folded, *cover])
    return Profile(title, read_year(document, folded), read_kind(document, folded), organization)


def read_organization(
    document: Document, sections: Sequence[Section], name: str, own: bool, hints: Sequence[str]
) -> Organization:
    """The office with the bodies around it; `hints` are folded words that may name its region."""
    names: dict[str, list[Name]] = {field: [] for field in NAME_LISTS}
    announcements: list[Announcement] = []
    for section in sections_about_office(document, sections):
        folded = Folded.of(document, section.start, section.end)
        if section.role != "duties":
            if not names["internal_offices"]:
                announcements.extend(read_internal_offices(folded, names["internal_offices"]))
            announcements.extend(read_units(document, section, names["subordinate_units"]))
        names["also_known_as"].extend(find_listed(folded, NAMEPLATE))
        for pattern in (ABOLISHED, FOUNDED_FROM, RENAMED):
            names["predecessors"].extend(find_listed(folded, pattern))
    level: Level = "unit" if own else "department"
    counts = [one.announced for one in announcements if one.of == "internal-offices"]
    return Organization(
        name=name,
        level=level,
        region=find_region(name, hints),
        span=find_name(document, name),
        internal_office_count=counts[0] if counts else None,
        announcements=tuple(announcements),
        **{field: without_repetitions(field, found) for field, found in names.items()},
    )


def without_repetitions(field: str, names: list[Name]) -> tuple[Name, ...]:
    """Each name once. The names of bodies are shortened; of internal offices 办公室 is another than 审判管理办公室."""
    if field != "internal_offices":
        return distinct(names)
    return tuple({name.text: name for name in reversed(names)}.values())[::-1]


def sections_about_office(document: Document, sections: Sequence[Section]) -> Iterator[Section]:
    """The sections that tell of the office; of duties their opening sentences, or all of the section where
    its title promises more than duties."""
    for section in sections:
        if section.role in ABOUT_OFFICE:
            yield section
        elif section.role == "duties" and section.heading:
            if SHARED_TITLE.search(section.heading.title):
                yield Section("offices", section.fund, section.heading, section.start, section.end)
            else:
                end = first_numbered_line(document, section)
                yield Section("duties", section.fund, section.heading, section.start, end)


def first_numbered_line(document: Document, section: Section) -> int:
    """Where the first numbered line of a section begins; its start where none is numbered."""
    for start, end in document.lines():
        inside = section.start <= start < section.end
        if inside and find_mark(Folded.of(document, start, end).text):
            return start
    return section.start


def find_name(document: Document, name: str) -> Span:
    """Where the document first prints the name: on a line, or else broken over lines."""
    for start, end in document.lines():
        if name[:1] in document.text[start:end]:
            folded = Folded.of(document, start, end)
            place = folded.text.find(name)
            if place >= 0:
                return folded.span(place, place + len(name))
    folded = Folded.of(document, 0, len(document.text))
    place = folded.text.find(name)
    return folded.span(place, place + len(name))
