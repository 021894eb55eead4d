"""Each question of the library as an operation of OpenAPI."""

from __future__ import annotations

from typing import Any

from queries.definitions import Parameter, QueryDefinition
from server.openapi.question_schemas import TEXT, answer_schema
from server.problems import OTHER_PROBLEMS, told_problem
from server.question_request import LIMIT, MOST

SCHEMAS: dict[str, dict[str, Any]] = {
    "year": {"type": "string", "pattern": "^[12][0-9]{3}$"},
    "integer": {"type": "integer"},
}


def operation(definition: QueryDefinition) -> dict[str, Any]:
    """What `add_api_route` is told of a question."""
    words = definition.description
    return {
        "methods": ["GET"],
        "summary": f"{definition.title.zh} · {definition.title.en}",
        "description": f"{words.zh}\n\n{words.en}",
        "openapi_extra": {
            "parameters": [
                *(told(parameter) for parameter in definition.parameters.values()),
                *PAGING,
            ]
        },
        "responses": {
            200: {"description": "The answer", "content": answered(definition)},
            400: told_problem(
                "A parameter is unknown, missing or wrong (`nearest`), or the office has no document "
                "of the year (`nearest`)."
            ),
            **OTHER_PROBLEMS,
        },
    }


def told(parameter: Parameter) -> dict[str, Any]:
    schema = dict(SCHEMAS.get(parameter.kind, TEXT))
    if parameter.default is not None:
        is_number = schema["type"] == "integer"
        schema["default"] = int(parameter.default) if is_number else parameter.default
    return {
        "name": parameter.name,
        "in": "query",
        "required": not parameter.is_optional and parameter.default is None,
        "description": f"{parameter.meaning.zh} · {parameter.meaning.en}（{parameter.kind}）",
        "schema": schema,
    }


def number(name: str, words: str, least: int, most: int | None, default: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": least, "default": default}
    if most is not None:
        schema["maximum"] = most
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


def answered(definition: QueryDefinition) -> dict[str, Any]:
    """The shapes of an answer by media type."""
    text = {"schema": TEXT}
    return {
        "application/json": {"schema": answer_schema(definition)},
        "text/csv": text,
        "text/tab-separated-values": text,
        "application/sparql-query": text,
        "text/turtle": text,
        "text/html": text,
    }


def format_parameter(names: list[str]) -> dict[str, Any]:
    """The parameter that names a media type by one of these names."""
    return {
        "name": "format",
        "in": "query",
        "required": False,
        "description": "代替 Accept · in place of Accept",
        "schema": {"type": "string", "enum": names},
    }


def list_operation() -> dict[str, Any]:
    """What the route of the list is told."""
    listed = {"application/json": {"schema": {"type": "array"}}}
    texts = {media_type: {"schema": TEXT} for media_type in ("text/turtle", "text/html")}
    return {
        "summary": "问题库 · The questions of the library",
        "openapi_extra": {"parameters": [format_parameter(["json", "ttl", "html"])]},
        "responses": {
            200: {"description": "The questions", "content": {**listed, **texts}},
            400: told_problem("There is no such format."),
            **OTHER_PROBLEMS,
        },
    }


PAGING = [
    number("limit", "最多多少行 · the most rows", 1, MOST, LIMIT),
    number("offset", "略去前多少行 · rows to leave out before them", 0, None, 0),
    format_parameter(["json", "csv", "tsv", "rq", "ttl", "html"]),
    {
        "name": "evidence",
        "in": "query",
        "required": False,
        "description": "CSV、TSV 也列出出处 · whether CSV and TSV have the columns of evidence too",
        "schema": {"type": "boolean", "default": False},
    },
]
