"""Cue rules: how the words of a table are found in a clause.

A cue is a word (`信息公开`) or several joined by `+` (`审批+考核`) that must all stand in the
clause. Cues are looked for in folded text: width, case, white space and quotation marks make no
difference.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

QUOTATION_MARKS = frozenset("\"'“”‘’「」『』《》〈〉")
CLAUSE_ENDS = frozenset(",;。!?")
BRACKETS = {"(": 1, ")": -1}


@dataclass(frozen=True, slots=True)
class FoundCue:
    """A cue as the table writes it, and where its words stand in the folded text."""

    cue: str
    spans: tuple[tuple[int, int], ...]

    @property
    def weight(self) -> int:
        """The number of characters matched: of two cues the heavier one says more."""
        return sum(end - start for start, end in self.spans)

    def lies_within(self, other: FoundCue) -> bool:
        """Whether every word of this cue is part of a word of the other."""
        return all(
            any(left <= start and end <= right for left, right in other.spans)
            for start, end in self.spans
        )


def fold(text: str) -> str:
    """The text in NFKC without case, white space and quotation marks."""
    kept = (
        character
        for character in unicodedata.normalize("NFKC", text).casefold()
        if not character.isspace() and character not in QUOTATION_MARKS
    )
    return "".join(kept)


def clause_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of a text stand, without closing marks and surrounding white space.

    Commas, semicolons and full stops end a clause, but not inside brackets and numbers (1,000).
    """
    start = depth = 0
    for index, character in enumerate(text):
        folded = unicodedata.normalize("NFKC", character)
        depth = max(0, depth + BRACKETS.get(folded, 0))
        if folded in CLAUSE_ENDS and not depth and not _in_number(text, index):
            yield from _trimmed(text, start, index)
            start = index + 1
    yield from _trimmed(text, start, len(text))


def find_cues(folded: str, cues: Iterable[str]) -> Iterator[FoundCue]:
    """The cues in the folded text: a single word wherever it stands, joined words once."""
    for cue in cues:
        words = cue_words(cue)
        if words[0] not in folded:  # nearly always: keep this path short
            continue
        if len(words) == 1:
            yield from (FoundCue(cue, (span,)) for span in _spans(folded, words[0]))
        elif all(word in folded for word in words):
            yield FoundCue(cue, tuple(next(_spans(folded, word)) for word in words))


def holds_cue(folded: str, cues: Iterable[str]) -> bool:
    """Whether one of the cues stands in the folded text."""
    return any(True for _ in find_cues(folded, cues))


def _spans(folded: str, word: str) -> Iterator[tuple[int, int]]:
    start = folded.find(word)
    while start >= 0:
        yield start, start + len(word)
        start = folded.find(word, start + len(word))


@cache
def cue_words(cue: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in cue.split("+"))


def _in_number(text: str, index: int) -> bool:
    return text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    stripped = text[start:end].strip()
    if stripped:
        first = text.index(stripped, start)
        yield first, first + len(stripped)
