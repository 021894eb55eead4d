"""The schema of problem details, as `server.problems` writes them."""

from __future__ import annotations

from typing import Any

from server.problem_types import EXPLAINED, PROBLEM_TYPES

NAMES = {"type": "array", "items": {"type": "string"}}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong (RFC 9457). The members after `detail` are there where they help.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "the kind, a reference to where it is explained",
            "enum": [kind.reference for kind in PROBLEM_TYPES.values()],
        },
        "title": {
            "type": "string",
            "description": "the kind in the language of Accept-Language, in both without",
        },
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "one sentence on this request"},
        "nearest": {**NAMES, "description": "names like the one that is unknown"},
        "pages": {
            "type": "array",
            "items": {"type": "string", "format": "uri-reference"},
            "description": "the pages of what `nearest` names, in the same order",
        },
        "candidates": {**NAMES, "description": "what the name may mean"},
        "years": {**NAMES, "description": "the fiscal years that there are documents of"},
        "offered": {**NAMES, "description": "the media types on offer"},
        "line": {"type": "integer", "minimum": 1, "description": "of a query, from 1"},
        "column": {"type": "integer", "minimum": 1, "description": "of that line, from 1"},
        "fragment": {"type": "string", "description": "that line, a caret below the place"},
        "expected": {**NAMES, "description": "what may stand in that place"},
        "limit": {"type": "integer", "description": "the most bytes that are taken"},
    },
    "example": {
        "type": f"{EXPLAINED}malformed-query",
        "title": "查询有语法错误 Malformed query",
        "status": 400,
        "detail": "Line 1, column 30: `abc` cannot stand here; wanted is a number.",
        "line": 1,
        "column": 30,
        "fragment": "SELECT ?s { ?s ?p ?o } LIMIT abc\n                             ^",
        "expected": ["a number"],
    },
}
