"""Cues whose joined words belong together: in order, near each other, nothing else between them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ingest.cue_index import CueIndex, Span
from ingest.cues import FoundCue, cue_words

REACH = 12  # characters that may stand between joined words


class NearCues:
    """The cues of a table, found in one walk over a clause.

    Joined words must follow each other at no more than `REACH` characters, and `barred` may find
    nothing in what stands between two of them, `|` and the second.
    """

    def __init__(self, cues: Iterable[str], barred: re.Pattern[str]) -> None:
        self._barred = barred
        self._by_first_word: defaultdict[str, list[str]] = defaultdict(list)
        for cue in cues:
            self._by_first_word[cue_words(cue)[0]].append(cue)
        self._first_words = CueIndex(self._by_first_word)

    def find(self, folded: str) -> Iterator[FoundCue]:
        """The cues in a folded text, at every place."""
        for word, places in self._first_words.find(folded).places.items():
            for cue in self._by_first_word[word]:
                for place in places:
                    spans = self._joined(folded, place, cue_words(cue)[1:])
                    if spans:
                        yield FoundCue(cue, spans)

    def _joined(self, folded: str, first: Span, words: Iterable[str]) -> tuple[Span, ...]:
        """Where the words stand behind the first one; empty where one does not follow."""
        spans, end = [first], first[1]
        for word in words:
            begins = folded.find(word, end, end + REACH + len(word))
            if begins < 0 or self._barred.search(f"{folded[end:begins]}|{word}"):
                return ()
            end = begins + len(word)
            spans.append((begins, end))
        return tuple(spans)
