"""What tables of other provinces and years print differently: their titles, forms and codes."""

from __future__ import annotations

import pytest

from ingest.tables import fiscal_table as roles
from ingest.tables.codes import ClassLookup
from ingest.tables.titles import is_title, role_of
from tests.test_tables_fiscal import figures_of, key, read

TITLES = (
    ("财政拨款收入支出决算表", roles.FISCAL_SUMMARY),
    ("财政拨款收支预算表", roles.FISCAL_SUMMARY),
    ("一般公共预算财政拨款收入支出决算表", roles.GENERAL),
    ("政府性基金预算财政拨款收入支出决算表", roles.GOV_FUND),
    ("一般公共预算财政拨款基本支出决算明细表", roles.BASIC),
    ("一般公共预算支出明细表（按功能科目分）", roles.GENERAL),
    ("一般公共预算支出明细表（按支出经济分类科目）", None),
    ("一般公共预算基本支出明细表（按功能科目分）", None),
    ("财政拨款支出决算明细表", None),
    ("专项业务经费明细表", None),
)


@pytest.mark.parametrize(("title", "role"), TITLES)
def test_titles_of_details_and_of_other_classifications(title: str, role: str | None) -> None:
    assert role_of(title) == role


@pytest.mark.parametrize(
    "form", ["公开01表", "公开01表单位:万元", "附表1", "预算01表", "公开01表（续表）"]
)
def test_number_of_a_form_is_no_title(form: str) -> None:
    assert not is_title(form)


def test_title_behind_the_number_of_its_form() -> None:
    reading = read(
        "公开03表 支出总表",
        "单位：万元",
        [
            ["项目", "", "合计", "基本支出", "项目支出"],
            ["功能分类科目编码", "科目名称", "", "", ""],
            ["", "合计", "3.00", "1.00", "2.00"],
            ["201", "一般公共服务支出", "3.00", "1.00", "2.00"],
        ],
        kind="budget",
    )
    assert [table.role for table in reading.fiscal] == [roles.EXPENDITURE]
    assert figures_of(reading) == {
        key("all expenditure total", phase="initial-budget"): 3,
        key("all expenditure basic", phase="initial-budget"): 1,
        key("all expenditure project", phase="initial-budget"): 2,
        key("all expenditure func:201", phase="initial-budget"): 3,
    }


def test_header_cell_that_a_page_break_parts() -> None:
    reading = read(
        "一般公共预算财政拨款支出决算表",
        "单位：万元",
        [
            ["项目", "", "本年支出合计", "基本支出", "项目支出"],
            ["功能分类科目编", "科目名称", "", "", ""],
        ],
        [
            ["码", "", "", "", ""],
            ["", "合计", "3.00", "1.00", "2.00"],
            ["201", "一般公共服务支出", "3.00", "1.00", "2.00"],
        ],
    )
    assert figures_of(reading)[key("general expenditure func:201")] == 3
    assert not reading.unread


def test_code_of_a_class_that_bears_the_name_in_another_edition_is_kept() -> None:
    """30104 bore this name until 2017, 30112 bears it since; a budget that numbers for itself has neither."""
    lookup = ClassLookup.of_economic("2016")
    assert lookup.item("30112", "其他社会保障缴费") == "econ:30112"
    assert lookup.item("30104", "其他社会保障缴费") == "econ:30104"
    assert lookup.item("30109", "其他社会保障缴费") == "econ:30104"
