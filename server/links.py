"""Links: the server answers for its base IRI under any host, so pages link to local paths."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from store.media_types import PREFIXES

# What may stand in a path segment without escape (RFC 3986, section 3.3), and the slash.
PATH_SAFE = "/~!$&'()*+,;=:@"
DOCUMENT = re.compile(r"/id/doc/[^/]+")
SPAN = re.compile(r"id/doc/(?P<document>[^/#]+)/text/[^/#]+#(?P<fragment>char=\d+,\d+)")


@dataclass(frozen=True, slots=True)
class Links:
    """Turns IRIs of the graph into paths of this server, and paths back into IRIs.

    >>> links = Links("https://w3id.org/guanlian/")
    >>> links.path("https://w3id.org/guanlian/id/org/500116-a2a15146")
    '/id/org/500116-a2a15146'
    >>> links.path("http://www.w3.org/ns/org#Organization") is None
    True
    """

    base_iri: str
    #: What stands before every path: the language, where the address asks for one.
    before: str = ""

    def under(self, before: str) -> Links:
        """The same links below a path.

        >>> Links("https://w3id.org/guanlian/").under("/en").to("/offices")
        '/en/offices'
        """
        return replace(self, before=before)

    def to(self, address: str) -> str:
        """The address of one of our pages, in the language of the page that links."""
        return self.before + address

    def path(self, iri: str) -> str | None:
        """The local path of an IRI under the base; None for an IRI of others."""
        local = self.local(iri)
        return None if local is None else self.to(local)

    def local(self, iri: str) -> str | None:
        """As `path`, without the language."""
        if not iri.startswith(self.base_iri):
            return None
        path, hash_, fragment = iri.removeprefix(self.base_iri).partition("#")
        if not hash_:
            return "/" + quote(path, safe=PATH_SAFE)
        if not path.startswith("id/"):
            return f"/{quote(path, safe=PATH_SAFE)}#{quote(fragment, safe=PATH_SAFE)}"
        # A fragment never reaches the server: a thing named by one is asked for by parameter.
        return f"/doc/{quote(path[3:], safe=PATH_SAFE)}?fragment={quote(fragment, safe=',')}"

    def thing(self, path: str, fragment: str | None = None) -> str:
        """The IRI of the thing that `/doc/{path}` describes."""
        return f"{self.base_iri}id/{path}" + (f"#{fragment}" if fragment else "")

    def office(self, iri: str) -> str:
        """The page of an office."""
        return self.to("/offices/") + quote(iri.removeprefix(f"{self.base_iri}id/org/"), safe="")

    def document(self, iri: str) -> str:
        """The page of a document."""
        return self.to("/documents/") + quote(iri.removeprefix(f"{self.base_iri}id/doc/"), safe="")

    def page(self, iri: str) -> str:
        """The page made for people of an office or a document, else the description of a thing."""
        path = self.local(iri) or iri
        if path.startswith("/id/org/"):
            return self.office(iri)
        if DOCUMENT.fullmatch(path):
            return self.document(iri)
        return self.sentence(iri) or self.path(iri) or iri

    def term_page(self, iri: str) -> str | None:
        """The page of a term of the model; None for an IRI of others."""
        terms = f"{self.base_iri}ns#"
        return self.to(f"/def/{iri.removeprefix(terms)}") if iri.startswith(terms) else None

    def sentence(self, span_iri: str) -> str | None:
        """Where a span stands in the page of its document; None when the IRI is no span."""
        found = SPAN.fullmatch(span_iri.removeprefix(self.base_iri))
        if found is None:
            return None
        return self.to(f"/documents/{found['document']}#{found['fragment']}")

    def comparison(self, *office_iris: str, year: str = "") -> str:
        """The page that compares offices.

        >>> base = "https://w3id.org/guanlian/"
        >>> Links(base).comparison(f"{base}id/org/500116-a2a15146", f"{base}id/org/500154-992b303a")
        '/compare?office=500116-a2a15146&office=500154-992b303a'
        """
        names = [("office", iri.removeprefix(f"{self.base_iri}id/org/")) for iri in office_iris]
        return self.to("/compare?") + urlencode(names + ([("year", year)] if year else []))

    def short(self, iri: str) -> str:
        """An IRI as people read it: a prefixed name, or without the base, or whole."""
        for prefix, namespace in {**PREFIXES, "gl": f"{self.base_iri}ns#"}.items():
            if iri.startswith(namespace):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri.removeprefix(self.base_iri)

    def whole(self, name: str) -> str:
        """The IRI that `short` made a prefixed name of; any other name as it is.

        >>> Links("https://w3id.org/guanlian/").whole("gl:theme")
        'https://w3id.org/guanlian/ns#theme'
        """
        prefix, _, local = name.partition(":")
        namespaces = {**PREFIXES, "gl": f"{self.base_iri}ns#"}
        return namespaces[prefix] + local if prefix in namespaces else name
