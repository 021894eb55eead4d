"""`/api/query-check` and `/api/names`: what an editor of queries asks while one writes, and of an answer."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from server.answer_names import named_iris
from server.language import language_of, page_links
from server.problems import OTHER_PROBLEMS, Problem, told_problem
from server.publication import CurrentPublication, Publication
from server.query_operation import DIRECT, media_type, unsupported_media_type, utf8
from server.query_page import TRIPLE
from server.syntax_words import chinese_sentence
from store.errors import QuerySyntaxError, QueryTimeoutError
from store.graph import Boolean, DatasetSelection, Solutions

#: A graph that no release has: over it, a query is parsed and found to have no answer.
NOTHING = DatasetSelection(default_graphs=("urn:x-guanlian:nothing",))
CHECK_SECONDS = 2.0
MOST_IRIS = 2_000
router = APIRouter(tags=["sparql"])


class Malformed(BaseModel):
    """Where and why a query is malformed; lines and columns count from 1."""

    zh: str = Field(description="中文说明，可空 · what is wrong in Chinese; may be empty")
    en: str = Field(description="what is wrong")
    line: int | None
    column: int | None
    expected: list[str] = Field(description="what may stand there instead")


class CheckedQuery(BaseModel):
    """What a query is, as far as it can be told without evaluating it."""

    form: Literal["select", "ask", "construct"] | None = Field(
        description="the kind of answer: rows, a boolean, or triples (DESCRIBE too); null: malformed"
    )
    variables: list[str] = Field(description="the columns of the answer")
    malformed: Malformed | None = Field(
        description="语法错误；无误则为 null · null where there is none"
    )


class IrisAsked(BaseModel):
    """IRIs, such as those of an answer."""

    iris: Annotated[list[str], Field(max_length=MOST_IRIS)]


class ToldIri(BaseModel):
    """What an IRI is called, and its page."""

    name: str
    address: str


class NamesAnswer(BaseModel):
    """Names by IRI."""

    names: dict[str, ToldIri]


@router.post(
    "/api/query-check",
    summary="查询是否合乎语法 · Whether a query is well formed",
    operation_id="query-check",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {DIRECT: {"schema": {"type": "string"}, "example": "ASK { ?s ?p ?o }"}},
        }
    },
    responses={
        415: told_problem("The body is no query."),
        **OTHER_PROBLEMS,
    },
)
async def check(request: Request, publication: CurrentPublication) -> CheckedQuery:
    """The kind of answer that a query will have, or where and why it is malformed; it is not evaluated over
    any data. To be malformed is no error of the request."""
    kind = media_type(request.headers.get("content-type"))
    if kind != DIRECT:
        raise unsupported_media_type("A query", (DIRECT,), kind)
    text = utf8(await request.body())
    return await run_in_threadpool(checked, publication, text)


def checked(publication: Publication, text: str) -> CheckedQuery:
    """What a query is."""
    try:
        found = publication.graph.query(
            text,
            dataset=NOTHING,
            base_iri=publication.links.base_iri,
            timeout_seconds=CHECK_SECONDS,
            maximum=0,
        )
    except QuerySyntaxError as error:
        return CheckedQuery(form=None, variables=[], malformed=told_malformed(error))
    except QueryTimeoutError:
        # It parses, and makes up so much by itself that even nothing takes long.
        return CheckedQuery(form="select", variables=[], malformed=None)
    if isinstance(found, Boolean):
        return CheckedQuery(form="ask", variables=[], malformed=None)
    if isinstance(found, Solutions):
        return CheckedQuery(form="select", variables=list(found.variables), malformed=None)
    return CheckedQuery(form="construct", variables=[*TRIPLE], malformed=None)


def told_malformed(error: QuerySyntaxError) -> Malformed:
    return Malformed(
        zh=chinese_sentence(error),
        en=str(error),
        line=error.line,
        column=error.column,
        expected=list(error.expected),
    )


@router.post(
    "/api/names",
    summary="一批 IRI 的名称和页面 · Names and pages of IRIs",
    operation_id="names",
    openapi_extra={
        "requestBody": {
            "content": {
                "application/json": {
                    "example": {"iris": ["http://www.w3.org/2004/02/skos/core#prefLabel"]}
                }
            }
        }
    },
    responses={
        400: told_problem("One of them is no IRI, or there are too many."),
        **OTHER_PROBLEMS,
    },
)
def names(
    request: Request, publication: CurrentPublication, asked: Annotated[IrisAsked, Body()]
) -> NamesAnswer:
    """In the language of the address (`/en/api/names`) or of Accept-Language; at most 2000 at once."""
    try:
        found = named_iris(publication, asked.iris, page_links(request), language_of(request))
    except ValueError as error:
        raise Problem(400, "Wrong parameter", f"One of the IRIs is none: {error}.") from error
    told = {iri: ToldIri(name=each.name, address=each.address) for iri, each in found.items()}
    return NamesAnswer(names=told)
