"""Pages on a bad day: a server that is slow or fails, and readers who do not wait. What one has written is kept, what
one is told is true, and nothing is thrown."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from server.islands import built_manifest
from tests.browser.conftest import Opening
from tests.browser.reader import Reader

pytestmark = pytest.mark.skipif(not built_manifest(), reason="the islands are not built")

QUERY = "SELECT (1 AS ?mine) {}"
TRIPLES = "CONSTRUCT { ?s <ns#division> ?o } WHERE { ?s <ns#division> ?o } LIMIT 3"
OFFICE = "示例市甲区政务服务管理局"


def answered(query: str) -> str:
    return f"/sparql?query={quote(query)}"


def run(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()


def opened_graph(page: Page) -> None:
    expect(page.locator(".details h3")).to_be_visible()
    page.wait_for_url(re.compile("#v1="))


def test_an_example_that_does_not_come_leaves_the_query_alone(tab: Opening) -> None:
    opened = tab(Reader("en"))
    page = opened.open(answered(QUERY))
    opened.refuse("**/sparql?example=*")
    page.locator("details.foldable summary").first.click()
    page.locator("a[data-example]").first.click()
    expect(page.locator(".run-status")).to_contain_text("try again later")
    assert page.locator("#query").input_value().strip() == QUERY


def test_a_query_that_is_run_again_is_running(tab: Opening) -> None:
    opened = tab(Reader("en"))
    page = opened.open(answered(QUERY))
    with opened.held("**/sparql") as held:
        for asked in (1, 2):
            run(page)
            while len(held) < asked:
                page.wait_for_timeout(50)
        expect(page.locator(".run-status")).to_have_text("Running…")
    expect(page.locator(".run-status")).to_contain_text("1 row")


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        ('{"head":{"vars":["a"]},"results":{"bindi', "application/sparql-results+json"),
        ("<html>a proxy</html>", "text/html"),
    ],
)
def test_an_answer_that_is_none_is_told(tab: Opening, body: str, media_type: str) -> None:
    page = tab(Reader("en")).open(answered(QUERY))
    page.route(
        "**/sparql", lambda route: route.fulfill(body=body, headers={"Content-Type": media_type})
    )
    run(page)
    expect(page.locator("#answer [role=alert]")).to_contain_text("No answer")
    expect(page.locator(".run-status")).to_be_empty()


@pytest.mark.parametrize("body", ["", '{"message": "no problem details"}'])
def test_a_refusal_without_words_is_told(tab: Opening, body: str) -> None:
    opened = tab(Reader("en"))
    page = opened.open(answered(QUERY))
    opened.refuse("**/sparql", body)
    run(page)
    expect(page.locator("#answer [role=alert]")).to_contain_text("503")


def test_a_download_that_fails_is_told(tab: Opening) -> None:
    opened = tab(Reader("en"))
    page = opened.open(answered(QUERY))
    opened.refuse("**/sparql")
    page.get_by_role("button", name="CSV").click()
    expect(page.locator(".downloads [role=status]")).to_contain_text("503")


def test_without_a_clipboard_the_text_is_selected(tab: Opening) -> None:
    opened = tab(Reader("en"))
    opened.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page = opened.open(answered(QUERY))
    page.get_by_text("Use in a program").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.locator(".programs [role=status]")).to_contain_text("Ctrl+C")
    assert quote("?mine") in page.evaluate("getSelection().toString()")


def test_the_view_that_was_chosen_last_is_shown(tab: Opening) -> None:
    opened = tab(Reader("en"))
    page = opened.open(answered(TRIPLES))
    views = page.get_by_role("group", name="How results are shown")
    with opened.held("**/built/graph-*.js"):
        views.get_by_role("button", name="Graph").click()
        views.get_by_role("button", name="Table").click()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#answer table")).to_be_visible()
    expect(page.locator(".query-canvas")).to_have_count(0)


@pytest.mark.parametrize("has_scripts", [True, False])
def test_no_link_leads_to_a_script_that_a_query_made(tab: Opening, has_scripts: bool) -> None:
    query = 'SELECT (IRI("javascript:alert(1)") AS ?x) (IRI("data:text/html,x") AS ?y) {}'
    page = tab(Reader("en", has_scripts=has_scripts)).open(answered(query))
    expect(page.locator("#answer td").first).to_have_text("javascript:alert(1)")
    assert page.locator("a[href^='javascript:'], a[href^='data:']").count() == 0


def test_two_relations_are_expanded_at_once(tab: Opening) -> None:
    opened = tab(Reader("en"))
    page = opened.open(f"/explore?node={OFFICE}")
    opened_graph(page)
    closed = page.locator(".details .relation[aria-pressed=false]")
    keys = [each.get_attribute("data-key") for each in closed.all()[:2]]
    assert len(keys) == 2
    with opened.held("**/api/explore/selection*"):
        for key in keys:
            page.locator(f'.details [data-key="{key}"]').click()
        page.wait_for_timeout(500)
    for key in keys:
        expect(page.locator(f'.details [data-key="{key}"]')).to_have_attribute(
            "aria-pressed", "true"
        )


def test_a_year_that_is_undone_gives_back_its_relations(tab: Opening) -> None:
    page = tab(Reader("en")).open(f"/explore?node={OFFICE}")
    opened_graph(page)
    relations = page.locator(".details .relations li")
    before = relations.all_inner_texts()
    page.get_by_label("Year").first.select_option(index=1)
    expect(relations).not_to_have_count(len(before))
    page.get_by_role("button", name="Undo").click()
    expect(relations).to_have_text([text.replace("\n", "") for text in before])


def test_a_graph_that_the_server_does_not_give_is_told(tab: Opening) -> None:
    opened = tab(Reader("en"))
    opened.refuse("**/api/explore/**")
    page = opened.open(f"/explore?node={OFFICE}")
    expect(page.locator(".explorer .status")).to_contain_text("try again later")
    opened.open("/explore/network")
    expect(page.locator(".map-figure").first).to_be_visible()


@pytest.mark.parametrize(("path", "field"), [("/", "#find"), ("/explore", "#explore-node")])
def test_who_writes_before_the_scripts_have_come_goes_on_writing(
    tab: Opening, path: str, field: str
) -> None:
    opened = tab(Reader("en"))
    page = opened.page
    with opened.held("**/built/*.js"):
        page.goto(f"{opened.site}/en{path}", wait_until="commit")
        page.locator(field).focus()
        page.keyboard.type("民")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.type("政")
    expect(page.locator(field)).to_have_value("民政")


@pytest.mark.parametrize(("path", "field"), [("/", "#find"), ("/explore", "#explore-node")])
def test_suggestions_do_not_open_under_a_field_that_was_left(
    tab: Opening, path: str, field: str
) -> None:
    opened = tab(Reader("en"))
    page = opened.open(path)
    with opened.held("**/api/search*") as held:
        page.locator(field).press_sequentially("民政")
        while not held:
            page.wait_for_timeout(50)
        page.keyboard.press("Tab")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_the_other_language_shows_what_this_one_shows(tab: Opening) -> None:
    page = tab(Reader("en")).open(f"/explore?node={OFFICE}")
    opened_graph(page)
    view = page.url.partition("#")[2]
    page.locator(".languages a").click()
    page.wait_for_url(re.compile("/zh/explore"))
    assert page.url.endswith(f"#{view}")


def test_the_query_that_was_run_goes_into_the_other_language(tab: Opening) -> None:
    page = tab(Reader("en")).open("/sparql")
    page.get_by_role("textbox", name=re.compile("^SPARQL")).click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(QUERY)
    run(page)
    expect(page.locator("#answer tbody td")).to_have_text("1")
    page.locator(".languages a").click()
    page.wait_for_url(re.compile("/zh/sparql"))
    assert page.locator("#query").input_value().strip() == QUERY


def test_the_panel_of_a_sentence_gives_the_focus_back(tab: Opening, things: dict[str, str]) -> None:
    opened = tab(Reader("en"))
    page = opened.open(f"/documents/{things['document']}")
    page.locator("article.text mark a").nth(3).click()
    page.locator(".selection .close").press("Enter")
    chosen = page.locator("article.text mark:has(a:focus)")
    assert page.url.count("char=") == 0 and chosen.count() > 0
    opened.refuse("**/facts?at=*")
    page.locator("article.text mark a").nth(9).click()
    expect(page.locator(".selection")).to_contain_text("cannot be had now")


def test_the_search_in_a_text_goes_round_both_ends(tab: Opening, things: dict[str, str]) -> None:
    page = tab(Reader("en")).open(f"/documents/{things['document']}")
    box = page.get_by_role("searchbox", name="Find in the text")
    box.fill("支出")
    told = page.locator(".find-in-text output")
    expect(told).to_have_text(re.compile(r"^\d+ found$"))
    count = told.inner_text().split()[0]
    box.press("Shift+Enter")
    expect(told).to_have_text(f"{count} of {count}")
    box.press("Enter")
    expect(told).to_have_text(f"1 of {count}")


def test_charts_that_are_printed_bring_their_tables(tab: Opening, things: dict[str, str]) -> None:
    page = tab(Reader("en")).open(f"/offices/{things['office']}")
    folded = "document.querySelectorAll('figure.chart > details:not([open])').length"
    before = page.evaluate(folded)
    assert before > 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate(folded) == 0
    assert page.locator("figure.chart .canvas:empty >> visible=true").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(folded) == before
