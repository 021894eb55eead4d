"""Pinyin of names: one syllable a character, as it is typed, without tones (ü is v).

pypinyin tells characters of several readings apart by the words they stand in (重庆 chongqing, 会计 kuaiji).
It holds some 50 MB, so it is loaded only where an index is made; who searches finds the syllables in the
index.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from store.search.folding import CHINESE

RUN = re.compile(f"[{CHINESE}]+")
CHINESE_OR_NOT = re.compile(f"[{CHINESE}]+|[^{CHINESE}]+")
#: In place of the syllable of what is no Chinese character: no phrase reaches across it.
NO_SYLLABLE = "·"
#: Readings of one typed word that are looked for.
MOST_READINGS = 8


def syllables(name: str) -> list[str]:
    """A syllable for each character of a name.

    >>> syllables("重庆A局")
    ['chong', 'qing', '·', 'ju']
    """
    found: list[str] = []
    for part in CHINESE_OR_NOT.findall(name):
        found.extend(syllables_of_run(part) if RUN.fullmatch(part) else NO_SYLLABLE * len(part))
    return found


def syllables_of_run(run: str) -> list[str]:
    from pypinyin import lazy_pinyin

    found = lazy_pinyin(run)
    if len(found) != len(run):  # characters that it does not know come in one piece
        found = [lazy_pinyin(character)[0] for character in run]
    return [one if one.isascii() and one.isalpha() else NO_SYLLABLE for one in found]


def initials(of_name: Sequence[str]) -> str:
    """The first letters, one a character.

    >>> initials(["chong", "qing", "·", "ju"])
    'cq·j'
    """
    return "".join(syllable[0] for syllable in of_name)


def readings(letters: str, known: Collection[str]) -> list[tuple[str, ...]]:
    """How letters can be read as known syllables, the last one perhaps not typed to its end.

    >>> readings("xian", {"xi", "an", "xian", "ju"})
    [('xi', 'an'), ('xian',)]
    >>> readings("xij", {"xi", "an", "xian", "ju"})
    [('xi', 'j')]
    """
    found: list[tuple[str, ...]] = []
    for reading in continued(letters, (), known):
        found.append(reading)
        if len(found) == MOST_READINGS:
            break
    return found


def continued(
    letters: str, before: tuple[str, ...], known: Collection[str]
) -> Iterator[tuple[str, ...]]:
    # Six letters are the longest syllable (zhuang).
    for length in range(1, min(len(letters) - 1, 6) + 1):
        if letters[:length] in known:
            yield from continued(letters[length:], (*before, letters[:length]), known)
    if any(syllable.startswith(letters) for syllable in known):
        yield (*before, letters)
