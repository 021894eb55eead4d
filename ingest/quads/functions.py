"""Functions (职能) of the office, and the themes that their clauses fall under."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import Literal, Triple

from ingest.causes import text_key
from ingest.facts import Function, Span
from ingest.identifiers import numbered
from ingest.quads.disclosure import Disclosure
from ingest.quads.spans import describe_span, span_node, stated_in
from ingest.quads.vocabulary import DCTERMS, ORG, A, chinese, decimal, describe, integer
from ingest.themes import ThemeMatch, classify_function, split_clauses

# A cue rule either holds or does not.
CUE_SCORE = Decimal(1)


def stated_functions(disclosure: Disclosure) -> Iterator[tuple[str, Function]]:
    """The functions by key: the printed ordinal, told apart where a document repeats one."""
    functions = sorted(disclosure.facts.functions, key=lambda item: item.span.start)
    return numbered((str(function.ordinal), function) for function in functions)


def function_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """The functions in the words of the document."""
    gl = disclosure.gl
    for key, function in stated_functions(disclosure):
        node = disclosure.own("fn", key)
        yield from describe(
            node,
            (
                (A, gl["FunctionStatement"]),
                (gl["functionOf"], disclosure.office),
                (gl["ordinal"], integer(function.ordinal)),
                (gl["text"], chinese(function.text)),
                (gl["textKey"], Literal(text_key(function.text))),
            ),
        )
        yield from stated_in(disclosure, node, function.span)


def theme_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """The clauses of every function and their themes; a clause without a theme has no assignment."""
    for key, function in stated_functions(disclosure):
        node, matches = disclosure.own("fn", key), classify_function(function.span.quote)
        recognised = {(match.start, match.end) for match in matches}
        for clause in split_clauses(function.span.quote):
            span = clause_span(function, clause.start, clause.end)
            yield Triple(node, DCTERMS["hasPart"], span_node(disclosure, span))
            yield from describe_span(disclosure, span)
            if (clause.start, clause.end) not in recognised:
                yield Triple(
                    node, disclosure.gl["hasUnclassifiedPart"], span_node(disclosure, span)
                )
        for match in matches:
            theme = disclosure.code("theme", match.theme.id)
            yield Triple(node, disclosure.gl["theme"], theme)
            span = clause_span(function, match.start, match.end)
            yield from assignment_triples(disclosure, key, span, match)


def purpose_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """What the office is for (W3C ORG): each theme of its functions that offices can share, once.

    Only themes that a cue rule asserts are purposes; what every office does (the facets) is none.
    """
    themes = {
        match.theme.id
        for _, function in stated_functions(disclosure)
        for match in classify_function(function.span.quote)
        if match.theme.is_sharable
    }
    for theme in sorted(themes):
        yield Triple(disclosure.office, ORG["purpose"], disclosure.code("theme", theme))


def clause_span(function: Function, start: int, end: int) -> Span:
    """A stretch of a function, in the text of the document."""
    first = function.span.start
    return Span(first + start, first + end, function.span.quote[start:end])


def assignment_triples(
    disclosure: Disclosure, key: str, clause: Span, match: ThemeMatch
) -> Iterator[Triple]:
    """A clause of a function put under a theme, with the cue that decided it."""
    gl, theme = disclosure.gl, match.theme.id
    node = disclosure.own("ta", key, theme, f"{clause.start}-{clause.end}")
    yield from describe(
        node,
        (
            (A, gl["ThemeAssignment"]),
            (gl["assignedTo"], disclosure.own("fn", key)),
            (gl["assignedTheme"], disclosure.code("theme", theme)),
            (gl["matchedCue"], chinese(match.cue)),
            (gl["score"], decimal(CUE_SCORE)),
            (gl["method"], disclosure.code("method", "cue-rule")),
        ),
    )
    yield from stated_in(disclosure, node, clause)
