"""What is wanted as an expression of FTS5 (its documentation, section 3).

Only tokens get into it, and a token holds neither quotes nor blanks, so nobody's text can change it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from store.search.folding import Run
from store.search.pinyin import readings
from store.search.wanted import Phrase, Wanted

WORDS = "{name other_names text}"


def expression(wanted: Wanted, known_syllables: Collection[str]) -> str:
    """The MATCH expression for what is wanted, which is not nothing."""
    groups = " AND ".join(group_expression(group, known_syllables) for group in wanted.groups)
    excluded = " OR ".join(f"{WORDS} : {phrase_expression(p)}" for p in wanted.excluded)
    return f"({groups}) NOT ({excluded})" if excluded else groups


def group_expression(group: Collection[Phrase], known_syllables: Collection[str]) -> str:
    ways = (way for phrase in group for way in ways_to_find(phrase, known_syllables))
    return f"({' OR '.join(ways)})"


def ways_to_find(phrase: Phrase, known_syllables: Collection[str]) -> Iterator[str]:
    """In words; letters also as initials and as whole pinyin of names."""
    yield f"{WORDS} : {phrase_expression(phrase)}"
    letters = phrase.letters
    if letters is not None:
        yield f'initials : "{" ".join(pairs_of(letters))}"'
        for reading in readings(letters, known_syllables):
            yield f'syllables : "{" ".join(reading)}" *'


def phrase_expression(phrase: Phrase) -> str:
    """The tokens that a text has where it has the phrase; the last as a prefix where more may follow."""
    *inner, last = phrase.runs
    found = [token for run in inner for token in inner_tokens(run)]
    found.extend(last_tokens(last))
    is_prefix = phrase.is_open or (last.is_chinese and len(last.text) == 1)
    # The last pair of Chinese characters is a whole token, whatever follows them in the text.
    return f'"{" ".join(found)}"' + (" *" if is_prefix else "")


def inner_tokens(run: Run) -> list[str]:
    """The tokens of a run that ends."""
    return [*pairs_of(run.text), run.text[-1]] if run.is_chinese else [run.text]


def last_tokens(run: Run) -> list[str]:
    """The tokens of a run that a text may go on after."""
    return pairs_of(run.text) if run.is_chinese and len(run.text) > 1 else [run.text]


def pairs_of(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]
