"""Many cues at once: an index by the beginnings of their words, for joined words near each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest.cues import FoundCue, cue_words

REACH = 12  # characters that may stand between joined words
BEGINNING = 2  # characters of a first word that it is looked up by

Words = tuple[str, ...]
Spans = tuple[tuple[int, int], ...]


class CueIndex:
    """Cues of a table, looked up by where their first words begin: a text is gone through once.

    Joined words must follow each other at no more than `REACH` characters, and `barred` may find
    nothing in what stands between two of them, `|` and the second.
    """

    def __init__(self, cues: Iterable[str], barred: re.Pattern[str]) -> None:
        self._barred = barred
        self._by_beginning: dict[str, list[tuple[str, Words]]] = {}
        for cue in cues:
            words = cue_words(cue)
            self._by_beginning.setdefault(words[0][:BEGINNING], []).append((cue, words))

    def find(self, folded: str) -> Iterator[FoundCue]:
        """The cues in a folded text, in the order of their beginnings."""
        for start in range(len(folded)):
            for cue, words in self._beginning_at(folded, start):
                spans = self._joined(folded, start, words)
                if spans:
                    yield FoundCue(cue, spans)

    def _beginning_at(self, folded: str, start: int) -> Iterator[tuple[str, Words]]:
        keys = {folded[start : start + length] for length in range(1, BEGINNING + 1)}
        for key in sorted(keys):
            for cue, words in self._by_beginning.get(key, ()):
                if folded.startswith(words[0], start):
                    yield cue, words

    def _joined(self, folded: str, start: int, words: Words) -> Spans:
        """Where the words stand, the first at `start`; empty where one does not follow."""
        end = start + len(words[0])
        spans = [(start, end)]
        for word in words[1:]:
            begins = folded.find(word, end, end + REACH + len(word))
            if begins < 0 or self._barred.search(f"{folded[end:begins]}|{word}"):
                return ()
            end = begins + len(word)
            spans.append((begins, end))
        return tuple(spans)
