"""The query operation of the SPARQL 1.1 Protocol, as it stands in a request (section 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import Request
from pyoxigraph import NamedNode

from server.problems import Problem
from store.graph import DatasetSelection

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"


@dataclass(frozen=True, slots=True)
class QueryOperation:
    """A query, and the RDF dataset to ask if the request names one."""

    query: str
    dataset: DatasetSelection | None


def posted_operation(request: Request, body: str) -> QueryOperation:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == FORM:
        return query_operation(parse_qsl(body, keep_blank_values=True))
    if media_type == DIRECT:
        return query_operation([*request.query_params.multi_items(), ("query", body)])
    raise Problem(
        415,
        "Unsupported media type",
        f"A query is posted as {FORM} or {DIRECT}, not as {media_type or 'nothing named'}.",
        headers={"Accept-Post": f"{FORM}, {DIRECT}"},
    )


def utf8(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Problem(400, "Bad request", f"The body is not UTF-8: {error}.") from error


def query_operation(parameters: list[tuple[str, str]]) -> QueryOperation:
    """The operation in the parameters. Raises Problem 400 unless there is exactly one query."""
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        detail = f"The parameter query must be given once, and was given {len(queries)} times."
        raise Problem(400, "Bad request", detail)
    return QueryOperation(queries[0], dataset_selection(parameters))


def dataset_selection(parameters: list[tuple[str, str]]) -> DatasetSelection | None:
    """The RDF dataset of the request, None when it names none (section 2.1.4)."""
    default = tuple(graph_iri(value) for name, value in parameters if name == "default-graph-uri")
    named = tuple(graph_iri(value) for name, value in parameters if name == "named-graph-uri")
    return DatasetSelection(default, named) if default or named else None


def graph_iri(value: str) -> str:
    try:
        return NamedNode(value).value
    except ValueError as error:
        raise Problem(400, "Bad request", f"{value!r} is not a graph IRI: {error}.") from error
