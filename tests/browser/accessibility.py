"""Accessibility of a page by axe-core (Deque), which comes with the development packages of `web/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
#: WCAG 2.0 to 2.2, levels A and AA, and what the makers of axe-core hold for good practice besides.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SHOWN = 3
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # off by default, though it is of WCAG 2.2
    "resultTypes": ["violations"],
    "preload": False,
}


@cache
def axe_source() -> str:
    """The script of axe-core. Skips the test where it is not installed."""
    if not AXE.is_file():
        pytest.skip(
            "axe-core is not in web/node_modules (`npm ci` in web/); accessibility is not checked"
        )
    return AXE.read_text("utf-8")


def violations(page: Page) -> list[str]:
    """What a page violates, a line a rule: what it wants, how many elements lack it, and the first of them.

    The script comes in by the protocol of the browser's tools, which the page's own Content-Security-Policy lets
    stand as strict as it is.
    """
    page.evaluate(axe_source())
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)
    return [told(violation) for violation in found["violations"]]


def told(violation: dict[str, Any]) -> str:
    elements = violation["nodes"]
    shown = " | ".join(f"{element['html'][:160]} {why(element)}" for element in elements[:SHOWN])
    return f"{violation['id']}: {violation['help']} ({len(elements)}): {shown}"


def why(node: dict[str, Any]) -> str:
    """What the element lacks."""
    return "; ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))
