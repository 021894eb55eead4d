"""Grand totals: what a section tells as income with the money carried in is the grand total."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.facts import DocumentFacts
from ingest.reading.text import text_document

TITLE = "示例市示例局2023年部门预算\n第二部分 2023年部门预算情况说明\n"


def read(text: str) -> DocumentFacts:
    return extract(text_document("a.txt", TITLE + text))


def items(facts: DocumentFacts) -> dict[tuple[str, str], str]:
    """What is told of all money: flow, item and value."""
    return {
        (one.key.flow, one.key.item): str(one.value)
        for one in facts.amounts
        if one.key.fund == "all"
    }


@pytest.mark.parametrize(
    "carried, item", [("6.00", "grand-total"), ("0.00", "total"), ("9.00", "total")]
)
def test_income_with_what_was_carried_in_is_the_grand_total(carried: str, item: str) -> None:
    facts = read(
        "一、收入预算情况说明\n2023年收入预算106.00万元，其中：事业收入80.00万元；其他收入20.00万元；"
        f"上年结转结余{carried}万元。\n"
    )
    assert items(facts)["income", item] == "106.00"


def test_income_is_told_with_its_sources_in_the_paragraphs_behind() -> None:
    facts = read(
        "一、收入预算情况说明\n2023年收入预算106.00万元，比2022年100.00万元增加6.00万元，增长6.00%。其中：\n"
        "1.事业收入80.00万元；\n2.本年其他资金收入20.00万元；\n3.上年结转结余资金6.00万元。\n"
    )
    totals = [one for one in facts.amounts if one.key.item == "grand-total"]
    assert {(one.key.year, str(one.value)) for one in totals} == {
        ("2023", "106.00"),
        ("2022", "100.00"),
    }
    assert [len(one.comparisons) for one in totals if one.key.year == "2023"] == [1]
    assert items(facts)["income", "other"] == "20.00"


def test_classes_behind_an_amount_of_a_fund_are_of_that_fund() -> None:
    facts = read(
        "一、主要支出情况说明\n2023年一般公共预算财政拨款支出预算100.00万元，按用途划分如下：\n"
        "（一）教育支出（类）2023年预算60.00万元，比2022年增加5.00万元，增长9.09%。\n"
        "（二）卫生健康支出（类）2023年预算40.00万元，与2022年持平。\n"
    )
    stated = {one.key.item: (one.key.fund, len(one.comparisons)) for one in facts.amounts}
    assert stated["func:205"] == ("general", 1)
    assert stated["func:210"] == ("general", 1)
