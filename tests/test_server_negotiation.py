"""Content negotiation by quality and specificity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.negotiation import best_media_type, media_ranges, prefers_html, quality_of

OFFERED = ["application/sparql-results+json", "text/csv", "text/html"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/html", "text/html"),
        ("TEXT/HTML; charset=utf-8", "text/html"),
        ("text/csv;q=0.4, text/html;q=0.5", "text/html"),
        ("text/*;q=0.9, text/csv;q=0.1", "text/html"),
        ("*/*;q=0.1, text/csv", "text/csv"),
        ("text/csv;q=0, */*", "application/sparql-results+json"),
        ("text/csv;q=0", None),
        ("image/png, application/pdf", None),
        ("text/csv;q=high, text/html;q=0.2", "text/html"),
        ("nonsense, text/csv", "text/csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
    ],
)
def test_best_media_type_follows_quality_then_order(
    accept: str | None, expected: str | None
) -> None:
    assert best_media_type(accept, OFFERED) == expected


@given(st.text(max_size=60))
def test_any_header_gives_an_offered_type_of_highest_quality_or_none(accept: str) -> None:
    best = best_media_type(accept, OFFERED)
    ranges = [*media_ranges(accept)]
    qualities = [quality_of(media_type, ranges) for media_type in OFFERED]
    if not accept.strip():
        assert best == OFFERED[0]
    elif best is None:
        assert max(qualities) == 0
    else:
        assert quality_of(best, ranges) == max(qualities) > 0


def test_browsers_and_programs_are_told_apart() -> None:
    assert prefers_html("text/html,application/xhtml+xml,*/*;q=0.8")
    assert not any(map(prefers_html, [None, "*/*", "application/json", "text/turtle"]))
