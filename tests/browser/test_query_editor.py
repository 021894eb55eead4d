"""The editor of queries as one uses it: completion by label, errors in place, answers in every form."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Opening
from tests.browser.reader import Reader

READERS = (Reader("zh", "desktop"), Reader("en", "telephone", is_dark=True))
EVERY_READER = pytest.mark.parametrize("reader", READERS, ids=["zh", "en"])
OFFICE = "示例市乙区民政局"
#: Milliseconds for a completion: the first asks how often every property is used, beside other tests.
PATIENCE = 20_000
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
BY_YEAR = """PREFIX gl: <ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?year ?name (COUNT(?o) AS ?facts)
{ ?o gl:organization ?x ; gl:fiscalYear ?year . ?x skos:prefLabel ?name } GROUP BY ?year ?name"""


def write(page: Page, text: str, wanted: str | None = None) -> None:
    """Type into the editor; `wanted` is what is offered first for it then, and taken."""
    page.keyboard.type(text)
    if wanted is not None:
        offered = page.get_by_role("listbox").get_by_role("option", selected=True)
        expect(offered).to_contain_text(wanted, timeout=PATIENCE)
        offered.click()


def empty_editor(page: Page) -> None:
    page.get_by_role("textbox", name=re.compile("^SPARQL")).click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")


def run(page: Page, query: str) -> None:
    """Write a query over what stands in the editor, and run it."""
    page.get_by_role("textbox", name=re.compile("^SPARQL")).click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)
    page.keyboard.press("Control+Enter")


def scripts_of(page: Page) -> list[str]:
    """The scripts that the page asks for from now on."""
    asked: list[str] = []

    def see(request: Request) -> None:
        if request.resource_type == "script":
            asked.append(request.url.rpartition("/")[2].partition("-")[0])

    page.on("request", see)
    return asked


@EVERY_READER
def test_a_query_is_written_by_labels_and_answered_by_names(tab: Opening, reader: Reader) -> None:
    opened = tab(reader)
    page = opened.open("/sparql")
    empty_editor(page)
    write(page, "SELECT ?i ?amount {")
    page.keyboard.press("Enter")
    write(page, "?o a Fiscal", "gl:FiscalObservation")
    write(page, " ; 机构" if reader.language == "zh" else " ; organization", "gl:organization")
    write(page, f" {OFFICE[2:]}", OFFICE)
    write(page, " ; 金额" if reader.language == "zh" else " ; amount", "gl:amount")
    write(page, " ?amount ; gl:item ?i")
    write(
        page,
        " ; gl:flow 支出" if reader.language == "zh" else " ; gl:flow expend",
        "flow:expenditure",
    )
    query = page.locator("#query").input_value()
    assert re.match(r"PREFIX gl: <\S+/ns#>\nPREFIX flow: <\S+/code/flow/>\nSELECT", query)
    assert re.search(r"gl:organization <\S+/id/org/\S+> ;", query), query
    page.keyboard.press("Control+Enter")
    rows = page.locator("#answer tbody tr")
    expect(rows.first).to_be_visible()
    link = rows.first.locator("td a").first
    assert re.search(r"/code/item/", link.get_attribute("title") or "")
    expect(link).not_to_have_text(re.compile("code/|item"))
    assert violations(page) == []
    assert opened.overflow() == 0


@EVERY_READER
def test_an_error_is_marked_where_it_is_and_told_in_words(tab: Opening, reader: Reader) -> None:
    page = tab(reader).open("/sparql")
    run(page, "SELECT ?x { ?x a ?y }\nLIMITT 5")
    place = "第 2 行第 1 列" if reader.language == "zh" else "Line 2, column 1"
    expect(page.locator(".checked.malformed")).to_contain_text(place)
    expect(page.locator("#answer [role=alert]")).to_contain_text(place)
    expect(page.locator(".cm-lintRange-error")).to_have_text("LIMITT")


def test_the_keyboard_leaves_the_editor_by_escape_and_tab(tab: Opening) -> None:
    page = tab(Reader("en")).open("/sparql")
    empty_editor(page)
    page.keyboard.press("Tab")
    expect(page.locator("#query")).to_have_value(re.compile("^ +$"))
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run", exact=True)).to_be_focused()


def test_charts_and_graphs_are_loaded_when_they_are_chosen(tab: Opening) -> None:
    page = tab(Reader("en")).open(f"/sparql?query={quote(BY_YEAR)}")
    views = page.get_by_role("group", name="How results are shown")
    expect(views).to_be_visible()
    asked = scripts_of(page)
    views.get_by_role("button", name="Chart").click()
    expect(page.locator(".query-canvas canvas")).to_be_visible()
    assert "draw" in asked and "cytoscape.esm" not in asked
    run(page, "CONSTRUCT { ?s <ns#division> ?o } WHERE { ?s <ns#division> ?o }")
    expect(page.locator("#answer h2")).to_contain_text("triples")
    views.get_by_role("button", name="Graph").click()
    expect(page.locator(".query-canvas.graph canvas").first).to_be_visible()
    assert "cytoscape.esm" in asked
    assert violations(page) == []


def test_a_table_is_sorted_by_number_and_turned_page_by_page(tab: Opening) -> None:
    page = tab(Reader("en")).open("/sparql")
    run(page, "SELECT ?n { ?s <http://www.w3.org/ns/oa#start> ?n } LIMIT 250")
    heading = page.get_by_role("columnheader")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    numbers = [int(text) for text in page.locator("tbody td").all_inner_texts()]
    assert len(numbers) == 100 and numbers == sorted(numbers)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Page 2 of 3")).to_be_visible()
    assert int(page.locator("tbody td").first.inner_text()) >= numbers[-1]


def test_a_query_that_takes_long_is_stopped_and_one_that_was_run_comes_back(tab: Opening) -> None:
    page = tab(Reader("en")).open("/sparql")
    run(page, "SELECT (1 AS ?one) {}")
    expect(page.locator("#answer tbody td")).to_have_text("1")
    run(page, SLOW)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".run-status")).to_have_text("Stopped.")
    page.locator("summary").filter(has_text="History (1)").click()
    page.get_by_role("button", name="SELECT (1 AS ?one) {}", exact=True).click()
    expect(page.locator("#query")).to_have_value("SELECT (1 AS ?one) {}")
    page.reload()
    expect(page.locator("#answer tbody td")).to_have_text("1")
