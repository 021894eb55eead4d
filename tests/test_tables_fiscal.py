"""The nine fiscal tables: whatever the layout, the figures read are those that were printed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from ingest.extract import extract
from ingest.facts import ObservationKey
from ingest.reading.building import DocumentBuilder, NewCell, Run
from ingest.reading.document import Document
from ingest.reading.files import read_file
from ingest.tables import fiscal_table as roles
from ingest.tables.amounts import parse_amount
from ingest.tables.fiscal import TableReading, read_tables
from ingest.tables.points import table_statements
from ingest.tables.titles import ROLES, phase_of, role_of
from tests.fiscal_layouts import Accounts, Form, accounts, forms, lay_out


def figures_of(reading: TableReading) -> dict[ObservationKey, Decimal]:
    """The value of each point, the first statement of it."""
    values: dict[ObservationKey, Decimal] = {}
    for statement in table_statements(reading.fiscal):
        values.setdefault(statement.key, statement.value)
    return values


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(accounts(), forms())
def test_figures_of_tables_are_read_back_from_every_layout(one: Accounts, form: Form) -> None:
    document, stated = lay_out(one, form)
    reading = read_tables(document, "2031", "final-accounts")
    assert figures_of(reading) == stated
    assert not reading.unread
    assert not reading.others
    assert {table.unit for table in reading.fiscal} == {form.unit}
    assert [table.role for table in reading.fiscal] == list(roles.ROLES[:8])


@settings(max_examples=20, deadline=None)
@given(accounts(), forms())
def test_spans_of_figures_hold_their_digits(one: Accounts, form: Form) -> None:
    document, _ = lay_out(one, form)
    for statement in table_statements(read_tables(document, "2031", "final-accounts").fiscal):
        clause = statement.clause
        assert document.text[clause.start : clause.end] == clause.quote
        assert parse_amount(clause.quote) == statement.value
        assert statement.start <= clause.start and clause.end <= statement.end


TITLES = (
    ("收入支出决算总表", roles.SUMMARY), ("2025年部门财务收支预算总表", roles.SUMMARY), ("部门收支总表", roles.SUMMARY),
    ("部门收支总体情况表", roles.SUMMARY), ("收入决算表", roles.INCOME), ("部门收入总表", roles.INCOME),
    ("2024年预算单位收入预算总表", roles.INCOME), ("支出决算表", roles.EXPENDITURE),
    ("部门支出总表", roles.EXPENDITURE),
    ("财政拨款收入支出决算总表", roles.FISCAL_SUMMARY), ("财政拨款收支总表", roles.FISCAL_SUMMARY),
    ("2024年部门财政拨款收支预算总表", roles.FISCAL_SUMMARY), ("财政拨款收支总体情况表", roles.FISCAL_SUMMARY),
    ("一般公共预算财政拨款支出决算表", roles.GENERAL), ("一般公共预算支出表", roles.GENERAL),
    ("2025年部门一般公共预算支出功能分类预算表", roles.GENERAL), ("一般公共预算财政拨款基本支出决算表", roles.BASIC),
    ("一般公共预算基本支出表", roles.BASIC), ("部门一般公共预算基本支出部门预算经济分类预算表", roles.BASIC),
    ("财政拨款“三公”经费支出决算表", roles.THREE_PUBLIC), ("一般公共预算“三公”经费支出表", roles.THREE_PUBLIC),
    ("部门“三公”经费和机关运行经费预算表", roles.THREE_PUBLIC), ("政府性基金预算支出表", roles.GOV_FUND),
    ("政府性基金预算财政拨款收入支出决算表", roles.GOV_FUND), ("国有资本经营预算支出表", roles.STATE_CAPITAL),
    ("国有资本经营预算财政拨款支出决算表", roles.STATE_CAPITAL), ("项目支出绩效自评表", None),
    ("政府采购明细表", None),
    ("政府采购预算表", roles.PROCUREMENT),
    ("部门整体支出绩效目标表", None), ("项目支出表", None),
)  # fmt: skip


@pytest.mark.parametrize(("title", "role"), TITLES)
def test_titles_tell_the_role_of_a_table(title: str, role: str | None) -> None:
    assert role_of(title) == role


def test_every_rule_of_a_title_has_an_example() -> None:
    used = {next(r for r, pattern in ROLES if pattern.search(t)) for t, role in TITLES if role}
    assert used == {*roles.ROLES, roles.PROCUREMENT}


def test_phase_is_that_of_the_title_not_of_the_name_of_a_fund() -> None:
    assert phase_of("一般公共预算财政拨款支出决算表", "budget") == "final"
    assert (
        phase_of("2025年部门一般公共预算支出功能分类预算表", "final-accounts") == "initial-budget"
    )
    assert phase_of("一般公共预算支出表", "final-accounts") == "final"
    assert phase_of("一般公共预算支出表", "budget") == "initial-budget"


AMOUNTS = (
    ("1,234.50", "1234.50"), ("１２３．４５", "123.45"), ("1 234.50", "1234.50"), ("-3.20", "-3.20"),
    ("－3.20", "-3.20"),
    ("(3.20)", "-3.20"), ("（1,000）", "-1000"), ("0.00", "0.00"), ("0", "0"), ("12.00万元", "12.00"),
    ("1，234.50", "1234.50"),
    ("", None), ("—", None), ("-", None), ("/", None), ("合计", None), ("12.5%", None), ("1,23", None), ("2,3", None),
)  # fmt: skip


@pytest.mark.parametrize(("text", "value"), AMOUNTS)
def test_amounts_of_cells(text: str, value: str | None) -> None:
    amount = parse_amount(text)
    assert amount == (None if value is None else Decimal(value))
    assert value is None or str(amount) == value


def build(*parts: str | Sequence[Sequence[str]]) -> Document:
    """A document of paragraphs and tables; a cell of None takes no place."""
    builder = DocumentBuilder()
    for part in parts:
        if isinstance(part, str):
            builder.add_paragraph([Run(part)])
        else:
            rows = [[NewCell.of(text, place) for place, text in enumerate(row)] for row in part]
            builder.add_table(rows)
    return builder.finish("示例.docx", "application/x", "0" * 64)


def read(*parts: str | Sequence[Sequence[str]], kind: str = "final-accounts") -> TableReading:
    return read_tables(build(*parts), "2031", kind)


def key(text: str, year: str = "2031", phase: str = "final") -> ObservationKey:
    fund, flow, item = text.split()
    return ObservationKey(fund, flow, item, year, phase)


def test_three_public_expenses_in_rows() -> None:
    reading = read(
        "一般公共预算“三公”经费支出表",
        "金额单位：万元",
        [
            ["项目", "上年决算数", "年初预算数", "决算数"],
            ["合计", "9.00", "8.00", "7.00"],
            ["1.因公出国（境）费用", "", "", "0.00"],
            ["2.公务接待费", "4.00", "3.00", "2.00"],
            ["3.公务用车费", "5.00", "5.00", "5.00"],
            ["其中：（1）公务用车运行维护费", "5.00", "5.00", "5.00"],
            ["（2）公务用车购置费", "—", "", ""],
        ],
    )
    values = figures_of(reading)
    assert values[key("general expenditure three-public")] == 7
    assert values[key("general expenditure three-public", phase="initial-budget")] == 8
    assert values[key("general expenditure three-public", year="2030")] == 9
    assert values[key("general expenditure reception")] == 2
    assert values[key("general expenditure vehicle")] == 5
    assert values[key("general expenditure vehicle-operation")] == 5
    assert values[key("general expenditure abroad")] == 0
    assert key("general expenditure vehicle-purchase") not in values
    assert not reading.unread


def test_three_public_expenses_of_a_budget_with_operating_expenses() -> None:
    reading = read(
        "2031年部门“三公”经费和机关运行经费预算表",
        "编制部门：示例市示例局 单位:万元",
        [
            ["“三公”经费预算数", "", "", "", "", "", "机关运行经费预算数"],
            ["合计", "因公出国(境)费", "公务接待费", "公务用车购置及运行费", "", "", ""],
            ["", "", "", "小计", "购置费", "运行费", ""],
            ["6.40", "", "1.00", "5.40", "", "5.40", "20.00"],
        ],
        kind="budget",
    )
    values = figures_of(reading)
    assert values[key("general expenditure three-public", phase="initial-budget")] == Decimal(
        "6.40"
    )
    assert values[key("general expenditure vehicle", phase="initial-budget")] == Decimal("5.40")
    assert values[key("all expenditure agency-operation", phase="initial-budget")] == 20
    assert reading.fiscal[0].phase == "initial-budget"


def test_three_public_expenses_with_things_counted() -> None:
    """The form of other provinces: expenses and counts in one column, the budget beside them."""
    reading = read(
        "“三公”经费、行政参公单位机关运行经费情况表",
        "公开08表 金额单位：万元",
        [
            ["项目", "行次", "年初预算数", "统计数"],
            ["栏次", "", "1", "2"],
            ["一、“三公”经费支出", "1", "—", "—"],
            ["（一）支出合计", "2", "5.00", "4.00"],
            ["1.公务用车购置及运行维护费", "4", "4.00", "3.00"],
            ["（1）公务用车运行维护费", "6", "4.00", "3.00"],
            ["2.公务接待费", "7", "1.00", "1.00"],
            ["（1）国内接待费", "8", "—", "1.00"],
            ["（二）相关统计数", "11", "—", "—"],
            ["1.因公出国（境）团组数（个）", "12", "—", "0"],
            ["2.公务用车保有量（辆）", "15", "—", "2"],
            ["二、机关运行经费", "20", "—", "30.00"],
        ],
    )
    values = figures_of(reading)
    assert values[key("general expenditure three-public")] == 4
    assert values[key("general expenditure three-public", phase="initial-budget")] == 5
    assert values[key("general expenditure vehicle")] == 3
    assert values[key("general expenditure reception")] == 1
    assert values[key("all expenditure agency-operation")] == 30
    assert len(values) == 9
    assert not reading.unread


def test_income_by_fund_of_a_budget() -> None:
    reading = read(
        "公开02表",
        "部门收入总表",
        "单位：元",
        [
            [
                "科目编码",
                "科目名称",
                "合计",
                "上年结转",
                "一般公共预算",
                "政府性基金预算",
                "事业收入",
            ],
            ["合计", "", "30.00", "1.00", "20.00", "4.00", "5.00"],
            ["201", "一般公共服务支出", "30.00", "1.00", "20.00", "4.00", "5.00"],
        ],
        kind="budget",
    )
    values = figures_of(reading)
    phase = "initial-budget"
    assert values[key("all income total", phase=phase)] == 30
    assert values[key("all carry-in total", phase=phase)] == 1
    assert values[key("all income general-appropriation", phase=phase)] == 20
    assert values[key("all income gov-fund-appropriation", phase=phase)] == 4
    assert values[key("all income business", phase=phase)] == 5
    assert values[key("all income func:201", phase=phase)] == 30
    assert reading.fiscal[0].unit == "元"


def test_summary_of_a_budget_with_this_year_and_what_is_carried_over() -> None:
    reading = read(
        "财政拨款收支总表",
        "单位：万元",
        [
            ["收入", "", "支出", "", "", ""],
            ["项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算"],
            ["一、本年收入", "12.00", "一、本年支出", "15.00", "11.00", "4.00"],
            ["（一）一般公共预算拨款", "10.00", "（一）教育支出", "15.00", "11.00", "4.00"],
            ["（二）政府性基金预算拨款", "2.00", "", "", "", ""],
            ["二、上年结转", "3.00", "二、结转下年", "", "", ""],
            ["（一）一般公共预算拨款", "1.00", "", "", "", ""],
            ["（二）政府性基金预算拨款", "2.00", "", "", "", ""],
            ["收入总计", "15.00", "支出总计", "15.00", "11.00", "4.00"],
        ],
        kind="budget",
    )
    values = figures_of(reading)
    phase = "initial-budget"
    assert values[key("fiscal income total", phase=phase)] == 12
    assert values[key("fiscal income general-appropriation", phase=phase)] == 10
    assert values[key("fiscal carry-in total", phase=phase)] == 3
    assert values[key("general carry-in total", phase=phase)] == 1
    assert values[key("gov-fund carry-in total", phase=phase)] == 2
    assert values[key("gov-fund expenditure func:205", phase=phase)] == 4
    assert values[key("fiscal income grand-total", phase=phase)] == 15


def test_general_budget_beside_the_year_before() -> None:
    reading = read(
        "一般公共预算支出表",
        "单位：万元",
        [
            [
                "功能分类科目",
                "",
                "2030年执行数",
                "2031年预算数",
                "",
                "",
                "2031年预算数比2030年执行数",
                "",
                "增减比例",
            ],
            ["科目编码", "科目名称", "", "小计", "基本支出", "项目支出", "增减额", "增减%", ""],
            ["205", "教育支出", "8.00", "9.00", "4.00", "5.00", "1.00", "12.50%", "12.5%"],
            ["合计", "", "8.00", "9.00", "4.00", "5.00", "1.00", "12.50%", "12.5%"],
        ],
        kind="budget",
    )
    phase = "initial-budget"
    row = reading.fiscal[0].rows[0]
    assert {column: figure.value for column, figure in row.figures.items()} == {
        "previous-executed": Decimal("8.00"),
        "total": Decimal("9.00"),
        "basic": Decimal("4.00"),
        "project": Decimal("5.00"),
        "change": Decimal("1.00"),
    }
    assert not reading.unread
    assert figures_of(reading) == {
        key("general expenditure func:205", phase=phase): 9,
        key("general expenditure total", phase=phase): 9,
        key("general expenditure basic", phase=phase): 4,
        key("general expenditure project", phase=phase): 5,
    }


def test_form_with_numbers_of_rows_and_columns_and_the_caption_inside() -> None:
    """The form of the accounting software: 公开01表, 行次, 栏次, remarks in the last row."""
    reading = read(
        [
            ["收入支出决算总表", "", "", "", "", ""],
            ["公开01表", "", "", "", "", ""],
            ["部门：示例局", "", "", "", "", "金额单位：千元"],
            ["收入", "", "", "支出", "", ""],
            ["项目", "行次", "金额", "项目", "行次", "金额"],
            ["栏次", "", "1", "栏次", "", "2"],
            ["一、一般公共预算财政拨款收入", "1", "120.50", "一、一般公共服务支出", "32", "100.00"],
            ["八、其他收入", "8", "", "八、社会保障和就业支出", "39", "20.50"],
            ["使用非财政拨款结余和专用结余", "28", "", "结余分配", "59", "1.00"],
            ["总计", "31", "121.50", "总计", "62", "121.50"],
            ["注：1.本表反映部门本年度的总收支和年末结转结余情况。", "", "", "", "", ""],
        ]
    )
    assert figures_of(reading) == {
        key("all income general-appropriation"): Decimal("120.50"),
        key("all expenditure func:201"): Decimal("100.00"),
        key("all expenditure func:208"): Decimal("20.50"),
        key("all surplus-distribution total"): Decimal("1.00"),
        key("all income grand-total"): Decimal("121.50"),
        key("all expenditure grand-total"): Decimal("121.50"),
    }
    assert reading.fiscal[0].title.quote == "收入支出决算总表"
    assert reading.fiscal[0].unit == "千元"
    assert not reading.unread


def test_basic_expenditure_in_three_panes_with_a_total_over_two() -> None:
    reading = read(
        "一般公共预算财政拨款基本支出决算表",
        "公开06表  金额单位：万元",
        [
            ["人员经费", "", "", "公用经费", "", "", "", "", ""],
            ["科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数", "科目编码", "科目名称", "决算数"],
            ["301", "工资福利支出", "50.00", "302", "商品和服务支出", "20.00", "310", "资本性支出", "1.00"],
            ["30101", "基本工资", "50.00", "30201", "办公费", "20.00", "31002", "办公设备购置", "1.00"],
            ["人员经费合计", "", "50.00", "公用经费合计", "", "", "", "", "21.00"],
        ],
    )  # fmt: skip
    assert figures_of(reading) == {
        key("general expenditure econ:301"): 50,
        key("general expenditure econ:302"): 20,
        key("general expenditure econ:310"): 1,
        key("general expenditure econ:30101"): 50,
        key("general expenditure econ:30201"): 20,
        key("general expenditure econ:31002"): 1,
        key("general expenditure personnel"): 50,
        key("general expenditure public"): 21,
    }
    assert {column for row in reading.fiscal[0].rows for column in row.figures} == {"total"}


def test_three_public_expenses_with_budget_and_accounts_one_after_the_other() -> None:
    items = ["合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费"]
    parts = ["", "", "小计", "公务用车购置费", "公务用车运行维护费", ""]
    reading = read(
        "财政拨款“三公”经费支出决算表",
        [
            ["预算数", "", "", "", "", "", "决算数", "", "", "", "", ""],
            items * 2,
            parts * 2,
            [str(number) for number in range(1, 13)],
            ["7.00", "", "5.00", "", "5.00", "2.00", "6.50", "", "4.50", "", "4.50", "2.00"],
        ],
    )
    values = figures_of(reading)
    assert values[key("fiscal expenditure three-public", phase="initial-budget")] == 7
    assert values[key("fiscal expenditure vehicle", phase="initial-budget")] == 5
    assert values[key("fiscal expenditure vehicle")] == Decimal("4.50")
    assert values[key("fiscal expenditure vehicle-operation")] == Decimal("4.50")
    assert values[key("fiscal expenditure reception")] == 2
    assert len(values) == 8


def test_general_table_with_what_is_carried_in_and_received() -> None:
    parts = ["合计", "基本支出", "项目支出"]
    reading = read(
        "一般公共预算财政拨款收入支出决算表",
        "公开05表",
        "单位：万元",
        [
            [
                "项目",
                "",
                "年初结转和结余",
                "",
                "",
                "本年收入",
                "",
                "",
                "本年支出",
                "",
                "",
                "年末结转和结余",
            ],
            [
                "科目代码",
                "科目名称",
                "合计",
                "基本支出结转",
                "项目支出结转和结余",
                *parts,
                *parts,
                "",
            ],
            [
                "合计",
                "",
                "1.00",
                "",
                "1.00",
                "9.00",
                "4.00",
                "5.00",
                "8.00",
                "4.00",
                "4.00",
                "2.00",
            ],
        ],
    )
    assert figures_of(reading) == {
        key("general carry-in total"): 1,
        key("general income total"): 9,
        key("general expenditure total"): 8,
        key("general expenditure basic"): 4,
        key("general expenditure project"): 4,
        key("general carry-out total"): 2,
    }
    assert not reading.unread


def test_summary_with_expenditure_by_nature() -> None:
    reading = read(
        "部门收支总体情况表",
        "单位：万元",
        [
            ["收 入", "", "支 出", "", "", ""],
            ["项    目", "预算数", "项    目", "合计", "基本支出", "项目支出"],
            ["一、一般公共预算拨款收入", "10.00", "一、教育支出", "10.00", "4.00", "6.00"],
            ["本年收入合计", "10.00", "本年支出合计", "10.00", "4.00", "6.00"],
        ],
        kind="budget",
    )
    values = figures_of(reading)
    assert values[key("all expenditure basic", phase="initial-budget")] == 4
    assert values[key("all expenditure func:205", phase="initial-budget")] == 10
    assert len(values) == 6


def test_economic_classes_numbered_on_are_read_by_name() -> None:
    reading = read(
        "一般公共预算基本支出部门预算经济分类预算表",
        "单位：元",
        [
            ["类", "款", "经济分类科目名称", "合计", "人员经费", "公用经费"],
            ["302", "", "商品和服务支出", "7", "", "7"],
            ["302", "2", "咨询费", "3", "", "3"],
            ["302", "03", "水费", "4", "", "4"],
            ["302", "06", "示例专门费用", "1", "", "1"],
            ["303", "", "离退休人员经费", "2", "2", ""],
            ["合计", "", "", "9", "2", "7"],
        ],
        kind="budget",
    )
    phase = "initial-budget"
    assert figures_of(reading) == {
        key("general expenditure econ:302", phase=phase): 7,
        key("general expenditure econ:30203", phase=phase): 3,
        key("general expenditure econ:30205", phase=phase): 4,
        key("general expenditure econ:303", phase=phase): 2,
        key("general expenditure basic", phase=phase): 9,
        key("general expenditure personnel", phase=phase): 2,
        key("general expenditure public", phase=phase): 7,
    }
    assert [(row.code, row.label) for row in reading.fiscal[0].rows][1] == ("30202", "咨询费")
    assert [span.quote for _, span in reading.unread] == ["1", "1"]


def test_function_class_keeps_its_printed_code_and_label() -> None:
    reading = read(
        "支出决算表",
        "单位：万元",
        [
            ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
            ["2101101", "住房公积金", "3.00", "3.00", ""],
            ["2109", "事业单位医疗", "1.00", "1.00", ""],
        ],
    )
    first, second = reading.fiscal[0].rows
    assert (first.item, first.code, first.label) == ("func:2101101", "2101101", "住房公积金")
    assert (second.item, second.figures["total"].value) == ("", Decimal("1.00"))
    assert [span.quote for _, span in reading.unread] == ["1.00", "1.00"]


def test_classes_listed_for_each_unit_are_no_figures_of_the_department() -> None:
    reading = read(
        "支出预算总表",
        "单位：万元",
        [
            ["单位名称", "科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["示例局（本级）", "205", "教育支出", "1.00", "1.00", ""],
            ["", "208", "社会保障和就业支出", "5.00", "", "5.00"],
            ["小计", "", "", "6.00", "1.00", "5.00"],
            ["示例中心", "205", "教育支出", "2.00", "2.00", ""],
            ["小计", "", "", "2.00", "2.00", ""],
            ["合计", "", "", "8.00", "3.00", "5.00"],
        ],
        kind="budget",
    )
    phase = "initial-budget"
    assert figures_of(reading) == {
        key("all expenditure func:208", phase=phase): 5,
        key("all expenditure total", phase=phase): 8,
        key("all expenditure basic", phase=phase): 3,
        key("all expenditure project", phase=phase): 5,
    }
    assert len(reading.fiscal[0].rows) == 6


def test_empty_table_keeps_its_remark() -> None:
    header = ["科目编码", "科目名称", "年初结转和结余", "本年收入", "本年支出", "年末结转和结余"]
    reading = read(
        "政府性基金预算财政拨款收入支出决算表",
        "单位：万元",
        [header, ["合计", "", "", "", "", ""]],
        "注：示例局无政府性基金预算收支，故本表无数据。",
        "国有资本经营预算财政拨款支出决算表",
        "单位：万元",
        [
            header,
            ["合计", "", "", "", "", ""],
            ["备注：本单位没有国有资本经营预算支出。", "", "", "", "", ""],
        ],
    )
    fund, capital = reading.fiscal
    assert fund.note and "本表无数据" in fund.note.quote
    assert capital.note and capital.note.quote.startswith("备注")
    assert not fund.figures() and not capital.figures()


def test_table_that_is_not_known_is_listed_with_its_title() -> None:
    reading = read(
        "政府采购明细表",
        [["项目", "预算"], ["货物", "3.00"]],
        "收入决算表",
        [["序号", "备注"], ["1", "无"]],
    )
    assert not reading.fiscal
    assert [table.title and table.title.quote for table in reading.others] == [
        "政府采购明细表",
        "收入决算表",
    ]


def test_table_without_title_is_recognised_by_its_header() -> None:
    reading = read(
        [
            ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出", "上缴上级支出"],
            ["205", "教育支出", "3.00", "1.00", "2.00", ""],
        ]
    )
    assert reading.fiscal[0].role == roles.EXPENDITURE
    assert reading.fiscal[0].unit is None


def test_words_between_two_tables_part_them() -> None:
    header = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    reading = read(
        "支出决算表",
        [header, ["205", "教育支出", "3.00", "1.00", "2.00"]],
        "示例局的其他事项说明如下，各项工作已经完成。",
        [["206", "科学技术支出", "4.00", "4.00", ""]],
    )
    assert [len(table.rows) for table in reading.fiscal] == [1]
    assert len(reading.others) == 1


PROCUREMENTS = (
    [["项目", "金额"], ["一、政府采购支出合计", "6.00"], ["1.政府采购货物支出", "1.00"], ["2.政府采购工程支出", "2.00"],
     ["3.政府采购服务支出", "3.00"]],
    [["序号", "项目", "预算"], ["1", "货物", "1.00"], ["2", "工程", "2.00"], ["3", "服务", "3.00"],
     ["", "合计", "6.00"]],
    [["单位名称", "合计", "货物", "工程", "服务"], ["示例局", "6.00", "1.00", "2.00", "3.00"]],
    [["单位名称", "采购金额", "", "", ""], ["", "合计", "货物", "工程", "服务"],
     ["合计", "6.00", "1.00", "2.00", "3.00"]],
)  # fmt: skip


@pytest.mark.parametrize("rows", PROCUREMENTS)
def test_procurement_by_kind(rows: list[list[str]]) -> None:
    reading = read("政府采购情况表", "单位：万元", rows)
    assert figures_of(reading) == {
        key("all expenditure procurement"): 6,
        key("all expenditure procurement-goods"): 1,
        key("all expenditure procurement-works"): 2,
        key("all expenditure procurement-services"): 3,
    }
    assert not reading.unread


def test_point_stated_in_text_and_table_is_one_observation() -> None:
    """The narrative's statement leads; a table that differs is kept as a mention, and its unit as printed."""
    facts = extract(
        build(
            "示例市示例局2031年度部门决算情况说明",
            "第二部分 部门决算表",
            "收入支出决算总表",
            "单位：元",
            [
                ["收入", "", "支出", ""],
                ["项目", "决算数", "项目", "决算数"],
                ["总计", "301,000.00", "总计", "300,000.00"],
            ],
            "第三部分 部门决算情况说明",
            "一、收入支出决算总体情况说明",
            "示例局2031年度收入总计30万元，支出总计30万元，比上年增加5万元，增长20%。",
        )
    )
    income = facts.observation(key("all income grand-total"))
    assert income
    assert (income.value, income.unit) == (Decimal("30"), "万元")
    assert [(m.value, m.unit, m.section) for m in income.mentions][1:] == [
        (Decimal("301000.00"), "元", roles.SUMMARY)
    ]
    assert income.mentions[1].span.quote == "301,000.00"
    assert "收入总计30万元" in income.span.quote


def test_every_figure_of_the_nine_tables_of_a_real_document_is_found(corpus: Path) -> None:
    """The values of the gold file that say where they stand (T1 to T9) are all read from their tables."""
    gold = json.loads((corpus / "shanghai/gold/putuo-finance-2024.json").read_text("utf-8"))
    document = read_file(corpus / "shanghai/putuo-finance-2024.pdf")
    reading = read_tables(document, "2024", "final-accounts")
    stated = {(s.key, s.value) for s in table_statements(reading.fiscal)}
    wanted = {
        (
            ObservationKey(a["fund"], a["flow"], a["item"], a["year"], a["phase"]),
            Decimal(a["value"]),
        )
        for a in gold["amounts"]
        if str(a["where"]).startswith("T")
    }
    assert len(wanted) > 100
    assert wanted <= stated
    assert not reading.unread
    assert [table.role for table in reading.fiscal] == list(roles.ROLES)
    assert {table.unit for table in reading.fiscal} == {"万元"}
    assert [bool(table.note) for table in reading.fiscal] == [False] * 7 + [True] * 2


@pytest.mark.parametrize(
    "name",
    [
        "putuo-commerce-budget-2025.pdf", "putuo-finance-budget-2025.pdf", "putuo-welfare-home-budget-2024.pdf",
        "wanli-subdistrict-budget-2023.pdf", "wanli-subdistrict-budget-2024.pdf",
    ],
)  # fmt: skip
def test_tables_of_real_budgets_add_up(corpus: Path, name: str) -> None:
    """Each budget has the nine tables; their 类 and their 项 add up to the total, each by itself."""
    document = read_file(corpus / "unlabelled" / name)
    reading = read_tables(document, "2000", "budget")
    by_role = {table.role: table for table in reading.fiscal}
    assert set(by_role) == set(roles.ROLES)
    for role in (roles.INCOME, roles.EXPENDITURE, roles.GENERAL):
        totals = {
            row.item: row.figures["total"].value
            for row in by_role[role].rows
            if "total" in row.figures
        }
        classes = sum(value for item, value in totals.items() if len(item) == len("func:201"))
        items = sum(value for item, value in totals.items() if len(item) == len("func:2010601"))
        assert classes == items == totals["total"]
