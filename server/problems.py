"""Errors over HTTP: problem details (RFC 9457) for programs, a plain page for browsers."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, NamedTuple

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.negotiation import HTML, PROBLEM_JSON, liked_language, prefers_html
from server.pages import render
from server.problem_types import PROBLEM_TYPES, ProblemType
from server.syntax_words import chinese_sentence
from store.errors import (
    AnswerTooLargeError,
    DataFolderError,
    FolderLockedError,
    GraphBusyError,
    MalformedRdfError,
    NoIndexError,
    NoReleaseError,
    QueryError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    ServiceRefusedError,
    SourceRefusedError,
    StoreError,
    UpdateError,
    WorkerLostError,
)

logger = logging.getLogger(__name__)
RETRY_SECONDS = "5"
#: How much of what the caller wrote is told back.
SHOWN = 200


def told_problem(description: str) -> dict[str, Any]:
    """A response of OpenAPI that tells a problem; `server.openapi` defines the schema."""
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {PROBLEM_JSON: {"schema": schema}, HTML: {"schema": {"type": "string"}}}
    return {"description": description, "content": content}


#: What any operation may answer besides: told once, and so that OpenAPI adds no 422, which we never send.
OTHER_PROBLEMS: Mapping[int | str, dict[str, Any]] = {
    406: told_problem("None of the accepted media types is offered; `offered` are."),
    "default": told_problem(
        "The server is busy (503), was stopped by its time limit (504) or failed."
    ),
}


@dataclass
class Problem(Exception):
    """What went wrong.

    `title` is the English title of a kind in `PROBLEM_TYPES`, `detail` is one clear sentence, `members`
    are more of the JSON object.
    """

    status: int
    title: str
    detail: str
    members: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    #: The sentence in Chinese: on Chinese pages, and where Chinese is asked for.
    detail_zh: str = ""

    @property
    def type(self) -> ProblemType:
        return PROBLEM_TYPES[self.title]

    def body(self, accept_language: str | None) -> bytes:
        """The problem as JSON, told in the language that is liked best (RFC 9457, 3.1); the title in both and the
        sentence in English where none is."""
        is_chinese = self.detail_zh and liked_language(accept_language, ["zh", "en"]) == "zh"
        told = {
            "type": self.type.reference,
            "title": self.type.title(accept_language),
            "status": self.status,
            "detail": self.detail_zh if is_chinese else self.detail,
        }
        return json.dumps({**told, **self.members}, ensure_ascii=False).encode()

    def response(self, request: Request) -> Response:
        """The problem as JSON, or as a page when a browser asks; it is counted."""
        request.app.state.metrics.add_problem(self.title)
        if prefers_html(request.headers.get("accept")):
            response = render(request, "problem.html", {"problem": self}, status=self.status)
        else:
            body = self.body(request.headers.get("accept-language"))
            response = Response(body, self.status, media_type=PROBLEM_JSON)
            response.headers.add_vary_header("Accept-Language")
        response.headers.update(self.headers)
        return response


#: What the release may not hold, as its pages call it.
KINDS = {
    "机构": "office",
    "文件": "document",
    "文件页": "page image",
    "事物": "thing",
    "命名图": "named graph",
    "反向链接": "links",
    "发布": "release",
    "转储": "dump",
}


def unknown(what: str, name: str, members: Mapping[str, object] | None = None) -> Problem:
    """The answer for a thing that the release does not hold; `what` is one of `KINDS`, `members` tell what
    may have been meant (`server.near_matches.told`)."""
    detail = f"The current release has no {KINDS.get(what, what)} {name[:SHOWN]}."
    detail_zh = f"当前发布中没有{what} {name[:SHOWN]}。"
    return Problem(404, "Not in the release", detail, members or {}, detail_zh=detail_zh)


def not_acceptable(offered: list[str]) -> Problem:
    """The answer when no media type fits, with those on offer (RFC 9110, section 15.5.7)."""
    return Problem(
        406,
        "Not acceptable",
        f"None of the accepted media types is offered here; offered are {', '.join(offered)}.",
        {"offered": offered},
    )


class StoreProblem(NamedTuple):
    """What a store error is called; `detail` stands in place of words that are for the log only.

    `zh` is the sentence of Chinese pages.
    """

    status: int
    title: str
    zh: str
    detail: str | None = None


# The first class that an error belongs to decides; causes of ours come last.
STORE_PROBLEMS: tuple[tuple[type[StoreError], StoreProblem], ...] = (
    (ServiceRefusedError, StoreProblem(400, "SERVICE is refused", "此服务不代为查询其他服务器。")),
    (SourceRefusedError, StoreProblem(400, "LOAD is refused", "此服务不从那里读取数据。")),
    (UpdateError, StoreProblem(400, "Update failed", "更新无法照写的执行。")),
    (MalformedRdfError, StoreProblem(400, "Malformed RDF", "所送的 RDF 不合语法。")),
    (QuerySyntaxError, StoreProblem(400, "Malformed query", "查询不合 SPARQL 语法。")),
    (
        QueryTimeoutError,
        StoreProblem(504, "Query stopped", "查询超出时限，已停止；请缩小范围再试。"),
    ),
    (
        QueryMemoryError,
        StoreProblem(503, "Query stopped", "查询所需内存超出限度，已停止；请缩小范围再试。"),
    ),
    (
        AnswerTooLargeError,
        StoreProblem(503, "Answer too large", "结果太大；请加 LIMIT 或缩小范围。"),
    ),
    (GraphBusyError, StoreProblem(503, "Server busy", "服务正忙，请稍后再试。")),
    (WorkerLostError, StoreProblem(503, "Query aborted", "查询中断；请稍后再试，或缩小范围。")),
    (
        QueryError,
        StoreProblem(500, "Query failed", "查询无法执行。", "The query could not be evaluated."),
    ),
    (NoIndexError, StoreProblem(503, "No search index", "全文索引还没有建好。")),
    (
        FolderLockedError,
        StoreProblem(503, "Server busy", "另一个进程正在写入。", "Another process is writing."),
    ),
    (
        NoReleaseError,
        StoreProblem(503, "No release", "服务里还没有发布。", "The server holds no release yet."),
    ),
    (
        DataFolderError,
        StoreProblem(503, "Data unusable", "发布无法读取。", "The release cannot be read."),
    ),
    (
        StoreError,
        StoreProblem(
            500, "Internal error", "图库在回答时出错。", "The store failed on this request."
        ),
    ),
)


def problem_of_store(error: StoreError) -> Problem:
    """What a store error is called over HTTP."""
    status, title, zh, detail = next(
        told for kind, told in STORE_PROBLEMS if isinstance(error, kind)
    )
    if detail is not None:
        logger.error("%s: %s", title, error)
    members: dict[str, object] = {}
    in_chinese = ""
    if isinstance(error, QuerySyntaxError):
        members, in_chinese = place_of(error), chinese_sentence(error)
    if isinstance(error, MalformedRdfError) and error.line is not None:
        members = {"line": error.line, "column": error.column}
    headers = {"Retry-After": RETRY_SECONDS} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return Problem(
        status,
        title,
        detail or str(error),
        members,
        headers,
        detail_zh=in_chinese or zh + place_in_chinese(members),
    )


def place_in_chinese(members: Mapping[str, object]) -> str:
    """Where it went wrong and what may stand there, as far as that is known."""
    place = f"第 {members['line']} 行第 {members['column']} 列。" if members.get("line") else ""
    expected = members.get("expected")
    wanted = f"此处可以是：{'、'.join(map(str, expected))}。" if isinstance(expected, tuple) else ""
    return place + wanted


def place_of(error: QuerySyntaxError) -> dict[str, object]:
    """Where a query is malformed, shown with a caret, and what may stand there instead."""
    members = {
        "line": error.line,
        "column": error.column,
        "fragment": error.fragment,
        "expected": error.expected,
    }
    return {name: value for name, value in members.items() if value}


#: What the framework's own refusals are called; the method's detail tells what would do.
ROUTING_TITLES = {404: "Not found", 405: "Method not allowed", 413: "Content too large"}


def problem_of_routing(request: Request, error: HTTPException) -> Problem:
    """No such path, or not this method."""
    path, allowed = request.url.path[:SHOWN], ", ".join(answered_methods(request))
    headers = {"Allow": allowed} if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED else {}
    detail = {
        404: f"There is nothing at {path}.",
        405: f"{path} answers {allowed}, not {request.method[:SHOWN]}.",
    }.get(error.status_code, f"{path}: {error.detail}.")
    title = ROUTING_TITLES.get(error.status_code, "Bad request")
    detail_zh = {404: f"{path} 这个地址没有内容。", 405: f"{path} 只接受 {allowed}。"}
    return Problem(
        error.status_code,
        title,
        detail,
        headers={**(error.headers or {}), **headers},
        detail_zh=detail_zh.get(error.status_code, ""),
    )


def answered_methods(request: Request) -> list[str]:
    """The methods of a path: of all its routes, where the framework tells those of the first; HEAD is made
    of GET (RFC 9110, 10.2.1)."""
    routes = (each.original_route for each in iter_route_contexts(request.app.routes))
    scope = {**request.scope, "root_path": request.scope.get("app_root_path", "")}  # before a mount
    matching = (route for route in routes if route.matches(scope)[0] is not Match.NONE)
    methods = {method for route in matching for method in getattr(route, "methods", ["GET"])}
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


def problem_of_parameters(error: RequestValidationError) -> Problem:
    """The first parameter that is not as it is described."""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"][1:]) or "body"
    return Problem(
        400,
        "Wrong parameter",
        f"The parameter {name!r} is wrong: {first['msg']}.",
        detail_zh=f"参数 {name} 的值不能用。",
    )


def problem_of_ours(scope: Scope, error: Exception) -> Problem:
    """A fault of the program: its reason goes to the log and nowhere else."""
    logger.error("%s %s failed", scope["method"], scope["path"], exc_info=error)
    detail = "The server failed on this request; the reason is in its log."
    return Problem(500, "Internal error", detail, detail_zh="服务在回答时出错，原因已记入日志。")


class FaultsToldAsProblems:
    """ASGI middleware next to the routes: a fault gets the headers of every answer (a handler of the
    framework stands outside the middleware and would leave them off)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            if started or scope["type"] != "http":
                raise
            response = problem_of_ours(scope, error).response(Request(scope, receive))
            await response(scope, receive, send)


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
        return problem_of_routing(request, error).response(request)

    @app.exception_handler(RequestValidationError)
    def of_parameters(request: Request, error: RequestValidationError) -> Response:
        return problem_of_parameters(error).response(request)

    @app.exception_handler(Exception)
    def of_ours(request: Request, error: Exception) -> Response:
        return problem_of_ours(request.scope, error).response(request)
