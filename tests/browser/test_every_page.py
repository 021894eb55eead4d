"""Each page for two readers who share nothing (language, width, colours): no fault of the browser, no violation
of WCAG 2.2 AA, nothing wider than the window; and with scripts off the page is there, too."""

from __future__ import annotations

import pytest

from tests.browser.accessibility import violations
from tests.browser.conftest import Opening
from tests.browser.pages import PAGES, PROBLEMS
from tests.browser.reader import Reader
from tests.browser.tab import Tab

READERS = (
    Reader("zh", "desktop"),
    Reader("en", "telephone", is_dark=True),
)


def check(tab: Tab, path: str, status: int = 200) -> None:
    page = tab.open(path, status)
    assert tab.overflow() == 0, f"{path} is wider than its window by {tab.overflow()} pixels"
    found = violations(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("reader", READERS, ids=["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible(
    tab: Opening, things: dict[str, str], name: str, reader: Reader
) -> None:
    check(tab(reader), PAGES[name].format(**things))


@pytest.mark.parametrize("name", PROBLEMS)
def test_problem_is_accessible(tab: Opening, name: str) -> None:
    check(tab(Reader()), *PROBLEMS[name])


@pytest.mark.parametrize("name", PAGES)
def test_page_works_without_scripts(tab: Opening, things: dict[str, str], name: str) -> None:
    opened = tab(Reader("en", "telephone", has_scripts=False))
    page = opened.open(PAGES[name].format(**things))
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("main").inner_text().strip()
    assert opened.overflow() == 0
