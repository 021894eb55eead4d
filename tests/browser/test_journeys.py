"""What people come for, from the home page to the end: in both languages, on a telephone and at a desk, with scripts
and, where a page promises it, without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opening
from tests.browser.reader import Reader

READERS = (
    Reader("zh", "telephone"),
    Reader("zh", "desktop", has_scripts=False),
    Reader("en", "desktop", is_dark=True),
    Reader("en", "telephone", has_scripts=False),
)
EVERY_READER = pytest.mark.parametrize(
    "reader", READERS, ids=lambda r: f"{r.language}-{r.size}-{'js' if r.has_scripts else 'plain'}"
)
OFFICE, OTHER = "示例市甲区政务服务管理局", "示例市乙区民政局"


def find_office(page: Page, reader: Reader, name: str) -> None:
    """From the home page to the page of an office: by a suggestion, or by the form and its hits."""
    page.locator("#find").press_sequentially(name)
    if reader.has_scripts:
        page.get_by_role("listbox").get_by_role("option").filter(has_text=name).first.click()
    else:
        page.locator("#find").press("Enter")
        page.get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def background(element: Locator) -> str:
    return str(element.evaluate("element => getComputedStyle(element).backgroundColor"))


@EVERY_READER
def test_find_an_office_and_check_a_number_at_its_source(tab: Opening, reader: Reader) -> None:
    page = tab(reader).open("/")
    find_office(page, reader, OFFICE)
    stated = page.locator('#money td a[href*="#char="]:not(.derived)').first
    number = stated.inner_text()
    assert float(number.replace(",", "")) > 0
    stated.click()
    page.wait_for_url(f"**/{reader.language}/documents/*#char=*")
    sentence = page.locator(":target")
    expect(sentence).to_be_in_viewport()
    assert number.replace(",", "") in sentence.inner_text().replace(",", "")
    others = page.locator("mark.amount:not(:target)").last
    assert background(sentence) not in (background(others), "rgba(0, 0, 0, 0)")


@EVERY_READER
def test_compare_two_offices(tab: Opening, reader: Reader) -> None:
    opened = tab(reader)
    page = opened.open("/")
    page.get_by_role("navigation").get_by_role("link").filter(
        has_text="比较" if reader.language == "zh" else "Compare"
    ).first.click()
    fields = page.locator("form.compare input[name=office]")
    for place, name in enumerate((OFFICE, OTHER)):
        fields.nth(place).press_sequentially(name[3:])
        if reader.has_scripts:
            page.get_by_role("option").filter(has_text=name).first.click()
            expect(fields.nth(place)).to_have_value(name)
    page.locator("form.compare button[type=submit]").click()
    page.wait_for_url(f"**/{reader.language}/compare?*")
    for name in (OFFICE, OTHER):
        expect(page.get_by_role("columnheader").filter(has_text=name).first).to_be_visible()
    assert opened.overflow() == 0
    sentence = page.locator('#structure td a[href*="#char="]').first
    sentence.scroll_into_view_if_needed()
    amount = sentence.inner_text()
    sentence.click()
    page.wait_for_url(f"**/{reader.language}/documents/*#char=*")
    assert amount.replace(",", "") in page.locator(":target").inner_text().replace(",", "")


THEME = {
    "zh": "政务服务中心与三级服务体系",
    "en": "Service centres and the three-level service system",
}


def explore_graph(page: Page, theme: str) -> None:
    """By the list beside the graph, which has all that the graph has: to the theme, and to another office of it."""
    things, folded = page.locator(".graph-list"), page.locator("details.list-view")
    expect(folded).to_be_visible()
    if folded.get_attribute("open") is None:
        folded.locator("> summary").click()
    things.get_by_role("button").filter(has_text=theme).click()
    chosen = page.locator("#explorer").get_by_role("region").filter(has_text=theme)
    chosen.get_by_role("button", name="+").first.click()
    things.get_by_role("button").filter(has_text=OTHER).click()


def follow_links(page: Page, theme: str) -> None:
    page.get_by_role("main").get_by_role("link", name=theme, exact=True).first.click()
    page.get_by_role("main").get_by_role("link", name=OTHER, exact=True).first.click()


@EVERY_READER
def test_explore_from_an_office_to_another(tab: Opening, reader: Reader) -> None:
    page = tab(reader).open("/explore")
    form = page.locator("main form").first
    form.locator("input[type=search], input[type=text], input:not([type])").first.fill(OFFICE)
    form.get_by_role("button").first.click()
    page.wait_for_url("**/explore?*")
    expect(page.get_by_role("heading", level=1)).to_contain_text(OFFICE)
    if reader.has_scripts:
        explore_graph(page, THEME[reader.language])
    else:
        follow_links(page, THEME[reader.language])
    page.get_by_role(
        "link", name="它的页面" if reader.language == "zh" else "Its page"
    ).last.click()
    page.wait_for_url(f"**/{reader.language}/offices/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text(OTHER)


@EVERY_READER
def test_look_into_what_does_not_add_up(tab: Opening, reader: Reader) -> None:
    page = tab(reader).open("/")
    kind = page.locator('a[href*="/audit?kind="]').first
    name = kind.inner_text()
    kind.click()
    page.wait_for_url(f"**/{reader.language}/audit?kind=*")
    finding = page.locator(".anomaly-note, .finding").first
    expect(finding).to_contain_text(name)
    finding.locator('a[href*="#char="]').first.click()
    page.wait_for_url(f"**/{reader.language}/documents/*#char=*")
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.get_by_role("main").get_by_text(name).first).to_be_attached()
