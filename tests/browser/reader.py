"""Who looks at a page, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, ViewportSize

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
TELEPHONE = ViewportSize(width=360, height=740)
DESKTOP = ViewportSize(width=1280, height=900)
WIDTHS = {"telephone": TELEPHONE, "desktop": DESKTOP}
LOCALES: dict[Language, str] = {"zh": "zh-CN", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class Reader:
    """A language (told in Accept-Language), a size of window in CSS pixels, light or dark, with or without scripts."""

    language: Language = "zh"
    size: Literal["telephone", "desktop"] = "desktop"
    is_dark: bool = False
    has_scripts: bool = True

    def context(self, browser: Browser, site: str) -> BrowserContext:
        """A window of its own, which has seen nothing yet. `site` is the address that paths begin at."""
        return browser.new_context(
            base_url=site,
            locale=LOCALES[self.language],
            viewport=WIDTHS[self.size],
            color_scheme="dark" if self.is_dark else "light",
            reduced_motion="reduce",
            java_script_enabled=self.has_scripts,
        )
