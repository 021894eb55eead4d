"""Errors over HTTP: problem details (RFC 9457) for programs, a plain page for browsers."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from server.negotiation import PROBLEM_JSON, prefers_html
from server.pages import render
from store.errors import (
    AnswerTooLargeError,
    DataFolderError,
    GraphBusyError,
    NoReleaseError,
    QueryError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    ServiceRefusedError,
    StoreError,
    WorkerLostError,
)

logger = logging.getLogger(__name__)
RETRY_SECONDS = "5"


def told_problem(description: str) -> dict[str, Any]:
    """A response of OpenAPI that tells a problem."""
    names = {"type": "array", "items": {"type": "string"}}
    schema = {
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": {
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "one sentence"},
            "nearest": names,
            "candidates": names,
            "years": names,
        },
    }
    return {"description": description, "content": {PROBLEM_JSON: {"schema": schema}}}


#: What any operation may answer besides: told once, and so that OpenAPI adds no 422, which we never send.
OTHER_PROBLEMS: Mapping[int | str, dict[str, Any]] = {
    406: told_problem("None of the accepted media types is offered; `offered` are."),
    "default": told_problem(
        "The server is busy (503), was stopped by its time limit (504) or failed."
    ),
}


@dataclass
class Problem(Exception):
    """What went wrong: `detail` is one clear sentence, `members` are more of the JSON object."""

    status: int
    title: str
    detail: str
    members: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self, request: Request) -> Response:
        """The problem as JSON, or as a page when a browser asks."""
        if prefers_html(request.headers.get("accept")):
            response = render(request, "problem.html", {"problem": self}, status=self.status)
        else:
            body = {"title": self.title, "status": self.status, "detail": self.detail}
            text = json.dumps({**body, **self.members}, ensure_ascii=False)
            response = Response(text, self.status, media_type=PROBLEM_JSON)
        response.headers.update(self.headers)
        return response


def unknown(what: str, name: str) -> Problem:
    """The answer for a thing that the release does not hold."""
    return Problem(
        404, f"没有这个{what}", f"当前发布中没有{what} {name}（not in the current release）。"
    )


def not_acceptable(offered: list[str]) -> Problem:
    """The answer when no media type fits, with those on offer (RFC 9110, section 15.5.7)."""
    return Problem(
        406,
        "Not acceptable",
        f"None of the accepted media types is offered here; offered are {', '.join(offered)}.",
        {"offered": offered},
    )


# The first class that an error belongs to decides; causes of ours come last.
STORE_PROBLEMS: tuple[tuple[type[StoreError], int, str], ...] = (
    (ServiceRefusedError, 400, "SERVICE is refused"),
    (QuerySyntaxError, 400, "Malformed query"),
    (QueryTimeoutError, 504, "Query stopped"),
    (QueryMemoryError, 503, "Query stopped"),
    (AnswerTooLargeError, 503, "Answer too large"),
    (GraphBusyError, 503, "Server busy"),
    (WorkerLostError, 503, "Query interrupted"),
    (QueryError, 500, "Query failed"),
    (NoReleaseError, 503, "No release"),
    (DataFolderError, 503, "Data folder unusable"),
)


def problem_of_store(error: StoreError) -> Problem:
    """What a store error is called over HTTP."""
    status, title = next(
        (status, title) for kind, status, title in STORE_PROBLEMS if isinstance(error, kind)
    )
    members: dict[str, object] = {}
    if isinstance(error, QuerySyntaxError):
        members = {"line": error.line, "column": error.column}
    headers = {"Retry-After": RETRY_SECONDS} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return Problem(status, title, str(error), members, headers)


def add_problem_handlers(app: FastAPI) -> None:
    """Answer every error in the one shape."""

    @app.exception_handler(Problem)
    def own(request: Request, problem: Problem) -> Response:
        return problem.response(request)

    @app.exception_handler(StoreError)
    def of_store(request: Request, error: StoreError) -> Response:
        return problem_of_store(error).response(request)

    @app.exception_handler(HTTPException)
    def of_routing(request: Request, error: HTTPException) -> Response:
        title = HTTPStatus(error.status_code).phrase
        detail = f"{request.method} {request.url.path}: {error.detail}."
        problem = Problem(error.status_code, title, detail, headers=error.headers or {})
        return problem.response(request)

    @app.exception_handler(RequestValidationError)
    def of_parameters(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return Problem(400, "Bad request", f"{where}: {first['msg']}.").response(request)

    @app.exception_handler(Exception)
    def of_ours(request: Request, error: Exception) -> Response:
        return internal_problem(error, f"{request.method} {request.url.path}").response(request)


def internal_problem(error: Exception, request: str) -> Problem:
    """What is told of a failure of ours: nothing but where the reason is."""
    logger.error("%s failed", request, exc_info=error)
    detail = "The server failed on this request; the reason is in its log."
    return Problem(500, "Internal error", detail)
