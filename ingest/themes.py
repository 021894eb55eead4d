"""Functions to themes: each clause of a duty is put under the themes whose cue rules it meets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.cues import clause_spans, find_cue, fold, holds_cue
from ontology.themes import THEMES, Theme

# 受区政府委托，按照有关规定: on whose behalf or by which rule; the duty itself follows.
PREAMBLE = re.compile(
    "(?:受|根据|按照|依照|依据|结合|经|在).{1,20}"
    "(?:委托|授权|批准|要求|规定|部署|权限|分工|实际|领导下|指导下)"
)


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
    folded = fold(text)
    themes = tuple(t for t in THEMES if not t.requires or holds_cue(folded, t.requires))
    return tuple(found for c in split_clauses(text) for found in _classify_clause(c, themes))


def unclassified_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a function that no theme recognises."""
    recognised = {(match.start, match.end) for match in classify_function(text)}
    return tuple(c for c in split_clauses(text) if (c.start, c.end) not in recognised)


def is_classified(text: str) -> bool:
    """Whether at least one clause of the function has a theme, be it a facet."""
    return bool(classify_function(text))


def _classify_clause(clause: Clause, themes: tuple[Theme, ...]) -> Iterator[ThemeMatch]:
    folded = fold(clause.text)
    for theme in themes:
        found = find_cue(folded, theme.cues)
        if found and not holds_cue(folded, theme.exclude):
            yield ThemeMatch(theme, found.cue, clause.start, clause.end, clause.text)
