"""One service and one browser for all tests of this folder; a tab a test, which fails the test by its faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from server.settings import Settings
from tests.browser import pages
from tests.browser.chromium import chromium, find_chromium
from tests.browser.reader import Reader
from tests.browser.tab import Tab
from tests.serving import listening

Opening = Callable[[Reader], Tab]


@pytest.fixture(scope="package")
def program() -> str:
    """Where Chromium is; without one nothing of this folder is set up."""
    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium is installed; the pages are not opened in a browser")
    return found


@pytest.fixture(scope="package")
def site(program: str, samples_data: Path) -> Iterator[str]:
    """The address of a service over the samples."""
    with listening(Settings(data=samples_data)) as (host, port):
        yield f"http://{host}:{port}"


@pytest.fixture(scope="package")
def things(site: str) -> dict[str, str]:
    """What stands for `{office}` and so on in the paths of pages."""
    return pages.things(site)


@pytest.fixture(scope="package")
def browser(program: str, site: str) -> Iterator[Browser]:
    """Chromium. It is started after the service, whose processes are none of its event loop's."""
    with chromium(program) as browser:
        yield browser


@pytest.fixture
def tab(browser: Browser, site: str) -> Iterator[Opening]:
    """Opens a tab for a reader; each is closed with the test, which fails by what went wrong in any."""
    tabs: list[Tab] = []

    def opened(reader: Reader) -> Tab:
        tabs.append(Tab(browser, site, reader))
        return tabs[-1]

    yield opened
    faults = [fault for tab in tabs for fault in tab.close()]
    assert not faults, "\n".join(faults)
