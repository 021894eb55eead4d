"""The name of the office that discloses: from the title, the cover, the titles of parts, or the first sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from ingest.narrative.bodies import BODY, LONGEST_NAME, OWN_LEVEL, ends_as_body, is_name
from ingest.narrative.folding import Folded
from ingest.narrative.headings import find_headings
from ingest.narrative.named_with_place import find_name_with_place
from ingest.narrative.regions import read_region
from ingest.reading.document import Document, DocumentError
from ontology.divisions import find_division

# 重庆市某区某局2020年度部门决算公开说明 | 关于某局2021年部门预算的公开说明
TITLE = re.compile(
    r"^(?:关于)?(?:公开|公布)?(?P<before>.*?)(?:关于)?\(?(?P<year>\d{4})年(?:度)?\)?(?P<rest>.*)$"
)
TITLE_WORDS = re.compile(
    r"(?:[省市区县]级|本级)?(?:部门|单位)?(?:整体)?(?:支出|项目)?(?:预|决)算(?:公开|情况|说明|信息|报告)*.*$"
    r"|(?:\"?三公\"?经费).*$|(?:部门|单位)?(?:整体|项目)?(?:支出)?绩效.*$|(?:的)?(?:公开)?说明$|(?:的)?公开(?:文档|资料|信息)$"
)
# 预算主管部门：… on a cover, 编制单位：… above a table.
LABEL = re.compile(
    r"(?:^|[(\s])(?P<label>(?:预算|决算)?(?:主管|编制|编报|填报|公开|公示)?(?:部门|单位)(?:\((?:单位|公章|盖章)\))?(?:名称)?)"
    rf"[ \u3000]*[:：][ \u3000]*(?P<name>[一-龥（）()]{{3,{LONGEST_NAME}}})"
)
# 部门决算公开（某局）
IN_BRACKETS = re.compile(r"\(([一-龥]{4,40})\)")
# 某市某局（某市另一局）2021年度…: an office with two names.
OTHER_NAME = re.compile(
    rf"^(?:\d{{4}}年度?)?(?P<name>[一-龥]{{3,40}}?{BODY})\((?P<list>[一-龥]{{5,40}}{BODY})\)(?=\d{{4}}年|(?:部门|单位)?[决预]算)"
)
# 某局所属某市某馆: the unit, told with the office that it belongs to.
PARENT = re.compile(r"^[一-龥]{4,30}?(?:所属|下属|直属)(?=[一-龥]{2,12}[市县区旗省州])")
NOT_OF_THE_OFFICE = re.compile(r"\((?:部门|单位|汇总|系统|公章|盖章)\)$")
SELF_DESCRIPTION = re.compile(
    rf"(?P<name>[一-龥]{{4,40}}?{BODY})(?P<own>\(本级\)|\(机关\)|本级)?(?:是|为|的职能|的主要职|属于|作为)"
)
# No cover has more; a text without any heading is all cover.
LINES_OF_COVER = 60
DEPARTMENT = re.compile(r"[一-龥]{4,20}?部门(?=\d{4}年)")
# 《某局职能配置、内设机构和人员编制规定》
REGULATION = re.compile(rf"(?P<name>[一-龥]{{4,30}}{BODY})职能配置、?内设机构")
NAMED_TITLE = re.compile(
    r"^(?:第.{1,3}部分)?[:：]?(?P<name>[一-龥()]{4,40}?)(?:20\d\d年度?)?(?:部门|单位)?(?:基本)?(?:概况|主要职[能责]|职能职责|机构设置|[决预]算)"
)


def read_office_name(document: Document, title: str, cover: Sequence[str]) -> tuple[str, bool]:
    """The name of the office without （本级）, and whether the document is of the office alone.

    `title` and `cover` (the lines before the first section) are folded.

    Raises:
        DocumentError: no office is named.
    """
    own = bool(OWN_LEVEL.search(title)) or speaks_of_unit(document, title, cover)
    for candidate in chain(
        candidates_on_cover(title, cover),
        lines_on_cover(document, cover),
        candidates_below(document),
    ):
        name = clean_name(candidate)
        if ends_as_body(name) and len(name) > 1:
            return in_full(name, cover, parts_of(document)), own
    told, of_itself = name_in_text(document, title)
    return told, own or of_itself


def name_in_text(document: Document, title: str) -> tuple[str, bool]:
    """The name by the regulation of the office or by a sentence, and whether it tells of the office alone;
    else a title that only calls it a department of its place (示例省交通运输部门)."""
    regulated = REGULATION.search(document.text)
    if regulated is not None:
        return regulated.group("name"), False
    for start, end in document.lines():
        described = SELF_DESCRIPTION.match(Folded.of(document, start, end).text)
        if described is not None:
            return described.group("name"), bool(described.group("own"))
    placed = find_name_with_place(document)
    if placed is not None:
        return placed.quote, False
    department = DEPARTMENT.match(title)
    if department is not None and find_division(department.group()):
        return department.group(), False
    raise DocumentError(
        "holds no disclosure: no office is named in its title or its first sentences"
    )


def clean_name(candidate: str) -> str:
    """The name without （本级） and such like."""
    bare = NOT_OF_THE_OFFICE.sub("", PARENT.sub("", candidate.strip("的 -—")))
    return OWN_LEVEL.sub("", bare).strip("的 -—")


def candidates_on_cover(title: str, cover: Sequence[str]) -> Iterator[str]:
    label = LABEL.search(title)
    if label:
        yield label.group("name")
    found = TITLE.match(title)
    with_other = OTHER_NAME.match(title)
    if with_other:
        yield with_other.group("name")
    if found or re.search(r"[决预]算|三公|绩效|概况", title) or find_division(title):
        yield TITLE_WORDS.sub("", found.group("before") or found.group("rest") if found else title)
    yield from IN_BRACKETS.findall(title)
    for line in cover:
        label = LABEL.search(line)
        if label:
            yield label.group("name")


def lines_on_cover(document: Document, cover: Sequence[str]) -> Iterator[str]:
    """The names that stand on lines of the cover, be they broken over up to three; one that tells no place and
    that the text never repeats is of the page around it (新闻中心)."""
    for place, line in enumerate(cover[:LINES_OF_COVER]):
        for first in range(max(0, place - 2), place + 1):
            joined = "".join(cover[first : place + 1])
            whole = first == place or (read_region(joined) and not read_region(line))
            if (
                whole
                and is_name(joined)
                and (read_region(joined) or document.text.count(joined) > 1)
            ):
                yield joined
                break


def in_full(name: str, cover: Sequence[str], parts: Sequence[str]) -> str:
    """The name as a line of the cover gives it, with its place before it, or as the title of a part does,
    with what the title of the document leaves out (某县人大常委会, 某县人大常委会办公室概况)."""
    if find_division(name):
        longer = [part for part in parts if is_name(part) and part.startswith(name)]
    else:
        longer = [line for line in cover if is_name(line) and line.endswith(name)]
        longer += [part for part in parts if is_name(part) and name in part]
    return max((one for one in longer if find_division(one)), key=len, default=name)


def parts_of(document: Document) -> list[str]:
    """The offices that the titles of parts name (第一部分 某局概况), without （本级）."""
    named = (
        NAMED_TITLE.match(heading.title.replace("（", "(").replace("）", ")"))
        for heading in find_headings(document)
        if heading.mark.level == 0
    )
    return [clean_name(found.group("name")) for found in named if found]


def candidates_below(document: Document) -> Iterator[str]:
    """Names in the titles of parts (第一部分 某局概况) and above tables (编制部门：某局)."""
    yield from parts_of(document)
    for found in LABEL.finditer(document.text):
        yield found.group("name").replace("（", "(").replace("）", ")")


def speaks_of_unit(document: Document, title: str, cover: Sequence[str]) -> bool:
    """Whether the title, a label of the cover, or the first heading that names the accounts, calls them
    those of a unit."""
    called = re.search(r"(部门|单位)[决预]算", title)
    if called:
        return called.group(1) == "单位"
    for line in cover:
        label = LABEL.search(line)
        if label and label.group("label").startswith(("预算", "决算")):
            return "单位" in label.group("label")
    for heading in find_headings(document):
        called = re.search(r"(部门|单位)[决预]算", heading.span.quote)
        if called:
            return called.group(1) == "单位"
    return False
