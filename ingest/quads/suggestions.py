"""Suggested themes of clauses that no cue decides; they assert no theme of the function."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad, Triple

from ingest.facts import DocumentFacts
from ingest.identifiers import document_graphs
from ingest.quads.disclosure import Disclosure
from ingest.quads.functions import clause_span, stated_functions
from ingest.quads.spans import stated_in
from ingest.quads.vocabulary import A, chinese, decimal, describe
from ingest.theme_suggestions import Examples, ThemeSuggestion, example_wordings, suggest_themes
from ontology.namespaces import DEFAULT_BASE


def wording_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """The themes that the wording of the examples suggests."""
    return suggestion_triples(disclosure, example_wordings())


def suggestion_quads(
    facts: DocumentFacts,
    text: str,
    examples: Examples,
    *,
    base: str = DEFAULT_BASE,
    program_version: str,
) -> Iterator[Quad]:
    """The suggestions for a document as further quads of its derived graph.

    For a measure that is no part of reading, such as an embedding model, which is loaded once for
    all documents. Arguments and errors are those of `make_quads`.
    """
    disclosure = Disclosure(facts, text, base, program_version)
    _, derived, _ = document_graphs(base, disclosure.identifier)
    for triple in suggestion_triples(disclosure, examples):
        yield Quad(triple.subject, triple.predicate, triple.object, NamedNode(derived))


def suggestion_triples(disclosure: Disclosure, examples: Examples) -> Iterator[Triple]:
    """For every clause without a theme that of the nearest example, if one is near enough."""
    for key, function in stated_functions(disclosure):
        for suggestion in suggest_themes(function.span.quote, examples):
            node = disclosure.own(
                "ta", key, suggestion.method, f"{suggestion.start}-{suggestion.end}"
            )
            yield from describe_suggestion(disclosure, node, key, suggestion)
            span = clause_span(function, suggestion.start, suggestion.end)
            yield from stated_in(disclosure, node, span)


def describe_suggestion(
    disclosure: Disclosure, node: NamedNode, key: str, suggestion: ThemeSuggestion
) -> Iterator[Triple]:
    gl = disclosure.gl
    return describe(
        node,
        (
            (A, gl["ThemeAssignment"]),
            (gl["assignedTo"], disclosure.own("fn", key)),
            (gl["assignedTheme"], disclosure.code("theme", suggestion.theme.id)),
            (gl["nearestExample"], chinese(suggestion.example)),
            (gl["score"], decimal(suggestion.score)),
            (gl["method"], disclosure.code("method", suggestion.method)),
        ),
    )
