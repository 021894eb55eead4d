"""Administrative divisions (GB/T 2260, 2002 to 2025) and the division that a name begins with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ontology.tables import Row, read_table

#: Nodes that only group codes (市辖区), and zones of the statistics bureau, are no governments.
_GOVERNMENTS = frozenset({"current", "historical", "abolished"})
#: Divisions that a present document may still write about.
_RECENT = frozenset({"current", "abolished"})
#: What may stand before the division in the name of a body.
_FOREWORD = re.compile(
    r"(?:\d{4}年度?)?(?:中国共产党|中共|中国共产主义青年团|共青团|国家税务总局|国家统计局|"
    r"中国人民政治协商会议|中国人民解放军|政协|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)?"
)
_PROVINCE_SUFFIX = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|省$|市$")


@dataclass(frozen=True, slots=True)
class Division:
    """A division in one span of validity.

    `notation` is its code, or `{code}-{last}` for a former holder of a code that was given on;
    `full_name` is written with the divisions above it (重庆市开州区); `parent` is the code of the
    government above it; `first` and `last` are the months (YYYYMM) of the first and last list seen.
    """

    notation: str
    code: str
    name: str
    full_name: str
    level: str
    parent: str | None
    status: str
    first: str
    last: str


@cache
def divisions() -> Mapping[str, Division]:
    """All governments by notation."""
    rows = [row for row in read_table("divisions") if row["status"] in _GOVERNMENTS]
    holders = {row["code"]: row for row in rows}  # the last row of a code is its latest holder
    found = (_read_division(row, holders) for row in rows)
    return MappingProxyType({division.notation: division for division in found})


def find_division(text: str) -> Division | None:
    """The division that a name of a body or region begins with: the one with the longest name.

    None if there is no division, or if several have that name (朝阳区 alone).

    >>> find_division("重庆市开州区政务服务管理办公室").code
    '500154'
    >>> find_division("开州区财政局").full_name
    '重庆市开州区'
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    foreword = _FOREWORD.match(folded)
    name = folded[foreword.end() if foreword else 0 :]
    spellings = _spellings()
    for length in range(min(len(name), _longest_spelling()), 1, -1):
        if name[:length] in spellings:
            return _one_division(spellings[name[:length]])
    return None


def _one_division(candidates: tuple[Division, ...]) -> Division | None:
    """The one that is meant: a recent division before historical ones, a city before the county of its
    name that it consists of (嘉峪关市), the latest of one name."""
    recent = [division for division in candidates if division.status in _RECENT]
    chosen = recent or list(candidates)
    outer = min(chosen, key=lambda division: len(division.full_name))
    if all(division.full_name.startswith(outer.full_name) for division in chosen):
        chosen = [division for division in chosen if division.full_name == outer.full_name]
    if len({division.full_name for division in chosen}) > 1:
        return None
    return max(chosen, key=lambda division: (division.last, division.notation))


@cache
def _spellings() -> Mapping[str, tuple[Division, ...]]:
    """The divisions by every way of writing their names."""
    spellings: dict[str, dict[str, Division]] = {}
    for division in divisions().values():
        for spelling in _spell(division):
            spellings.setdefault(spelling, {})[division.notation] = division
    return {spelling: tuple(found.values()) for spelling, found in spellings.items()}


@cache
def _longest_spelling() -> int:
    return max(map(len, _spellings()))


def _spell(division: Division) -> Iterator[str]:
    """重庆市开州区, 重庆开州区, 开州区; 广东省广州市天河区, 广东省天河区, 广州市天河区, 天河区."""
    path = [ancestor.name for ancestor in _path(division)]
    if len(path) == 1:
        yield path[0]
        return
    province = _PROVINCE_SUFFIX.sub("", path[0])
    for top in (path[0], province):
        yield "".join((top, *path[1:]))
        yield top + path[-1]
    yield "".join(path[1:])
    if not _is_plain_word(division.name):
        yield division.name


def _is_plain_word(name: str) -> bool:
    """城区, 矿区, 郊区 are words before they are names."""
    return len(name) == 2 and name.endswith("区")


def _path(division: Division) -> tuple[Division, ...]:
    """The division with those above it, from the province down."""
    above = divisions().get(division.parent) if division.parent else None
    return (*_path(above), division) if above else (division,)


def _read_division(row: Row, holders: Mapping[str, Row]) -> Division:
    code = row["code"]
    ancestors = tuple(_ancestors(row, holders))
    latest = holders[code] is row
    return Division(
        notation=code if latest else f"{code}-{row['last']}",
        code=code,
        name=row["name"],
        full_name="".join(_names(ancestors)) + row["name"],
        level=row["level"],
        parent=ancestors[-1]["code"] if ancestors else None,
        status=row["status"],
        first=row["first"],
        last=row["last"],
    )


def _ancestors(row: Row, holders: Mapping[str, Row]) -> Iterator[Row]:
    """The governments above, from the province down; the code says which: PPCCNN."""
    code = row["code"]
    for above in dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00")):
        if above != code and above in holders:
            yield holders[above]


def _names(rows: Iterable[Row]) -> Iterator[str]:
    return (row["name"] for row in rows)
