"""Projects that a budget tells in words: descriptions, one project each, and lists of their money."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import extract
from ingest.facts import DocumentFacts, Project, Span
from ingest.narrative.projects import bare_name, with_told
from ingest.reading.text import text_document

COVER = """示例市甲区水务局2025年部门预算

一、部门主要职责
1．管理全区河道。
2．管理全区堤防。
二、绩效目标设置情况
"""
DESCRIBED = """2025年本部门编报绩效目标的项目共9个，涉及项目预算资金900.00万元。
河道清淤专项（政策资金）经费情况说明
一、项目概述
清除淤泥400.00立方米。
二、立项依据
1、《甲区河道管理办法》（甲水〔2023〕3号）。
六、年度预算安排
2025年度项目总预算120.00万，其中机械租用70.00万，淤泥外运50.00万元，合计120.00万。
七、绩效目标
两条河道畅通。
详见单位的项目绩效目标表
堤防加固专项经费情况说明
一、项目概述
加固堤防。
六、年度预算安排
2025年度项目总预算80.00万元，其中巡查服务10.00万元。
七、绩效目标
详见附表
"""
UNNAMED = """项目经费情况说明
一、项目概述
投资3000.00万元以下的工程由本局审核。
六、年度预算安排
{budget}
"""


def read(text: str) -> DocumentFacts:
    return extract(text_document("a.txt", COVER + text))


def told(facts: DocumentFacts) -> list[tuple[str, str | None]]:
    return [(project.name, project.initial_budget) for project in facts.performance.projects]


def test_description_names_its_project_and_money() -> None:
    dredging, dykes = read(DESCRIBED).performance.projects
    assert (dredging.name, dredging.initial_budget) == ("河道清淤专项（政策资金）", "120.00")
    assert (dredging.unit, dredging.goals) == ("万元", "两条河道畅通。")
    assert (dykes.name, dykes.initial_budget, dykes.goals) == ("堤防加固专项", "80.00", None)


def test_uses_that_add_up_are_read_and_others_are_not() -> None:
    unread = [one.span.quote for one in read(DESCRIBED).unread]
    assert unread == ["其中巡查服务10.00万元"]


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (
            "信息化维护费16.00万元，水务业务费4万元。",
            [("信息化维护费", "16.00"), ("水务业务费", "4")],
        ),
        ("第一季度用款计划25.00万元，第二季度用款计划18.00万元。", []),
        ("信息化维护费16.00万元，其余用于日常工作30.00万元的开支。", []),
        ("全年资金30.00万元", [("全年资金", "30.00")]),
    ],
)
def test_description_without_a_name_lists_projects_by_name(
    budget: str, expected: list[tuple[str, str]]
) -> None:
    assert told(read(UNNAMED.format(budget=budget))) == expected


LISTED = """2025年本单位编报绩效目标的项目共{count}个，涉及项目预算资金20.00万元。\
其中：信息化维护费16.00万元，水务业务费4.00万元。
"""


def test_list_is_read_where_number_and_money_are_right() -> None:
    facts = read(LISTED.format(count=2))
    assert told(facts) == [("信息化维护费", "16.00"), ("水务业务费", "4.00")]
    assert facts.unread == ()


def test_list_that_does_not_add_up_gives_no_projects() -> None:
    facts = read(LISTED.format(count=3))
    assert told(facts) == []
    assert facts.unread


def test_project_told_twice_is_one_and_both_places_are_read() -> None:
    facts = read(LISTED.format(count=2) + UNNAMED.format(budget="信息化维护费16.00万元。"))
    assert len(facts.performance.projects) == 2
    assert [one.span.quote for one in facts.unread] == ["投资3000.00万元以下的工程由本局审核"]


NAMES = st.lists(st.text("甲乙丙丁（）", min_size=1, max_size=6), max_size=6)


@given(NAMES, NAMES)
def test_given_projects_stay_and_told_ones_are_added_once(
    given: list[str], told: list[str]
) -> None:
    span = Span(0, 1, "甲")
    known = [Project(name, span) for name in given]
    together = with_told(known, [Project(name, span) for name in told])
    assert list(together[: len(known)]) == known
    added = [bare_name(project.name) for project in together[len(known) :]]
    assert len(set(added)) == len(added)
    assert {bare_name(one.name) for one in together} == {bare_name(one) for one in (*given, *told)}


@pytest.mark.parametrize(
    ("told_of", "count", "funds"),
    [
        ("本部门整体支出纳入绩效目标管理，涉及四本预算资金900.00万元；", None, None),
        (
            "本部门整体支出纳入绩效目标管理，涉及四本预算资金900.00万元；"
            "本部门共7个项目纳入绩效目标管理，涉及四本预算资金合计600.00万元。",
            7,
            "600.00",
        ),
        ("我院组织开展绩效自评，共涉及项目4个，资金80.00万元。", 4, "80.00"),
        ("本单位组织对2023年度3个项目支出开展绩效自评。共涉及资金60.00万元。", 3, "60.00"),
        ("2025年开展绩效目标管理的项目0个，涉及预算0万元。", 0, "0"),
    ],
)
def test_money_of_projects_is_that_of_a_sentence_about_projects(
    told_of: str, count: int | None, funds: str | None
) -> None:
    performance = read(told_of).performance
    stated = None if performance.funds is None else str(performance.funds)
    assert (performance.project_count, stated) == (count, funds)
