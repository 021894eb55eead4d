"""The profile of the office: its name, place, level and year, and the bodies around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.facts import NAME_LISTS, Announcement, Kind, Level, Name, Organization, Span
from ingest.narrative.folding import Folded
from ingest.narrative.headings import find_headings
from ingest.narrative.numbering import CHINESE_NUMBER, read_ordinal
from ingest.narrative.outline import Section
from ingest.reading.document import Document, DocumentError
from ontology.divisions import divisions, find_division

LONGEST_TITLE = 90
LONGEST_NAME = 40
SENTENCE = re.compile(r"本|该|其中|具体|负责|承担|没有")
# 重庆市某区某局2020年度部门决算公开说明 | 关于某局2021年部门预算的公开说明
TITLE = re.compile(r"^(?:关于)?(?P<before>.*?)(?:关于)?(?P<year>\d{4})年(?:度)?(?P<rest>.*)$")
TITLE_WORDS = re.compile(
    r"(?:部门|单位)?(?:预|决)算(?:公开|情况|说明|信息|报告)*.*$|(?:\"?三公\"?经费).*$|(?:的)?(?:公开)?说明$"
)
OWN_LEVEL = re.compile(r"\((?:本级|机关|机关本级|本部)\)|本级$")
YEAR = re.compile(r"(20\d{2})年度?")
KINDS: tuple[tuple[str, Kind], ...] = (
    ("决算", "final-accounts"),
    ("预算", "budget"),
    ("三公", "three-public"),
    ("绩效", "performance"),
)
BODY = r"(?:局|办公室|委员会|委|中心|政府|街道|街道办事处|办事处|法院|检察院|学校|中学|小学|幼儿园|大学|学院|总队|支队|大队|联合会|总工会|党校|研究院|研究所|管理所|站|馆|院|所|队|处|会|厅|社|团|部|园|镇|乡|医院|协会|场|库|台|厂|公司|农场|林场)"
SELF_DESCRIPTION = re.compile(
    rf"(?P<name>[一-龥]{{4,40}}?{BODY})(?P<own>\(本级\)|\(机关\)|本级)?(?:是|为|的职能|的主要职|属于|作为)"
)
# The place that a name begins with, where no list of divisions knows it.
# Words that end like a county and are none.
NO_COUNTIES = (
    "城市", "社区", "城区", "地区", "辖区", "园区", "景区", "林区", "库区", "矿区", "市区", "学区", "小区",
    "片区", "郊区", "发区", "新区", "业区", "假区", "税区", "范区",
)  # fmt: skip
COUNTY_END = r"(?:区(?!域|划|块|级)|县(?!级)|旗|市(?!场|政|容|民|级|委))" + "".join(
    f"(?<!{word})" for word in NO_COUNTIES
)
PLACE = re.compile(
    r"(?:[一-龥]{2,8}?(?:省|自治区))?(?:[一-龥]{1,8}?(?:市|自治州|地区|盟))?"
    rf"(?:[一-龥]{{1,12}}?{COUNTY_END})?"
)
NUMBER = rf"(?P<count>[0-9]{{1,3}}|两|{CHINESE_NUMBER})个"
# What internal offices are called together.
OFFICE_KIND = r"(?:内设|综合|职能|办事|行政|业务|[正副]科级)*(?:机构|科室|处室|股室|部室|庭室|部门|科|室|处|股|部|庭)(?:\([股科处]室\))?"
OFFICES_TOGETHER = r"(?:内设|综合|职能|办事|行政|业务)*(?:机构|科室|处室|股室|部室|庭室|内设部门)"
THAT_IS = r"[:，]?(?:分别)?(?:即|是|为|包括|有|:)*[:，]?"
INNER = r"(?:内设机构(?:有|为|包括|:)+|内设|下设|设置|设立|设有|(?<!建)(?<!开)设)"
# A numbered list goes on behind a full stop or a semicolon.
LISTED = r"(?P<list>(?:[^。；]|[。；](?=[0-9]{1,2}[.、]|\([0-9]))+)"
# 设3个内设机构：综合科、… | 内设机构9个，分别为：… | 设置综合科、政策法规科等8个内设机构
OFFICES = re.compile(
    rf"(?P<announced>{INNER}(?:下列|以下)?{NUMBER}{OFFICE_KIND}|{OFFICES_TOGETHER}{NUMBER.replace('count', 'count_behind')})"
    rf"{THAT_IS}{LISTED.replace('list', 'after')}"
    rf"|{INNER}(?:有|为|包括|:)*(?P<before>(?!\d)[^。；]+?)，?"
    rf"(?P<announced_behind>(?:等)?(?:共)?(?:计)?{NUMBER.replace('count', 'count_before')}{OFFICE_KIND})"
)
# 下属事业单位2个：… | 1个下属事业单位，即… | 纳入…的二级预算单位包括：… ; 某委所属事业单位 tells the parent.
UNIT_KIND = r"(?:下属|所属|直属|下设|下辖|辖|纳入)[^，。；:]{0,40}?(?:单位|机构)"
UNITS = re.compile(
    rf"(?P<announced>{UNIT_KIND}(?:共|有|包括|为)*{NUMBER}(?:[^，。；:]{{0,12}}单位)?"
    rf"|(?:和|有|设|及|辖)?{NUMBER.replace('count', 'count_before')}[^，。；:]{{0,16}}?(?:下属|所属|直属|二级|预算|事业)[^，。；:]{{0,12}}?单位)"
    rf"[，:]?(?:具体|分别)?(?:即|是|为|包括|有|:)*[:，]?{LISTED}"
    rf"|{UNIT_KIND}(?:共|具体|分别)*(?:即|是|为|包括|有|:)+{LISTED.replace('list', 'list_uncounted')}"
)
NAMEPLATE = re.compile(r"(?:加挂|增挂|挂)(?P<list>[^，。；:]{3,60}?)(?:的)?(?:牌子|牌)")
ABOLISHED = re.compile(r"不再保留(?P<list>[^。；，]+)")
FOUNDED_FROM = re.compile(r"(?:^|[，。；:])由(?P<list>[^，。；]+?)(?:合并|整合|重新)*组建")
BEFORE_NAME = re.compile(
    r"^(?:原|即|\d{1,2}[.、]|\(\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)|(?:[市区县省])?(?:政府)?(?:派出|直属|议事协调)机构|单(?:独)?设的?|独立设置的)+"
)
SAID_OF_A_BODY = re.compile(r"(?:内设|下设|设有|增挂|加挂|挂|均|未)")
NO_NAME = re.compile(
    r"^(?:无|没有|未|等|本|该|其中|具体|如下|下列|以下|的|情况|负责|承担|主要|组织|协助|贯彻|拟订)|[是为无]$|纳入|编制"
)
# 无线电管理科 begins like a denial and ends like an office; 无内设科室 ends like none in particular.
OFFICE_END = re.compile(r"(?<!科)(?<!处)(?<!股)[科室处股办局庭队部]$|中心$")
NAME_END = "科室处股办局庭队院所站馆校园部场库"
LIST_MARK = re.compile(
    # 和 joins two names only behind a whole one: 某某科和某某科, but 自然保护地和野生动植物保护科.
    rf"[、，；。]|(?:(?<=[{NAME_END}])|(?<=中心))(?:和|及|以及)"
    rf"(?=[一-龥]{{2,24}}(?:[{NAME_END}]|中心)(?:$|[、，；。]|等|共?\d|共?[一二三四五六七八九十]个))"
    r"|\(\d{1,2}\)|\d{1,2}[.、]"
)


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
    title = read_title(document, sections[0])
    folded = "".join(Folded.of(document, title.span.start, title.span.end).text.split())
    year = read_year(document, folded)
    name, own = read_office_name(document, folded, title)
    return Profile(
        title, year, read_kind(document, folded), read_organization(document, sections, name, own)
    )


def read_title(document: Document, front: Section) -> Name:
    """The title: of the lines before the first heading the one that names the year and the accounts,
    with the office above it where it stands on a line of its own; else the first line."""
    lines = [
        (start, end)
        for start, end in document.lines()
        if end <= front.end and document.text[start:end].strip()
    ]
    if not lines:
        raise DocumentError("holds no disclosure: it has no title before its first section")
    texts = ["".join(document.text[start:end].split()) for start, end in lines]
    last = next((i for i, text in enumerate(texts) if is_title(text)), 0)
    first = (
        last - 1 if last and texts[last][:1].isdigit() and ends_as_body(texts[last - 1]) else last
    )
    span = document.span(lines[first][0], min(lines[last][1], lines[first][0] + LONGEST_TITLE))
    return Name("".join(span.quote.split()), span)


def is_title(line: str) -> bool:
    return (
        len(line) < LONGEST_TITLE and "年" in line and bool(re.search(r"[决预]算|三公|绩效", line))
    )


def ends_as_body(line: str) -> bool:
    return bool(re.search(rf"{BODY}(?:[(（](?:本级|机关|本部)[)）]|本级|机关)?$", line))


def read_year(document: Document, title: str) -> str:
    found = YEAR.search(title)
    if found:
        return found.group(1)
    years: Counter[str] = Counter(
        re.findall(r"(20\d{2})年", Folded.of(document, 0, len(document.text)).text)
    )
    if not years:
        raise DocumentError("holds no disclosure: no fiscal year (…年度) is named")
    return str(years.most_common(1)[0][0])


def read_kind(document: Document, title: str) -> Kind:
    for text in (title, document.text):
        for word, kind in KINDS:
            if word in text:
                return kind
    return "final-accounts"


def read_office_name(document: Document, title: str, name: Name) -> tuple[str, bool]:
    """The name of the office without （本级）, and whether the document is of the office alone."""
    found = TITLE.match(title)
    candidate = found.group("before") or found.group("rest") if found else title
    candidate = TITLE_WORDS.sub("", candidate)
    own = bool(OWN_LEVEL.search(title)) or speaks_of_unit(document, title)
    candidate = OWN_LEVEL.sub("", candidate).strip("的 -—")
    if re.search(rf"{BODY}$", candidate):
        return candidate, own
    described = SELF_DESCRIPTION.search(Folded.of(document, 0, len(document.text)).text)
    if described is None:
        raise DocumentError(
            "holds no disclosure: no office is named in its title or its first sentences"
        )
    return described.group("name"), own or bool(described.group("own"))


def speaks_of_unit(document: Document, title: str) -> bool:
    """Whether the title, or the first heading that names the accounts, calls them those of a unit."""
    headings = (heading.span.quote for heading in find_headings(document))
    for text in (title, *headings):
        called = re.search(r"(部门|单位)[决预]算", text)
        if called:
            return called.group(1) == "单位"
    return False


def read_organization(
    document: Document, sections: Sequence[Section], name: str, own: bool
) -> Organization:
    names: dict[str, list[Name]] = {field: [] for field in NAME_LISTS}
    announcements: list[Announcement] = []
    for section in sections:
        if section.role not in ("profile", "offices", "units", "reform"):
            continue
        folded = Folded.of(document, section.start, section.end)
        if not names["internal_offices"]:
            announcements.extend(read_internal_offices(folded, names["internal_offices"]))
        announcements.extend(read_units(folded, names["subordinate_units"]))
        names["also_known_as"].extend(find_listed(folded, NAMEPLATE))
        for pattern in (ABOLISHED, FOUNDED_FROM):
            names["predecessors"].extend(find_listed(folded, pattern))
    level: Level = "unit" if own else "department"
    counts = [one.announced for one in announcements if one.of == "internal-offices"]
    return Organization(
        name=name,
        level=level,
        region=read_region(name),
        span=find_name(document, name),
        internal_office_count=counts[0] if counts else None,
        announcements=tuple(announcements),
        **{field: distinct(found) for field, found in names.items()},
    )


def read_internal_offices(folded: Folded, offices: list[Name]) -> Iterator[Announcement]:
    """The stated number of internal offices; the listed ones are added to `offices`."""
    found = OFFICES.search(folded.text)
    if found is None:
        return
    listed, announced = (
        ("after", "announced") if found.group("after") else ("before", "announced_behind")
    )
    offices.extend(split_names(folded, *found.span(listed)))
    if not offices:
        return
    count = found.group("count") or found.group("count_behind") or found.group("count_before")
    span = folded.span(*found.span(announced))
    yield Announcement("internal-offices", read_count(count), len(offices), span)


def read_units(folded: Folded, units: list[Name]) -> Iterator[Announcement]:
    """The stated numbers of subordinate units; the listed ones are added to `units`."""
    for found in UNITS.finditer(folded.text):
        listed = "list" if found.group("list") else "list_uncounted"
        names = [name for name in split_names(folded, *found.span(listed)) if is_body(name.text)]
        units.extend(names)
        count = found.group("count") or found.group("count_before")
        if count and names:
            span = folded.span(*found.span("announced"))
            yield Announcement("subordinate-units", read_count(count), len(names), span)


def find_listed(folded: Folded, pattern: re.Pattern[str]) -> Iterator[Name]:
    """The bodies in the lists that a pattern finds."""
    for found in pattern.finditer(folded.text):
        yield from (name for name in split_names(folded, *found.span("list")) if is_body(name.text))


def is_body(name: str) -> bool:
    """Whether a listed stretch is the name of a body, and not what is said of one."""
    return ends_as_body(name) and not SAID_OF_A_BODY.match(name)


def split_names(folded: Folded, start: int, end: int) -> Iterator[Name]:
    """The names of a list; a stretch that is no name (无, 本单位2020年度决算编制的…) is left out."""
    left, seen, depth = start, start, 0
    for mark in [*LIST_MARK.finditer(folded.text, start, end), None]:
        right = mark.start() if mark else end
        stretch = folded.text[seen:right]
        depth, seen = max(0, depth + stretch.count("(") - stretch.count(")")), right
        if mark and depth:
            continue
        yield from name_in(folded, left, right)
        left = mark.end() if mark else end


def name_in(folded: Folded, start: int, end: int) -> Iterator[Name]:
    text = folded.text[start:end]
    before = BEFORE_NAME.match(text)
    start += before.end() if before else 0
    text = folded.text[start:end]
    behind = re.search(
        r"这一?(?:派出)?(?:机构|单位)$|(?:等|牌子)$|(?:等|共)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})个(?:科室|单位|机构)?$",
        text,
    )
    if behind and behind.group() and behind.start() > 0 and behind.group() != text:
        end = start + behind.start()
        text = folded.text[start:end]
    text = text.strip('"')
    if not 2 <= len(text) <= LONGEST_NAME or YEAR.search(text):
        return
    if NO_NAME.search(text) and not (OFFICE_END.search(text) and not SENTENCE.match(text)):
        return
    span = folded.span(start, end)
    yield Name("".join(span.quote.strip('“”"').split()), span)


def distinct(names: list[Name]) -> tuple[Name, ...]:
    """The names without those that only shorten another (区某局 beside 某市某区某局)."""
    kept: list[Name] = []
    for name in names:
        longer = next((i for i, known in enumerate(kept) if name.text.endswith(known.text)), None)
        if any(known.text.endswith(name.text) for known in kept):
            continue
        if longer is not None:
            kept[longer] = name
        else:
            kept.append(name)
    return tuple(kept)


def read_region(name: str) -> str:
    """The place that the office's name begins with, down to the county: the full name of the division
    where it is listed, else by the words of the name (示例市甲区)."""
    division = find_division(name)
    listed = division.full_name if division else ""
    found = PLACE.match(name)
    worded = found.group() if found else ""
    return worded if worded.startswith(listed) and worded != listed else county_of(name) or listed


def county_of(name: str) -> str:
    """The county whose name without 区 or 县 stands behind its province: 重庆长寿经济技术开发区."""
    for division in divisions().values():
        stem = division.name[:-1]
        if division.level == "county" and len(stem) > 1 and division.status == "current":
            province = division.full_name.removesuffix(division.name)
            if name.startswith((province + stem, province[:-1] + stem)) and province:
                return division.full_name
    return ""


def find_name(document: Document, name: str) -> Span:
    """Where the document first prints the name."""
    folded = Folded.of(document, 0, len(document.text))
    start = folded.text.find(name)
    return folded.span(start, start + len(name))


def read_count(text: str) -> int:
    """The number in digits or in Chinese; 两 is two."""
    return 2 if text == "两" else read_ordinal(text)
