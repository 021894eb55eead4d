"""A reader at a document: she chooses a fact in the text or on a page and is told what its sentence states."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opening
from tests.browser.reader import Reader


def place_of(page: Page) -> str:
    """The stretch that the address names."""
    found = re.search(r"[?&]at=(\d+,\d+)", page.url)
    assert found is not None, page.url
    return found[1]


@pytest.fixture
def beside(tab: Opening, things: dict[str, str]) -> Page:
    """A document beside its pages at desktop width."""
    return tab(Reader("en")).open(f"/documents/{things['paged']}")


def test_words_that_are_chosen_show_their_facts_and_their_box(beside: Page) -> None:
    beside.locator("article mark.change a").first.click()
    panel = beside.locator(".selection")
    expect(panel).to_contain_text("What this sentence states")
    expect(panel.locator(".family.change").first).to_be_visible()
    place = place_of(beside)
    assert beside.evaluate("document.querySelector('mark.chosen').id") == f"char={place}"
    box = beside.locator(".paper a.chosen")
    expect(box).to_have_attribute("data-at", place)
    expect(box).to_be_in_viewport()


def test_box_that_is_chosen_shows_its_words(beside: Page) -> None:
    box = beside.locator("#page-17 .paper a.change").first
    place = box.get_attribute("data-at")
    box.scroll_into_view_if_needed()
    box.click()
    expect(beside.locator(".selection")).to_be_visible()
    assert place_of(beside) == place
    expect(beside.locator("mark.chosen").first).to_be_in_viewport()


def test_keys_go_from_fact_to_fact_of_the_chosen_kind_and_escape_closes(beside: Page) -> None:
    beside.locator('.legend a[data-family="change"]').click()
    beside.keyboard.press("Alt+ArrowDown")
    expect(beside.locator(".selection")).to_be_visible()
    first = place_of(beside)
    expect(beside.locator("mark.chosen").first).to_have_class(re.compile("change"))
    beside.keyboard.press("Alt+ArrowDown")
    assert place_of(beside) != first
    beside.keyboard.press("Alt+ArrowUp")
    assert place_of(beside) == first
    beside.keyboard.press("Escape")
    expect(beside.locator(".selection")).to_have_count(0)
    assert "at=" not in beside.url


def test_words_are_found_in_the_text(beside: Page) -> None:
    box = beside.get_by_label("Find in the text", exact=True).last
    box.fill("政府采购支出总额")
    box.press("Enter")
    expect(beside.locator(".find-in-text output")).to_have_text(re.compile(r"^1 of \d+$"))
    box.fill("没有这样的话")
    box.press("Enter")
    expect(beside.locator(".find-in-text output")).to_have_text("Not found")


def test_address_of_a_chosen_fact_shows_it_again(beside: Page, tab: Opening) -> None:
    beside.locator("article mark.amount a").nth(40).click()
    expect(beside.locator(".selection")).to_be_visible()
    place, shared = place_of(beside), beside.url
    told = beside.locator(".selection blockquote").inner_text()
    path = shared[shared.index("/documents/") :]
    again = tab(Reader("en", "telephone", has_scripts=False)).open(path.partition("#")[0])
    expect(again.locator(".selection blockquote")).to_have_text(told)
    assert place_of(again) == place


def test_address_of_a_sentence_alone_shows_it_below_the_toolbar_with_its_box(
    beside: Page, things: dict[str, str], tab: Opening
) -> None:
    mark = beside.locator("article mark.amount[id]").nth(40)
    fragment = mark.get_attribute("id")
    again = tab(Reader("en")).open(f"/documents/{things['paged']}#{fragment}")
    expect(again.locator("mark.chosen")).to_have_attribute("id", fragment or "")
    expect(again.locator(".paper a.chosen").first).to_be_in_viewport()
    again.wait_for_function(
        "document.querySelector('mark.chosen').getBoundingClientRect().top"
        " >= document.querySelector('.tools').getBoundingClientRect().bottom"
    )
