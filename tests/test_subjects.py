"""Subjects: what the amounts of a paragraph are of, and when they are of nothing that is known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.extract import extract
from ingest.facts import DocumentFacts
from ingest.reading.files import read_file
from ingest.reading.text import text_document
from tests.wordings import fold_sentence, notation

HEAD = "示例局2023年度部门决算\n五、一般公共预算财政拨款支出决算情况说明\n"


def rows(text: str) -> set[tuple[str, str, str]]:
    amounts = extract(text_document("a.txt", text)).amounts
    return {(one.key.item, one.key.phase, str(one.value)) for one in amounts}


@pytest.mark.parametrize(
    "title",
    [
        "5.无此名支出（类）某某（款）某某（项）。",
        "（2）山区小水池补助。",
        "3.某某（款）某某（项）：",
    ],
)
def test_amounts_behind_an_unknown_title_are_listed_as_unread(title: str) -> None:
    fold = fold_sentence(f"{title}年初预算为20.00万元，支出决算为18.00万元。", "general")
    assert notation(fold) == set()
    assert [one.span.quote for one in fold.unread] == ["年初预算为20.00万元", "支出决算为18.00万元"]


def test_a_title_on_a_line_of_its_own_tells_what_the_next_line_is_about() -> None:
    text = (
        f"{HEAD}2023年度一般公共预算财政拨款支出年初预算为90.00万元，支出决算为95.00万元。\n"
        "1.农林水支出（类）水利（款）防汛（项）。\n年初预算为7.00万元，支出决算为8.00万元。\n"
    )
    assert rows(text) == {
        ("total", "initial-budget", "90.00"),
        ("total", "final", "95.00"),
        ("func:2130314", "initial-budget", "7.00"),
        ("func:2130314", "final", "8.00"),
    }


def test_what_an_unread_count_cost_is_not_given_to_the_total() -> None:
    fold = fold_sentence("2023年开展某某活动24批，210人，支出2.05万元。", "general")
    assert notation(fold) == set()


def test_a_change_may_be_of_an_amount_of_the_paragraph_before() -> None:
    text = (
        "示例局2023年度部门决算\n一、收入决算情况说明\n"
        "2023年度收入合计900.00元。其中：事业收入300.00元，其他收入600.00元。\n"
        "与上年相比，收入合计增加90.00元，增长11.11%。其中：事业收入减少10.00元。主要原因是业务量变化。\n"
    )
    amounts = extract(text_document("a.txt", text)).amounts
    told = {one.key.item: one.comparisons for one in amounts if one.comparisons}
    assert {item: (of[0].direction, str(of[0].delta)) for item, of in told.items()} == {
        "total": ("increase", "90.00"),
        "business": ("decrease", "10.00"),
    }
    assert all(of[0].reasons[0].text == "业务量变化" for of in told.values())


def test_a_paragraph_of_its_own_may_give_the_reason() -> None:
    text = (
        "示例局2023年部门预算\n部门预算编制说明\n2023年，示例局收入预算90.00万元，其中：财政拨款收入90.00万元，"
        "比2022年预算增加9.00万元。\n财政拨款收入支出增加的主要原因是补贴标准提高。\n"
    )
    amounts = extract(text_document("a.txt", text)).amounts
    given = [
        change.reasons[0].text for one in amounts for change in one.comparisons if change.reasons
    ]
    assert given == ["补贴标准提高"]


SAMPLES = sorted(Path(__file__).parents[1].joinpath("samples").glob("*.txt"))
NAMES = (
    r"[一-龥“”]{2,30}(?=（项）)",
    r"(?<=[）、])(?:社会保障和就业|卫生健康|农林水|住房保障|城乡社区|教育|公共安全|节能环保)支出",
    "公务接待费",
    "机关运行经费",
    "基本支出",
    "政府采购",
)


def told(facts: DocumentFacts) -> set[tuple[object, ...]]:
    values = {(one.key, one.value) for one in facts.amounts}
    changes = {
        (one.key, change.baseline, change.direction, change.delta)
        for one in facts.amounts
        for change in one.comparisons
    }
    return {*values, *changes}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sample", SAMPLES, ids=[one.stem for one in SAMPLES])
def test_what_is_not_understood_moves_no_amount_elsewhere(sample: Path, name: str) -> None:
    text = read_file(sample).text
    known = told(extract(text_document("a.txt", text)))
    blinded = told(extract(text_document("a.txt", re.sub(name, "某某未知名目", text))))
    assert blinded <= known
