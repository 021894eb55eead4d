"""`/api/offices`: the offices that disclose, a part of the list at a time."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field
from pyoxigraph import Literal

from server.api.paging import ListAnswer, Paging
from server.problems import OTHER_PROBLEMS, told_problem
from server.publication import CurrentPublication, Row

router = APIRouter(tags=["api"])


class ListedOffice(BaseModel):
    """An office with documents in the release."""

    id: str = Field(description="the last part of the IRI, for `/api/offices/{office_id}`")
    iri: str
    name: str
    division: str = Field(description="所属区划 · the administrative division")
    documents: int = Field(description="文件份数 · how many documents it disclosed")
    first_year: str
    last_year: str


class OfficesAnswer(ListAnswer):
    """A part of the list of offices, by division and name."""

    offices: list[ListedOffice]


@router.get(
    "/api/offices",
    summary="机构 · Offices",
    operation_id="list-offices",
    responses={400: told_problem("A parameter is out of bounds."), **OTHER_PROBLEMS},
)
def offices(
    request: Request,
    response: Response,
    publication: CurrentPublication,
    paging: Annotated[Paging, Depends()],
    name: Annotated[str, Query(description="名称中的字 · a part of the name")] = "",
) -> OfficesAnswer:
    """The offices that disclose; `name` keeps those whose name has it."""
    rows, more = publication.ask_page(
        "offices", paging.offset, paging.limit, part=Literal(name.strip())
    )
    if more:
        paging.lead_on(request, response)
    return OfficesAnswer(
        release=publication.release.release_id,
        offset=paging.offset,
        limit=paging.limit,
        truncated=more,
        offices=[listed(row) for row in rows],
    )


def listed(row: Row) -> ListedOffice:
    return ListedOffice(
        id=row["office"].rpartition("/")[2],
        iri=row["office"],
        name=row["name"],
        division=row["division"],
        documents=int(row["documents"]),
        first_year=row["first_year"],
        last_year=row["last_year"],
    )
