"""Themes of functions and causes of change as concepts; cue words are their hidden labels."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ontology.causes import CAUSES, Cause
from ontology.codes import Concept
from ontology.concept_schemes import concept_statements
from ontology.namespaces import Namespaces
from ontology.theme_examples import THEME_EXAMPLES
from ontology.themes import THEME_GROUPS, THEMES, Theme
from ontology.writing import Statement, describe, labelled

_DIRECTIONS = {"+": "increase", "-": "decrease", "=": "unchanged"}


def theme_triples(namespaces: Namespaces) -> Iterator[Triple]:
    """The themes under their groups, with their cues as hidden labels and clauses as examples."""
    for group in THEME_GROUPS:
        concept = Concept(group.id, group.label_zh, group.label_en)
        statements = concept_statements("theme", concept, namespaces)
        yield from describe(namespaces.concept("theme", group.id), statements, namespaces)
    for theme in THEMES:
        subject = namespaces.concept("theme", theme.id)
        yield from describe(subject, _theme_statements(theme, namespaces), namespaces)
    for example in THEME_EXAMPLES:
        statement = ("skos:example", Literal(example.text, language="zh"))
        yield from describe(namespaces.concept("theme", example.theme.id), (statement,), namespaces)


def cause_triples(namespaces: Namespaces) -> Iterator[Triple]:
    """The causes in their two levels."""
    for cause in CAUSES:
        subject = namespaces.concept("cause", cause.code)
        yield from describe(subject, _cause_statements(cause, namespaces), namespaces)


def _theme_statements(theme: Theme, namespaces: Namespaces) -> Iterator[Statement]:
    concept = Concept(theme.id, theme.label_zh, theme.label_en, theme.group)
    yield from concept_statements("theme", concept, namespaces, "gl:FunctionTheme")
    yield from labelled("skos:scopeNote", theme.scope_note, None)
    yield "gl:tier", Literal(theme.tier)
    yield from _cues(theme.cues)


def _cause_statements(cause: Cause, namespaces: Namespaces) -> Iterator[Statement]:
    concept = Concept(cause.code, cause.label_zh, cause.label_en, cause.parent)
    yield from concept_statements("cause", concept, namespaces, "gl:Cause")
    direction = _DIRECTIONS.get(cause.typical_direction)
    if direction:
        yield "gl:typicalDirection", NamedNode(namespaces.concept("direction", direction))
    yield from _cues(cause.cues)


def _cues(cues: tuple[str, ...]) -> Iterator[Statement]:
    for cue in cues:
        yield "skos:hiddenLabel", Literal(cue, language="zh")
