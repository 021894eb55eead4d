"""The schemas of what queries answer in JSON (SPARQL 1.1 Query Results JSON Format, JSON-LD 1.1)."""

from __future__ import annotations

from typing import Any

TEXT: dict[str, Any] = {"type": "string"}
TERM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"enum": ["uri", "literal", "bnode", "triple"]},
        "value": {"description": "a text; of a triple its three terms"},
        "xml:lang": TEXT,
        "datatype": TEXT,
        "its:dir": TEXT,
    },
}
RESULTS: dict[str, Any] = {
    "type": "object",
    "required": ["head"],
    "properties": {
        "head": {"type": "object", "properties": {"vars": {"type": "array", "items": TEXT}}},
        "boolean": {"type": "boolean"},
        "results": {
            "type": "object",
            "required": ["bindings"],
            "properties": {
                "bindings": {
                    "type": "array",
                    "items": {"type": "object", "additionalProperties": TERM},
                }
            },
        },
    },
    "oneOf": [{"required": ["results"]}, {"required": ["boolean"]}],
}
JSON_LD: dict[str, Any] = {"type": ["object", "array"]}
#: The schemas of media types that are JSON; others are text.
JSON_SCHEMAS: dict[str, dict[str, Any]] = {
    "application/sparql-results+json": {"$ref": "#/components/schemas/SparqlResults"},
    "application/json": {"$ref": "#/components/schemas/SparqlResults"},
    "application/ld+json": JSON_LD,
}


def content(*media_types: str) -> dict[str, Any]:
    """The content of a response in one of these media types."""
    return {
        media_type: {"schema": JSON_SCHEMAS.get(media_type, TEXT)} for media_type in media_types
    }
