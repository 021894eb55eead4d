"""Sentences written from the wordings of the templates, with figures drawn at random, are read back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.narrative.folding import FULL_WIDTH
from ingest.narrative.statements import StatedChange, Statement
from tests.wordings import fold_sentence

TO_FULL_WIDTH = {narrow: wide for wide, narrow in FULL_WIDTH.items() if narrow.isdigit()}
AMOUNTS = st.decimals(Decimal("0.01"), Decimal("9999999.99"), places=2)
PERCENTS = st.decimals(Decimal("0.00"), Decimal("9999.99"), places=2)
UNITS = st.sampled_from(["元", "千元", "万元", "百万元", "亿元"])
ITEMS = st.sampled_from(
    ["公务接待费", "公务接待费支出", "因公出国（境）费支出决算",
    "教育支出", "教育支出（类）普通教育（款）小学教育（项）",
     "“教育支出（类）普通教育（款）小学教育（项）”",
     "一般公共预算财政拨款支出", "基本支出", "公务用车运行维护费支出"]
)  # fmt: skip
BASELINES = {
    "上年": "previous-final", "上年决算数": "previous-final",
    "上一年度": "previous-final", "2022年度": "previous-final",
    "2022年决算数": "previous-final", "年初预算": "initial-budget",
    "年初预算数": "initial-budget", "预算数": "initial-budget",
    "2023年年初预算数": "initial-budget", "全年预算数": "adjusted-budget", "调整预算数": "adjusted-budget",
    "上年预算数": "previous-budget", "2022年预算": "previous-budget",
}  # fmt: skip
DIRECTIONS = {
    "增加": "increase", "增长": "increase", "上升": "increase", "各增加": "increase", "减少了": "decrease",
    "下降": "decrease", "减少": "decrease", "降低": "decrease", "节约": "decrease",
}  # fmt: skip
UNCHANGED = ("持平", "无变化", "一致", "相同", "基本持平", "无增减", "保持不变")
COMPARATORS = {"大于": "increase", "小于": "decrease", "高于": "increase",
"低于": "decrease", "等于": "unchanged"}  # fmt: skip
COMPARED = st.sampled_from([("比", ""), ("较", ""), ("与", "相比"),
("与", "相比，"), ("相比", ""), ("同", "相比")])  # fmt: skip
OPENERS = st.sampled_from(
    [
        "主要原因是",
        "主要原因：",
        "主要是",
        "主要变动原因是",
        "原因是",
        "增减变化的主要原因：",
        "主要原因在于",
    ]
)


@pytest.fixture(autouse=True, scope="module")
def compiled_templates() -> None:
    """Read a sentence once, so that no drawn example pays for compiling the templates."""
    fold_sentence("收入总计1.00万元，较上年决算数增加某某。", "all")


def plain(number: Decimal) -> str:
    return str(number)


def grouped(number: Decimal) -> str:
    return f"{number:,}"


def full_width(number: Decimal) -> str:
    return "".join(TO_FULL_WIDTH.get(digit, digit) for digit in str(number))


def spaced(number: Decimal) -> str:
    return f" {str(number).replace('.', ' .')} "


PRINTED = st.sampled_from([plain, grouped, full_width, spaced])


def read_one(sentence: str) -> Statement:
    """The only statement of a sentence in which nothing is left unread."""
    fold = fold_sentence(sentence, "general")
    assert [one.span.quote for one in fold.unread] == []
    assert len(fold.statements) == 1, sentence
    return fold.statements[0]


def change_in(sentence: str) -> StatedChange:
    (change,) = read_one(sentence).changes
    return change


@given(ITEMS, AMOUNTS, PRINTED, UNITS, st.sampled_from(["", "为", "共计", "决算为", "合计"]))
def test_amount_comes_back_in_every_print_and_unit(
    item: str, amount: Decimal, printed: Callable[[Decimal], str], unit: str, link: str
) -> None:
    statement = read_one(f"{item}{link}{printed(amount)}{unit}。")
    assert (statement.value, statement.unit) == (amount, unit)


@given(ITEMS, AMOUNTS, AMOUNTS, PERCENTS, COMPARED, st.sampled_from([*BASELINES]),
       st.sampled_from([*DIRECTIONS]), PRINTED)  # fmt: skip
def test_change_comes_back_with_baseline_direction_and_figures(
    item: str,
    amount: Decimal,
    delta: Decimal,
    percent: Decimal,
    compared: tuple[str, str],
    baseline: str,
    direction: str,
    printed: Callable[[Decimal], str],
) -> None:
    before, behind = compared
    change = change_in(
        f"{item}{amount}万元，{before}{baseline}{behind}{direction}{printed(delta)}万元，"
        f"{direction.removeprefix('各')}{percent}%。"
    )
    assert (change.baseline, change.direction) == (BASELINES[baseline], DIRECTIONS[direction])
    assert (change.delta, change.percent) == (delta, percent)


@given(ITEMS, AMOUNTS, PERCENTS, st.sampled_from([*BASELINES]), st.sampled_from([*DIRECTIONS]))
def test_percentage_alone_comes_back(
    item: str, amount: Decimal, percent: Decimal, baseline: str, direction: str
) -> None:
    change = change_in(f"{item}{amount}万元，较{baseline}{direction}{percent}%。")
    assert (change.baseline, change.direction) == (BASELINES[baseline], DIRECTIONS[direction])
    assert (change.delta, change.percent) == (None, percent)


@given(ITEMS, AMOUNTS, COMPARED, st.sampled_from([*BASELINES]), st.sampled_from(UNCHANGED))
def test_no_change_comes_back_without_figures(
    item: str, amount: Decimal, compared: tuple[str, str], baseline: str, unchanged: str
) -> None:
    before, behind = compared
    change = change_in(f"{item}{amount}万元，{before}{baseline}{behind}{unchanged}。")
    assert (change.baseline, change.direction) == (BASELINES[baseline], "unchanged")
    assert (change.delta, change.percent) == (None, None)


@given(ITEMS, AMOUNTS, st.sampled_from(["预算数", "年初预算数", "全年预算数"]),
       st.sampled_from([*COMPARATORS]), st.sampled_from(["的主要原因是",
       "的主要原因：", "的原因是", "，主要原因是", "主要是"]))  # fmt: skip
def test_words_that_compare_make_a_change_with_its_reason(
    item: str, amount: Decimal, baseline: str, comparator: str, opener: str
) -> None:
    change = change_in(f"{item}{amount}万元。决算数{comparator}{baseline}{opener}人员变动。")
    assert (change.baseline, change.direction) == (BASELINES[baseline], COMPARATORS[comparator])
    assert change.delta is None
    assert [reason.text for reason in change.reasons] == ["人员变动"]


@given(ITEMS, AMOUNTS, AMOUNTS, OPENERS, st.sampled_from(["机构改革",
    "人员增加，工资上调", "一是人员增加；二是工资上调"]))  # fmt: skip
def test_reason_comes_back_whole(
    item: str, amount: Decimal, delta: Decimal, opener: str, reason: str
) -> None:
    change = change_in(f"{item}{amount}万元，较上年增加{delta}万元，{opener}{reason}。")
    assert change.reason is not None
    assert change.reason.quote == reason


@given(ITEMS, AMOUNTS, AMOUNTS, PERCENTS, st.booleans())
def test_budget_and_account_come_back_in_either_order(
    item: str, budget: Decimal, account: Decimal, percent: Decimal, budget_first: bool
) -> None:
    item = item.removesuffix("支出决算").removesuffix("决算")
    parts = [f"年初预算为{budget}万元", f"支出决算为{account}万元"]
    stated = "，".join(parts if budget_first else parts[::-1])
    fold = fold_sentence(f"{item}{stated}，完成年初预算的{percent}%。", "general")
    values = {one.key.phase: (one.value, one.completion) for one in fold.statements}
    assert values == {"initial-budget": (budget, None), "final": (account, percent)}
    assert fold.unread == []


@given(st.lists(AMOUNTS, min_size=2, max_size=4), st.booleans())
def test_amounts_of_a_list_come_back_in_order(amounts: list[Decimal], told_apart: bool) -> None:
    names = ["公务接待费", "会议费", "培训费", "基本支出"][: len(amounts)]
    listed = "、".join(f"{amount}万元" for amount in amounts[:-1]) + f"和{amounts[-1]}万元"
    apart = "；".join(f"{name}{amount}万元" for name, amount in zip(names, amounts, strict=True))
    sentence = apart if told_apart else f"{'、'.join(names)}分别为{listed}"
    fold = fold_sentence(f"{sentence}。", "general")
    assert [one.value for one in fold.statements] == amounts
    assert fold.unread == []
