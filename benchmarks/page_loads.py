"""The pages in a browser on the same machine: bytes over the wire, requests, and when the largest part is painted.

uv run python -m benchmarks.page_loads [--data DIR] [--page NAME]...
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Browser
from rich.console import Console
from rich.table import Table

from benchmarks.opened_pages import OpenedPages, add_arguments, opened_pages
from tests.browser.page_load import largest_paint_ms, observed_load
from tests.browser.reader import Reader
from tests.browser.tab import Tab

ROUNDS = 5
READER = Reader("en", "telephone")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A page that was loaded with nothing cached: bytes, number of responses, milliseconds."""

    scripts: int
    everything: int
    responses: int
    largest_paint_ms: float


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    with opened_pages(parser.parse_args(arguments)) as opened:
        Console().print(table(opened))


def table(opened: OpenedPages) -> Table:
    """A row a page; the time is the median of the rounds."""
    shown = Table(
        "page", "scripts kB", "all kB", "responses", f"largest paint ms ({ROUNDS} rounds)"
    )
    for name, path in opened.paths.items():
        rounds = [weigh(opened.browser, opened.site, path) for _ in range(ROUNDS)]
        first, paint = rounds[0], statistics.median(one.largest_paint_ms for one in rounds)
        kilobytes = (f"{number / 1000:,.1f}" for number in (first.scripts, first.everything))
        shown.add_row(name, *kilobytes, str(first.responses), f"{paint:,.0f}")
    return shown


def weigh(browser: Browser, site: str, path: str) -> Weighed:
    """One load of a page. Raises AssertionError when anything goes wrong in it."""
    tab = Tab(browser, site, READER)
    with observed_load(tab) as load:
        page = tab.open(path)
        page.wait_for_load_state("networkidle")
        paint = largest_paint_ms(page)
    faults = tab.close()
    assert not faults, "\n".join(faults)
    return Weighed(load.bytes("Script"), load.bytes(), len(load.transferred), paint)


if __name__ == "__main__":
    main(sys.argv[1:])
