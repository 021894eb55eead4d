"""The projects that a reason names: those of the document, and names that it alone gives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

# What a quoted or an open name ends with, so that it is a project and no party rule or form of money.
ENDING = "项目|工程|专项|专项资金|专项经费|试点|课题"
QUOTED = re.compile(
    '[“「《"](?P<name>[^“”「」《》"]{2,40})[”」》"]'
    f"(?P<after>(?:[^,，。；、“”《》]{{0,6}}?(?:{ENDING}))?)"
)
OPEN = re.compile(
    r"[一-鿿A-Za-z0-9()（）\-—－·]{4,30}?"
    "(?:项目(?!支出|经费|资金|收入|款|类|进度|数量|预算)|工程(?!款|类|师|进度|质|数量))"
)
# Words that come before a name in a sentence, or tell what became of it; none is part of a name.
NOT_NAME = re.compile(
    "新增|增加|追加|实施|开展|完成|取消|压减|调减|减少|启动|安排|用于|由于|因为?|部分|个别|其他"
    "|有关|相关|(?<!高)(?<!中)等(?!级)|和(?!谐|平)|以?(?<!普)及|的|了|在|为|对(?!口|外)"
    "|上年度?|本年度?|当年|今年|去年|年初|年中|较|该|此|一些|多个|已|支付|支出|收入|资金|经费"
    "|预算|一般性|一次性|重大|重点|所有|全部"
)
TAIL = re.compile("(?:专项)?(?:项目|工程|专项|经费|资金|支出|补助|费用?)+$")
SHORTEST = 4  # characters of a name before 项目 or 工程: 信息化项目 is a kind, no name


def known_projects(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the project names that a text gives, whatever brackets, marks and endings."""
    folded = plain(text)
    return tuple(
        name
        for name in dict.fromkeys(names)
        if len(core(name)) >= SHORTEST and core(name) in folded
    )


def other_projects(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """The names of projects in a text that are none of the known ones."""
    of_known = [core(name) for name in known]
    names = dict.fromkeys([*_quoted(text), *_open(text)])
    cores = {name: core(name) for name in names}
    return tuple(
        name
        for name, own in cores.items()
        if not any(own in other or other in own for other in of_known)
        and not any(own != other and own in other for other in cores.values())
    )


def plain(text: str) -> str:
    """The text in NFKC and small letters, of letters and digits alone."""
    return "".join(
        character
        for character in unicodedata.normalize("NFKC", text).casefold()
        if character.isalnum()
    )


def core(name: str) -> str:
    """A name without year and without the word that only says that it is a project.

    >>> core("2023年度校舍加固（二期）项目")
    '校舍加固二期'
    """
    return TAIL.sub("", re.sub(r"^\d{4}年度?", "", plain(name)))


def _quoted(text: str) -> Iterator[str]:
    for found in QUOTED.finditer(text):
        name = found["name"] + found["after"]
        if re.search(f"(?:{ENDING})$", name):
            yield name


def _open(text: str) -> Iterator[str]:
    for found in OPEN.finditer(text):
        name = NOT_NAME.split(found[0])[-1]
        if len(core(name)) >= SHORTEST:
            yield name
