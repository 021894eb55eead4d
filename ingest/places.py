"""The place that the name of a public body begins with, as a reader in a district understands it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ontology.divisions import (
    Division,
    NamedDivisions,
    ambiguous_divisions,
    find_division,
    named_divisions,
    short_division,
)

# 区X is X of the district; 区域、市场、县城 and 市政 (but not 市政府、市政务、区城建) are plain words.
LEVEL_WORD = re.compile(
    r"(?P<level>自治[区州县旗]|[省市区县旗州盟])"
    r"(?!级|属|域|块|划|位|间|场|民(?!政|宗|族|兵|营)|容|城(?!市|管|乡|建|投)|际|花|树|志|情|史(?!志)"
    r"|政(?!府|协|法|务|策|研|工|管办))"
    r"|(?P<corps>兵团|师(?!范|资|生|德|徒|父))"
)
# A template of a county that became a district goes on saying 县X; 省X is never the district's.
OWN_LEVELS = "市区县旗"
# No district: 市场, 县级, 区域合作中心.
NO_DISTRICT = r"(?!域|块|划|级|内|间|位)"
CORPS = "新疆生产建设兵团"
REGION_PART = re.compile(
    rf"{CORPS}|第[一二三四五六七八九十]+师|"
    r".+?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|省|市|盟|区|县|旗)(?![区县旗])"
)
LEVEL_SUFFIX = re.compile(r"(?:特别行政区|自治区|省|市|区|县|旗|盟|地区)$")
# Zones are no divisions of GB/T 2260; they belong to the division that their name begins with.
ZONES = {
    "高新区": "高新技术产业开发区",
    "高新技术开发区": "高新技术产业开发区",
    "高新技术产业开发区": "高新技术产业开发区",
    "经开区": "经济技术开发区",
    "经济技术开发区": "经济技术开发区",
}
ZONE_WORD = re.compile("|".join(sorted(ZONES, key=len, reverse=True)))
ZONE = re.compile(rf"(?P<above>[一-龥]{{2,12}}?)(?P<zone>{ZONE_WORD.pattern})")
# A district behind its city that no list has; 公安局甲区分局 is none.
OUTER = re.compile(r"(?:(?![局委厅部院会])[一-龥]){1,4}?[区县旗]" + NO_DISTRICT)


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A name cut into its place and what is behind it.

    `parts` are the divisions from the highest down; none for a body of the whole state. `told` says
    that the name itself told the place (甲区X, 区X) and did not leave it to the reader.
    `candidates` are the divisions that its place can mean, if it can mean several. `inside` says
    that the rest holds the words of the place, as 重庆图书馆 does; `is_open`, that it can be one of
    several places, of which `candidates` lists the divisions; `above` that it lies above all
    that the region tells.
    """

    parts: tuple[str, ...]
    rest: str
    told: bool
    candidates: tuple[Division, ...] = ()
    inside: bool = False
    above: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the place can be several: 鼓楼区X elsewhere, 省X where the province is not told."""
        return self.above or bool(self.candidates)

    @property
    def place(self) -> str:
        """The place in one word."""
        return "".join(self.parts)


def fold(text: str) -> str:
    """The text in NFKC without white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def read_place(name: str, region: str) -> PlacedName:
    """The place that a folded name begins with, in the eyes of a reader in the region.

    >>> read_place("区财政局", "示例市甲区")
    PlacedName(parts=('示例市', '甲区'), rest='财政局', told=True, candidates=(), inside=False, above=False)
    >>> len(read_place("鼓楼区财政局", "示例市甲区").candidates)
    4
    """
    parts = region_parts(region)
    return read_zone(name, region, parts) or with_zone(read_division(name, region, parts))


def read_division(name: str, region: str, parts: tuple[str, ...]) -> PlacedName:
    """The division that a name begins with, or else the region that it is read in."""
    named = named_in(name, region)
    listed = region_parts(named.full_name) if named else ()
    own, told = prefix_of(name, parts), prefix_of(name, listed)
    if told > own:
        return PlacedName(listed, name[told:], True)
    if own:
        return PlacedName(parts, name[own:], True, candidates_of(region))
    return (
        read_open_place(name)
        or read_upper_place(name, parts)
        or read_stem(name, parts)
        or read_level_word(name, parts, region)
        or PlacedName(parts, name, False, candidates_of(region))
    )


def prefix_of(name: str, parts: tuple[str, ...]) -> int:
    """How many characters of a name are the longest spelling of a division; 0 for none."""
    return next((len(way) for way in spellings(parts) if name.startswith(way)), 0)


def named_in(name: str, region: str) -> Division | None:
    """The division that a name begins with; of several the one nearest to the region: in its
    prefecture (or its county-level city), else in its province.

    >>> named_in("鼓楼区财政局", "江苏省南京市玄武区").full_name
    '江苏省南京市鼓楼区'
    """
    named = named_divisions(name)
    if followed_by_a_word(name, named):
        return None
    found = find_division(name)
    parts = () if found else region_parts(region)
    for length in range(len(parts), 0, -1):
        near = named.within("".join(parts[:length]))
        current = tuple(one for one in near if one.status == "current") or near
        if len({one.full_name for one in current}) == 1:
            return current[-1]
    return found


def followed_by_a_word(name: str, named: NamedDivisions) -> bool:
    """Whether what looks like a division goes on as a plain word: 城中区域."""
    start = len(named.words)
    return (
        bool(named.words)
        and name.startswith(named.words)
        and not re.match(NO_DISTRICT, name[start:])
    )


def read_open_place(name: str) -> PlacedName | None:
    """A name whose place can be several divisions: it stays in the words of the name."""
    open_place = ambiguous_divisions(name)
    if not open_place.candidates or followed_by_a_word(name, open_place):
        return None
    rest = name.removeprefix(open_place.words)
    return PlacedName((open_place.words,), rest, True, open_place.candidates)


def read_upper_place(name: str, parts: tuple[str, ...]) -> PlacedName | None:
    """A name that begins with a division above the district (凉山州财政局), or with the first of them
    and a district that no list knows (示例市乙区财政局)."""
    for position, part in enumerate(parts):
        for spelling in (part, short_division(part)):
            if name.startswith(spelling):
                rest, above = name.removeprefix(spelling), parts[: position + 1]
                outer = OUTER.match(rest) if find_division("".join(above)) is None else None
                below = (outer.group(),) if outer else ()
                return PlacedName((*above, *below), rest.removeprefix("".join(below)), True)
    return None


def read_stem(name: str, parts: tuple[str, ...]) -> PlacedName | None:
    """A name that begins with its city or province in short: 重庆图书馆 is the city's own."""
    if parts and name.startswith(stem(parts[0])):
        return PlacedName(parts[:1], name, False, inside=True)
    return None


def read_level_word(name: str, parts: tuple[str, ...], region: str) -> PlacedName | None:
    """区X is X of the district, 市X of the city above it. A level that the region has not is the
    district's own (县X where a county became a district) or lies above all that the region tells (省X)."""
    word = LEVEL_WORD.match(name)
    if word is None or not parts or (word["corps"] and not region.startswith(CORPS)):
        return None
    ends = [n for n, part in enumerate(parts, start=1) if part.endswith(word.group())]
    if ends:
        own = candidates_of(region) if ends[-1] == len(parts) else ()
        return PlacedName(parts[: ends[-1]], name[word.end() :], True, own)
    if word.group() in OWN_LEVELS:
        return PlacedName(parts, name[word.end() :], True, candidates_of(region))
    return PlacedName((word.group(),), name[word.end() :], True, above=True)


def read_zone(name: str, region: str, parts: tuple[str, ...]) -> PlacedName | None:
    """A name that begins with a development zone in the name of its division: 成都高新区X."""
    found = ZONE.match(name)
    above = zone_parent(found["above"], parts) if found else ()
    if found is None or not above:
        return None
    own = candidates_of(region) if above == parts else ()
    return PlacedName((*above, ZONES[found["zone"]]), name[found.end() :], True, own)


def with_zone(placed: PlacedName) -> PlacedName:
    """A name whose rest begins with a development zone of its division, or with that of the reader."""
    found = ZONE_WORD.match(placed.rest)
    if found is None or not placed.parts or placed.inside:
        return placed
    zone = ZONES[found.group()]
    above = placed.parts[:-1] if placed.parts[-1] == zone else placed.parts
    return PlacedName((*above, zone), placed.rest[found.end() :], True, placed.candidates)


def zone_parent(words: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    """The division that the words before a zone name: one of the region, or else one by its name."""
    for length in range(len(parts), 0, -1):
        place = parts[:length]
        if words in {*spellings(place), place[-1], stem(place[-1])}:
            return place
    for ending in ("", "市", "区", "县"):
        division = find_division(words + ending)
        if division and named_divisions(words + ending).words == words + ending:
            return region_parts(division.full_name)
    return ()


def candidates_of(region: str) -> tuple[Division, ...]:
    """The divisions that a region can mean, if its name leaves it open (朝阳区)."""
    found = ambiguous_divisions(region)
    return found.candidates if found.words == fold(region) else ()


@lru_cache(4096)
def spellings(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The ways to write a division in front of a name, longest first; all but the whole name leave
    out divisions above it (开州区, 四川省武侯区), the word for their level (重庆开州区) or the peoples
    of an autonomous one (凉山州金阳县)."""
    tails = ["".join(parts[n:]) for n in range(len(parts))]
    short = [short_division(part) for part in parts]
    tails += ["".join(short[n:]) for n in range(len(parts))]
    tops = (parts[0], stem(parts[0])) if parts else ()
    inner = ["".join(parts[n:]) for n in range(1, len(parts))]
    return tuple(
        sorted({*tails, *(top + tail for top in tops for tail in inner)}, key=len, reverse=True)
    )


@lru_cache(4096)
def region_parts(region: str) -> tuple[str, ...]:
    """The divisions that a region's name is made of, from the highest down.

    >>> region_parts("重庆市开州区")
    ('重庆市', '开州区')
    >>> region_parts("开州区")
    ('重庆市', '开州区')
    >>> region_parts("成都高新区")
    ('四川省', '成都市', '高新技术产业开发区')
    """
    region = fold(region)
    known = find_division(region)
    if known and region and known.full_name.endswith(region):
        region = known.full_name
    zone = ZONE.fullmatch(region)
    if zone and (above := zone_parent(zone["above"], ())):
        return (*above, ZONES[zone["zone"]])
    parts = REGION_PART.findall(region)
    rest = region[sum(map(len, parts)) :]
    return tuple(ZONES.get(part, part) for part in (*parts, rest) if part)


def level_word(division: str) -> str:
    """The word that stands for a division inside it: 区, 州 for an 自治州; none for a zone.

    >>> level_word("示例市甲区"), level_word("广西壮族自治区"), level_word("经济技术开发区")
    ('区', '自治区', '')
    """
    if division.endswith("自治区"):
        return "自治区"
    is_zone = division.endswith(tuple(ZONES.values()))
    return "" if is_zone or division[-1] not in "省市区县旗州盟" else division[-1]


def stem(division: str) -> str:
    """重庆 of 重庆市; a name of one character keeps its level."""
    short = LEVEL_SUFFIX.sub("", division)
    return short if len(short) > 1 else division
