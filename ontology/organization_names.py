"""What the short names of public bodies stand for: 人社局 is 人力资源和社会保障局 everywhere.

Only names that mean one body in every division are listed. 文旅局 is not: it stands for
文化和旅游局 here and for 文化广电旅游局 there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from ontology.tables import read_table

Place = Literal["whole", "start", "end"]
#: What stands before the division in the name of a party, a mass organisation or a branch of the
#: State Council, with the form that identities are made of. Longer words come first.
FOREWORDS: Mapping[str, str] = MappingProxyType(
    {
        "中国共产主义青年团": "共青团",
        "中国人民政治协商会议": "政协",
        "中国国民党革命委员会": "民革",
        "中国民主建国会": "民建",
        "中国民主促进会": "民进",
        "中国农工民主党": "农工党",
        "国家税务总局": "国家税务总局",
        "中国民主同盟": "民盟",
        "国家统计局": "国家统计局",
        "中国共产党": "中共",
        "中国致公党": "致公党",
        "九三学社": "九三学社",
        "共青团": "共青团",
        "农工党": "农工党",
        "致公党": "致公党",
        "中共": "中共",
        "政协": "政协",
        "民革": "民革",
        "民盟": "民盟",
        "民建": "民建",
        "民进": "民进",
        "台盟": "台盟",
    }
)


@dataclass(frozen=True, slots=True)
class OfficialName:
    """The name of a body behind its division, and what stands before the division (中共)."""

    foreword: str
    name: str


def split_foreword(name: str) -> OfficialName:
    """A name without its foreword, and the foreword.

    >>> split_foreword("中国共产党示例市委员会")
    OfficialName(foreword='中共', name='示例市委员会')
    """
    for written, meant in FOREWORDS.items():
        if name.startswith(written):
            return OfficialName(meant, name.removeprefix(written))
    return OfficialName("", name)


def official_name(name: str) -> OfficialName:
    """What a name without its division stands for; a name that is not listed is its own.

    >>> official_name("人社局").name, official_name("政协办公室")
    ('人力资源和社会保障局', OfficialName(foreword='政协', name='委员会办公室'))
    >>> official_name("甲街道"), official_name("机关服务中心").name
    (OfficialName(foreword='', name='甲街道办事处'), '机关服务中心')
    """
    table = _names()
    whole = table["whole"].get(name)
    if whole:
        return whole
    for length in range(len(name), 0, -1):
        start, end = table["start"].get(name[:length]), table["end"].get(name[-length:])
        if start:
            return OfficialName(start.foreword, start.name + name[length:])
        if end:
            return OfficialName(end.foreword, name[:-length] + end.name)
    return OfficialName("", name)


@cache
def _names() -> Mapping[str, Mapping[str, OfficialName]]:
    """The table by the place that the written words take in a name: all, the start, the end."""
    names: dict[str, dict[str, OfficialName]] = {place: {} for place in get_args(Place)}
    for row in read_table("organization_names"):
        names[row["place"]][row["written"]] = OfficialName(row["foreword"], row["meant"])
    return MappingProxyType(names)
