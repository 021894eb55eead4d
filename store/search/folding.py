"""Which characters count as the same, and how a text is cut into words and pairs of characters.

A run of n Chinese characters gives n tokens: every pair that overlaps the next, and the last character
alone. So each character begins exactly one token, and

* a word of two or more characters is a phrase of pairs, found wherever a text has these characters;
* a single character is a prefix of the tokens that it begins.

Everything else (Latin letters, digits) is a word as it stands; `120.50` is one.

>>> tokens("教育局2023年")
'教育 育局 局 2023 年'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from operator import add

#: Unified ideographs with their extensions, and 〇, inside a character class.
CHINESE = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: A character of any other word.
OTHER = rf"[^\W_{CHINESE}]"
RUN = re.compile(rf"(?P<chinese>[{CHINESE}]+)|{OTHER}+(?:\.{OTHER}+)*")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of Chinese characters, or a word of another script, as folded."""

    text: str
    is_chinese: bool


class FoldingTable(dict[int, int]):
    """Each code point to the one it counts as, found when first asked for.

    Compatibility forms (full-width letters, the radicals that PDF files have in place of characters)
    become the usual ones (Unicode NFKC), letters small. What would become several characters stays, so
    that a folded text has the offsets of the text. Traditional characters stay traditional.
    """

    def __missing__(self, code: int) -> int:
        character = chr(code)
        folded = unicodedata.normalize("NFKC", character).lower()
        self[code] = ord(folded) if len(folded) == 1 else code
        return self[code]


FOLDING = FoldingTable()


def fold(text: str) -> str:
    """The text with its look-alikes made equal, character by character.

    >>> fold("ＯＡ系统，Ａ４")
    'oa系统,a4'
    """
    return text.translate(FOLDING)


def runs(folded: str) -> Iterator[Run]:
    """The runs of a folded text in their order."""
    for found in RUN.finditer(folded):
        yield Run(found[0], found["chinese"] is not None)


def tokens(text: str) -> str:
    """The tokens of a text with blanks between them, as FTS5 indexes them."""
    return " ".join(pairs(run.text) if run.is_chinese else run.text for run in runs(fold(text)))


def pairs(run: str) -> str:
    """Overlapping pairs of characters, then the last character.

    >>> pairs("教育局")
    '教育 育局 局'
    """
    return " ".join([*map(add, run, run[1:]), run[-1]])
