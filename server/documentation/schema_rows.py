"""A JSON Schema as the lines of a table: one a member, those of nested objects below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
REFERENCE = "#/components/schemas/"
#: Deeper members are left to the name of their schema.
DEEPEST = 4
#: More values of an enumeration are not listed.
MOST_VALUES = 10


@dataclass(frozen=True, slots=True)
class SchemaRow:
    """A member of an object: how deep it lies from 0, its name, what it is, what it means."""

    depth: int
    name: str
    kind: str
    required: bool
    meaning: str


def schema_rows(
    schema: Schema, schemas: Mapping[str, Schema], depth: int = 0, within: tuple[str, ...] = ()
) -> Iterator[SchemaRow]:
    """The members of the object, or of the objects in the list, that a schema tells.

    `schemas` are the named ones, `within` the names of those that lie around.
    """
    name, schema = followed(entry(schema), schemas)
    if depth > DEEPEST or name in within:
        return
    required = schema.get("required", ())
    for member, told in schema.get("properties", {}).items():
        meaning = told.get("description") or ""
        yield SchemaRow(depth, member, kind(told, schemas), member in required, meaning)
        inner = (*within, name) if name else within
        yield from schema_rows(told, schemas, depth + 1, inner)


def entry(schema: Schema) -> Schema:
    """What a list holds, of lists in lists too; anything else is itself."""
    while "items" in schema:
        schema = schema["items"]
    present = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    return entry(present[0]) if len(present) == 1 else schema


def followed(schema: Schema, schemas: Mapping[str, Schema]) -> tuple[str, Schema]:
    """The name of a named schema and what it is; no name for one that has none."""
    name = str(schema.get("$ref", "")).removeprefix(REFERENCE)
    return (name, schemas[name]) if name else ("", schema)


def kind(schema: Schema, schemas: Mapping[str, Schema]) -> str:
    """What a value is, in a few words.

    >>> kind({"type": "array", "items": {"type": ["string", "null"]}}, {})
    'list of string or null'
    """
    if "items" in schema:
        return f"list of {kind(schema['items'], schemas)}"
    if "$ref" in schema:
        return followed(schema, schemas)[0]
    if "anyOf" in schema:
        return " or ".join(kind(each, schemas) for each in schema["anyOf"])
    if "const" in schema:
        return f"“{schema['const']}”"
    if "enum" in schema and len(schema["enum"]) <= MOST_VALUES:
        return " | ".join(str(value) for value in schema["enum"])
    if "prefixItems" in schema:
        return "list of " + ", ".join(kind(each, schemas) for each in schema["prefixItems"])
    types = schema.get("type", "any")
    return types if isinstance(types, str) else " or ".join(types)
