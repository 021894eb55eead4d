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
_PEOPLES = (
    "阿昌|白|保安|布朗|布依|朝鲜|达斡尔|傣|德昂|东乡|侗|独龙|俄罗斯|鄂伦春|鄂温克|仡佬|哈尼|哈萨克|赫哲|回|基诺|"
    "景颇|柯尔克孜|拉祜|黎|傈僳|满|毛南|蒙古|苗|仫佬|纳西|怒|普米|羌|撒拉|畲|水|塔吉克|土家|土|佤|维吾尔|锡伯|瑶|"
    "彝|裕固|藏|壮|各"
)
_AUTONOMOUS = re.compile(
    rf"(?P<stem>[^族]{{2,}}?)(?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)+自治(?P<level>[州县旗])"
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

    def in_force(self, year: int) -> bool:
        """Whether a list of the year holds the division; what the last list holds goes on."""
        goes_on = self.last >= _last_list()
        return self.first <= f"{year}12" and (goes_on or self.last >= f"{year}01")

    def in_year(self, year: int) -> Division:
        """The division that had the name in a year inside the same province, if just one had it and
        this one had not: 庐江县 was of 巢湖市 before it was of 合肥市."""
        if self.in_force(year):
            return self
        province = _path(self)[0].full_name
        same = [one for one in named_divisions(self.name).within(province) if one.in_force(year)]
        return same[0] if len(same) == 1 and same[0].name == self.name else self


@cache
def _last_list() -> str:
    """The month of the last list that was read."""
    return max(row["last"] for row in read_table("divisions"))


@cache
def divisions() -> Mapping[str, Division]:
    """All governments by notation."""
    rows = [row for row in read_table("divisions") if row["status"] in _GOVERNMENTS]
    holders = {row["code"]: row for row in rows}  # the last row of a code is its latest holder
    found = (_read_division(row, holders) for row in rows)
    return MappingProxyType({division.notation: division for division in found})


@dataclass(frozen=True, slots=True)
class NamedDivisions:
    """The words that a name begins with, as far as they name a division, and all the divisions that
    they name: 朝阳区 is one of 北京 and one of 长春."""

    words: str
    candidates: tuple[Division, ...]

    def in_force(self, year: int) -> tuple[Division, ...]:
        """The candidates that the lists of the year hold."""
        return tuple(one for one in self.candidates if one.in_force(year))

    def within(self, region: str) -> tuple[Division, ...]:
        """The candidates inside a region, given by its full name."""
        return tuple(one for one in self.candidates if one.full_name.startswith(region))


def find_division(text: str, year: int | None = None) -> Division | None:
    """The division that a name of a body or region begins with: the one with the longest name.

    None if there is no division, or if several have that name (朝阳区 alone).

    Args:
        text: the name, with or without the divisions above, or what stands before them (中共).
        year: the fiscal year, if the holder of the name in that year is wanted; without it, or
            if the lists know no holder in it, the present or last one.

    >>> find_division("重庆市开州区政务服务管理办公室").code
    '500154'
    >>> find_division("开州区财政局").full_name
    '重庆市开州区'
    >>> find_division("庐江县财政局").code, find_division("庐江县财政局", 2010).code
    ('340124', '341421')
    """
    named = named_divisions(text)
    candidates = named.in_force(year) if year else ()
    return _one_division(candidates or named.candidates)


def named_divisions(text: str) -> NamedDivisions:
    """All divisions that the longest words at the start of a name can mean; none if it has none.

    >>> sorted(division.full_name for division in named_divisions("鼓楼区财政局").candidates)[:2]
    ['江苏省南京市鼓楼区', '江苏省徐州市鼓楼区']
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    foreword = _FOREWORD.match(folded)
    name = folded[foreword.end() if foreword else 0 :]
    spellings = _spellings()
    for length in range(min(len(name), _longest_spelling()), 1, -1):
        if name[:length] in spellings:
            return NamedDivisions(name[:length], spellings[name[:length]])
    return NamedDivisions("", ())


def ambiguous_divisions(text: str) -> NamedDivisions:
    """The divisions that a name leaves open; no candidates if it is clear, or names no division.

    >>> ambiguous_divisions("重庆市开州区财政局").candidates
    ()
    """
    named = named_divisions(text)
    if find_division(text) is not None:
        return NamedDivisions(named.words, ())
    recent = tuple(one for one in named.candidates if one.status in _RECENT)
    return NamedDivisions(named.words, recent or named.candidates)


def _one_division(candidates: tuple[Division, ...]) -> Division | None:
    """The one that is meant: a recent division before historical ones, a city before the county of its
    name that it consists of (嘉峪关市), the latest of one name."""
    if not candidates:
        return None
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
    yield from _spell_short(path)


def _spell_short(path: list[str]) -> Iterator[str]:
    """The ways to write a path with 凉山州 for 凉山彝族自治州."""
    short = [short_division(name) for name in path]
    if short != path:
        *above, last = short
        yield from ("".join((*above[place:], last)) for place in range(len(short)))


def short_division(name: str) -> str:
    """The name of an autonomous division without its peoples; any other name as it is.

    >>> short_division("凉山彝族自治州"), short_division("石柱土家族自治县"), short_division("东乡族自治县")
    ('凉山州', '石柱县', '东乡族自治县')
    """
    found = _AUTONOMOUS.fullmatch(name)
    return found["stem"] + found["level"] if found else name


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
