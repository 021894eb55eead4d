"""An English page says what it says in English: Chinese stands only where it is told to be Chinese, as the names of
offices and quoted sentences are, so that a screen reader reads it as such."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Opening
from tests.browser.pages import PAGES
from tests.browser.reader import Reader

#: Texts with Chinese characters in no element of Chinese.
CHINESE_UNTOLD = r"""() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, element = text.parentElement;
    const isTold = element.closest('script, style, textarea, :lang(zh)');
    if (/\p{Script=Han}/u.test(text.data) && !isTold) found.push(text.data.trim());
  }
  return found;
}"""


@pytest.mark.parametrize("name", PAGES)
def test_chinese_is_told_to_be_chinese(tab: Opening, things: dict[str, str], name: str) -> None:
    page = tab(Reader("en")).open(PAGES[name].format(**things))
    assert page.evaluate(CHINESE_UNTOLD) == []
