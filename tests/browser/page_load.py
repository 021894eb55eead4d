"""What it takes to have a page: bytes over the wire, and the time until its largest part is painted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from tests.browser.tab import Tab

#: Milliseconds from the beginning of the navigation to the paint of the largest text or image so far
#: (Largest Contentful Paint, W3C).
LARGEST_PAINT = """() => new Promise(resolve => new PerformanceObserver(list =>
  resolve(list.getEntries().at(-1).startTime)
).observe({type: 'largest-contentful-paint', buffered: true}))"""


@dataclass  # without slots: Playwright marks the object whose methods it calls
class PageLoad:
    """The responses of a page as they come in."""

    kinds: dict[str, str] = field(default_factory=dict)
    transferred: dict[str, int] = field(default_factory=dict)

    def see_response(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event["type"]

    def see_end(self, event: dict[str, Any]) -> None:
        self.transferred[event["requestId"]] = int(event["encodedDataLength"])

    def bytes(self, kind: str | None = None) -> int:
        """What came over the wire, heads of responses included: all of it, or that of one kind, as the DevTools
        protocol names it (Document, Stylesheet, Script, Fetch, Image, ...)."""
        return sum(
            number
            for request, number in self.transferred.items()
            if kind in (None, self.kinds.get(request))
        )


@contextmanager
def observed_load(tab: Tab) -> Iterator[PageLoad]:
    """The load of what is opened in a tab meanwhile, which nothing is cached for."""
    load, devtools = PageLoad(), tab.devtools()
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.on("Network.responseReceived", load.see_response)
    devtools.on("Network.loadingFinished", load.see_end)
    yield load
    devtools.detach()


def largest_paint_ms(page: Page) -> float:
    """When the largest part of a page was painted, in milliseconds since it was asked for."""
    return float(page.evaluate(LARGEST_PAINT))
