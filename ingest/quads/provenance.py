"""Provenance of the graphs of a document (PROV-O): which text, which version of the pipeline.

No time: the same text through the same version gives the same quads. It stands in the document's
own graphs, so that replacing those replaces it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ingest.quads.disclosure import Disclosure
from ingest.quads.vocabulary import PROV, A, describe


def graph_triples(disclosure: Disclosure, graph: NamedNode) -> Iterator[Triple]:
    """What a graph was made from, and by what."""
    yield from describe(
        graph,
        (
            (A, PROV["Entity"]),
            (PROV["wasGeneratedBy"], extraction_node(disclosure)),
            (PROV["wasDerivedFrom"], disclosure.text_version),
        ),
    )


def extraction_triples(disclosure: Disclosure) -> Iterator[Triple]:
    """The extraction and the pipeline that did it."""
    version = disclosure.program_version
    pipeline = disclosure.thing("pipeline", version)
    yield from describe(
        extraction_node(disclosure),
        (
            (A, disclosure.gl["ExtractionActivity"]),
            (PROV["used"], disclosure.text_version),
            (PROV["wasAssociatedWith"], pipeline),
        ),
    )
    yield from describe(
        pipeline,
        (
            (A, disclosure.gl["Pipeline"]),
            (disclosure.gl["programVersion"], Literal(version)),
        ),
    )


def extraction_node(disclosure: Disclosure) -> NamedNode:
    return disclosure.own("run", disclosure.facts.sha256[:12], disclosure.program_version)
