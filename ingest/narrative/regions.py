"""The region of an office: the place that its name begins with, or that the cover names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from ontology.divisions import divisions, find_division

# The place that a name begins with, where no list of divisions knows it.
# Words that end like a county and are none.
NO_COUNTIES = (
    "城市", "社区", "城区", "地区", "辖区", "园区", "景区", "林区", "库区", "矿区", "市区", "学区", "小区",
    "片区", "郊区", "发区", "新区", "业区", "假区", "税区", "范区",
)  # fmt: skip
COUNTY_END = r"(?:区(?!域|划|块|级)|县(?!级)|旗|市(?!场|政|容|民|级|委|镇|乡|村))" + "".join(
    f"(?<!{word})" for word in NO_COUNTIES
)
# What stands before the place in the names of parties and of mass organisations.
FOREWORD = re.compile(
    r"^(?:关于(?:公开)?|中共|中国共产党|中国人民政治协商会议|政协|共青团|中国共产主义青年团|中国民主同盟|民盟|民革|民建|民进|农工党|致公党|九三学社|台盟)+"
)
PLACE = re.compile(
    r"(?:[一-龥]{2,8}?(?:省|自治区))?(?:[一-龥]{1,8}?(?:(?<!城)市(?!场|政|容|民|镇|乡|村)|自治州|地区|盟))?"
    rf"(?:(?:(?!局|委员会|政府|公署|驻)[一-龥]){{1,12}}?{COUNTY_END})?"
)


@lru_cache(1024)
def read_region(name: str) -> str:
    """The place that the office's name begins with, down to the county: the full name of the division
    where it is listed, else by the words of the name (示例市甲区)."""
    name = FOREWORD.sub("", name)
    division = find_division(name)
    listed = division.full_name if division else ""
    found = PLACE.match(name)
    worded = found.group() if found else ""
    if worded.startswith(listed) and worded != listed:
        return full_name_of(worded, listed)
    return county_of(name) or listed


def full_name_of(worded: str, listed: str) -> str:
    """The full name of a county whose words shorten what stands between it and its province (某省黔南州某县),
    where there is one county of this name in it; else the words."""
    if not listed:
        return worded
    found = [
        division.full_name
        for division in divisions().values()
        if division.level == "county"
        and division.status == "current"
        and division.full_name.startswith(listed)
        and worded.endswith(division.name)
    ]
    return found[0] if len(found) == 1 else worded


def county_of(name: str) -> str:
    """The county whose name without 区 or 县 stands behind its province: 重庆长寿经济技术开发区."""
    counties = county_stems()
    found = [counties[name[:end]] for end in range(1, len(name) + 1) if name[:end] in counties]
    return min(found)[1] if found else ""


@cache
def county_stems() -> dict[str, tuple[int, str]]:
    """The counties by what a name may begin with instead, each with its place in the list: of several
    the first is meant."""
    stems: dict[str, tuple[int, str]] = {}
    for place, division in enumerate(divisions().values()):
        stem = division.name[:-1]
        province = division.full_name.removesuffix(division.name)
        if division.level != "county" or division.status != "current" or not province:
            continue
        if len(stem) > 1:
            for before in (province, province[:-1]):
                stems.setdefault(before + stem, (place, division.full_name))
    return stems


def find_region(name: str, hints: Iterable[str]) -> str:
    """The region by the name of the office; where the name has no place, or only part of one, by the first
    hint (title, lines of the cover) whose place ends with it."""
    region = read_region(name)
    for hint in hints:
        wider = read_region(hint)
        if len(wider) > max(2, len(region)) and wider.endswith(region):
            return wider
    return region
