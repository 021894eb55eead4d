"""Projects that a reason names."""

from __future__ import annotations

import pytest

from ingest.reason_projects import core, known_projects, other_projects


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("实施“雪亮工程”", ("雪亮工程",)),
        ("追加《示例县志》编纂项目经费", ("示例县志编纂项目",)),
        ("校舍加固改造工程支出增加", ("校舍加固改造工程",)),
        ("因城区污水管网改造项目尚未完工", ("城区污水管网改造项目",)),
        ("压减“三公”经费", ()),
        ("部分基建类项目完工", ()),
        ("项目支出增加", ()),
        ("个别信息化项目调减", ()),
        ("工程款未支付", ()),
    ],
)
def test_name_of_a_project_is_told_from_a_kind_of_projects(
    text: str, names: tuple[str, ...]
) -> None:
    assert other_projects(text, ()) == names


@pytest.mark.parametrize(
    "name", ["城区污水管网改造", "2023年度城区污水管网改造项目", "城区“污水管网”改造工程"]
)
def test_known_project_is_found_by_its_core(name: str) -> None:
    text = "城区污水管网改造项目尚未完工"
    assert known_projects(text, [name, "校舍加固改造工程"]) == (name,)
    assert other_projects(text, [name]) == ()


def test_another_stage_is_another_project() -> None:
    assert known_projects("城区污水管网改造二期", ["城区污水管网改造一期"]) == ()


def test_core_of_a_kind_is_too_short_to_find_anything() -> None:
    assert core("2023年专项资金") == ""
    assert known_projects("专项资金项目增加", ["专项资金项目", "培训项目"]) == ()
