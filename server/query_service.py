"""`/sparql` for programs: the query operation of the SPARQL 1.1 Protocol, as lean as it can be had.

It stands before the framework: a small query is answered in less time than a route takes to be found.
Whatever is not a query for a program goes on to the application: forms, pages, updates.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.answer_cache import AnswerCache
from server.conditional import ANY_TAG, Answer, header, known_tags
from server.measured import NEVER_BEGUN
from server.metrics import Metrics
from server.problems import Problem, problem_of_ours, problem_of_store
from server.publication import Publications
from server.query_exchange import AnswerLimits, QueryExchange
from server.query_operation import DIRECT, FORM, media_type, read_query_operation
from server.query_request import QueryRequest, negotiated, query_by_get
from server.request_body import read_body, replayed
from server.request_limits import LONGEST_TARGET, refused_length
from store.errors import StoreError

logger = logging.getLogger(__name__)
PATH = "/sparql"
SAFE_METHODS, METHODS_WITH_BODY = ("GET", "HEAD"), ("POST", "QUERY")


class QueryService:
    """ASGI middleware that answers queries of programs.

    Args:
        app: takes what is no query of a program.
        publications: gives what is being served.
        limits: what one answer may be.
        cache: where answers are kept.
        metrics: where they are counted.
    """

    def __init__(
        self,
        app: ASGIApp,
        publications: Callable[[], Publications],
        limits: AnswerLimits,
        cache: AnswerCache,
        metrics: Metrics,
    ) -> None:
        self.app, self.publications = app, publications
        self.limits, self.cache, self.metrics = limits, cache, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started, begun = time.perf_counter(), BegunAnswer(send)
        try:
            asked, receive = await self.read(scope, receive)
            if asked is None or asked.is_for_people or ANY_TAG in known_tags(scope):
                await self.app(scope, receive, send)
                return
            await self.exchange(asked, scope, receive, begun.send).run()
        except Exception as error:
            problem = problem_of(error, scope)
            if begun.status is not None:
                # The connection is closed without the end of the answer, which no client takes for whole.
                logger.warning("An answer could not be finished: %s", problem.detail)
                return
            answer = Answer(begun.send, None, without_body=False, any_is_known=False)
            await problem.response(Request(scope))(scope, receive, answer.send)
        finally:
            taken = time.perf_counter() - started
            self.metrics.add_request(PATH, begun.status or NEVER_BEGUN, taken)

    def exchange(
        self, asked: QueryRequest, scope: Scope, receive: Receive, send: Send
    ) -> QueryExchange:
        publication = self.publications().current()
        return QueryExchange(
            asked, publication, self.limits, self.cache, self.metrics, scope, receive, send
        )

    async def read(self, scope: Scope, receive: Receive) -> tuple[QueryRequest | None, Receive]:
        """The query of a request, None when it has none; and its body again for whom it concerns."""
        accept = text_of(header(scope, b"accept"))
        if scope["method"] in SAFE_METHODS:
            found = query_by_get(scope["query_string"], accept, self.limits.seconds)
            return found, receive
        if scope["method"] not in METHODS_WITH_BODY:
            return None, receive
        refused = refused_length(scope, self.limits.request_bytes)
        if refused is not None:
            raise refused
        body = await read_body(receive, self.limits.request_bytes)
        return self.posted(scope, body, accept), replayed(body, receive)

    def posted(self, scope: Scope, body: bytes, accept: str | None) -> QueryRequest | None:
        content_type = text_of(header(scope, b"content-type"))
        kind = media_type(content_type)
        is_query = kind == DIRECT or (kind == FORM and b"query=" in body and b"update=" not in body)
        if not is_query:
            return None
        operation = read_query_operation(
            scope["method"], scope["query_string"], content_type, body, self.limits.seconds
        )
        return negotiated(operation, accept)


def is_query_path(scope: Scope) -> bool:
    """Whether a request is for the service; an address that is too long is refused where all are."""
    if scope["type"] != "http" or scope["path"] != PATH:
        return False
    return len(scope["query_string"]) <= LONGEST_TARGET - len(PATH)


def text_of(value: bytes | None) -> str | None:
    return None if value is None else value.decode("latin-1")


class BegunAnswer:
    """Notes the status of an answer that has begun: after that it cannot become an error."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status: int | None = None

    async def send(self, message: Message) -> None:
        """Send a message of the answer."""
        if self.status is None:
            self.status = message["status"]
        await self._send(message)


def problem_of(error: Exception, scope: Scope) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, StoreError):
        return problem_of_store(error)
    return problem_of_ours(scope, error)
