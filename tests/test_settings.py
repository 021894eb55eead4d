"""The limits of reading are settings, by environment and by file."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from guanlian.settings import ProgramSettings
from ingest.reading.limits import DEFAULT_LIMITS, MEBIBYTE, ReadingLimits


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a settings file."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_limits_are_the_default_ones_if_nothing_is_set() -> None:
    limits = ProgramSettings().reading_limits()
    assert limits == ReadingLimits(ocr=False)
    assert (DEFAULT_LIMITS.seconds, DEFAULT_LIMITS.pages) == (60, 500)
    assert DEFAULT_LIMITS.memory_bytes == 1024 * MEBIBYTE


def test_environment_comes_before_the_file(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / "guanlian.toml").write_text(
        "reading_pages = 20\nreading_seconds = 5\nocr = true\n"
    )
    monkeypatch.setenv("GUANLIAN_READING_PAGES", "30")
    limits = ProgramSettings().reading_limits()
    assert (limits.pages, limits.seconds, limits.ocr) == (30, 5, True)


def test_pictures_of_pages_are_kept_unless_that_is_turned_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert ProgramSettings().ingestion_limits().pictures
    assert not ProgramSettings().reading_limits().pictures
    monkeypatch.setenv("GUANLIAN_PAGE_IMAGES", "0")
    assert not ProgramSettings().ingestion_limits().pictures


@pytest.mark.parametrize(
    ("name", "value"), [("SECONDS", "0"), ("MEMORY_MIB", "1"), ("PAGES", "0"), ("FILE_MIB", "x")]
)
def test_limit_out_of_range_is_refused(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"GUANLIAN_READING_{name}", value)
    with pytest.raises(ValidationError):
        ProgramSettings()
