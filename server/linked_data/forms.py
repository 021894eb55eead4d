"""The forms that a description comes in: media types, extensions, and writing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fastapi import Request, Response
from pyoxigraph import Quad, RdfFormat, Triple, serialize

from ontology.namespaces import REUSED_PREFIXES
from server.linked_data.json_ld import CONTEXT_PATH, compact_json_ld
from server.negotiation import HTML, best_media_type
from server.problems import not_acceptable
from server.publication import Publication
from store.media_types import JSON_LD, N_TRIPLES, RDF_XML, TURTLE

N_QUADS, TRIG = "application/n-quads", "application/trig"
TRIPLE_FORMS: Mapping[str, str] = MappingProxyType(
    {
        ".html": HTML,
        ".ttl": TURTLE,
        ".jsonld": JSON_LD,
        ".nt": N_TRIPLES,
        ".rdf": RDF_XML,
    }
)
#: Where it is told which named graph states a triple.
FORMS: Mapping[str, str] = MappingProxyType({**TRIPLE_FORMS, ".trig": TRIG, ".nq": N_QUADS})
RDF_OFFERED = [TURTLE, JSON_LD, N_TRIPLES, RDF_XML, TRIG, N_QUADS]
OFFERED = [*RDF_OFFERED, HTML]
SERIALIZED = {
    TURTLE: RdfFormat.TURTLE,
    N_TRIPLES: RdfFormat.N_TRIPLES,
    RDF_XML: RdfFormat.RDF_XML,
    JSON_LD: RdfFormat.JSON_LD,
    TRIG: RdfFormat.TRIG,
    N_QUADS: RdfFormat.N_QUADS,
}
# The profile of the JSON-LD media type that asks for no context (JSON-LD 1.1, section 6).
EXPANDED = "http://www.w3.org/ns/json-ld#expanded"


@dataclass(frozen=True, slots=True)
class Form:
    """How one request wants its answer: a media type, and the path without its extension."""

    media_type: str
    path: str
    is_expanded: bool = False

    @property
    def is_page(self) -> bool:
        return self.media_type == HTML


def split_extension(path: str, forms: Mapping[str, str] = FORMS) -> tuple[str, str | None]:
    """The path without the ending that names a form, and its media type.

    >>> split_extension("org/500116-a2a15146.ttl"), split_extension("obs/e9/all.final.2020")
    (('org/500116-a2a15146', 'text/turtle'), ('obs/e9/all.final.2020', None))
    """
    for extension, media_type in forms.items():
        if path.endswith(extension):
            return path.removesuffix(extension), media_type
    return path, None


def chosen_form(request: Request, offered: Sequence[str] = OFFERED) -> Form:
    """The form of the extension, else the one that the Accept header likes best.

    Raises Problem 406 when no media type fits.
    """
    path, media_type = split_extension(raw_path(request))
    accept = request.headers.get("accept")
    chosen = media_type if media_type in offered else best_media_type(accept, offered)
    if chosen is None:
        raise not_acceptable([*offered])
    return Form(chosen, path, EXPANDED in (accept or ""))


def raw_path(request: Request) -> str:
    """The path as it came: decoding and encoding again could change it."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return raw.decode("ascii")


def rdf_response(form: Form, statements: Sequence[Quad], base_iri: str) -> Response:
    """Statements in an RDF form; those that know no graph drop it."""
    return Response(written(form, statements, base_iri), media_type=form.media_type)


def rdf_once(
    publication: Publication, name: str, form: Form, quads: Callable[[Publication], Sequence[Quad]]
) -> Response:
    """As `rdf_response`, for what is large and the same for everyone: written once a release and form."""
    body = publication.kept(
        f"{name} as {form.media_type}{' expanded' if form.is_expanded else ''}",
        lambda found: written(form, quads(found), found.links.base_iri),
    )
    return Response(body, media_type=form.media_type)


def written(form: Form, statements: Sequence[Quad], base_iri: str) -> bytes:
    """Statements as the bytes of an RDF form."""
    format_ = SERIALIZED[form.media_type]
    if format_.supports_datasets and format_ != RdfFormat.JSON_LD:
        return serialize(statements, format=format_, prefixes=prefixes(base_iri)) or b""
    triples = merged(statements)
    if format_ == RdfFormat.JSON_LD and not form.is_expanded:
        return compact_json_ld(triples, base_iri, CONTEXT_PATH)
    return serialize(triples, format=format_, prefixes=prefixes(base_iri)) or b""


def merged(statements: Sequence[Quad]) -> list[Triple]:
    """The triples, each once, in the order of first mention."""
    return list(dict.fromkeys(quad.triple for quad in statements))


def prefixes(base_iri: str) -> dict[str, str]:
    """All prefixes of the model, ours under the base."""
    return {"gl": f"{base_iri}ns#", **REUSED_PREFIXES}


def query_string(request: Request) -> str:
    """The query of the request with its question mark, empty without one."""
    return f"?{request.url.query}" if request.url.query else ""


def other_forms(request: Request, forms: Mapping[str, str] = FORMS) -> list[tuple[str, str, str]]:
    """The other forms of a page: extension, address and media type."""
    path, _ = split_extension(raw_path(request), forms)
    query = query_string(request)
    return [
        (extension.removeprefix("."), f"{path}{extension}{query}", media_type)
        for extension, media_type in forms.items()
        if media_type != HTML
    ]
