"""Stated reasons are divided as their author divides them (FACTS rule 11)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.narrative.folding import fold_characters
from ingest.narrative.reasons import split_reason

SPLITS = {
    "one cause": ("新增人员", ["新增人员"]),
    "commas divide": ("机构调整，职责增加，业务量上升", ["机构调整", "职责增加", "业务量上升"]),
    "semicolons divide first": (
        "职级晋升；受天气影响，活动取消",
        ["职级晋升", "受天气影响，活动取消"],
    ),
    "an enumeration is the split": (
        "一是严格控制支出，减少陪餐；二是来访减少",
        ["严格控制支出，减少陪餐", "来访减少"],
    ),
    "influence stays whole": (
        "受天气影响，出车减少，导致维修费下降",
        ["受天气影响，出车减少，导致维修费下降"],
    ),
    "consequence binds": ("会议次数减少，相应压减会议费", ["会议次数减少，相应压减会议费"]),
    "money that follows binds": ("社保基数调整，增加人员经费", ["社保基数调整，增加人员经费"]),
    "a measure of its own does not bind": (
        "加强接待管理，减少陪餐人数",
        ["加强接待管理", "减少陪餐人数"],
    ),
    "a list with amounts divides": (
        "追加大厅运行费53万元、食堂经费30万元，追减其他项目",
        ["追加大厅运行费53万元", "食堂经费30万元", "追减其他项目"],
    ),
    "a list without amounts is whole": (
        "购置窗帘、空调、软装共309.59万元",
        ["购置窗帘、空调、软装共309.59万元"],
    ),
    "a circumstance binds forward": (
        "相较2022年，2023年会议次数减少",
        ["相较2022年，2023年会议次数减少"],
    ),
    "joining words go": (
        "新设科室，同时业务量增加，且培训增多",
        ["新设科室", "业务量增加", "培训增多"],
    ),
    "brackets hold": ("新增大厅（含食堂，车库）物业费", ["新增大厅（含食堂，车库）物业费"]),
}


def split(reason: str) -> list[str]:
    return [reason[start:end] for start, end in split_reason(fold_characters(reason))]


@pytest.mark.parametrize(("reason", "causes"), SPLITS.values(), ids=SPLITS)
def test_reason_is_split_into_its_causes(reason: str, causes: list[str]) -> None:
    assert split(reason) == causes


@given(st.text(alphabet="人员增加，；。、一二是受影响因1万元（）()", max_size=40))
def test_causes_are_stretches_in_order(reason: str) -> None:
    folded = fold_characters(reason)
    parts = split_reason(folded)
    assert all(0 <= start < end <= len(folded) for start, end in parts)
    assert all(left[1] <= right[0] for left, right in pairwise(parts))
