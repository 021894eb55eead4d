"""Requests made up from the OpenAPI document by schemathesis, over a real socket: a few an operation.

Every answer has to be one that the document tells: its status, its media type, its schema; and none may
be a fault of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from server.app import create_app
from server.openapi.document import operations
from server.settings import Settings
from tests.serving import listening

#: All questions of the library are answered by the same code: some stand for all.
QUESTIONS = ("offices", "observations", "shared-functions", "item-changes")
EXAMPLES = 6
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@schemathesis.serializer("application/sparql-query")
def as_text(context: Any, value: Any) -> bytes:
    """A query as it is sent."""
    return str(value).encode(errors="replace")


DOCUMENT = schemathesis.openapi.from_dict(create_app(Settings()).openapi())
OPERATIONS = [
    (path, method)
    for path, method, _ in operations(DOCUMENT.raw_schema)
    if not path.startswith("/queries/") or path.removeprefix("/queries/") in QUESTIONS
]


@pytest.fixture(scope="module")
def address(samples_data: Path) -> Iterator[str]:
    with listening(Settings(data=samples_data, workers=2)) as (host, port):
        yield f"http://{host}:{port}"


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_made_up_request_is_answered_as_the_document_tells(
    path: str, method: str, address: str
) -> None:
    @given(case=DOCUMENT[path][method.upper()].as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def answered(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(base_url=address, checks=CHECKS)

    answered()
