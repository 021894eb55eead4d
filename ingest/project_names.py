"""Names of projects as they are in every year: 2023年甲项目 and “甲”项目（2024年度） are one project."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

CHINESE_YEAR = re.compile(r"二[〇○零Ｏ]([一二三四五六七八九〇○零])([一二三四五六七八九〇○零])年")
CHINESE_DIGITS = {digit: str(value) for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
}
# 2023年, 2023年度, and 2023 alone at an end of the name or in brackets. 2021-2023年, 2023年1月 and
# 2023年底 tell a time, not the year of the budget.
YEAR_MARK = re.compile(
    r"(?<![\d.\-—–~至到、和])(?P<year>(?:19|20)\d{2})"
    r"(?:年度?(?![度\d\-—–~至到、和以起前后底末初代间]|\d{1,2}月)|(?=[)\]】])|$)"
    r"|^(?P<first>(?:19|20)\d{2})(?=[^\d.\-—–~至到、和年级届])"
)
# Signs that writers set at will; a sign between digits is part of a number.
SIGN = re.compile(r"(?<!\d)[^\w%‰+]|[^\w%‰+](?!\d)|[、，；：《》“”‘’「」『』【】()\[\]〔〕\"',;_]")


def name_of_all_years(name: str) -> str:
    """The name of a project without year marks, brackets, quotation marks and other punctuation.

    What makes it another project stays: （二期）, 2021-2023年, every word.

    >>> name_of_all_years("2023年“示例”工程（一期）"), name_of_all_years("示例工程一期（2024年度）")
    ('示例工程一期', '示例工程一期')
    >>> name_of_all_years("2021-2023年示例工程")
    '2021-2023年示例工程'
    """
    folded = fold_years(name)
    return without_signs(YEAR_MARK.sub("", folded)) or without_signs(folded) or folded


def names_of_all_years(names: Iterable[str], fiscal_year: str) -> Mapping[str, str]:
    """The names of all years, by the names of the projects of one document.

    Where two of them differ in their year only (2022年甲项目 and 2023年甲项目 side by side), they are
    two projects: the one of the fiscal year or without a year has the plain name, others keep theirs.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in dict.fromkeys(names):
        groups[name_of_all_years(name)].append(name)
    return {
        name: plain if years_alike(group) or is_of(name, fiscal_year) else dated(name)
        for plain, group in groups.items()
        for name in group
    }


def years_alike(names: Iterable[str]) -> bool:
    """Whether no two of the names are of different years."""
    return len({years_of(name) for name in names}) == 1


def is_of(name: str, fiscal_year: str) -> bool:
    """Whether a name tells no year or the fiscal year."""
    return years_of(name) <= {fiscal_year}


def years_of(name: str) -> frozenset[str]:
    """The years of the year marks in a name."""
    marks = YEAR_MARK.finditer(fold_years(name))
    return frozenset(mark["year"] or mark["first"] for mark in marks)


def dated(name: str) -> str:
    """The name with its years behind it, however they were marked in it."""
    return name_of_all_years(name) + "".join(f"{year}年" for year in sorted(years_of(name)))


def fold_years(name: str) -> str:
    """The name in NFKC without white space, years in digits."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    return CHINESE_YEAR.sub(in_digits, folded)


def in_digits(year: re.Match[str]) -> str:
    """二〇二三年 as 2023年."""
    return "20" + "".join(CHINESE_DIGITS[digit] for digit in year.groups()) + "年"


def without_signs(name: str) -> str:
    """The name without punctuation."""
    return SIGN.sub("", name)
