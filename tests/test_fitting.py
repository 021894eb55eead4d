"""Fitting: a change whose difference and percentage fit one amount alone is of that amount."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ingest.narrative.fitting import fits
from ingest.narrative.statements import StatedChange

MONEY = st.decimals(min_value="0.01", max_value="99999", places=2)


def change(direction: str, delta: Decimal) -> StatedChange:
    return StatedChange("previous-final", direction, delta, None, 0, 1)  # type: ignore[arg-type]


@given(before=MONEY, after=MONEY)
def test_figures_of_one_correct_change_fit_its_amount(before: Decimal, after: Decimal) -> None:
    direction = "decrease" if after < before else "increase"
    delta = abs(after - before)
    percent = (delta / before * 100).quantize(Decimal("0.01"))
    assert fits(change(direction, delta), after, percent)


def test_figures_of_the_whole_do_not_fit_a_part() -> None:
    told = change("decrease", Decimal("500.00"))
    assert fits(told, Decimal("2000.00"), Decimal("20.00"))
    assert not fits(told, Decimal("40.00"), Decimal("20.00"))


def test_what_more_than_consumes_the_amount_fits_nothing() -> None:
    assert not fits(change("increase", Decimal("50.00")), Decimal("40.00"), Decimal("20.00"))
