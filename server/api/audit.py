"""`/api/audit`: what does not add up in the documents, a part of the list at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from queries.catalogue import Catalogue
from queries.errors import ParameterError
from queries.table import Value
from server.api.named import Named
from server.api.paging import ListAnswer, Paging
from server.arithmetic import Arithmetic, arithmetic_of, divides
from server.openapi.question_schemas import BothLanguages
from server.problems import OTHER_PROBLEMS, told_problem
from server.publication import CurrentPublication, Publication, Row
from server.question_request import wrong_parameter
from server.settings import Settings

#: The question of the library that this is, which `/queries/anomalies` answers as a table.
QUESTION = "anomalies"
router = APIRouter(tags=["api"])


class ArithmeticTerm(BaseModel):
    """A figure of the arithmetic; what is subtracted is negative."""

    label: BothLanguages
    value: str
    unit: str | None = Field(description="the IRI of the unit")
    divides: bool = Field(description="除数 · whether it is part of the divisor")


class ToldArithmetic(BaseModel):
    """What figures amount to, and what the document states instead."""

    operator: str = Field(description="sum, quotient or percentage")
    label: BothLanguages = Field(description="what is computed")
    terms: list[ArithmeticTerm]
    computed: str
    stated: str | None
    difference: str | None = Field(description="the stated value less the computed one")
    unit: str | None


class FoundAnomaly(BaseModel):
    """A contradiction in a document. No person has reviewed it."""

    iri: str
    office: Named
    document: str = Field(description="the IRI of the document")
    year: str = Field(description="文件所属年度 · the fiscal year of the document")
    kind: Named
    severity: Named
    quote: str = Field(description="原文 · the words of the document")
    why: str = Field(description="what contradicts what, in English")
    why_zh: str | None = Field(
        description="说明（中文） · the same in Chinese; a release of an earlier version has none"
    )
    arithmetic: ToldArithmetic | None = Field(
        description="算式 · the figures that do not add up, where there are any"
    )
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
        anomalies=told_anomalies(publication, table.records()),
    )


def told_anomalies(
    publication: Publication, records: Iterable[Mapping[str, Value]]
) -> list[FoundAnomaly]:
    """The rows of the question as objects, with their arithmetic."""
    rows = list(records)
    sums = arithmetic_of(publication, {str(row["anomaly_iri"]) for row in rows})
    return [anomaly(row, sums.get(str(row["anomaly_iri"]))) for row in rows]


def anomaly(record: Mapping[str, Value], arithmetic: Arithmetic | None) -> FoundAnomaly:
    """A row of the question as an object."""
    told = {name: record[name] for name in ("year", "quote", "why", "why_zh", "start", "page")}
    return FoundAnomaly.model_validate(
        {
            **told,
            "iri": record["anomaly_iri"],
            "office": {"iri": record["office_iri"], "name": record["office"]},
            "document": record["document_iri"],
            "kind": {"iri": record["kind_iri"], "name": record["kind"]},
            "severity": {"iri": record["severity_iri"], "name": record["severity"]},
            "span": record["span_iri"],
            "arithmetic": told_arithmetic(arithmetic) if arithmetic else None,
        }
    )


def told_arithmetic(arithmetic: Arithmetic) -> ToldArithmetic:
    """The arithmetic as the graph has it."""
    row = arithmetic.calculation
    terms = [
        ArithmeticTerm(
            label=label_of(term), value=term["value"], unit=term.get("unit"), divides=divides(term)
        )
        for term in arithmetic.terms
    ]
    return ToldArithmetic(
        operator=arithmetic.operator,
        label=label_of(row),
        terms=terms,
        computed=row["computed"],
        stated=row.get("stated"),
        difference=row.get("difference"),
        unit=row.get("unit"),
    )


def label_of(row: Row) -> BothLanguages:
    return BothLanguages(zh=row.get("zh", ""), en=row.get("en", ""))
