"""Identity of public bodies: one name in one district is one identifier, in every document.

An identifier is `{division6}-{h8}`: the GB/T 2260 code of the division, and the first 8 hex digits
of SHA-256 over the full name. A renamed body is another body; `org:ChangeEvent` joins the two.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import Literal

from ontology.codes import Division, find_division

BodyClass = Literal["Department", "PublicInstitution"]
UNKNOWN_DIVISION = "000000"
# 区X is X of the district; 区域、市场 and 市政 (but not 市政府、市政务) are plain words.
LEVEL_WORD = re.compile(
    r"(?P<level>[省市区县旗州盟])"
    r"(?!域|块|划|位|间|场|民|容|城|际|花|树|志|情|史|政(?!府|协|法|务))"
)
# The state and the party are named before any division.
NATIONAL = ("中国", "中共", "中华", "国家", "全国")
REGION_PART = re.compile(
    r".+?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|盟|区|县|旗)(?![区县旗])"
)
LEVEL_SUFFIX = re.compile(r"(?:特别行政区|自治区|省|市|区|县|旗|盟|地区)$")
OWN_UNIT = re.compile(r"\((?:本级|机关|本部)\)$")
# 法院 and 检察院 are organs of state, whatever their last character says.
INSTITUTION = re.compile(
    r"(?<!法)(?<!检察)(?:中心|学校|医院|院|馆|站|所|校|园|队|台|社|库)(?:\([^()]*\))?$"
)


def normalize_name(name: str) -> str:
    """The name in NFKC without white space and without （本级）, as identifiers are made of."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    return OWN_UNIT.sub("", folded)


def short_hash(text: str) -> str:
    """The first 8 hex digits of SHA-256 over the text in UTF-8."""
    return sha256(text.encode("utf-8")).hexdigest()[:8]


def full_name(name: str, region: str) -> str:
    """The normalised name with its district, as a reader in the district understands it.

    >>> full_name("区行政服务中心", "示例市甲区")
    '示例市甲区行政服务中心'
    >>> full_name("大数据服务中心", "示例市甲区")
    '示例市甲区大数据服务中心'
    >>> full_name("甲区档案馆（本级）", "示例市甲区")
    '示例市甲区档案馆'
    >>> full_name("市财政局", "示例市甲区")
    '示例市财政局'
    """
    name, parts = normalize_name(name), region_parts(region)
    named = find_division(name)
    places = [parts] if named is None else [parts, region_parts(named.full_name)]
    for place in places:
        for spelling in spellings(place):
            if name.startswith(spelling):
                return "".join(place) + name.removeprefix(spelling)
    if not parts or name.startswith((*NATIONAL, stem(parts[0]))):
        return name
    return resolve_level_word(name, parts)


def spellings(parts: tuple[str, ...]) -> list[str]:
    """The ways to write a division in front of a name, longest first; all but the whole name leave
    out divisions above it (开州区, 四川省武侯区) or the word for their level (重庆开州区)."""
    tails = ["".join(parts[n:]) for n in range(len(parts))]
    tops = (parts[0], stem(parts[0])) if parts else ()
    short = [top + tail for top in tops for tail in tails[1:]]
    return sorted({*tails, *short}, key=len, reverse=True)


def resolve_level_word(name: str, parts: tuple[str, ...]) -> str:
    """区X is X of the district, 市X of the city above it, plain X of the district.

    A name that begins with a division above the district stays in that division.
    """
    for position, part in enumerate(parts):
        if name.startswith(part):
            return "".join(parts[:position]) + name
    word = LEVEL_WORD.match(name)
    if word is None:
        return "".join(parts) + name
    ends = [n for n, part in enumerate(parts, start=1) if part.endswith(word["level"])]
    return "".join(parts[: ends[-1] if ends else None]) + name[1:]


def region_parts(region: str) -> tuple[str, ...]:
    """The divisions that a region's name is made of, from the highest down.

    >>> region_parts("重庆市开州区")
    ('重庆市', '开州区')
    >>> region_parts("开州区")
    ('重庆市', '开州区')
    """
    region = normalize_name(region)
    known = find_division(region)
    if known and region and known.full_name.endswith(region):
        region = known.full_name
    parts = REGION_PART.findall(region)
    rest = region[sum(map(len, parts)) :]
    return (*parts, rest) if rest else tuple(parts)


def stem(division: str) -> str:
    """重庆 of 重庆市; a name of one character keeps its level."""
    short = LEVEL_SUFFIX.sub("", division)
    return short if len(short) > 1 else division


def division_of(name: str, region: str) -> Division | None:
    """The division that a body belongs to; None for a place that is not in GB/T 2260."""
    return find_division(full_name(name, region)) or find_division(normalize_name(region))


def organization_identifier(name: str, region: str) -> str:
    """The identifier of the body that a disclosure of the region calls by this name.

    Args:
        name: as the document writes it: full, or without the district (区X, X).
        region: the district of the disclosing office, with its province or city.
    """
    division = division_of(name, region)
    code = division.code if division else UNKNOWN_DIVISION
    return f"{code}-{short_hash(full_name(name, region))}"


def label(name: str, region: str) -> str:
    """The full name as printed: with full-width brackets. Equal identifiers have equal labels."""
    return full_name(name, region).translate(str.maketrans("()", "（）"))


def short_names(name: str, region: str) -> tuple[str, ...]:
    """The names of a body inside its province and inside its district.

    >>> short_names("示例市甲区档案馆", "示例市甲区")
    ('甲区档案馆', '区档案馆')
    """
    division = division_of(name, region)
    full, parts = label(name, region), region_parts(division.full_name if division else region)
    if not parts or not full.startswith("".join(parts)):
        return ()
    bare = full.removeprefix("".join(parts))
    forms = ["".join(parts[n:]) + bare for n in range(1, len(parts))]
    return tuple(dict.fromkeys((*forms, parts[-1][-1] + bare)))


def body_class(name: str) -> BodyClass:
    """The class of a body by its name: 中心, 院, 馆, 站… are public institutions (事业单位)."""
    return "PublicInstitution" if INSTITUTION.search(normalize_name(name)) else "Department"
