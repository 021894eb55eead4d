"""The pages as people have them: the real service over the samples, in Debian's Chromium, driven by Playwright.

Tests of the browser stand in this folder: they share one server and one browser (`conftest.py`), which end with
its last test, because Playwright runs an event loop in the thread of the tests as long as it lives.
"""
