"""Pages of offices: all of them, and one with its functions, money, reasons, kin and anomalies."""

from __future__ import annotations

from fastapi import APIRouter, Query, Request, Response
from pyoxigraph import Literal

from server.findings import find_anomalies
from server.linked_data.described import named
from server.linked_data.schema_org import add_description_links, data_block, office_thing
from server.office_changes import changes
from server.office_facts import facets, functions, offices_that_share
from server.office_money import amount_tables
from server.pages import render
from server.problems import unknown
from server.publication import CurrentPublication

PAGE_SIZE = 100
# How many of the nearest offices are compared at first.
COMPARED_WITH = 3
router = APIRouter()


@router.get("/offices")
def offices(
    request: Request,
    publication: CurrentPublication,
    name: str = "",
    page: int = Query(1, ge=1),
) -> Response:
    """The offices that disclose; `name` keeps those whose name has it."""
    first = (page - 1) * PAGE_SIZE
    rows, more = publication.ask_page("offices", first, PAGE_SIZE, part=Literal(name.strip()))
    context = {
        "labels": publication.labels,
        "offices": rows,
        "name": name,
        "page": page,
        "more": more,
    }
    return render(request, "offices.html", context)


@router.get("/offices/{office_id}")
def office(request: Request, publication: CurrentPublication, office_id: str) -> Response:
    """What the graph holds about one office; every fact links to its sentence and its triples."""
    iri = named(publication.links.thing(f"org/{office_id}"))
    about = facets(publication.ask("office", office=iri), publication.links)
    if not about["prefLabel"]:
        raise unknown("机构", office_id)
    documents = publication.ask("office-documents", office=iri)
    kin = offices_that_share(publication.ask("office-shared-themes", office=iri))
    context = {
        "labels": publication.labels,
        "data_block": data_block(office_thing(iri.value, about, publication.links)),
        "iri": iri.value,
        "name": about["prefLabel"][0]["value"],
        "about": about,
        "documents": documents,
        "scopes": {row["scope"] for row in documents},
        "functions": functions(publication.ask("office-functions", office=iri)),
        "tables": amount_tables(publication.ask("office-amounts", office=iri)),
        "changes": changes(publication.ask("office-changes", office=iri)),
        "kin": kin,
        "nearest": [other.iri for other in kin[:COMPARED_WITH]],
        "anomalies": find_anomalies(publication, [named(row["document"]) for row in documents]),
    }
    response = render(request, "office.html", context)
    add_description_links(response, publication.links, iri.value)
    return response
