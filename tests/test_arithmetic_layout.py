"""The arithmetic of findings as small sums: signs, brackets, decimals that stand below each other."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from server.arithmetic import Arithmetic
from server.publication import Row
from tests.serving import BASE

WANYUAN, PERCENT = f"{BASE}code/unit/wanyuan", f"{BASE}code/unit/percent"


def term(value: str, unit: str = WANYUAN, **more: str) -> Row:
    return {"value": value, "unit": unit, "zh": "项", "en": "part", **more}


def laid_out(operator: str, terms: list[Row], **figures: str) -> list[tuple[str, str, str]]:
    row = {"operator": f"{BASE}code/operator/{operator}", "zh": "合计", "en": "total", **figures}
    return [(line.role, line.sign, line.figure) for line in Arithmetic(row, tuple(terms)).lines]


def test_sum_has_its_signs_and_its_decimals_below_each_other() -> None:
    terms = [term("1234.5"), term("-0.25")]
    figures = {"computed": "1234.25", "stated": "1234.2", "difference": "-0.05", "unit": WANYUAN}
    assert laid_out("sum", terms, **figures) == [
        ("term", "", "1,234.50"),
        ("term", "−", "0.25"),
        ("computed", "=", "1,234.25"),
        ("stated", "", "1,234.20"),
        ("difference", "", "−0.05"),
    ]


def test_divisor_of_several_figures_stands_in_brackets() -> None:
    terms = [term("9.49"), term("50.07", divides="true"), term("-9.49", divides="true")]
    figures = {"computed": "23.39", "stated": "18.95", "difference": "-4.44", "unit": PERCENT}
    assert [sign for _, sign, _ in laid_out("percentage", terms, **figures)][:4] == [
        "",
        "÷ (",
        "−",
        "=",
    ]
    row = {"operator": f"{BASE}code/operator/percentage", **figures}
    lines = Arithmetic(row, tuple(terms)).lines
    assert [line.closes for line in lines] == [False, False, True, False, False, False]
    assert lines[-1].unit.endswith("/percentage-point")


def test_figure_against_figure_is_not_computed() -> None:
    figures = {"computed": "12318.6", "stated": "12308.6", "difference": "-10", "unit": WANYUAN}
    assert [role for role, _, _ in laid_out("sum", [term("12318.6")], **figures)] == [
        "term",
        "stated",
        "difference",
    ]


def test_count_has_no_decimals_and_a_change_without_a_stated_figure_no_difference() -> None:
    terms = [term("3", ""), term("-4", "")]
    assert laid_out("sum", terms, computed="-1") == [
        ("term", "", "3"),
        ("term", "−", "4"),
        ("computed", "=", "−1"),
    ]


@given(st.lists(st.decimals(-9999, 9999, places=3), min_size=2, max_size=9))
def test_shown_figures_still_add_up(values: list[Decimal]) -> None:
    """What a reader adds from the page is the result that the page shows."""
    shown = laid_out(
        "sum", [term(str(value)) for value in values], computed=str(sum(values)), unit=WANYUAN
    )
    *parts, (_, _, result) = shown
    added = sum(
        (
            Decimal(figure.replace(",", "")) * (-1 if sign == "−" else 1)
            for _, sign, figure in parts
        ),
        Decimal(0),
    )
    assert added == Decimal(result.replace(",", "").replace("−", "-"))
