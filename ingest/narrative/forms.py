"""Forms of disclosures: the kind of a document and how it is laid out, for which reading is reported.

Nothing is read differently because of a form; it says which documents are alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.facts import Kind


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to lay out a disclosure: it is this one when so many different stretches are found."""

    name: str
    mark: re.Pattern[str]
    fewest: int
    example: str


def layout(name: str, mark: str, fewest: int, example: str) -> Layout:
    return Layout(name, re.compile(mark, re.MULTILINE), fewest, example)


# The first that applies; the forms with tables divide themselves into parts too, and parts into numbers.
LAYOUTS = (
    layout("nine-tables", r"(?:收入支出决算总|财政拨款收入支出决算总|收入决算|支出决算|三公\W?经费支出决算)表", 4, "收入支出决算总表"),
    layout("budget-tables", r"(?:财政拨款)?(?:收支|收入|支出)(?:预算)?总表|(?:基本支出|预算支出|经费)(?:[^，。；\s]{0,16}预算)?表", 4, "财政拨款收支总表"),
    layout("parts", r"^[ \u3000\xa0]*第[一二三四五六七八九十]+(?:部分|章|篇)", 2, "第二部分 示例局2022年度部门决算情况说明"),
    layout("numbered", r"^[ \u3000\xa0]*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])", 2, "一、单位基本情况"),
)  # fmt: skip
FREE = "free"


def form_of(kind: Kind, text: str) -> str:
    """The form of a document: `{kind}/{layout}`, for instance `final-accounts/numbered`.

    >>> form_of("budget", "第一部分 概况\\n第二部分 预算表\\n")
    'budget/parts'
    """
    found = (one.name for one in LAYOUTS if len(set(one.mark.findall(text))) >= one.fewest)
    return f"{kind}/{next(found, FREE)}"
