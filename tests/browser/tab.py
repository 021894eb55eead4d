"""A page in a browser that remembers all that went wrong in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    CDPSession,
    ConsoleMessage,
    Page,
    Request,
    Response,
    Route,
    WebError,
)

from tests.browser.reader import WIDTHS, Reader

#: What Chromium says of an answer with an error status; the answer itself is looked at.
TOLD_BY_STATUS = "Failed to load resource: the server responded with a status of"
#: A page lets go of a request of its own (a newer one has come, a download has begun).
LET_GO = "net::ERR_ABORTED"
#: Addresses that stand for content at hand, which no request leaves the browser for.
AT_HAND = ("data", "blob", "about")


class Tab:
    """A page for one reader. `faults`: console errors (violations of the Content-Security-Policy are among them),
    uncaught exceptions, failed requests, refused answers, and requests to other hosts."""

    def __init__(self, browser: Browser, site: str, reader: Reader) -> None:
        self.site, self.reader = site, reader
        self.faults: list[str] = []
        self._expected: set[str] = set()
        self.context = reader.context(browser, site)
        self.context.on("console", self._hear)
        self.context.on("weberror", self._hear_exception)
        self.context.on("request", self._see_request)
        self.context.on("requestfailed", self._see_failure)
        self.context.on("response", self._see_response)
        self.page: Page = self.context.new_page()

    def open(self, path: str, status: int = 200) -> Page:
        """The page at a path in the language of the reader, when all of it has come. `status`: that of the answer,
        which may be an error."""
        address = f"{self.site}/{self.reader.language}{path}"
        self._expected.add(address)
        response = self.page.goto(address)
        assert response is not None
        assert response.status == status, f"{path}: {response.status}, not {status}"
        return self.page

    def refuse(self, addresses: str, body: str = "") -> None:
        """From now on the server refuses (503) what is asked of addresses of this pattern, as is expected."""

        def refused(route: Route) -> None:
            self._expected.add(route.request.url)
            route.fulfill(status=503, body=body)

        self.page.route(addresses, refused)

    @contextmanager
    def held(self, addresses: str) -> Iterator[list[Route]]:
        """The requests to addresses of this pattern, which have no answer until the end."""
        held: list[Route] = []
        self.page.route(addresses, lambda route: held.append(route))
        yield held
        for route in held:
            route.continue_()
        self.page.unroute(addresses)

    def devtools(self) -> CDPSession:
        """The protocol of the browser's own tools, for what Playwright has no word for."""
        return self.context.new_cdp_session(self.page)

    def overflow(self) -> int:
        """By how many CSS pixels the page is wider than its window."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert isinstance(wide, int)
        return max(0, wide)

    def resize(self, size: str) -> None:
        """The same page in a window of another size."""
        self.page.set_viewport_size(WIDTHS[size])

    def close(self) -> list[str]:
        """All that went wrong while it was open."""
        self.context.close()
        return self.faults

    def _note(self, kind: str, what: str) -> None:
        self.faults.append(f"{kind} at {self.page.url}: {what}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(TOLD_BY_STATUS):
            self._note("console error", message.text)

    def _hear_exception(self, error: WebError) -> None:
        self._note("exception", str(error.error))

    def _see_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in AT_HAND and not request.url.startswith(self.site + "/"):
            self._note("request to another host", request.url)

    def _see_failure(self, request: Request) -> None:
        # With scripts off the browser refuses to load one ahead of time, too.
        is_wanted = self.reader.has_scripts or request.resource_type != "script"
        if request.failure != LET_GO and is_wanted:
            self._note("failed request", f"{request.url} ({request.failure})")

    def _see_response(self, response: Response) -> None:
        if response.status >= 400 and response.request.url not in self._expected:
            self._note("refused request", f"{response.url} ({response.status})")
