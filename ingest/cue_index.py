"""An index over the cues of a whole table: one walk over a clause finds all words that stand in it.

Looking for each cue by itself takes time in proportion to the table; the walk takes time in
proportion to the clause, so that the table may grow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.cues import FoundCue, cue_words

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundWords:
    """The words that stand in a folded text, each with all its places in order."""

    places: Mapping[str, tuple[Span, ...]]

    def hold(self, cues: Iterable[str]) -> bool:
        """Whether one of the cues stands in the text: all words of it."""
        return any(all(word in self.places for word in cue_words(cue)) for cue in cues)

    def cues(self, cues: Iterable[str]) -> tuple[FoundCue, ...]:
        """The cues that stand in the text: a single word at each place, joined words once."""
        found: list[FoundCue] = []
        for cue in cues:
            words = cue_words(cue)
            if any(word not in self.places for word in words):
                continue
            if len(words) == 1:
                found += (FoundCue(cue, (span,)) for span in self.places[words[0]])
            else:
                found.append(FoundCue(cue, tuple(self.places[word][0] for word in words)))
        return tuple(found)

    def outside(self, spans: Iterable[Span]) -> FoundWords:
        """The words with their places that do not touch any of the spans."""
        barred = tuple(spans)
        if not barred:
            return self
        kept = {
            word: tuple(p for p in places if not any(touch(p, bar) for bar in barred))
            for word, places in self.places.items()
        }
        return FoundWords({word: places for word, places in kept.items() if places})


def touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


# How many first characters of a word it is looked up by: words that begin alike are many at two.
KEY_LENGTHS = (1, 2, 3)


class CueIndex:
    """The words of many cues, looked for together."""

    def __init__(self, cues: Iterable[str]) -> None:
        words = {word for cue in cues for word in cue_words(cue)}
        self._starts: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(words):
            self._starts[word[: KEY_LENGTHS[-1]]].append(word)

    def find(self, folded: str) -> FoundWords:
        """The words in the folded text; places of one word do not overlap (公公 stands in 公公公 once)."""
        places: defaultdict[str, list[Span]] = defaultdict(list)
        starts = self._starts
        for start in range(len(folded)):
            # A word shorter than the longest key stands under the whole of itself.
            for length in KEY_LENGTHS:
                for word in starts.get(folded[start : start + length], ()):
                    if start + length <= len(folded) and folded.startswith(word, start):
                        found = places[word]
                        if not found or found[-1][1] <= start:
                            found.append((start, start + len(word)))
        return FoundWords({word: tuple(spans) for word, spans in places.items()})
