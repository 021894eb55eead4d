"""`/graph/…`: a named graph is its triples."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from server.cells import rows
from server.linked_data.forms import TRIPLE_FORMS, other_forms, split_extension
from server.negotiation import HTML, best_media_type
from server.pages import render
from server.problems import not_acceptable, unknown
from server.publication import CurrentPublication, Publication
from store.graph import DatasetSelection, Solutions

OFFERED = [media_type for media_type in TRIPLE_FORMS.values() if media_type != HTML] + [HTML]
TRIPLES_ON_PAGE = 500
router = APIRouter()


@router.get("/graph/{path:path}")
def named_graph(request: Request, publication: CurrentPublication, path: str) -> Response:
    """All triples of one named graph of the release."""
    path, media_type = split_extension(path, TRIPLE_FORMS)
    iri = f"{publication.links.base_iri}graph/{path}"
    if not publication.release.manifest.has_graph(iri):
        raise unknown("命名图", iri)
    chosen = media_type or best_media_type(request.headers.get("accept"), OFFERED)
    if chosen is None:
        raise not_acceptable(OFFERED)
    if chosen == HTML:
        return graph_page(request, publication, iri)
    serialized = publication.graph.serialize(
        "CONSTRUCT WHERE { ?subject ?predicate ?object }",
        solutions_as=None,
        triples_as=chosen,
        dataset=DatasetSelection(default_graphs=(iri,)),
    )
    return Response(serialized.body, media_type=chosen)


def graph_page(request: Request, publication: Publication, iri: str) -> Response:
    """The first triples as a table."""
    triples = publication.graph.query(
        "SELECT ?subject ?predicate ?object { ?subject ?predicate ?object }",
        dataset=DatasetSelection(default_graphs=(iri,)),
        maximum=TRIPLES_ON_PAGE,
    )
    assert isinstance(triples, Solutions)
    context = {
        "labels": publication.labels,
        "iri": iri,
        "triples": rows(triples),
        "truncated": triples.truncated,
        "rows_on_page": TRIPLES_ON_PAGE,
        "formats": other_forms(request, TRIPLE_FORMS),
    }
    return render(request, "graph.html", context)
