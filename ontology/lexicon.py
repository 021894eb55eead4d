"""The lexicon: words that disclosures print, and the concept that each means within its kind.

A kind is a question that a reader asks of a word: as a `fund`, 财政拨款 means `fiscal`; as an
`item` it means `fiscal-appropriation`. Within one kind a word has one meaning, or the lexicon is
refused.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

#: The code list that holds the concepts of each kind.
CODE_LIST_OF_KIND: Mapping[str, str] = MappingProxyType(
    {
        "fund": "fund",
        "flow": "flow",
        "item": "item",
        "count-item": "count-item",
        "baseline": "baseline",
        "phase": "phase",
        "direction": "direction",
        "unit": "unit",
        "measure": "unit",
        "comparator": "comparator",
        "indicator-type": "indicator-type",
        "scope": "scope",
        "document-kind": "document-kind",
    }
)

_QUOTES = "“”„‟〝〞″「」『』"
_WITHOUT_QUOTE_STYLE = str.maketrans(dict.fromkeys(_QUOTES, '"'))
_FULL_WIDTH_OFFSET = 0xFEE0


class LexiconError(ValueError):
    """The lexicon gives one word two meanings within one kind, or names an unknown kind."""


@dataclass(frozen=True, slots=True)
class Word:
    """One row: a word as printed, its kind, the notation of its concept, and where it is used."""

    word: str
    kind: str
    concept: str
    note: str = ""


def normalize_word(text: str) -> str:
    """The form that words are compared in: NFKC, one style of quotation mark, no white space.

    >>> normalize_word("因公出国（境） 费") == normalize_word("因公出国(境)费")
    True
    """
    folded = unicodedata.normalize("NFKC", text).translate(_WITHOUT_QUOTE_STYLE)
    # A second time, because characters that were parted by white space may compose.
    return unicodedata.normalize("NFKC", "".join(folded.split()))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by kind, each with its one concept; keys are normalized words."""

    meanings: Mapping[str, Mapping[str, str]]

    def kinds(self) -> tuple[str, ...]:
        """The kinds, in the order of the table."""
        return tuple(self.meanings)

    def words(self, kind: str) -> tuple[str, ...]:
        """The normalized words of a kind, longest first, as an alternation needs them."""
        return tuple(sorted(self._kind(kind), key=lambda word: (-len(word), word)))

    def meaning(self, kind: str, word: str) -> str:
        """The notation of the concept that a word means; KeyError for a word that is not listed."""
        return self._kind(kind)[normalize_word(word)]

    def find_meaning(self, kind: str, word: str) -> str | None:
        """The notation of the concept that a word means, or None."""
        return self._kind(kind).get(normalize_word(word))

    def pattern(self, kind: str) -> str:
        """A regular expression (no groups) that finds the words of a kind in unnormalized text.

        It takes the longest word first and every width of a bracket and style of a quotation mark,
        so offsets count in the text as it stands.
        """
        return "(?:" + "|".join(_spellings(word) for word in self.words(kind)) + ")"

    def _kind(self, kind: str) -> Mapping[str, str]:
        if kind not in self.meanings:
            raise LexiconError(f"no words of kind {kind!r}; kinds are {', '.join(self.meanings)}")
        return self.meanings[kind]


def make_lexicon(words: Iterable[Word]) -> Lexicon:
    """A lexicon of these words; LexiconError for a second meaning or an unknown kind."""
    meanings: dict[str, dict[str, str]] = {}
    for word in words:
        _add(meanings, word)
    return Lexicon(MappingProxyType({kind: MappingProxyType(m) for kind, m in meanings.items()}))


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of the package (`lexicon.csv`)."""
    return make_lexicon(read_words())


def read_words() -> Iterator[Word]:
    """The rows of `lexicon.csv`, as printed."""
    text = resources.files("ontology").joinpath("lexicon.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield Word(**row)


def _add(meanings: dict[str, dict[str, str]], word: Word) -> None:
    if word.kind not in CODE_LIST_OF_KIND:
        raise LexiconError(f"word {word.word!r} has the unknown kind {word.kind!r}")
    concepts = meanings.setdefault(word.kind, {})
    known = concepts.setdefault(normalize_word(word.word), word.concept)
    if known != word.concept:
        raise LexiconError(
            f"word {word.word!r} has two meanings as {word.kind}: {known!r} and {word.concept!r}"
        )


def _spellings(word: str) -> str:
    return "".join(_spelling(character) for character in word)


def _spelling(character: str) -> str:
    """The character class of one normalized character: ASCII ones have a full-width twin."""
    if character == '"':
        return f'["＂{_QUOTES}]'
    if "!" <= character <= "~":
        return f"[{re.escape(character)}{chr(ord(character) + _FULL_WIDTH_OFFSET)}]"
    return re.escape(character)
