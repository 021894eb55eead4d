"""Pictures of all pages for people to look at: in both languages, light and dark, telephone and desktop.

uv run python -m benchmarks.screenshots --out DIR [--data DIR] [--page NAME]...
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Literal

from rich.progress import track

from benchmarks.opened_pages import OpenedPages, add_arguments, opened_pages
from tests.browser.reader import LANGUAGES, Reader
from tests.browser.tab import Tab

SIZES: tuple[Literal["telephone", "desktop"], ...] = ("telephone", "desktop")


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="where the pictures go")
    add_arguments(parser)
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    with opened_pages(chosen) as opened:
        for reader in track([*readers()], description="readers"):
            take(opened, reader, chosen.out)


def readers() -> Iterator[Reader]:
    """All that differ in language, window or colours."""
    for language, size, is_dark in product(LANGUAGES, SIZES, (False, True)):
        yield Reader(language, size, is_dark)


def take(opened: OpenedPages, reader: Reader, folder: Path) -> None:
    """A picture of each page as one reader sees it, whole: `NAME-zh-desktop-dark.png`."""
    colours = "dark" if reader.is_dark else "light"
    for name, path in opened.paths.items():
        tab = Tab(opened.browser, opened.site, reader)
        page = tab.open(path)
        page.wait_for_load_state("networkidle")
        place = f"{name.replace(' ', '-')}-{reader.language}-{reader.size}-{colours}.png"
        page.screenshot(path=folder / place, full_page=True)
        print(*tab.close(), sep="\n", end="", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
