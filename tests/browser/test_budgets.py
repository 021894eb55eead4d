"""How much a page may weigh over the wire, in bytes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from server.islands import built_manifest
from tests.browser.conftest import Opening
from tests.browser.page_load import observed_load
from tests.browser.pages import PAGES
from tests.browser.reader import LANGUAGES, Language, Reader

#: Without its scripts every page is light enough.
pytestmark = pytest.mark.skipif(not built_manifest(), reason="the islands are not built")


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that scripts may be, and all in all."""

    scripts: int
    everything: int


BUDGETS = {
    "home": Budget(scripts=20_000, everything=100_000),
    "sparql": Budget(scripts=200_000, everything=300_000),
    "explore": Budget(scripts=250_000, everything=350_000),
    "explored office": Budget(scripts=250_000, everything=400_000),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", BUDGETS)
def test_page_keeps_to_its_budget(
    tab: Opening, things: dict[str, str], name: str, language: Language
) -> None:
    opened = tab(Reader(language))
    with observed_load(opened) as load:
        opened.open(PAGES[name].format(**things)).wait_for_load_state("networkidle")
    assert load.bytes("Document") > 1000
    weights = f"{load.bytes('Script'):,} bytes of scripts, {load.bytes():,} in all"
    assert 0 < load.bytes("Script") <= BUDGETS[name].scripts, weights
    assert load.bytes() <= BUDGETS[name].everything, weights
