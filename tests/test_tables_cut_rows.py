"""Tables of projects that a page break cuts inside a row are read as if it did not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.facts import Project
from ingest.reading.building import DocumentBuilder, NewCell, Run
from ingest.tables.self_evaluation import read_self_evaluations

ROWS = [
    ["项目名称", "示例项目", "", "", "", "", ""],
    ["", "项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率"],
    ["", "年度资金总额", "120.00", "135.60", "128.42", "10", "94.71%"],
    ["年度总体目标", "预期目标", "", "", "实际完成情况", "", ""],
    ["", "改造管道十公里，更换阀门。", "", "", "改造完成十公里，阀门全部更换。", "", ""],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值"],
    ["", "产出指标", "数量指标", "改造管道的长度", "≥10公里", "10公里", "20"],
    ["", "效益指标", "社会效益指标", "居民用水的保障", "有效保障", "有效保障", "30"],
]


def projects_of(*tables: list[list[str]]) -> tuple[Project, ...]:
    builder = DocumentBuilder()
    builder.add_paragraph([Run("项目支出绩效自评表")])
    for table in tables:
        builder.add_table(
            [[NewCell.of(text, place) for place, text in enumerate(row)] for row in table]
        )
    document = builder.finish("示例.pdf", "application/pdf", "0" * 64)
    return tuple(read_self_evaluations(document, 0, len(document.text)))


def told(projects: tuple[Project, ...]) -> list[tuple[object, ...]]:
    """What was read, without the places."""
    return [
        (
            one.name, one.initial_budget, one.adjusted_budget, one.executed, one.execution_rate, one.goals,
            one.achieved,
            [(i.name, i.level1, i.level2, i.target, i.actual, i.weight) for i in one.indicators],
        )
        for one in projects
    ]  # fmt: skip


def cut(number: int, places: dict[int, int]) -> tuple[list[list[str]], list[list[str]]]:
    """The table with a page break inside this row, after so many characters of these cells."""
    row = ROWS[number]
    above = [text[: places.get(column, len(text))] for column, text in enumerate(row)]
    rest = [text[places.get(column, len(text)) :] for column, text in enumerate(row)]
    return [*ROWS[:number], above], [rest, *ROWS[number + 1 :]]


@pytest.mark.parametrize(
    ("number", "places"),
    [
        (1, {1: 3, 4: 4}), (4, {1: 8, 4: 7}), (4, {1: 8}), (5, {4: 3}), (5, {4: 4, 5: 4}), (6, {3: 4}),
        (7, {2: 4, 3: 4}),
    ],
)  # fmt: skip
def test_cut_rows_are_read_whole(number: int, places: dict[int, int]) -> None:
    whole = told(projects_of(ROWS))
    assert whole[0][1:6] == ("120.00", "135.60", "128.42", "94.71", "改造管道十公里，更换阀门。")
    assert told(projects_of(*cut(number, places))) == whole


@settings(max_examples=40, deadline=None)
@given(st.integers(1, len(ROWS) - 1))
def test_page_break_between_rows_changes_nothing(number: int) -> None:
    assert told(projects_of(ROWS[:number], ROWS[number:])) == told(projects_of(ROWS))
