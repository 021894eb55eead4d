"""Explore from an office to another: the graph by mouse and by keyboard, its list, its address, its files."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from server.islands import built_manifest
from tests.browser.accessibility import violations
from tests.browser.conftest import Opening
from tests.browser.page_load import observed_load
from tests.browser.reader import LANGUAGES, Language, Reader

pytestmark = pytest.mark.skipif(not built_manifest(), reason="the islands are not built")

CIVIL_AFFAIRS, SERVICES = "示例市乙区民政局", "示例市甲区政务服务管理局"
WORDS: dict[Language, dict[str, str]] = {
    "zh": {
        "causes": "说明变动的原因",
        "undo": "撤销",
        "redo": "重做",
        "from": "以它为路径起点",
        "to": "路径",
        "year": "年度",
        "list": "列表（与图相同）",
        "other": "以此说明变动的机构",
        "cause": "公务接待任务与人次",
        "both": "都",
        "export": "导出",
    },
    "en": {
        "causes": "Causes given for changes",
        "undo": "Undo",
        "redo": "Redo",
        "from": "Path from here",
        "to": "Path from",
        "year": "Year",
        "list": "As a list (the same as the graph)",
        "other": "Offices that gave it as a cause",
        "cause": "Receptions",
        "both": " both ",
        "export": "Export",
    },
}
MOST_BYTES = 250_000


def explored(page: Page) -> Locator:
    """The things of the list that stands beside the graph."""
    return page.locator(".graph-list > li")


def names(page: Page) -> list[str]:
    return sorted(
        page.locator(".graph-list > li > .relation > span:first-of-type").all_inner_texts()
    )


def open_graph(tab: Opening, reader: Reader) -> Page:
    """The graph around an office, reached by the search box."""
    page = tab(reader).open("/explore")
    page.locator("#explore-node").fill("民政")
    option = page.get_by_role("option").filter(has_text=CIVIL_AFFAIRS).first
    expect(option).to_be_visible()
    sign = option.locator("svg").first.bounding_box()
    assert sign is not None and sign["width"] < 24
    while option.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".details h3")).to_have_text(CIVIL_AFFAIRS)
    page.wait_for_url(re.compile("#v1="))
    list_view = page.locator(".list-view")
    if not list_view.evaluate("element => element.open"):
        list_view.locator("summary").click()
    return page


@pytest.mark.parametrize("reader", [Reader("zh"), Reader("en", "telephone")], ids=["zh", "en"])
def test_from_an_office_to_another(tab: Opening, reader: Reader) -> None:
    words = WORDS[reader.language]
    page = open_graph(tab, reader)
    before = explored(page).count()
    page.get_by_role("button", name=words["causes"]).click()
    expect(page.locator(".explorer .status")).to_contain_text(words["causes"])
    after = explored(page).count()
    assert after > before
    page.get_by_role("button", name=words["undo"], exact=True).click()
    expect(explored(page)).to_have_count(before)
    page.get_by_role("button", name=words["redo"], exact=True).click()
    expect(explored(page)).to_have_count(after)
    page.get_by_role("button", name=words["from"]).click()
    page.locator(".graph-list .relation").filter(has_text=words["cause"]).first.click()
    expect(page.locator(".details h3")).to_have_text(words["cause"])
    page.get_by_role("button", name=words["other"]).click()
    page.locator(".graph-list .relation").filter(has_text=SERVICES).first.click()
    expect(page.locator(".details h3")).to_have_text(SERVICES)
    page.locator(".details .actions").get_by_role("button", name=words["to"]).click()
    status = page.locator(".explorer .status")
    expect(status).to_contain_text(SERVICES)
    assert CIVIL_AFFAIRS in status.inner_text() and words["both"] in status.inner_text()
    assert not violations(page)


def test_keyboard_alone_expands_and_collapses(tab: Opening) -> None:
    page = open_graph(tab, Reader())
    before = explored(page).count()
    toggle = page.get_by_role("button", name=WORDS["zh"]["causes"])
    toggle.focus()
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-pressed", "true")
    assert explored(page).count() > before
    expect(toggle).to_be_focused()
    page.keyboard.press("Space")
    expect(toggle).to_have_attribute("aria-pressed", "false")
    expect(explored(page)).to_have_count(before)


def test_address_shows_the_same_view_again(tab: Opening) -> None:
    page = open_graph(tab, Reader())
    page.get_by_role("button", name=WORDS["zh"]["causes"]).click()
    expect(page.locator(".explorer .status")).not_to_be_empty()
    page.locator(".graph-legend input").nth(1).uncheck()
    page.get_by_label(WORDS["zh"]["year"]).first.select_option("2020")
    shown, address = names(page), page.url
    again = page.context.new_page()
    again.goto(address)
    again.locator(".list-view summary").click()
    expect(explored(again)).to_have_count(len(shown))
    assert names(again) == shown
    assert again.url == address


def test_line_leads_to_the_sentences_that_say_so(tab: Opening) -> None:
    page = open_graph(tab, Reader("en"))
    address = page.evaluate("document.querySelector('.neighbours .evidence').href")
    page.goto(address)
    quote = page.locator(".quote").first
    words = quote.inner_text().strip("“”")
    quote.click()
    expect(page.locator("mark").filter(has_text=words[:6]).first).to_be_visible()


def test_graph_is_saved_as_picture_and_data(tab: Opening) -> None:
    page = open_graph(tab, Reader())
    count = explored(page).count()
    saved = {}
    for name in ("PNG", "SVG", "JSON"):
        page.locator(".export summary").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        saved[name] = download.value.path().read_bytes()
    assert saved["PNG"].startswith(b"\x89PNG")
    picture = ElementTree.fromstring(saved["SVG"])
    shapes = [part for part in picture if re.search("(circle|polygon)$", part.tag)]
    assert len(shapes) == count
    data = json.loads(saved["JSON"])
    assert len(data["nodes"]) == count
    ends = {node["id"] for node in data["nodes"]}
    assert all({line["source"], line["target"]} <= ends for line in data["links"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_map_finds_an_office_and_what_is_near(tab: Opening, language: Language) -> None:
    page = tab(Reader(language)).open("/explore/network")
    box = page.get_by_role("combobox", name="在地图中找" if language == "zh" else "Find in the map")
    box.fill(CIVIL_AFFAIRS)
    box.press("Enter")
    expect(page.locator(".details h3")).to_have_text(CIVIL_AFFAIRS)
    assert page.locator(".details .relation").count() > 0
    assert not violations(page)


@pytest.mark.parametrize(
    "path", [f"/explore?node={CIVIL_AFFAIRS}", "/explore/network"], ids=["graph", "map"]
)
def test_page_keeps_to_its_budget(tab: Opening, path: str) -> None:
    opened = tab(Reader())
    with observed_load(opened) as load:
        opened.open(path).wait_for_load_state("networkidle")
    assert 100_000 < load.bytes("Script") < load.bytes() <= MOST_BYTES


@pytest.mark.parametrize("has_scripts", [True, False])
def test_ends_of_a_path_that_were_chosen_by_iri_are_shown_by_name(
    tab: Opening, things: dict[str, str], has_scripts: bool
) -> None:
    reader = Reader("zh", has_scripts=has_scripts)
    page = tab(reader).open(f"/explore?from=org/{things['office']}&to=org/{things['other']}")
    told = page.locator(".routes .told").inner_text()
    for end in ("从", "到"):
        name = page.locator(".path-form").get_by_label(end, exact=True).input_value()
        assert name in told
        assert "/" not in name
    page.locator(".path-form").get_by_role("button").click()
    page.wait_for_url(re.compile("from=%"))
    expect(page.locator(".routes .told")).to_have_text(told)
