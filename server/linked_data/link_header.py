"""`Link` headers (RFC 8288): the other forms of a document, what it describes, where it belongs."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import Request, Response

from server.linked_data.forms import FORMS, Form, query_string


def link(target: str, relation: str, media_type: str | None = None) -> str:
    """One link of the header.

    >>> link("/doc/x.ttl", "alternate", "text/turtle")
    '</doc/x.ttl>; rel="alternate"; type="text/turtle"'
    """
    typed = f'; type="{media_type}"' if media_type else ""
    return f'<{target}>; rel="{relation}"{typed}'


def add_links(response: Response, links: Iterable[str]) -> None:
    """Add links to a response, after those that it has."""
    known = response.headers.get("link")
    response.headers["Link"] = ", ".join(([known] if known else []) + [*links])


def add_document_links(
    request: Request, response: Response, form: Form, base_iri: str, thing: str | None = None
) -> None:
    """What any document of linked data tells of itself.

    alternate: its other forms, with their types; canonical: itself under the base IRI (RFC 6596);
    describes: the thing it is about (RFC 6892); describedby: the data set that it is part of (VoID).
    Content-Location names the form that was chosen (RFC 9110, 8.7).
    """
    query = query_string(request)
    links = [
        link(f"{form.path}{extension}{query}", "alternate", media_type)
        for extension, media_type in FORMS.items()
        if media_type != form.media_type
    ]
    links.append(link(f"{base_iri}{form.path.removeprefix('/')}{query}", "canonical"))
    if thing is not None:
        links.append(link(iri_reference(thing), "describes"))
    links.append(link("/void", "describedby"))
    add_links(response, links)
    response.headers["Content-Location"] = f"{form.path}{extension_of(form)}{query}"


def extension_of(form: Form) -> str:
    return next(ending for ending, media_type in FORMS.items() if media_type == form.media_type)


def iri_reference(iri: str) -> str:
    """An IRI as a header can hold it: ASCII, as RFC 3987, 3.1 maps it.

    >>> iri_reference("http://example.org/甲")
    'http://example.org/%E7%94%B2'
    """
    return "".join(
        character if character.isascii() else "".join(f"%{byte:02X}" for byte in character.encode())
        for character in iri
    )
