"""The JSON of `/queries`: the types of the list, and the schema of each question's answer."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from queries.definitions import Column, QueryDefinition
from queries.subjects import Subject

TEXT: dict[str, Any] = {"type": "string"}
#: A cell: an IRI or text, a number, or nothing.
CELL = {"type": ["string", "number", "null"]}
AMOUNT = {"type": ["number", "null"]}
NAME = {"type": ["string", "null"]}


class BothLanguages(BaseModel):
    """The same words in both languages."""

    zh: str
    en: str


class QuestionParameter(BaseModel):
    """A parameter of a question."""

    name: str
    kind: str
    required: bool
    default: str | None
    meaning: BothLanguages


class QuestionColumn(BaseModel):
    """A column of an answer; those without a meaning are for programs."""

    name: str
    zh: str | None
    en: str | None
    unit: str | None


class ListedQuestion(BaseModel):
    """A question as the list tells it."""

    name: str
    path: str
    subject: Subject
    title: BothLanguages
    description: BothLanguages
    parameters: list[QuestionParameter]
    columns: list[QuestionColumn]
    example: dict[str, str]


def answer_schema(definition: QueryDefinition) -> dict[str, Any]:
    """The JSON answer of a question."""
    cells = {column.name: cell_schema(column) for column in definition.columns}
    row = {"type": "object", "required": [*cells], "properties": cells}
    columns = {"type": "array", "items": {"$ref": "#/components/schemas/QuestionColumn"}}
    properties = {
        "query": {"const": definition.name},
        "title": {"$ref": "#/components/schemas/BothLanguages"},
        "release": {**TEXT, "description": "the release that answered"},
        "parameters": {"type": "object", "additionalProperties": TEXT},
        "columns": columns,
        "offset": {"type": "integer"},
        "limit": {"type": "integer"},
        "truncated": {"type": "boolean", "description": "whether more rows follow"},
        "rows": {"type": "array", "items": row},
    }
    return {"type": "object", "required": [*properties], "properties": properties}


def cell_schema(column: Column) -> dict[str, Any]:
    """What a column holds, and what it means."""
    if column.meaning is None:
        return NAME if column.name.endswith("_iri") else CELL
    unit = f"（{column.unit}）" if column.unit else ""
    words = f"{column.meaning.zh} · {column.meaning.en}{unit}"
    return {**(AMOUNT if column.unit else CELL), "description": words}
