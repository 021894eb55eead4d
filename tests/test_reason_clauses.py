"""Clauses of a reason: effect, basis and amount of each cause, and the form of clauses without one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.causes import classify_reason, effect_and_basis
from ingest.facts import Direction
from ingest.reason_amounts import amount_in, clause_amount, stated_amounts
from ingest.reason_effects import Effect, clause_effect, effect_of
from ingest.reason_forms import form_of, mask_items, tells_consequence


def effects(
    text: str, direction: Direction
) -> dict[str, tuple[Effect | None, str | None, Decimal | None]]:
    return {
        match.cause.code: (*effect_and_basis(match, {direction}), match.amount)
        for match in classify_reason(text, direction, "2023")
    }


# --- effect and amount of each cause


def test_causes_that_work_against_each_other_have_their_own_effects_and_amounts() -> None:
    assert effects("门卫人员增加20万元，锅炉项目减少5万元", "increase") == {
        "staff.increase": ("increase", "stated", Decimal(200000)),
        "proj.cut": ("decrease", "stated", Decimal(50000)),
    }


def test_effect_that_no_predicate_tells_is_typical_or_assumed() -> None:
    assert effects("锅炉老化", "increase")["asset.upkeep"][:2] == ("increase", "assumed")
    assert effects("八项规定", "decrease")["frugal.eight"][:2] == ("decrease", "typical")
    assert effects("八项规定", "increase")["frugal.eight"][:2] == ("increase", "assumed")


def test_turnover_and_no_change_leave_the_effect_open() -> None:
    assert effects("人员变动", "increase") == {"staff.turnover": (None, None, None)}
    assert effects("与上年持平", "unchanged") == {"none.unchanged": (None, None, None)}
    assert effects("本馆未发生公务接待", "decrease") == {"none.nothing": (None, None, None)}


def test_effect_of_a_reason_for_changes_in_two_directions_is_not_assumed() -> None:
    (match,) = classify_reason("锅炉老化", "increase")
    assert effect_and_basis(match, {"increase", "decrease"}) == (None, None)
    assert effect_and_basis(match, {"increase", "unchanged"}) == ("increase", "assumed")


@pytest.mark.parametrize(
    ("clause", "effect"),
    [
        ("上年购车支出增加", None),
        ("2022年购车支出增加", None),
        ("2022年多,2023年购车减少", "decrease"),
        ("较2022年增加两名门卫", "increase"),
        ("与2022年相比增加两名门卫", "increase"),
        ("2021年购车支出增加", "increase"),
        ("没有增加门卫", None),
        ("较上年增加两名门卫", "increase"),
        ("上年多,本年减少", "decrease"),
        ("上年一次性购车", "decrease"),
    ],
)
def test_what_a_clause_tells_of_last_year_alone_has_no_effect(
    clause: str, effect: Effect | None
) -> None:
    assert clause_effect(clause, "2023") == effect


def test_opposed_predicates_leave_the_effect_of_the_reason_open() -> None:
    assert effect_of("门卫减少，但电价上涨") is None
    assert effect_of("虽门卫减少，电价上涨") is None
    assert effect_of("门卫减少，电价上涨，总额增加") == "increase"


# --- amounts


@pytest.mark.parametrize(
    "text",
    [
        "上年安排锅炉款30万元",
        "2022年追加锅炉款30万元",
        "年初预算30万元",
        "电费由5万元升至9万元",
        "生均标准由500元提高至600元",
        "每人每月提高200元",
        "按每生800元/年补助",
        "降至3万元",
    ],
)
def test_levels_totals_and_rates_are_no_amounts_of_a_reason(text: str) -> None:
    assert amount_in(text, "2023") is None
    assert stated_amounts(text, "2023") == ()


def test_year_before_by_its_number_is_no_effect_and_no_amount_of_this_year() -> None:
    assert effect_of("2022年追加锅炉款", "2023") is None
    assert effect_of("2022年追加锅炉款", "2022") == "increase"
    assert effect_of("较2022年追加锅炉款", "2023") == "increase"
    assert amount_in("2022年一次性购车30万元", "2023") == 300000
    assert amount_in("与2022年相比购煤增加30万元", "2023") == 300000
    paid_off = stated_amounts("2022年支付锅炉尾款35万元，2023年无此项支出", "2023")
    assert [(one.amount, one.effect) for one in paid_off] == [(Decimal(350000), "decrease")]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("较上年增加20万元", 200000),
        ("年初预算30万元，追加12万元", 120000),
        ("2022年一次性购煤30万元", 300000),
    ],
)
def test_differences_and_what_was_spent_once_are_amounts(text: str, amount: int) -> None:
    assert amount_in(text, "2023") == amount


def test_part_of_an_amount_and_what_a_sum_adds_up_count_once() -> None:
    of = [one.amount for one in stated_amounts("增加25万元，其中门卫20万元，锅炉5万元")]
    assert of == [250000]
    assert [one.amount for one in stated_amounts("购煤10万元，修渠20万元，合计30万元")] == [300000]
    assert clause_amount("购煤10万元、修渠20万元共计30万元") == 300000
    assert clause_amount("购煤10万元、修渠20万元") is None


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("购煤增加30万元，主要是油价上涨增加20万元；二是修渠减少5万元", [300000, 50000]),
        ("一是购煤增加50万元，其中锅炉20万元；二是修渠减少10万元", [500000, 100000]),
        (
            "（1）购煤增加30万元，主要原因是油价上涨12万元，门卫3万元；（2）修渠减少5万元",
            [300000, 50000],
        ),
        ("主要是购煤增加20万元，修渠增加10万元", [200000, 100000]),
        ("购煤增加，其中锅炉5万元，门卫6万元", []),
    ],
)
def test_parts_end_with_the_point_of_the_list_that_they_are_of(
    text: str, amounts: list[int]
) -> None:
    assert [one.amount for one in stated_amounts(text)] == amounts


@given(st.lists(st.integers(1, 999), min_size=2, max_size=4))
def test_every_clause_with_an_amount_counts_once(figures: list[int]) -> None:
    text = "，".join(f"购煤增加{figure}万元" for figure in figures)
    stated = stated_amounts(text)
    assert [one.amount for one in stated] == [figure * 10000 for figure in figures]
    assert {one.effect for one in stated} == {"increase"}


# --- forms


@pytest.mark.parametrize(
    ("clause", "direction", "form"),
    [
        ("严格按照年初预算执行", "unchanged", "none.unchanged"),
        ("决算与预算相符", "unchanged", "none.unchanged"),
        ("较上年没有增减变动", "unchanged", "none.unchanged"),
        ("较上年增加0万元", "unchanged", "none.unchanged"),
        ("公用经费和人员经费有所增加", "increase", "none.component"),
        ("项目经费支出增加", "increase", "none.component"),
        ("货物类采购减少", "decrease", "none.component"),
        ("行政单位离退休经费增加", "increase", "none.component"),
        ("机关事业单位基本养老保险缴费支出经费增加", "increase", "none.component"),
        ("本年和上年均未发生此项费用", "unchanged", "none.nothing"),
        ("本馆不涉及此类业务", "unchanged", "none.nothing"),
        ("本年没有购车计划", "decrease", "none.nothing"),
        ("本年没有购车计划", "increase", None),
        ("上年未召开会议", "decrease", None),
        ("疫情原因未召开会议", "decrease", None),
        ("两者不一致", "increase", None),
    ],
)
def test_form_of_a_clause(clause: str, direction: Direction, form: str | None) -> None:
    assert form_of(mask_items(clause), direction) == form


def test_consequence_is_told_from_a_cause_of_its_own() -> None:
    assert tells_consequence("相应维修费增加")
    assert not tells_consequence("但维修费增加")
    assert not tells_consequence("锅炉老化")


def test_object_of_a_consequence_is_no_cause() -> None:
    causes = [
        match.cause.code
        for match in classify_reason("锅炉房失火，火灾造成损失，设备更新费增加", "increase")
    ]
    assert causes == ["shock.disaster"]


def test_weak_cue_counts_where_no_other_cue_of_the_reason_does() -> None:
    assert [m.cause.code for m in classify_reason("锅炉任务调整", "increase")] == ["inst.duty"]
    assert "inst.duty" not in [
        m.cause.code for m in classify_reason("锅炉任务调整，油价上涨", "increase")
    ]


def test_cause_yields_to_one_that_acts_on_what_it_names() -> None:
    assert [m.cause.code for m in classify_reason("节约锅炉用水用电", "decrease")] == [
        "frugal.economy"
    ]
