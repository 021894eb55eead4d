"""What somebody looks for: the language of the search box, read so that no text is an error.

    教育 卫生         both
    教育 OR 卫生      one of the two (| will do); OR joins its two neighbours
    "教育 局"         the words next to each other
    -学校             without (alone it finds nothing)
    信息化*  OA*      words that begin so (Chinese is found inside words in any case)

Full-width forms of all signs will do. Everything else is text to look for or a separator, so no query
can be malformed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from store.search.folding import OTHER, Run, fold, runs

QUOTES = str.maketrans(dict.fromkeys("“”„‟«»「」『』〝〞＂", '"'))
TERM = re.compile(r'(?P<bar>[|｜])|(?P<minus>[-－−])?(?:"(?P<quoted>[^"]*)"?|(?P<word>[^\s"|｜]+))')
OR, AND = "OR", "AND"
STARS = ("*", "＊")
#: More would be no question of a person; the rest of the text is not looked for.
MOST_TERMS = 32
MOST_LETTERS = 40
GAP = rf"(?!\.{OTHER})[\W_]"


@dataclass(frozen=True)
class Phrase:
    """Runs that follow each other; `is_open`: the last may go on."""

    runs: tuple[Run, ...]
    is_open: bool = False

    def __str__(self) -> str:
        return " ".join(run.text for run in self.runs) + ("*" if self.is_open else "")

    @property
    def letters(self) -> str | None:
        """The phrase as letters if it may be pinyin, whole or initials; None if it has others."""
        letters = "".join(run.text for run in self.runs).replace("ü", "v")
        is_pinyin = letters.isascii() and letters.isalpha() and 1 < len(letters) <= MOST_LETTERS
        return letters if is_pinyin else None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds in a folded text what the index finds."""
        parts = [re.escape(run.text) for run in self.runs]
        return re.compile("".join(joined(parts, self.runs)) + self._end())

    def _end(self) -> str:
        last = self.runs[-1]
        return "" if last.is_chinese or self.is_open else rf"(?!{OTHER})(?!\.{OTHER})"


@dataclass(frozen=True)
class Wanted:
    """Every group has to be found by one of its phrases, and none of the excluded."""

    groups: tuple[tuple[Phrase, ...], ...]
    excluded: tuple[Phrase, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups)

    def __str__(self) -> str:
        """As understood, in the language of the search box."""
        groups = (" OR ".join(quoted(phrase) for phrase in group) for group in self.groups)
        return " ".join((*groups, *(f"-{quoted(phrase)}" for phrase in self.excluded)))

    @property
    def phrases(self) -> Iterator[Phrase]:
        """The phrases that are to be found."""
        return (phrase for group in self.groups for phrase in group)

    def is_in(self, text: str) -> bool:
        """Whether a text by itself is what is wanted."""
        folded = fold(text)
        return (
            bool(self)
            and all(any(p.pattern.search(folded) for p in group) for group in self.groups)
            and not any(phrase.pattern.search(folded) for phrase in self.excluded)
        )


def read_wanted(text: str) -> Wanted:
    """What a text of the search box asks for; of no word it is false.

    >>> str(read_wanted('教育 OR 卫生 -"直属 学校" ＯＡ*'))
    '教育 OR 卫生 oa* -"直属 学校"'
    """
    groups: list[tuple[Phrase, ...]] = []
    excluded: list[Phrase] = []
    joins = False
    for term in terms(text):
        if isinstance(term, str):
            joins = term == OR
            continue
        phrase, is_excluded = term
        if is_excluded:
            excluded.append(phrase)
        elif joins and groups:
            groups[-1] += (phrase,)
        else:
            groups.append((phrase,))
        joins = False
    return Wanted(tuple(groups), tuple(excluded))


def terms(text: str) -> Iterator[tuple[Phrase, bool] | str]:
    """The phrases with whether they are excluded, and the joining words between them."""
    for number, found in enumerate(TERM.finditer(text.translate(QUOTES))):
        if number == MOST_TERMS:
            return
        word = OR if found["bar"] else found["word"]
        if word in (OR, AND) and not found["minus"]:
            yield word
            continue
        words = found["quoted"] if word is None else word
        phrase = Phrase(tuple(runs(fold(words))), words.endswith(STARS))
        if phrase.runs:
            yield phrase, found["minus"] is not None


def joined(parts: Iterable[str], all_runs: tuple[Run, ...]) -> Iterator[str]:
    """The patterns of runs with what stands before and between them: something between two runs of one
    kind, which would else be one run; perhaps nothing where the kind changes."""
    before: Run | None = None
    for part, run in zip(parts, all_runs, strict=True):
        if before is None:
            yield "" if run.is_chinese else rf"(?<!{OTHER})(?<!{OTHER}\.)"
        elif before.is_chinese == run.is_chinese:
            yield f"{GAP}[\\W_]*"
        else:
            yield r"[\W_]*"
        yield part
        before = run


def quoted(phrase: Phrase) -> str:
    return f'"{phrase}"' if len(phrase.runs) > 1 else str(phrase)
