"""`/api/audit`: what does not add up in the documents, a part of the list at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from queries.catalogue import Catalogue
from queries.errors import ParameterError
from queries.table import Value
from server.api.named import Named
from server.api.paging import ListAnswer, Paging
from server.problems import OTHER_PROBLEMS, told_problem
from server.publication import CurrentPublication
from server.question_request import wrong_parameter
from server.settings import Settings

#: The question of the library that this is, which `/queries/anomalies` answers as a table.
QUESTION = "anomalies"
router = APIRouter(tags=["api"])


class FoundAnomaly(BaseModel):
    """A contradiction in a document. No person has reviewed it."""

    iri: str
    office: Named
    document: str = Field(description="the IRI of the document")
    year: str = Field(description="文件所属年度 · the fiscal year of the document")
    kind: Named
    severity: Named
    quote: str = Field(description="原文 · the words of the document")
    why: str = Field(description="算式 · the arithmetic that fails")
    span: str = Field(description="the place in the text of the document")
    start: int = Field(description="where it begins, in characters from 0")
    page: int | None = Field(description="页码 · the page, where the file has pages")


class AuditAnswer(ListAnswer):
    """A part of the list of anomalies, by office, year and place."""

    anomalies: list[FoundAnomaly]


@router.get(
    "/api/audit",
    summary="异常 · Anomalies",
    operation_id="audit",
    responses={
        400: told_problem("A parameter is out of bounds, or names nothing (`nearest`)."),
        **OTHER_PROBLEMS,
    },
)
def audit(
    request: Request,
    response: Response,
    publication: CurrentPublication,
    paging: Annotated[Paging, Depends()],
    office: Annotated[str, Query(description="机构，按名称或 IRI · an office")] = "",
    year: Annotated[str, Query(description="文件所属年度 · the fiscal year")] = "",
    kind: Annotated[str, Query(description="异常类型 · the kind, by label or notation")] = "",
    severity: Annotated[str, Query(description="严重程度 · error, minor or rounding")] = "",
) -> AuditAnswer:
    """The contradictions that were found, with the sentence and the arithmetic."""
    question = Catalogue.load(publication.links.base_iri)[QUESTION]
    settings: Settings = request.app.state.settings
    try:
        table = question.run(
            publication.graph,
            {"office": office, "year": year, "kind": kind, "severity": severity},
            offset=paging.offset,
            maximum=paging.limit,
            timeout_seconds=settings.query_timeout_seconds,
        )
    except ParameterError as error:
        raise wrong_parameter(error) from error
    if table.truncated:
        paging.lead_on(request, response)
    return AuditAnswer(
        release=publication.release.release_id,
        offset=paging.offset,
        limit=paging.limit,
        truncated=table.truncated,
        anomalies=[anomaly(record) for record in table.records()],
    )


def anomaly(record: Mapping[str, Value]) -> FoundAnomaly:
    """A row of the question as an object."""
    told = {name: record[name] for name in ("year", "quote", "why", "start", "page")}
    return FoundAnomaly.model_validate(
        {
            **told,
            "iri": record["anomaly_iri"],
            "office": {"iri": record["office_iri"], "name": record["office"]},
            "document": record["document_iri"],
            "kind": {"iri": record["kind_iri"], "name": record["kind"]},
            "severity": {"iri": record["severity_iri"], "name": record["severity"]},
            "span": record["span_iri"],
        }
    )
