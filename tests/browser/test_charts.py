"""Charts of the office page: drawn from the tables behind them when they come near, which stay within reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Opening
from tests.browser.reader import LANGUAGES, Language, Reader

OFFICE = "/offices/000000-ada5bca9"


def scrolled_to(page: Page, section: str) -> None:
    page.locator(section).scroll_into_view_if_needed()


@pytest.mark.parametrize("is_dark", [False, True])
def test_charts_are_drawn_when_they_come_near(tab: Opening, is_dark: bool) -> None:
    page = tab(Reader("zh", "desktop", is_dark=is_dark)).open(OFFICE)
    canvases = page.locator("figure.chart canvas")
    expect(canvases).to_have_count(0)
    scrolled_to(page, "#money")
    expect(page.locator("#money figure.chart canvas")).to_have_count(1)
    scrolled_to(page, "#flows")
    expect(page.locator("#flows > figure.chart canvas")).to_have_count(1)
    described = page.locator("#flows .canvas").first.get_attribute("aria-label") or ""
    assert "窗口服务外包经费" in described


def test_a_legend_of_many_rows_makes_its_chart_higher(tab: Opening) -> None:
    heights = []
    for reader in (Reader("zh", "telephone"), Reader("zh")):
        page = tab(reader).open(OFFICE)
        scrolled_to(page, "#money")
        canvas = page.locator("#money figure.chart canvas").first
        expect(canvas).to_be_visible()
        heights.append((canvas.bounding_box() or {"height": 0})["height"])
    assert heights[0] > heights[1] + 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_behind_a_chart_opens_by_keyboard(tab: Opening, language: Language) -> None:
    page = tab(Reader(language, "telephone")).open(OFFICE)
    summary = page.locator("#flows > figure.chart > details > summary")
    table = page.locator("#flows > figure.chart table").first
    expect(table).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(table).to_be_visible()
    expect(table).to_contain_text("195.85")


def test_without_scripts_the_table_is_there_at_once(tab: Opening) -> None:
    page = tab(Reader(has_scripts=False)).open(OFFICE)
    expect(page.locator("#flows > figure.chart table").first).to_be_visible()
    expect(page.locator("figure.chart canvas")).to_have_count(0)


def test_chart_and_numbers_can_be_taken_along(tab: Opening, tmp_path: Path) -> None:
    page = tab(Reader("en")).open(OFFICE)
    scrolled_to(page, "#money")
    for name, begins in (("Image PNG", b"\x89PNG"), ("Data CSV", b"\xef\xbb\xbfYear,")):
        with page.expect_download() as promise:
            page.locator("#money").get_by_role("button", name=name).click()
        path = tmp_path / name
        promise.value.save_as(path)
        assert path.read_bytes().startswith(begins)
    assert "7021800" in path.read_text("utf-8-sig")


@pytest.mark.parametrize("is_dark", [False, True])
def test_what_folds_out_is_accessible_as_well(tab: Opening, is_dark: bool) -> None:
    opened = tab(Reader("en", "telephone", is_dark=is_dark))
    page = opened.open(OFFICE)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert opened.overflow() == 0
    found = violations(page)
    assert not found, "\n".join(found)
