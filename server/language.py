"""The language of a page: Chinese or English, by the path, else by Accept-Language, else Chinese.

Every path has a form for each language, `/zh/…` and `/en/…`. Data, such as the names of offices and the
sentences of documents, stay in the language that they were published in.
"""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote, unquote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from server.links import PATH_SAFE, Links
from server.negotiation import liked_language

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, Language] = ("zh", "en")
#: As HTML and HTTP call them (BCP 47).
LANGUAGE_TAGS: dict[Language, str] = {"zh": "zh-Hans", "en": "en"}


def without_language(scope: Scope) -> Scope:
    """A request with the language taken out of its path and noted in its state.

    >>> taken = without_language({"type": "http", "path": "/en/offices", "raw_path": b"/en/offices"})
    >>> taken["path"], taken["raw_path"], taken["state"]
    ('/offices', b'/offices', {'path_language': 'en'})
    >>> without_language({"type": "http", "path": "/english"})
    {'type': 'http', 'path': '/english'}
    """
    language = path_language(scope["path"]) if scope["type"] == "http" else None
    if language is None:
        return scope
    taken = {**scope, "path": scope["path"][len(language) + 1 :] or "/"}
    if scope.get("raw_path"):
        taken["raw_path"] = behind_language(scope["raw_path"], language, taken["path"])
    return {**taken, "state": {**scope.get("state", {}), "path_language": language}}


def behind_language(raw_path: bytes, language: Language, path: str) -> bytes:
    """A path as it was sent behind its language, which may be escaped itself; `path` is the rest, decoded.

    >>> behind_language(b"/%65n/a%2Fb", "en", "/a/b"), behind_language(b"/en%2Fa", "en", "/a")
    (b'/a%2Fb', b'/a')
    """
    first, slash, rest = raw_path.removeprefix(b"/").partition(b"/")
    if unquote(first) == language:
        return slash + rest or b"/"
    return quote(path, safe=PATH_SAFE).encode("ascii")


def path_language(path: str) -> Language | None:
    first = path[1:].partition("/")[0]
    return next((language for language in LANGUAGES if language == first), None)


def language_of(request: Request) -> Language:
    """The language that a page is written in."""
    return language_of_path(request) or accepted_language(request.headers) or "zh"


def language_of_path(request: Request) -> Language | None:
    """The language that the address asks for."""
    language: Language | None = request.scope.get("state", {}).get("path_language")
    return language


def accepted_language(headers: Headers) -> Language | None:
    """The language of ours that the reader likes best; None when it is the same to her."""
    liked = liked_language(headers.get("accept-language"), LANGUAGES)
    return next((language for language in LANGUAGES if language == liked), None)


def page_links(request: Request) -> Links:
    """The links of a page, which stay in the language of its address."""
    links: Links = request.app.state.links
    language = language_of_path(request)
    return links if language is None else links.under(f"/{language}")


def address_in(request: Request, language: Language) -> str:
    """The address of this very page in a language."""
    query = request.scope["query_string"].decode("latin-1")
    return f"/{language}{quoted_path(request)}" + (f"?{query}" if query else "")


def quoted_path(request: Request) -> str:
    """The path as it was sent, without the language."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    return raw.partition(b"?")[0].decode("latin-1")
