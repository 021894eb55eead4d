"""Checks of fiscal tables, and of the text against them: planted contradictions are found, rounding and
correct tables raise no error."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.checks import check
from ingest.checks.between_tables import check_between_tables
from ingest.checks.listed import check_listed
from ingest.checks.residue import RESIDUES, check_residue
from ingest.checks.tables import check_fiscal_tables
from ingest.extract import extract
from ingest.facts import Anomaly, Span
from ingest.reading.text import text_document
from ingest.tables.fiscal_table import (
    BASIC,
    EXPENDITURE,
    FISCAL_SUMMARY,
    GENERAL,
    GOV_FUND,
    Figure,
    FiscalRow,
    FiscalTable,
)

NOWHERE = Span(0, 1, "表")
FRONT = "示例市甲区某局\n2022年度部门决算公开说明\n二、部门决算情况说明\n"
GENERAL_SECTION = "（三）一般公共预算财政拨款支出决算情况说明\n"
OVERALL = "（一）收入支出决算总体情况说明\n"


def row(item: str, label: str = "", flow: str = "", **figures: str) -> FiscalRow:
    """A row; `gov_fund="1.00"` is the column gov-fund."""
    read = {
        column.replace("_", "-"): Figure(Decimal(value), NOWHERE)
        for column, value in figures.items()
    }
    return FiscalRow(item, flow, item.rpartition(":")[2], label, NOWHERE, read)


def table(role: str, *rows: FiscalRow, note: Span | None = None) -> FiscalTable:
    return FiscalTable(role, NOWHERE, "万元", "final", "2022", rows, NOWHERE, note)


def found(*tables: FiscalTable) -> list[tuple[str, str]]:
    return [(anomaly.kind, anomaly.severity) for anomaly in check_fiscal_tables(tables)]


def errors(*tables: FiscalTable) -> list[Anomaly]:
    return [one for one in check_fiscal_tables(tables) if one.severity == "error"]


def test_a_table_that_adds_up_raises_nothing() -> None:
    assert not found(
        table(
            EXPENDITURE,
            row("total", total="30.00", basic="10.00", project="20.00"),
            row("func:201", total="30.00", basic="10.00", project="20.00"),
            row("func:20101", total="12.00", basic="10.00", project="2.00"),
            row("func:2010101", total="12.00", basic="10.00", project="2.00"),
            row("func:20102", total="18.00", project="18.00"),
            row("func:2010201", total="18.00", project="18.00"),
        )
    )


def test_rows_that_do_not_add_up_are_an_error_at_the_row_that_sums_them() -> None:
    (anomaly,) = errors(
        table(
            GENERAL,
            row("total", total="30.00"),
            row("func:201", "一般公共服务支出", total="30.00"),
            row("func:20101", total="12.00"),
            row("func:20102", total="17.00"),
        )
    )
    assert anomaly.why == (
        "General public services: the rows below it add up to 29.00, stated 30.00 ten thousand yuan "
        "(12.00+17.00)"
    )
    assert anomaly.why_zh == (
        "一般公共服务支出：其下各行相加为29.00，表中为30.00万元（12.00+17.00）"
    )


def test_columns_that_do_not_add_up_are_an_error() -> None:
    assert found(
        table(FISCAL_SUMMARY, row("func:201", fiscal="9.00", general="8.00", gov_fund="2.00"))
    ) == [("sum", "error")]


def test_what_rounding_explains_is_no_error() -> None:
    assert found(
        table(
            BASIC,
            row("econ:301", total="10.01"),
            row("econ:30101", total="5.00"),
            row("econ:30102", total="5.00"),
        )
    ) == [("sum", "rounding")]


def test_an_empty_table_says_why() -> None:
    assert found(table(GOV_FUND)) == [("plausibility", "minor")]
    assert not found(table(GOV_FUND, note=Span(0, 9, "本表无数据")))


@given(
    st.lists(
        st.lists(st.decimals("0.00", "99999.99", places=4), min_size=1, max_size=5),
        min_size=1,
        max_size=5,
    )
)
def test_a_correct_table_never_raises_an_error(groups: list[list[Decimal]]) -> None:
    """Whatever the true amounts are: every printed figure is rounded by itself."""

    def printed(value: Decimal) -> str:
        return str(value.quantize(Decimal("0.01"), ROUND_HALF_UP))

    rows = [row("total", total=printed(sum((x for group in groups for x in group), Decimal(0))))]
    for number, group in enumerate(groups):
        code = f"20{number + 1}"
        rows.append(row(f"func:{code}", total=printed(sum(group, Decimal(0)))))
        for place, amount in enumerate(group):
            rows.append(row(f"func:{code}0{place + 1}", total=printed(amount)))
    assert not errors(table(GENERAL, *rows))


def test_one_budget_spends_no_more_than_all() -> None:
    everything = table(EXPENDITURE, row("func:201", total="9.00", basic="5.00", project="4.00"))
    within = table(GENERAL, row("func:201", total="8.99", basic="5.00", project="3.99"))
    beyond = table(GENERAL, row("func:201", total="9.50", basic="5.50", project="4.00"))
    assert not [*check_between_tables((everything, within))]
    assert [one.severity for one in check_between_tables((everything, beyond))] == ["error"] * 2


def checked(text: str, *tables: FiscalTable) -> list[tuple[str, str]]:
    document = text_document("a.txt", FRONT + text)
    anomalies = check(document, extract(document), tables)
    return [(anomaly.kind, anomaly.severity) for anomaly in anomalies]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("年初预算为10.00万元，支出决算为8.00万元，完成年初预算的80.00%。", []),
        (
            "年初预算为10.00万元，支出决算为8.00万元，完成年初预算的85.00%。",
            [("completion-rate", "error")],
        ),
        (
            "年初预算为10.00万元，支出决算为8.00万元，决算数大于预算数的主要原因是人员增加。",
            [("direction", "error")],
        ),
        ("年初预算为10.00万元，支出决算为8.00万元，决算数小于预算数的主要原因是人员减少。", []),
        (
            "年初预算为10.00万元，支出决算为8.00万元，决算数与年初预算数持平。",
            [("direction", "error")],
        ),
        ("年初预算为10.00万元，支出决算为9.99万元，决算数与年初预算数基本持平。", []),
    ],
)
def test_words_and_rates_against_the_figures(sentence: str, wanted: list[tuple[str, str]]) -> None:
    item = "1.教育支出（类）普通教育（款）小学教育（项）。"
    assert checked(GENERAL_SECTION + item + sentence) == wanted


def test_the_reason_of_a_fall_behind_no_change_is_an_error_where_it_is_given_for_a_fall() -> None:
    fall = "2022年度支出合计100.00万元，比上年减少20.00万元，下降16.67%，主要原因是项目支付减少。\n"
    none = "本年收入合计100.00万元，与上年持平，主要原因是项目支付减少。"
    assert checked(OVERALL + fall + none) == [("direction", "error")]
    assert checked(OVERALL + none) == [("direction", "minor")]


@pytest.mark.parametrize(
    ("purpose", "wanted"),
    [
        ("缴纳在职人员住房公积金", [("classification", "error")]),
        ("在职人员基本医疗保险费", []),
        ("在职人员医疗保险费和住房公积金", []),
        ("单位日常开支", []),
    ],
)
def test_a_purpose_belongs_to_its_item(purpose: str, wanted: list[tuple[str, str]]) -> None:
    item = "9.卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）"
    assert checked(f"{GENERAL_SECTION}{item}60.99万元，主要用于{purpose}。") == wanted


@pytest.mark.parametrize(
    ("purpose", "wanted"),
    [
        ("发放学生资助资金", [("classification", "error")]),
        ("缴纳住房公积金", []),
        ("发放购房补贴", []),
    ],
)
def test_a_class_of_benefits_pays_benefits(purpose: str, wanted: list[tuple[str, str]]) -> None:
    text = f"{GENERAL_SECTION}4.住房保障支出（类）支出35.00万元，主要用于{purpose}。"
    assert checked(text) == wanted


def test_amount_and_percentage_go_the_same_way() -> None:
    text = "2022年度支出合计90.00万元，比上年减少10.00万元，{}10.00%。"
    assert not checked(OVERALL + text.format("下降"))
    assert checked(OVERALL + text.format("增长")) == [("direction", "error")]


def test_a_share_may_be_of_the_whole_of_a_whole() -> None:
    text = (
        "三、“三公”经费情况说明\n2022年度“三公”经费支出10.00万元，其中：公务用车购置及运行维护费8.00万元，"
        "占80.00%，公务用车运行维护费8.00万元，占80.00%；公务接待费2.00万元，占20.00%。"
    )
    assert not [kind for kind, _ in checked(text) if kind == "share"]


def test_the_reason_of_a_fall_of_a_part_explains_no_rise_of_the_whole() -> None:
    rise = "2022年度支出合计110.00万元，比上年增加10.00万元，增长10.00%，主要原因是"
    assert checked(OVERALL + rise + "在职人员经费减少。") == [("reason-conflict", "error")]
    assert not checked(OVERALL + rise + "在职人员经费减少，项目经费增加。")


def test_a_conflict_of_change_and_reason_stands_at_both() -> None:
    text = "2022年度支出合计110.00万元，比上年增加10.00万元，增长10.00%，主要原因是人员经费减少。"
    document = text_document("a.txt", FRONT + OVERALL + text)
    (anomaly,) = check(document, extract(document))
    assert anomaly.span.quote == "比上年增加10.00万元，增长10.00%，主要原因是人员经费减少"


def test_a_table_in_which_hardly_anything_adds_up_is_doubted() -> None:
    rows = [
        row(f"func:20{number}", total="10.00", basic="1.00", project="1.00")
        for number in range(1, 6)
    ]
    assert not found(table(GENERAL, *rows))
    assert found(table(GENERAL, *rows[:1])) == [("sum", "error")]


def test_many_values_of_one_point_are_a_misreading_and_no_error() -> None:
    text = "2022年度支出合计100.00万元。\n2022年度支出合计{}万元。\n2022年度支出合计{}万元。"
    assert checked(OVERALL + text.format("101.00", "100.00")) == [("cross-section", "error")]
    assert checked(OVERALL + text.format("7.00", "8.00")) == [("plausibility", "minor")]


def test_an_item_that_is_listed_but_zero_is_found_with_what_was_left_out() -> None:
    text = (
        "（四）一般公共预算财政拨款基本支出决算情况说明\n"
        "人员经费16.00万元，主要包括：基本工资、奖金、抚恤金；公用经费2.00万元，主要包括：办公费、印刷费。"
    )
    document = text_document("a.txt", FRONT + text)
    basic = table(
        BASIC,
        row("econ:30101", value="10.00"),
        row("econ:30103", value="5.00"),
        row("econ:30304"),
        row("econ:30309", value="1.00"),
        row("econ:30201", value="2.00"),
        row("econ:30202", value="0.00"),
    )
    anomalies = [*check_listed(document, extract(document), (basic,))]
    assert [anomaly.span.quote for anomaly in anomalies] == ["抚恤金", "印刷费"]
    assert "奖励金" in anomalies[0].why


@pytest.mark.parametrize("one", RESIDUES, ids=lambda one: one.example)
def test_a_left_over_of_the_template_is_found(one: object) -> None:
    example = getattr(one, "example", "")
    (anomaly,) = check_residue(text_document("a.txt", f"2022年度{example}本级收支情况"))
    assert anomaly.kind == "template-residue"


@pytest.mark.parametrize(
    "text",
    [
        "增减变化的主要原因是人员增加。",
        "本单位根据实际情况调整预算。",
        "购置规格为3x5米的展板2块。",
        "（含一般公共预算和政府性基金预算）",
        "收入增加（含减少前的结转）。",
    ],
)
def test_plain_sentences_are_no_left_overs(text: str) -> None:
    assert not [*check_residue(text_document("a.txt", text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "（一）2021年度收入支出决算总体情况说明\n示例市甲区某局2022年度收入总计9.00万元。",
            ["name-mismatch"],
        ),
        (OVERALL + "示例市乙区财政局2022年度收入总计9.00万元。", ["name-mismatch"]),
        (OVERALL + "甲区某局2022年度收入总计9.00万元。", []),
        (OVERALL + "本部门2022年度收入总计9.00万元。", []),
        (
            "三、“三公”经费情况说明\n公务接待费1.00万元，主要用于示例市甲区农业农村局开展接待。",
            ["name-mismatch"],
        ),
        ("三、“三公”经费情况说明\n公务接待费1.00万元，主要用于示例市甲区某局开展接待。", []),
    ],
)
def test_office_and_year_are_those_of_the_title(text: str, wanted: list[str]) -> None:
    assert [kind for kind, _ in checked(text)] == wanted


def test_economic_classes_may_be_of_all_expenditure() -> None:
    text = (
        "（四）一般公共预算财政拨款基本支出决算情况说明\n"
        "2022年度一般公共预算财政拨款支出合计30.00万元，其中：基本支出10.00万元，项目支出20.00万元。"
    )
    document = text_document("a.txt", FRONT + text)
    facts = extract(document)
    (total,) = [one for one in facts.amounts if one.key.item == "total"]
    classes = tuple(
        replace(total, key=total.key._replace(item=item), value=Decimal(value), comparisons=())
        for item, value in (("econ:301", "12.00"), ("econ:302", "18.00"))
    )
    assert not [*check(document, replace(facts, amounts=(*facts.amounts, *classes)))]
