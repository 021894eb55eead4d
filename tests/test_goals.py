"""Goals of indicators: what a target asks for, and whether the result meets it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.facts import Indicator, Span
from ingest.quads.goals import POLARITIES, Goal, goal_of, is_met

SPAN = Span(0, 1, "x")


def indicator(
    target: str | None, actual: str | None = None, comparator: str | None = None
) -> Indicator:
    return Indicator("指标", SPAN, comparator=comparator, target=target, actual=actual)


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
    number = Decimal(asked[1]) if asked[1] else None
    assert goal_of(indicator(target, comparator=comparator)) == Goal(asked[0], number)


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


@given(
    symbol=st.sampled_from(["≥", "≤", ">", "<", "="]),
    target=st.decimals("0", "9999", places=2),
    actual=st.decimals("0", "9999", places=2),
)
def test_one_cell_and_two_columns_conclude_the_same(
    symbol: str, target: Decimal, actual: Decimal
) -> None:
    apart = indicator(str(target), str(actual), symbol)
    together = indicator(f"{symbol}{target}%", f"{actual}%")
    assert goal_of(apart) == goal_of(together)
    compare = POLARITIES[str(goal_of(apart).comparator)][1]
    assert is_met(apart) is is_met(together) is compare(actual, target)
