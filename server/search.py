"""Text search: `/api/search` for programs, `/search` for people; both find the same."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Request, Response

from server.language import language_of, page_links
from server.pages import render
from server.problems import OTHER_PROBLEMS, told_problem
from server.publication import CurrentPublication, Publication
from server.search_answer import API, KIND_NAMES, AnswerWriter, MarkedText, SearchResults
from server.search_parameters import Asked, SearchParameters
from store.search.opening import SearchIndexes
from store.search.wanted import read_wanted

PAGE = "/search"
#: The dimensions that the page offers, and what they are called.
OFFERED = {
    "kind": ("种类", "Kind"),
    "year": ("年度", "Year"),
    "theme": ("职能主题", "Theme"),
    "office": ("机构", "Office"),
}
#: Kinds whose things have no name: their titles are those of their documents, and lead to the sentence.
UNNAMED = ("function", "reason", "sentence")
router = APIRouter(tags=["api"])


@router.get(
    API,
    summary="全文检索 · Text search",
    responses={
        400: told_problem(
            "A parameter is unknown or wrong, or names what the release does not hold."
        ),
        **OTHER_PROBLEMS,
    },
)
def search(request: Request, publication: CurrentPublication, asked: Asked) -> SearchResults:
    """全文检索：机构（含别名与拼音首字母）、文件、职能、原因、句子等 · Search names and words, with facets."""
    return find(request, publication, asked, API)


@router.get(PAGE, include_in_schema=False)
def search_page(request: Request, publication: CurrentPublication, asked: Asked) -> Response:
    """The search as a page."""
    results = find(request, publication, asked, PAGE)
    links = page_links(request)
    before = asked.address(PAGE, page=asked.page - 1) if asked.page > 1 else None
    context = {
        "asked": asked,
        "q": asked.q,
        "results": results,
        "offered": OFFERED,
        "kinds": KIND_NAMES,
        "unnamed": UNNAMED,
        "pieces": pieces,
        "api": asked.address(API, page=asked.page),
        "previous": None if before is None else links.to(before),
    }
    return render(request, "search.html", context)


def find(
    request: Request, publication: Publication, asked: SearchParameters, path: str
) -> SearchResults:
    """The answer to a search in the release that is served. Raises Problem 400, NoIndexError."""
    indexes: SearchIndexes = request.app.state.search_indexes
    index = indexes.of(publication.release)
    wanted = read_wanted(asked.q)
    values = asked.values(index, publication.links)
    answer = index.search(wanted, values=values, first=asked.first, size=asked.size)
    labels = publication.labels.speaking(language_of(request))
    writer = AnswerWriter(index, page_links(request), labels, asked)
    return writer.results(wanted, answer, publication.release.release_id, path)


def pieces(marked: MarkedText) -> Iterator[tuple[str, bool]]:
    """A text in pieces with whether each is marked, for a template to escape."""
    at = 0
    for mark in marked.marks:
        if at < mark.start:
            yield marked.text[at : mark.start], False
        yield marked.text[mark.start : mark.end], True
        at = mark.end
    if at < len(marked.text):
        yield marked.text[at:], False
