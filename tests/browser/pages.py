"""The pages that every reader may come to, as a table: one row is enough to have a page opened and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

#: Path by the name of a page; `{office}` and so on are things of the release that is served.
PAGES: Mapping[str, str] = {
    "home": "/",
    "offices": "/offices",
    "offices that are not found": "/offices?name=%E6%B2%A1%E6%9C%89",
    "offices of a place": "/offices?place=500000&year=2023",
    "office": "/offices/{office}",
    "documents": "/documents",
    "document": "/documents/{document}",
    "document by its pages": "/documents/{paged}?view=pages",
    "document beside its pages": "/documents/{paged}",
    "sentence of a document": "/documents/{document}?at=0,12",
    "facts of a document": "/documents/{document}/facts?family=change",
    "documents that are not found": "/documents?year=1999",
    "compare": "/compare",
    "comparison": "/compare?office={office}&office={other}",
    "explore": "/explore",
    "audit": "/audit",
    "audit filtered": "/audit?severity=error&kind=percent&sort=newest",
    "quality of documents": "/audit/documents",
    "quality of places": "/audit/regions?sort=clauses&order=up",
    "queries": "/queries",
    "query": "/queries/shared-functions",
    "answered query": "/queries/shared-functions?office={office}",
    "explored office": "/explore?node=id%2Forg%2F{office}",
    "explored relation": "/explore?node=id%2Forg%2F{office}&relation=cause",
    "path": "/explore?from=id%2Forg%2F{office}&to=id%2Forg%2F{other}",
    "evidence": "/explore/evidence?relation=document&source=id%2Forg%2F{office}&target=id%2Fdoc%2F{document}",
    "map of offices": "/explore/network",
    "map of themes": "/explore/network?map=themes",
    "network questions": "/explore/questions",
    "answered network question": "/explore/questions/similar?office=id%2Forg%2F{office}",
    "sparql": "/sparql",
    "answered sparql": "/sparql?query=SELECT%20%2A%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%203",
    "search": "/search?q=%E6%94%BF%E5%8A%A1",
    "search without hits": "/search?q=%E4%B8%8D%E5%AD%98%E5%9C%A8%E7%9A%84%E8%AF%8D",
    "def": "/def",
    "term": "/def/FunctionStatement",
    "code lists": "/code",
    "code list": "/code/theme",
    "concept": "/code/fund/all",
    "theme": "/code/theme/training",
    "cause": "/code/cause/proj.new",
    "class": "/code/item/func-208",
    "thing": "/doc/org/{office}",
    "void": "/void",
    "catalog": "/catalog",
    "dumps": "/dumps",
    "docs": "/docs",
}
#: Addresses that are answered with an error, and its status.
PROBLEMS: Mapping[str, tuple[str, int]] = {
    "unknown office": ("/offices/000000-00000000", 404),
    "unknown path": ("/nothing-of-that-name", 404),
    "broken query": ("/sparql?query=SELECT%20%2A%20WHERE%20%7B%3Fs", 400),
    "finding of no kind": ("/audit?kind=nothing", 400),
    "unknown thing": ("/explore?node=%E6%B2%A1%E6%9C%89", 404),
    "comparison of none": ("/compare?office=%E6%B2%A1%E6%9C%89", 404),
}


#: Two offices that disclose, those of most documents first, each with its latest document.
OF_RELEASE = """
PREFIX gl: <ns#>
SELECT ?office (MAX(?each) AS ?document) (COUNT(?each) AS ?documents)
WHERE { ?each a gl:DisclosureDocument ; gl:disclosedBy ?office }
GROUP BY ?office ORDER BY DESC(?documents) ?office LIMIT 2
"""


#: A document whose pages have pictures.
OF_PAGES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?document { ?document dcterms:format "application/pdf" } ORDER BY ?document LIMIT 1
"""


def things(site: str) -> dict[str, str]:
    """What stands for the things in `PAGES` in the release that a service has."""
    first, second = answered(site, OF_RELEASE)
    (paged,) = answered(site, OF_PAGES)
    return {
        "paged": last_part(paged["document"]["value"]),
        "office": last_part(first["office"]["value"]),
        "other": last_part(second["office"]["value"]),
        "document": last_part(first["document"]["value"]),
    }


def answered(site: str, query: str) -> Any:
    """The solutions of a query."""
    answer = httpx.get(
        f"{site}/sparql",
        params={"query": query},
        headers={"Accept": "application/sparql-results+json"},
    )
    return answer.raise_for_status().json()["results"]["bindings"]


def last_part(iri: str) -> str:
    return iri.rpartition("/")[2]
