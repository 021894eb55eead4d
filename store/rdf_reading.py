"""RDF graphs as they are sent and fetched: bytes of a media type, read into triples."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from store.errors import MalformedRdfError
from store.media_types import JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from store.syntax import shortened

#: What a graph is read from; datasets hold more than one graph.
GRAPH_FORMATS = {
    TURTLE: RdfFormat.TURTLE,
    N_TRIPLES: RdfFormat.N_TRIPLES,
    RDF_XML: RdfFormat.RDF_XML,
    JSON_LD: RdfFormat.JSON_LD,
}


def read_triples(body: bytes, media_type: str, base_iri: str) -> list[Quad]:
    """The triples, as quads of the default graph, with blank nodes that are nobody else's.

    Raises:
        MalformedRdfError: the body is not of its media type, or names graphs.
    """
    if media_type not in GRAPH_FORMATS:
        raise MalformedRdfError(f"{media_type} is none of {', '.join(GRAPH_FORMATS)}.")
    try:
        quads = [
            *parse(
                body,
                format=GRAPH_FORMATS[media_type],
                base_iri=base_iri,
                rename_blank_nodes=True,
            )
        ]
    except SyntaxError as error:
        raise malformed(error) from error
    except (ValueError, OSError) as error:
        raise MalformedRdfError(shortened(str(error))) from error
    if any(not isinstance(quad.graph_name, DefaultGraph) for quad in quads):
        raise MalformedRdfError("The body has named graphs, and a graph has none.")
    return quads


def malformed(error: SyntaxError) -> MalformedRdfError:
    """The parser's error, whose line and column count from 1."""
    return MalformedRdfError(shortened(error.msg or str(error)), error.lineno, error.offset)
