"""The search box of the home page: suggestions as one types, by keyboard and by pointer, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Opening
from tests.browser.reader import LANGUAGES, Language, Reader

BOX = "#find"


@pytest.mark.parametrize("language", LANGUAGES)
def test_suggestions_are_chosen_by_keyboard(tab: Opening, language: Language) -> None:
    page = tab(Reader(language, "telephone")).open("/")
    box = page.locator(BOX)
    box.press_sequentially("zwfw")  # 政务服务 by the initials of its pinyin
    offices = page.get_by_role("group", name="机构" if language == "zh" else "Offices")
    expect(offices.get_by_role("option").first).to_contain_text("政务服务")
    expect(box).to_have_attribute("aria-expanded", "true")
    assert not violations(page)
    box.press("ArrowDown")
    chosen = page.get_by_role("listbox").get_by_role("option", selected=True)
    expect(chosen).to_have_count(1)
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    name = chosen.locator("span").first.inner_text()
    box.press("Enter")
    page.wait_for_url(f"**/{language}/offices/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_suggestion_is_chosen_by_pointer(tab: Opening) -> None:
    page = tab(Reader("en")).open("/")
    page.locator(BOX).press_sequentially("公务接待")
    page.get_by_role("group", name="Reasons").get_by_role("option").first.click()
    page.wait_for_url("**/en/documents/*#char=*")


def test_escape_closes_and_enter_alone_searches(tab: Opening) -> None:
    page = tab(Reader("zh")).open("/")
    box = page.locator(BOX)
    box.press_sequentially("教育")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("教育")
    box.press("Enter")
    page.wait_for_url("**/zh/search?q=*")


def test_nothing_found_says_so_and_what_to_try(tab: Opening) -> None:
    page = tab(Reader("en")).open("/")
    page.locator(BOX).press_sequentially("qqqq")
    expect(page.locator(".hero").get_by_role("status")).to_contain_text("Try fewer or other words")
    assert not violations(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_box_is_a_form_without_scripts(tab: Opening, language: Language) -> None:
    page = tab(Reader(language, "telephone", has_scripts=False)).open("/")
    page.locator(BOX).fill("政务服务")
    page.locator(BOX).press("Enter")
    page.wait_for_url(f"**/{language}/search?q=*")
    expect(page.locator(".hits li").first).to_contain_text("政务")
