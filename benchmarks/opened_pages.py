"""A service over a release and a browser before it, for measures and pictures of pages."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from guanlian.ingestion import Ingestion
from guanlian.samples import sample_documents
from server.settings import Settings
from tests.browser.chromium import chromium, find_chromium
from tests.browser.pages import PAGES, things
from tests.serving import listening


@dataclass(frozen=True, slots=True)
class OpenedPages:
    """The browser, the address of the service, and the paths of the chosen pages by name."""

    browser: Browser
    site: str
    paths: Mapping[str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to serve, and which pages."""
    parser.add_argument("--data", type=Path, help="a data folder; without it the samples are read")
    parser.add_argument("--page", action="append", choices=[*PAGES], help="this page; all without")


@contextmanager
def opened_pages(chosen: argparse.Namespace) -> Iterator[OpenedPages]:
    """The pages chosen by the arguments. Exits where there is no browser."""
    program = find_chromium()
    if program is None:
        raise SystemExit(
            "No Chromium is in PATH; install it, on Debian with `apt-get install chromium`."
        )
    with (
        data_folder(chosen.data) as data,
        listening(Settings(data=data)) as (host, port),
        chromium(program) as browser,
    ):
        site = f"http://{host}:{port}"
        known = things(site)
        paths = {name: PAGES[name].format(**known) for name in chosen.page or PAGES}
        yield OpenedPages(browser, site, paths)


@contextmanager
def data_folder(given: Path | None) -> Iterator[Path]:
    """The folder that is given, else a new one with a release of the samples."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        Ingestion(sample_documents(), Path(folder)).run()
        yield Path(folder)
