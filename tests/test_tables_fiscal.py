"""The nine fiscal tables: whatever the layout, the figures read are those that were printed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

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
    ("国有资本经营预算财政拨款支出决算表", roles.STATE_CAPITAL), ("项目支出绩效自评表", None), ("政府采购预算表", None),
    ("部门整体支出绩效目标表", None), ("项目支出表", None),
)  # fmt: skip


@pytest.mark.parametrize(("title", "role"), TITLES)
def test_titles_tell_the_role_of_a_table(title: str, role: str | None) -> None:
    assert role_of(title) == role


def test_every_rule_of_a_title_has_an_example() -> None:
    used = {next(r for r, pattern in ROLES if pattern.search(t)) for t, role in TITLES if role}
    assert used == set(roles.ROLES)


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
            ],
            ["科目编码", "科目名称", "", "小计", "基本支出", "项目支出", "增减额", "增减%"],
            ["205", "教育支出", "8.00", "9.00", "4.00", "5.00", "1.00", "12.50%"],
            ["合计", "", "8.00", "9.00", "4.00", "5.00", "1.00", "12.50%"],
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
    assert figures_of(reading) == {
        key("general expenditure func:205", phase=phase): 9,
        key("general expenditure total", phase=phase): 9,
        key("general expenditure basic", phase=phase): 4,
        key("general expenditure project", phase=phase): 5,
    }


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
        "政府采购预算表",
        [["项目", "预算"], ["货物", "3.00"]],
        "收入决算表",
        [["序号", "备注"], ["1", "无"]],
    )
    assert not reading.fiscal
    assert [table.title and table.title.quote for table in reading.others] == [
        "政府采购预算表",
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
