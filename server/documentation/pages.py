"""The pages of `/docs`: all operations and problems, and one operation with all that is told of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from server.documentation.curl import curl_command
from server.documentation.schema_rows import SchemaRow, kind, schema_rows
from server.openapi.document import TAGS, Document, operations
from server.pages import render
from server.problem_types import PROBLEM_TYPES
from server.problems import Problem

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class ToldOperation:
    """An operation as the pages tell it; titles are in Chinese and English."""

    name: str
    method: str
    path: str
    tag: str
    title: tuple[str, str]
    told: Document

    @property
    def paragraphs(self) -> list[str]:
        return str(self.told.get("description", "")).split("\n\n")


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """The answers of one status: their media types, and the members of those in JSON."""

    status: str
    description: str
    media_types: list[str]
    rows: list[SchemaRow]
    example: str | None


@router.get("/docs")
def documentation(request: Request) -> Response:
    """Every operation by what it is about, and every kind of problem."""
    told = [*told_operations(request.app.openapi())]
    context = {
        "tags": [
            (both(tag["description"]), [each for each in told if each.tag == tag["name"]])
            for tag in TAGS
        ],
        "problems": PROBLEM_TYPES.values(),
    }
    return render(request, "docs.html", context)


@router.get("/docs/{name}")
def operation(request: Request, name: str) -> Response:
    """One operation by its name. Raises Problem 404."""
    made = request.app.openapi()
    found = next((each for each in told_operations(made) if each.name == name), None)
    if found is None:
        raise Problem(
            404,
            "Not found",
            f"No operation is called {name[:100]!r}.",
            detail_zh=f"没有叫“{name[:100]}”的操作。",
        )
    base = str(request.base_url).rstrip("/")
    components = made["components"]
    context = {
        "operation": found,
        "curl": curl_command(base, found.path, found.method, found.told),
        "parameters": [
            (parameter, kind(parameter["schema"], components["schemas"]))
            for parameter in found.told.get("parameters", [])
        ],
        "bodies": [*found.told.get("requestBody", {}).get("content", {})],
        "answers": [
            told_answer(status, response, components)
            for status, response in sorted(found.told["responses"].items())
        ],
    }
    return render(request, "docs_operation.html", context)


def told_operations(made: Document) -> list[ToldOperation]:
    """The operations in the order of the document."""
    return [
        ToldOperation(
            told["operationId"], method, path, told["tags"][0], both(told["summary"]), told
        )
        for path, method, told in operations(made)
    ]


def both(words: str) -> tuple[str, str]:
    """Words in Chinese and English, as the document writes them side by side.

    >>> both("机构 · Offices"), both("Offices")
    (('机构', 'Offices'), ('', 'Offices'))
    """
    chinese, _, english = words.rpartition(" · ")
    return chinese, english


def told_answer(
    status: str, response: Mapping[str, Any], components: Mapping[str, Any]
) -> ToldAnswer:
    """The answers of a status; of the JSON among them the members and an example."""
    if "$ref" in response:
        response = components["responses"][str(response["$ref"]).rpartition("/")[2]]
    content = response.get("content", {})
    in_json = content.get("application/json", {})
    rows = [*schema_rows(in_json.get("schema", {}), components["schemas"])]
    example = in_json.get("example")
    text = None if example is None else json.dumps(example, ensure_ascii=False, indent=2)
    return ToldAnswer(status, response["description"], [*content], rows, text)
