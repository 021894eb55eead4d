"""The region of an office: the place that its name begins with, or that the cover names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ontology.divisions import divisions, find_division

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


def find_region(name: str, hints: Iterable[str]) -> str:
    """The region by the name of the office; where the name has no place, or only part of one, by the first
    hint (title, lines of the cover) whose place ends with it."""
    region = read_region(name)
    for hint in hints:
        wider = read_region(hint)
        if len(wider) > max(2, len(region)) and wider.endswith(region):
            return wider
    return region
