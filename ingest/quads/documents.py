"""The document, its text and its data sets."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, Triple

from ingest.quads.disclosure import Disclosure
from ingest.quads.spans import stated_in
from ingest.quads.vocabulary import (
    CURRENCY,
    DCTERMS,
    QB,
    A,
    chinese,
    describe,
    integer,
    year,
)

# The cubes whose amounts are money carry the currency at the data set (ONTOLOGY section 4).
MONEY_CUBES = ("fiscal", "project")


def document_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """The disclosure document and the text that its facts count in."""
    facts, gl, document = disclosure.facts, disclosure.gl, disclosure.document
    yield from describe(
        document,
        (
            (A, gl["DisclosureDocument"]),
            (DCTERMS["title"], chinese(facts.title.text)),
            (DCTERMS["language"], Literal("zh-Hans")),
            (DCTERMS["format"], Literal(facts.media_type)),
            (gl["disclosedBy"], disclosure.office),
            (gl["fiscalYearOf"], year(facts.fiscal_year)),
            (gl["documentScope"], disclosure.scope),
            (gl["documentKind"], disclosure.code("document-kind", facts.kind)),
            (gl["hasText"], disclosure.text_version),
        ),
    )
    yield from stated_in(disclosure, document, facts.title.span)
    yield from describe(
        disclosure.text_version,
        (
            (A, gl["DocumentText"]),
            (gl["textOf"], document),
            (gl["sha256"], Literal(facts.sha256)),
            (gl["charCount"], integer(facts.characters)),
            (DCTERMS["source"], Literal(facts.source)),
        ),
    )


def data_set_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """One data set a cube, for the cubes that have observations in the document."""
    facts = disclosure.facts
    filled = {
        "fiscal": bool(facts.amounts),
        "count": bool(facts.counts or facts.staff),
        "project": any(
            project.initial_budget or project.adjusted_budget or project.executed
            for project in facts.performance.projects
        ),
    }
    for cube in (name for name, holds in filled.items() if holds):
        yield from describe(
            disclosure.own("dataset", cube),
            (
                (A, QB["DataSet"]),
                (QB["structure"], disclosure.structure(cube)),
                (
                    disclosure.gl["currency"],
                    CURRENCY["CNY"] if cube in MONEY_CUBES else None,
                ),
                (DCTERMS["source"], disclosure.document),
            ),
        )
