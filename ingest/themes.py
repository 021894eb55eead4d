"""Functions to themes: each clause of a duty is put under the themes whose cue rules it meets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ingest.cue_index import CueIndex, FoundWords
from ingest.cues import FoundCue, clause_spans, cue_words, fold
from ingest.passing_mentions import passing_mentions
from ontology.themes import THEMES, Theme

# 受区政府委托，按照有关规定: on whose behalf or by which rule; the duty itself follows.
PREAMBLE = re.compile(
    "(?:受|根据|按照|依照|依据|结合|经|在).{1,20}"
    "(?:委托|授权|批准|要求|规定|部署|权限|分工|实际|领导下|指导下)"
)

THEME_ORDER: Mapping[Theme, int] = {theme: place for place, theme in enumerate(THEMES)}

# A mark at the end of a cue is part of its rule (咨询、 begins a list), and no part of the word it names.
MARKS = "、，,；;：:"


@dataclass(frozen=True, slots=True)
class Clause:
    """One duty within a function: `function[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ThemeMatch:
    """A clause under a theme, with the cue as evidence; the offsets count in the function text."""

    theme: Theme
    cue: str
    start: int
    end: int
    clause: str


def split_clauses(text: str) -> tuple[Clause, ...]:
    """The single duties of a function; a preamble (受…委托) stays with the duty that follows."""
    clauses = []
    preamble_start: int | None = None
    end = 0
    for start, end in clause_spans(text):
        first = start if preamble_start is None else preamble_start
        if PREAMBLE.fullmatch(fold(text[start:end])):
            preamble_start = first
        else:
            clauses.append(Clause(text[first:end], first, end))
            preamble_start = None
    if preamble_start is not None:
        clauses.append(Clause(text[preamble_start:end], preamble_start, end))
    return tuple(clauses)


def classify_function(text: str) -> tuple[ThemeMatch, ...]:
    """The themes of a function, clause by clause in the order of the text; each once a clause.

    Facet themes (交办的其他任务) are among them: `Theme.is_sharable` tells which count as shared.
    """
    words = theme_words().find(fold(text))
    closed = frozenset(t.id for t in conditional_themes() if _is_closed(t, words))
    return tuple(found for c in split_clauses(text) for found in _classify_clause(c, closed))


def unclassified_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a function that no theme recognises."""
    recognised = {(match.start, match.end) for match in classify_function(text)}
    return tuple(c for c in split_clauses(text) if (c.start, c.end) not in recognised)


@cache
def theme_words() -> CueIndex:
    """All words of the theme table."""
    return CueIndex(word for t in THEMES for word in t.words)


@cache
def conditional_themes() -> tuple[Theme, ...]:
    """The themes whose rule looks at the whole function."""
    return tuple(theme for theme in THEMES if theme.requires or theme.absent)


@cache
def themes_by_word() -> Mapping[str, tuple[Theme, ...]]:
    """The themes that a word may lead to: those with a cue that begins with it."""
    found: defaultdict[str, dict[str, Theme]] = defaultdict(dict)
    for theme in THEMES:
        for cue in theme.cues:
            found[cue_words(cue)[0]][theme.id] = theme
    return {word: tuple(themes.values()) for word, themes in found.items()}


def _is_closed(theme: Theme, words: FoundWords) -> bool:
    """Whether the words of a whole function keep all its clauses out of the theme."""
    lacks = bool(theme.requires) and not words.hold(theme.requires)
    return lacks or words.hold(theme.absent)


def _classify_clause(clause: Clause, closed: frozenset[str]) -> Iterator[ThemeMatch]:
    folded = fold(clause.text)
    found = _cues_by_theme(folded, closed)
    for theme in _claiming(_uncovered(found)):
        cue = max(found[theme], key=lambda cue: cue.weight).cue
        yield ThemeMatch(theme, cue.rstrip(MARKS), clause.start, clause.end, clause.text)


def _cues_by_theme(folded: str, closed: frozenset[str]) -> dict[Theme, tuple[FoundCue, ...]]:
    """The themes whose rules the clause meets, with the cues found, in the order of the table."""
    words = theme_words().find(folded)
    meant = words.outside(passing_mentions(folded))
    candidates = {t for word in words.places for t in themes_by_word().get(word, ())}
    found = {}
    for theme in sorted(candidates, key=THEME_ORDER.__getitem__):
        cues = (meant if theme.is_sharable else words).cues(theme.cues)
        if cues and theme.id not in closed and not words.hold(theme.exclude):
            found[theme] = cues
    return found


def _uncovered(found: Mapping[Theme, tuple[FoundCue, ...]]) -> list[Theme]:
    """The themes with a cue that is no part of longer words of another theme: 自然资源 says nothing
    where 自然资源资产离任审计 stands."""
    return [
        theme
        for theme, cues in found.items()
        if not all(
            any(other is not theme and is_covered(cue, found[other]) for other in found)
            for cue in cues
        )
    ]


def is_covered(cue: FoundCue, others: Iterable[FoundCue]) -> bool:
    """Whether every word of the cue is a part, but not all, of a word of one of the others."""
    return any(
        all(
            any(
                left <= start and end <= right and (left, right) != (start, end)
                for left, right in w
            )
            for start, end in cue.spans
        )
        for w in (other.spans for other in others)
    )


def _claiming(themes: list[Theme]) -> list[Theme]:
    """The themes that get the clause: those that claim first, else the ordinary, else the last."""
    for claim in ("first", "", "last"):
        claiming = [theme for theme in themes if theme.claim == claim]
        if claiming:
            return claiming
    return []
