"""What of an entry shows why it was found: its name and a stretch of its words, with the places to mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from store.search.folding import fold
from store.search.index import Hit
from store.search.pinyin import initials, readings
from store.search.wanted import Wanted

#: As much of a text as is read at a glance, in characters.
LENGTH = 140
#: Of which so many may come before the first place.
BEFORE = 40
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of the words of an entry and the ranges to mark in it: code points, half open, in order.

    `start` tells where in the words it begins, `is_whole` that they are all shown.
    """

    text: str
    marks: tuple[Range, ...]
    source: Literal["name", "other-name", "text"]
    start: int = 0
    is_whole: bool = True


def name_of(hit: Hit, wanted: Wanted) -> Snippet:
    """The name of a hit, whole; empty for what has none."""
    entry = hit.entry
    spelt = spellings(hit)
    marks = marks_in(entry.name, wanted, spelt[0] if entry.name and spelt else ())
    return Snippet(entry.name, tuple(marks), "name")


def snippet_of(hit: Hit, wanted: Wanted) -> Snippet | None:
    """The first stretch of text with something to mark; without one, and where the name has nothing to mark
    either, another name that has; else how the text begins, None without a text."""
    entry = hit.entry
    marks = marks_in(entry.text, wanted, ())
    if not marks and not name_of(hit, wanted).marks:
        spelt = spellings(hit)[1 if entry.name else 0 :]
        for number, other in enumerate(entry.other_names):
            found = marks_in(other, wanted, spelt[number] if spelt else ())
            if found:
                return Snippet(other, tuple(found), "other-name")
    return cut(entry.text, marks) if entry.text else None


def spellings(hit: Hit) -> list[list[str]]:
    """The syllables of each name, the name itself first; none for kinds that nobody spells."""
    return [line.split(" ") for line in hit.spelling.splitlines()]


def cut(text: str, marks: Sequence[Range]) -> Snippet:
    """A stretch with the first mark in it."""
    first = marks[0][0] if marks else 0
    start = max(0, min(first - BEFORE, len(text) - LENGTH))
    end = min(len(text), start + LENGTH)
    inside = [
        (max(low, start) - start, min(high, end) - start)
        for low, high in marks
        if low < end and high > start
    ]
    return Snippet(text[start:end], tuple(inside), "text", start, end - start == len(text))


def marks_in(text: str, wanted: Wanted, spelt: Sequence[str]) -> list[Range]:
    """Where what is wanted stands in a text, whose characters may be spelt."""
    folded = fold(text)
    found = [found.span() for phrase in wanted.phrases for found in phrase.pattern.finditer(folded)]
    for phrase in wanted.phrases if spelt else ():
        if phrase.letters is not None:
            found.extend(spelt_places(phrase.letters, spelt))
    return merged(found)


def spelt_places(letters: str, spelt: Sequence[str]) -> Iterator[Range]:
    """Where letters are the initials of characters, or how they are spelt."""
    first_letters = initials(spelt)
    at = first_letters.find(letters)
    while at >= 0:
        yield at, at + len(letters)
        at = first_letters.find(letters, at + 1)
    for reading in readings(letters, frozenset(spelt)):
        for at in range(len(spelt) - len(reading) + 1):
            if is_spelt(reading, spelt[at : at + len(reading)]):
                yield at, at + len(reading)


def is_spelt(reading: Sequence[str], part: Sequence[str]) -> bool:
    """Whether characters are read so, the last one perhaps not typed to its end."""
    return [*reading[:-1]] == [*part[:-1]] and part[-1].startswith(reading[-1])


def merged(ranges: Iterable[Range]) -> list[Range]:
    """The ranges in order, those that touch as one.

    >>> merged([(4, 6), (0, 2), (2, 3), (5, 7)])
    [(0, 3), (4, 7)]
    """
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found
