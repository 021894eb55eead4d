"""Titles: the clause without a figure that tells what the paragraph behind it is about."""

from __future__ import annotations

import re

from ingest.narrative.clause_figures import states_figure
from ingest.narrative.clauses import Clause

LEVELS = re.compile(r"\((?:\d{2,3})?(?:类|款|项)\)")
# A class by its code: 某项支出（2019999）.
CODED = re.compile(r"^[^\d]*(?:\d{1,2}[.、])?[^\d]*(?:\(\d{3,7}\)[^\d]*)+$")
LONGEST_TITLE = 40
# 1. 清洁能源。 before 年初预算为…; but （一）总体情况。 goes on about what the section is about.
NUMBERED = re.compile(
    r"(?:\(?[0-9]{1,2}[).、]|\([一二三四五六七八九十]{1,3}\))"
    r"(?![^，]*(?:情况|说明|总体|总额|收支|如下|分析|概况|构成|结构)$)[^，\d]{2,}"
)


def names_unknown(clause: Clause) -> bool:
    """Whether a clause that no template reads is a title: what follows is then of something unknown."""
    if len(clause.text) > LONGEST_TITLE * 2:
        return False
    if clause.start == 0 and clause.mark[:1] in ("。", ":") and CODED.search(clause.text):
        return True
    if states_figure(clause):
        return False
    if LEVELS.search(clause.text):
        return True
    is_alone = clause.start == 0 and clause.mark[:1] in ("。", ":")
    return is_alone and len(clause.text) <= LONGEST_TITLE and bool(NUMBERED.fullmatch(clause.text))
