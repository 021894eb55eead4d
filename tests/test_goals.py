"""Goals of indicators: what a target asks for, and whether the result meets it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts import Indicator, Span
from ingest.quads.goals import POLARITIES, goal_of, is_met
from ingest.quads.quantities import UNITS, quantity

SPAN = Span(0, 1, "x")


def indicator(
    target: str | None,
    actual: str | None = None,
    comparator: str | None = None,
    unit: str | None = None,
) -> Indicator:
    return Indicator("指标", SPAN, comparator=comparator, target=target, actual=actual, unit=unit)


@pytest.mark.parametrize(
    ("comparator", "target", "asked"),
    [
        ("≥", "95", ("ge", "95")),
        (None, "≥95%", ("ge", "95")),
        (None, "不低于８０％", ("ge", "80")),
        (None, "补贴对象生活改善度不低于80%", ("ge", "80")),
        (None, "不得低于 90%", ("ge", "90")),
        (None, "至少1次团体活动", ("ge", "1")),
        (None, "满意度95%以上", ("ge", "95")),
        (None, "3个工作日以内", ("le", "3")),
        (None, "5%(含)以下", ("le", "5")),
        (None, "不超过1,200元", ("le", "1200")),
        (None, "控制在3%以内", ("le", "3")),
        ("定性", "≥95%", ("ge", "95")),
        ("≤", "10天", ("le", "10")),
        (None, "90", (None, "90")),
        ("定性", "达标", ("qual", None)),
        (None, "100人以上,发放不少于200份", ("ge", None)),
        (None, "可控性100%", (None, None)),
        (None, "提升服务水平", (None, None)),
        (None, None, (None, None)),
    ],
)
def test_goal_is_read_from_the_column_or_the_words(
    comparator: str | None, target: str | None, asked: tuple[str | None, str | None]
) -> None:
    goal = goal_of(indicator(target, comparator=comparator))
    number = goal.quantity.number if goal.quantity else None
    assert (goal.comparator, number) == (asked[0], Decimal(asked[1]) if asked[1] else None)


@pytest.mark.parametrize(
    ("comparator", "target", "actual", "met"),
    [
        (None, "≥95%", "96.3%", True),
        (None, "不低于80%", "达到79%", False),
        (None, "3日以内", "2日", True),
        (None, "不超过5%", "6%", False),
        ("≥", "12", "完成12次", True),
        ("≥", "12", "已按计划开展", None),
        (None, "90", "90", True),
        (None, "90", "95", None),
        ("定性", "达标", "达标", True),
        ("定性", "达标", "已达标", True),
        ("定性", "按期完成", "按期完成。", True),
        ("定性", "有效提升", "达成预期指标", True),
        ("定性", "有效提升", "部分达成预期指标并具有一定效果", False),
        ("定性", "达标", "未达标", False),
        ("定性", "有效提升", "明显改善", None),
        ("定性", "有效提升", None, None),
    ],
)
def test_result_meets_the_goal_or_not_or_it_stays_open(
    comparator: str | None, target: str, actual: str | None, met: bool | None
) -> None:
    assert is_met(indicator(target, actual, comparator)) is met


@pytest.mark.parametrize(
    ("comparator", "target", "unit", "actual", "met"),
    [
        ("≤", "5", "万元", "48000元", True),
        ("≤", "5", "万元", "5.2万元", False),
        ("≤", "5", "万元", "4.8", True),
        (None, "≤5万元", None, "48,000元", True),
        (None, "≥1万人次", None, "9000人次", False),
        (None, "≥1万人次", None, "12000人次", True),
        (None, "≥1万人次", None, "1.2", None),
        (None, "≥1万人次", None, "12000", True),
        (None, "≥1万人次", None, "9000", None),
        ("≤", "5", None, "48000元", None),
        ("≤", "5", None, "4.8万元", True),
        (None, "≥95%", None, "0.96", None),
        (None, "≥95%", None, "96", True),
        (None, "≤5%", None, "0.5", True),
        ("≥", "95", "%", "9‰", False),
        (None, "≤3天", None, "48小时", True),
        (None, "≤3个工作日", None, "4天", None),
        (None, "≤3天", None, "20元", None),
        ("≥", "2", "场", "2次", True),
        ("=", "12", "个月", "1年", True),
    ],
)
def test_numbers_are_held_against_each_other_in_one_unit_or_not_at_all(
    comparator: str | None, target: str, unit: str | None, actual: str, met: bool | None
) -> None:
    assert is_met(indicator(target, actual, comparator, unit)) is met


def test_longer_unit_stands_for_itself_and_no_unit_has_two_meanings() -> None:
    for unit, (measures, factor) in UNITS.items():
        read = quantity("1", unit)
        assert (read.measures, read.factor) == (measures, factor)


@given(
    symbol=st.sampled_from(["≥", "≤", ">", "<", "="]),
    target=st.decimals("0", "9999", places=2),
    actual=st.decimals("0", "9999", places=2),
)
def test_one_cell_and_two_columns_conclude_the_same(
    symbol: str, target: Decimal, actual: Decimal
) -> None:
    apart = indicator(f"{target}%", f"{actual}%", symbol)
    together = indicator(f"{symbol}{target}%", f"{actual}%")
    assert goal_of(apart) == goal_of(together)
    compare = POLARITIES[str(goal_of(apart).comparator)][1]
    assert is_met(apart) is is_met(together) is compare(actual, target)
