"""The index over cues finds what looking for each cue by itself finds."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from ingest.cue_index import CueIndex
from ingest.cues import find_cues, fold, holds_cue

WORDS = st.text("管理公园路灯", min_size=1, max_size=4)
CUES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map("+".join), max_size=12, unique=True)
TEXTS = st.text("管理公园路灯，“” ", max_size=30)


@given(CUES, TEXTS)
@example(["公公"], "公公公")
def test_index_finds_what_each_cue_finds_by_itself(cues: list[str], text: str) -> None:
    folded = fold(text)
    found = CueIndex(cues).find(folded)
    assert set(found.cues(cues)) == set(find_cues(folded, cues))
    assert found.hold(cues) == holds_cue(folded, cues)


@given(CUES, TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_words_outside_a_stretch_are_those_that_do_not_touch_it(
    cues: list[str], text: str, start: int, end: int
) -> None:
    found = CueIndex(cues).find(fold(text))
    kept = found.outside([(start, end)])
    for word, places in found.places.items():
        apart = tuple(p for p in places if p[1] <= start or end <= p[0] or start >= end)
        assert set(kept.places.get(word, ())) <= set(places)
        if start < end:
            assert kept.places.get(word, ()) == apart


def test_word_at_the_end_of_a_text_is_found_once() -> None:
    assert CueIndex(["灯"]).find("路灯").places == {"灯": ((1, 2),)}
