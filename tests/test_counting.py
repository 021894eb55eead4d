"""Counts: what is there, for the year of its date, and what is bought, for the year of the document."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.reading.text import text_document

Row = tuple[str, int, str]
BUDGET = "示例市某局2025年部门预算\n一、主要职责\n（一）管甲。\n四、其他重要事项\n（一）国有资产占用情况\n"
KINDS = "其中：主要领导干部用车{}辆、执法执勤用车{}辆、其他用车{}辆"
COUNTS: dict[str, tuple[str, set[Row]]] = {
    "vehicles that are there and vehicles to be bought": (
        f"截至2024年8月31日，示例市某局共有车辆3辆，{KINDS.format(0, 2, 1)}。\n"
        f"2025年部门预算安排购置车辆1辆，{KINDS.format(0, 1, 0)}。",
        {
            ("vehicles", 3, "2024"), ("vehicles-leader", 0, "2024"), ("vehicles-enforcement", 2, "2024"),
            ("vehicles-other", 1, "2024"), ("vehicles-purchased", 1, "2025"),
        },
    ),
    "equipment that is there and equipment to be bought": (
        "截至2024年8月31日，单价100万元（含）以上设备（不含车辆）2台（套）。\n"
        "2025年部门预算安排购置单价100万元（含）以上设备（不含车辆）1台（套）。",
        {("equipment-1m", 2, "2024")},
    ),
    "vehicles behind bought ones in one sentence": (
        "2025年购置公务用车0辆，公务用车保有量4辆。",
        {("vehicles-purchased", 0, "2025"), ("vehicles", 4, "2025")},
    ),
    "a vehicle bought for a use": (
        "车辆购置费10.00万元，主要用于购置防火巡护车辆1辆。共有车辆4辆。",
        {("vehicles-purchased", 1, "2025"), ("vehicles", 4, "2025")},
    ),
    "guests in other words": (
        "国内接待费22个批次、196人次。外宾接待0批次，0人次。",
        {
            ("reception-batches", 22, "2025"), ("reception-people", 196, "2025"),
            ("reception-foreign-batches", 0, "2025"), ("reception-foreign-people", 0, "2025"),
        },
    ),
    "groups of guests": (
        "全年共接待来访团组118个、来宾936人次。",
        {("reception-batches", 118, "2025"), ("reception-people", 936, "2025")},
    ),
    "equipment with 的 and a bracket": (
        "特种专业技术用车（救护车）5辆。单位价值50万元以上的通用设备3台（套）。",
        {("vehicles-special", 5, "2025"), ("equipment-500k", 3, "2025")},
    ),
    "a unit with any name": (
        "截至2024年12月31日，示例市某福利院共有车辆2辆。", {("vehicles", 2, "2024")},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), COUNTS.values(), ids=COUNTS)
def test_things_are_counted_for_their_year(text: str, wanted: set[Row]) -> None:
    facts = extract(text_document("a.txt", BUDGET + text + "\n"))
    assert {(count.item, count.value, count.year) for count in facts.counts} == wanted


ANNOUNCED = {
    "绩效自评的2024年度项目4个，涉及预算金额598.42万元。": (4, "598.42"),
    "2025年度，本部门编报绩效目标的项目共1个，涉及项目预算资金262.00万元。": (1, "262.00"),
    "本部门组织对6个项目开展绩效自评，涉及资金412.75万元。": (6, "412.75"),
}


@pytest.mark.parametrize(("text", "wanted"), ANNOUNCED.items())
def test_number_and_money_of_evaluated_projects_are_read(
    text: str, wanted: tuple[int, str]
) -> None:
    front = BUDGET.replace("国有资产占用情况", "预算绩效管理情况")
    performance = extract(text_document("a.txt", front + text + "\n")).performance
    assert (performance.project_count, str(performance.funds)) == wanted


def test_the_date_of_a_paragraph_holds_for_its_later_sentences() -> None:
    text = (
        "示例市甲区某局2023年部门预算\n五、国有资产占有使用情况\n"
        "截止2022年12月31日，流动资产9.00万元。固定资产5.00万元；共有车辆7辆，其中：执法执勤用车7辆。"
    )
    facts = extract(text_document("a.txt", text + "\n六、收支\n2023年支出预算9.00万元。"))
    assert {(one.item, one.year) for one in facts.counts} == {
        ("vehicles", "2022"),
        ("vehicles-enforcement", "2022"),
    }
