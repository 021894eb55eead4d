"""Names of bodies: what an office is called, and lists of offices and units cut into their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.facts import Name
from ingest.narrative.folding import Folded
from ingest.narrative.numbering import CHINESE_NUMBER, find_mark, read_ordinal

LONGEST_NAME = 40
SENTENCE_END = re.compile(r"[。；]")
SENTENCE = re.compile(r"本|该|其中|具体|负责|承担|没有")
YEAR = re.compile(r"20\d{2}年")
BODY = r"(?:局|办公室|委员会|委|中心|政府|街道|街道办事处|办事处|法院|检察院|学校|中学|小学|幼儿园|大学|学院|总队|支队|大队|联合会|总工会|党校|研究院|研究所|管理所|站|馆|院|所|队|处|会|厅|社|团|部|园|镇|乡|医院|协会|场|库|台|厂|公司|农场|林场)"
# Further words that only the name of a body on a line or in a list ends with.
BODY_END = rf"(?:{BODY}|办|署|宫|残联|妇联|工商联|文联|侨联|社科联|政协|台联|科协|作协|集团|基地|校|机关|开发区|保护区|示范区|高新区|服务区)"
OWN_LEVEL = re.compile(r"\((?:本级|机关|机关本级|本级机关|本部|局本级|委本级|厅本级)\)|本级$")
OWN_LEVEL_END = r"(?:[(（](?:本级|机关|本部|机关本级|本级机关)[)）]|本级|本部|机关)?"
NUMBER = rf"(?P<count>[0-9]{{1,3}}|两|{CHINESE_NUMBER})个"
# A numbered list goes on behind a full stop or a semicolon.
LISTED = r"(?P<list>(?:[^。；]|[。；](?=[0-9]{1,2}[.、]|\([0-9]))+)"
BEFORE_NAME = re.compile(
    r"^(?:原|即|\d{1,2}[.、]|\(\d{1,2}\)|\([一二三四五六七八九十]{1,3}\)|(?:[市区县省])?(?:政府)?(?:派出|直属|议事协调)机构|单(?:独)?设的?|独立设置的|(?:下属|所属|直属)(?:二级)?(?:事业|预算|行政)*单位)+"
)
SAID_OF_A_BODY = re.compile(r"(?:内设|下设|设有|增挂|加挂|挂|均|未)")
NO_NAME = re.compile(
    r"^(?:无|没有|未|等|本|该|其中|具体|如下|下列|以下|的|情况|负责|承担|主要|组织|协助|贯彻|拟订)|^我[单部局委院校]|(?:无|没有)(?:下设|内设|下属|所属)|^内设[股科处]级|\d个|:|设置$|规定|编制|[是为无]$|纳入|编制"
)
# 无线电管理科 begins like a denial and ends like an office; 无内设科室 ends like none in particular.
OFFICE_END = re.compile(r"(?<!科)(?<!处)(?<!股)[科室处股办局庭队部]$|中心$")
NAME_END = "科室处股办局庭队院所站馆校园部场库"
LIST_MARK = re.compile(
    # 和 joins two names only behind a whole one: 某某科和某某科, but 自然保护地和野生动植物保护科.
    rf"[、，；。]|(?:(?<=[{NAME_END}])|(?<=中心))(?:和|及|以及)"
    rf"(?=[一-龥]{{2,24}}(?:[{NAME_END}]|中心)(?:$|[、，；。]|等|共?\d|共?[一二三四五六七八九十]个))"
    # 某局(本级)和下属事业单位某所.
    r"|(?<=\))(?:和|及|以及)(?=(?:下属|所属|直属))"
    r"|\(\d{1,2}\)|\d{1,2}[.、]"
)


# 临床科室26个、医技科室8个 counts kinds of offices, and names none.
KIND_OF_OFFICE = re.compile(
    r"(?:临床|医技|医疗|医辅|职能|行政|业务|后勤|综合|党政|教学|教辅|管理|内设|内部|辅助|党群|机关|保障)*(?:科室|处室|股室|部室|庭室|机构|部门)"
)

NO_OFFICE = re.compile(rf"\d个|:|^{KIND_OF_OFFICE.pattern}$")


def ends_as_body(line: str) -> bool:
    """Whether the words end as the name of a body does, be it of the body alone（本级）."""
    return bool(re.search(rf"{BODY_END}{OWN_LEVEL_END}$", line))


def is_name(line: str) -> bool:
    """Whether a line is a name of a body and nothing else."""
    return bool(
        re.fullmatch(rf"[一-龥]{{3,{LONGEST_NAME}}}{OWN_LEVEL_END}", line)
    ) and ends_as_body(line)


def end_of_list(text: str, start: int, end: int) -> int:
    """Where a list in folded text ends: only one that numbers its items goes on behind a full stop."""
    stop = SENTENCE_END.search(text, start, end)
    return end if stop is None or find_mark(text[start:end]) else stop.start()


def read_count(text: str) -> int:
    """The number in digits or in Chinese; 两 is two."""
    return 2 if text == "两" else read_ordinal(text)


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
    if not 2 <= len(text) <= LONGEST_NAME or YEAR.search(text) or NO_OFFICE.search(text):
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
