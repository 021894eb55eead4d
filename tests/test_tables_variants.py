"""What tables of other provinces and years print differently: their titles, forms and codes."""

from __future__ import annotations

import pytest

from ingest.facts import ObservationKey
from ingest.reading.building import DocumentBuilder, NewCell, Run
from ingest.tables import fiscal_table as roles
from ingest.tables.codes import ClassLookup
from ingest.tables.fiscal import read_tables
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
    ("公共预算财政拨款收入支出决算表", roles.GENERAL),
    ("公共财政预算拨款支出表", roles.GENERAL),
    ("一般预算支出表", roles.GENERAL),
    ("一般公共预算相关经费支出决算表", roles.THREE_PUBLIC),
    ("“三公”经费公共预算财政拨款支出决算表", roles.THREE_PUBLIC),
    ("财政专户管理资金收入支出决算表", None),
    ("单位资金支出表", None),
    ("上年结转资金支出表", None),
    ("社会保险基金预算支出表", None),
    ("政府性基金及国有资本经营预算支出表", None),
)


@pytest.mark.parametrize(("title", "role"), TITLES)
def test_titles_of_details_and_of_other_classifications(title: str, role: str | None) -> None:
    assert role_of(title) == role


@pytest.mark.parametrize(
    "form",
    ["公开01表", "公开01表单位:万元", "附表1", "预算01表", "公开01表（续表）", "表一：", "附表二"],
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


@pytest.mark.parametrize(
    "title", ["表三：支出决算表", "表三 支出决算表", "附表3：支出决算表", "公开03表：支出决算表"]
)
def test_title_behind_a_colon(title: str) -> None:
    assert is_title(title)
    reading = read(title, "单位：万元", [["科目", "合计"], ["教育支出", "1.00"]])
    assert figures_of(reading) == {key("all expenditure func:205"): 1}


def test_budget_of_the_whole_year_is_the_adjusted_one() -> None:
    reading = read(
        "财政拨款“三公”经费支出决算表",
        "单位：万元",
        [
            ["全年预算数", "", "决算数", ""],
            ["合计", "公务接待费", "合计", "公务接待费"],
            ["2.00", "1.00", "4.00", "3.00"],
        ],
    )
    assert figures_of(reading) == {
        key("fiscal expenditure three-public", phase="adjusted-budget"): 2,
        key("fiscal expenditure reception", phase="adjusted-budget"): 1,
        key("fiscal expenditure three-public"): 4,
        key("fiscal expenditure reception"): 3,
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


HEADS = ["项目", "", "本年支出合计", "基本支出", "项目支出"]
CODES = ["功能分类科目编码", "科目名称", "", "", ""]
TOTAL = ["", "合计", "30.00", "10.00", "20.00"]
CLASS = ["201", "一般公共服务支出", "30.00", "10.00", "20.00"]
SUM = {
    key("all expenditure total"): 30,
    key("all expenditure basic"): 10,
    key("all expenditure project"): 20,
    key("all expenditure func:201"): 30,
}


def cut(row: list[str], places: dict[int, int]) -> tuple[list[str], list[str]]:
    """A row in two: the cells at these columns after so many characters, the others whole above."""
    above = [text[: places.get(column, len(text))] for column, text in enumerate(row)]
    rest = [text[places.get(column, len(text)) :] for column, text in enumerate(row)]
    return above, rest


@pytest.mark.parametrize(
    "places", [{2: 2}, {2: 3}, {2: 4, 3: 4}, {1: 5}, {1: 3, 2: 4}, {1: 7, 4: 3}]
)
def test_row_that_a_page_break_cuts_is_one(places: dict[int, int]) -> None:
    above, rest = cut(CLASS, places)
    last = ["20103", "其他", "30.00", "10.00", "20.00"]
    reading = read("支出决算表", "单位：万元", [HEADS, CODES, TOTAL, above], [rest, last])
    values = figures_of(reading)
    assert {point: values[point] for point in SUM} == SUM
    assert not reading.unread
    assert reading.fiscal[0].rows[1].label == "一般公共服务支出"


def test_whole_figures_are_not_put_together() -> None:
    """5.00 above 6.00, and a row of its own without figures, are no row in two."""
    reading = read(
        "支出决算表",
        "单位：万元",
        [HEADS, CODES, TOTAL, CLASS],
        [["202", "外交支出", "", "", ""], ["203", "国防支出", "5.00", "5.00", ""]],
    )
    assert [row.code for row in reading.fiscal[0].rows] == ["", "201", "202", "203"]
    assert figures_of(reading)[key("all expenditure func:201")] == 30


def test_unnumbered_row_of_a_summary_behind_a_page_break_stays_a_row() -> None:
    reading = read(
        "收入支出决算总表",
        "单位：万元",
        [["项目", "决算数", "项目", "决算数"], ["一、其他收入", "1.00", "一、其他支出", "1.00"]],
        [["本年收入合计", "", "本年支出合计", ""], ["总计", "1.00", "总计", "1.00"]],
    )
    assert [row.label for row in reading.fiscal[0].rows] == [
        "一、其他收入", "一、其他支出", "本年收入合计", "本年支出合计", "总计", "总计",
    ]  # fmt: skip


def test_label_of_a_summary_that_a_page_break_cuts() -> None:
    reading = read(
        "收入支出决算总表",
        "单位：万元",
        [["项目", "决算数", "项目", "决算数"], ["一、上级补", "1.00", "一、教", "2.00"]],
        [["助收入", "", "育支出", ""], ["总计", "1.00", "总计", "1.00"]],
    )
    assert figures_of(reading) == {
        key("all income superior-subsidy"): 1,
        key("all expenditure func:205"): 2,
        key("all income grand-total"): 1,
        key("all expenditure grand-total"): 1,
    }


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ([HEADS], [CODES]),
        # On a page by itself nothing parts the columns of 项目.
        ([["项目", "本年支出合计", "基本支出", "项目支出"]], [CODES]),
        ([["项目", "", "本年支出", "基本", "项目支出"]], [["编码", "名称", "合计", "支出", ""]]),
    ],
)
def test_header_that_a_page_break_parts(above: list[list[str]], below: list[list[str]]) -> None:
    reading = read("支出决算表", "单位：万元", above, [*below, TOTAL, CLASS])
    assert figures_of(reading) == SUM
    assert len(reading.fiscal) == 1
    assert not reading.unread and not reading.others


def test_panes_of_a_summary_whose_header_a_page_break_parts() -> None:
    reading = read(
        "收入支出决算总表",
        "单位：万元",
        [["收入", "支出"]],
        [
            ["项目", "决算数", "项目", "决算数"],
            ["一、其他收入", "1.00", "一、其他支出", "2.00"],
        ],
    )
    assert figures_of(reading) == {key("all income other"): 1, key("all expenditure func:229"): 2}


def test_empty_table_keeps_its_header_from_the_next() -> None:
    reading = read(
        "支出决算表",
        "单位：万元",
        [HEADS, CODES],
        "国有资本经营预算财政拨款支出决算表",
        [HEADS, CODES, TOTAL],
    )
    assert [table.role for table in reading.fiscal] == [roles.EXPENDITURE, roles.STATE_CAPITAL]
    assert not reading.fiscal[0].rows


def test_header_of_a_table_without_title_is_no_rest_of_a_row() -> None:
    reading = read(
        "支出决算表",
        "单位：万元",
        [["科目", "合计"], ["教育支出", "1.00"]],
        [["项目", "金额"], ["外交支出", "2.00"]],
    )
    assert reading.fiscal[0].rows[0].label == "教育支出"
    assert figures_of(reading)[key("all expenditure func:205")] == 1


MORE = ["205", "教育支出", "50.00", "50.00", ""]


@pytest.mark.parametrize("place", [1, 2])
def test_next_page_with_a_column_more_that_is_blank(place: int) -> None:
    """The rule under 项目 goes on through all rows of the next page."""
    wider = [
        [*row[:place], "", *row[place:]] for row in (MORE, ["206", "科学技术支出", "6.00", "", ""])
    ]
    reading = read("支出决算表", "单位：万元", [HEADS, CODES, TOTAL, CLASS], wider)
    assert figures_of(reading) == {
        **SUM,
        key("all expenditure func:205"): 50,
        key("all expenditure func:206"): 6,
    }
    assert not reading.unread and not reading.others


@pytest.mark.parametrize(
    "row",
    [
        # Which of the blank columns is the one more cannot be told.
        ["205", "教育支出", "50.00", "", "50.00", ""],
        # None is blank.
        ["205", "普通教育", "教育支出", "50.00", "50.00", "1.00"],
    ],
)
def test_next_page_with_other_columns_is_not_guessed(row: list[str]) -> None:
    reading = read("支出决算表", "单位：万元", [HEADS, CODES, TOTAL, CLASS], [row])
    assert figures_of(reading) == SUM
    assert len(reading.others) == 1


def test_header_whose_columns_are_parted_below_a_page_break() -> None:
    items = ["合计", "因公出国", "公务用车购置及运行费", "公务接待"]
    parts = ["", "（境）费", "小计", "公务用车购置费", "公务用车运行费", "费"]
    reading = read(
        "一般公共预算财政拨款“三公”经费支出决算表",
        "单位：万元",
        [["预算数", "", "", "", "决算数", "", "", ""], [*items, *items]],
        [
            [*parts, *parts],
            ["9.00", "1.00", "6.00", "2.00", "4.00", "2.00", "8.00", "", "5.00", "", "5.00", "3.00"],
        ],
    )  # fmt: skip
    planned = "three-public 9|abroad 1|vehicle 6|vehicle-purchase 2|vehicle-operation 4|reception 2"
    spent = "three-public 8|vehicle 5|vehicle-operation 5|reception 3"
    assert figures_of(reading) == {
        key(f"general expenditure {item}", phase=phase): int(value)
        for phase, figures in (("initial-budget", planned), ("final", spent))
        for item, value in map(str.split, figures.split("|"))
    }
    assert not reading.unread


def test_row_below_a_header_that_counts_its_columns_wrongly() -> None:
    """公务用车 is said to cover four columns and has three; the cell of 出国 below is two columns wide."""
    builder = DocumentBuilder()
    for line in ("一般公共预算“三公”经费支出决算表", "单位：万元"):
        builder.add_paragraph([Run(line)])
    builder.add_table(
        [
            [
                NewCell.of("合计", 0, 1, 2), NewCell.of("因公出国（境）费", 1, 1, 2),
                NewCell.of("公务用车购置及运行费", 2, 4), NewCell.of("公务接待费", 6, 1, 2),
            ],
            [NewCell.of("小计", 2), NewCell.of("购置费", 3), NewCell.of("运行费", 4)],
            [
                NewCell.of("9.00", 0), NewCell.of("", 1, 2), NewCell.of("7.00", 3),
                NewCell.of("3.00", 4), NewCell.of("4.00", 5), NewCell.of("2.00", 6),
            ],
        ]
    )  # fmt: skip
    document = builder.finish("示例.html", "text/html", "0" * 64)
    assert figures_of(read_tables(document, "2031", "final-accounts")) == {
        key("general expenditure three-public"): 9,
        key("general expenditure vehicle"): 7,
        key("general expenditure vehicle-purchase"): 3,
        key("general expenditure vehicle-operation"): 4,
        key("general expenditure reception"): 2,
    }


def budget(point: str) -> ObservationKey:
    return key(point, phase="initial-budget")


def test_income_of_the_year_beside_what_is_carried_in_by_fund() -> None:
    """The funds under 上年结转 are no income of the year, whichever stands first; 合计 holds both."""
    reading = read(
        "部门收入总表",
        "单位：万元",
        [
            ["科目", "", "合计", "上年结转", "", "", "本年收入", "", ""],
            ["编码", "名称", "", "小计", "一般公共预算", "政府性基金预算", "小计", "一般公共预算", "单位资金"],
            ["", "合计", "9.00", "3.00", "1.00", "2.00", "6.00", "4.00", "2.00"],
        ],
        kind="budget",
    )  # fmt: skip
    assert figures_of(reading) == {
        budget("all income grand-total"): 9,
        budget("all income total"): 6,
        budget("all income general-appropriation"): 4,
        budget("all carry-in total"): 3,
    }
    assert not reading.unread


def test_part_of_the_income_that_is_not_known_is_not_the_income() -> None:
    reading = read(
        "部门收入总表",
        "单位：万元",
        [
            ["科目", "", "本年收入", ""],
            ["编码", "名称", "一般公共预算", "某项新的资金"],
            ["", "合计", "4.00", "2.00"],
        ],
        kind="budget",
    )
    assert figures_of(reading) == {budget("all income general-appropriation"): 4}
    assert [span.quote for _, span in reading.unread] == ["2.00"]


def test_expenditure_parted_in_two_ways_has_one_total() -> None:
    reading = read(
        "部门收支总表",
        "单位：万元",
        [
            ["收入", "", "支出", "", "", ""],
            ["项目", "预算数", "按功能科目分类", "预算数", "按支出用途分类", "预算数"],
            ["一、财政拨款", "9.00", "一、教育支出", "9.00", "一、基本支出", "7.00"],
            ["二、单位资金", "", "", "", "其中：人员经费", "5.00"],
            ["收入总计", "9.00", "支出总计", "9.00", "支出总计", "9.00"],
        ],
        kind="budget",
    )
    assert figures_of(reading) == {
        budget("all income fiscal-appropriation"): 9,
        budget("all income grand-total"): 9,
        budget("all expenditure func:205"): 9,
        budget("all expenditure basic"): 7,
        budget("all expenditure personnel"): 5,
        budget("all expenditure grand-total"): 9,
    }
    assert not reading.unread
