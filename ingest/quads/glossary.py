"""The glossary (名词解释): terms shared by all documents, and how this one explains them."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, Triple

from ingest.causes import text_key
from ingest.identifiers import numbered
from ingest.identity import normalize_name, short_hash
from ingest.quads.disclosure import Disclosure
from ingest.quads.spans import stated_in
from ingest.quads.vocabulary import SKOS, A, chinese, describe


def glossary_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """The terms and their explanations."""
    gl = disclosure.gl
    entries = sorted(disclosure.facts.terms, key=lambda entry: entry.span.start)
    keyed = ((short_hash(normalize_name(entry.term)), entry) for entry in entries)
    for key, entry in numbered(keyed):
        name = normalize_name(entry.term)
        term = disclosure.thing("term", short_hash(name))
        yield from describe(
            term,
            (
                (A, gl["Term"]),
                (A, SKOS["Concept"]),
                (SKOS["prefLabel"], chinese(name)),
            ),
        )
        definition = disclosure.own("def", key)
        yield from describe(
            definition,
            (
                (A, gl["TermDefinition"]),
                (gl["definesTerm"], term),
                (gl["text"], chinese(entry.definition)),
                (gl["textKey"], Literal(text_key(entry.definition))),
            ),
        )
        yield from stated_in(disclosure, definition, entry.span)
