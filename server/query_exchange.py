"""One query of a program and its answer: from what the client has, from what is kept, or from the graph."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.types import Receive, Scope, Send

from server.answer_cache import AnswerCache, KeptAnswer
from server.conditional import COMMON_HEADERS, NO_STORE, entity_tag, known_tags
from server.disconnection import Disconnection
from server.metrics import Counter, Metrics
from server.problems import not_acceptable
from server.publication import Publication
from server.query_request import QueryRequest
from server.truncation import Headers, next_page, truncation_headers, with_truncation
from store.errors import StoreError
from store.evaluation import Question
from store.streaming import Asking, Beginning
from store.worker import Task

NOT_KEPT = (b"cache-control", NO_STORE.encode("ascii"))
# Keep it, but ask whether it still holds.
ASKED_AGAIN = (b"cache-control", b"no-cache")


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """What one request and its answer may be.

    seconds: how long a query may be worked on.
    rows: how many solutions are given where the query sets no limit; None: all.
    answer_bytes: how large an answer may be; None: any size.
    request_bytes: how large a request may be.
    """

    seconds: float
    rows: int | None
    answer_bytes: int | None
    request_bytes: int


class QueryExchange:
    """A query with all that its answer depends on, and the way back to the client."""

    def __init__(
        self,
        asked: QueryRequest,
        publication: Publication,
        limits: AnswerLimits,
        cache: AnswerCache,
        metrics: Metrics,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        self.asked, self.publication, self.limits = asked, publication, limits
        self.cache, self.metrics = cache, metrics
        self.scope, self.receive, self.send = scope, receive, send
        self.is_head = scope["method"] == "HEAD"
        self.release_id = publication.release.release_id
        self.question = self.asked_question()
        self.tag = self.entity_tag()

    async def run(self) -> None:
        """Answer. Raises Problem and StoreError."""
        if self.tag is not None and self.tag in known_tags(self.scope):
            await self.start(304, self.headers())
            await self.send_body(b"")
            return
        kept = None if self.asked.answer_may_change else self.cache.get(self.key)
        self.metrics.add(Counter.CACHE_MISSES if kept is None else Counter.CACHE_HITS)
        kept = kept or self.looked_up()
        if kept is not None:
            await self.send_whole(kept)
        else:
            await self.ask()

    def looked_up(self) -> KeptAnswer | None:
        """The answer to a query about one thing, which is found in no time without a worker."""
        found = self.publication.lookups.answer(self.question, self.asked.store_media_types)
        if found is None:
            return None
        answer = KeptAnswer(*found, truncated=False)
        self.keep(answer)
        return answer

    @property
    def key(self) -> tuple[str, QueryRequest]:
        return self.release_id, self.asked

    def entity_tag(self) -> str | None:
        """The ETag of the answer, None for one that the address and the release do not decide."""
        if self.asked.answer_may_change or self.scope["method"] not in ("GET", "HEAD"):
            return None
        return entity_tag(self.release_id, self.scope)

    def headers(self) -> Headers:
        if self.asked.answer_may_change:
            return [*COMMON_HEADERS, NOT_KEPT]
        if self.tag is None:
            return [*COMMON_HEADERS]
        # Weak (RFC 9110, 8.8.1): from memory, rows may come in another order than from disk.
        return [*COMMON_HEADERS, (b"etag", b"W/" + self.tag.encode("ascii")), ASKED_AGAIN]

    async def ask(self) -> None:
        """Ask the graph, and send the answer as it comes."""
        asking = self.asking()
        watch = Disconnection(self.receive, asking.stop)
        try:
            beginning = await asking.begin()
            if beginning.media_type is None:
                raise not_acceptable(self.asked.offered_instead)
            if beginning.whole:
                answer = KeptAnswer(beginning.media_type, beginning.body, beginning.truncated)
                self.keep(answer)
                asking.close()  # who waits for the seat need not wait for this client
                await self.send_whole(answer)
            else:
                await self.send_parts(asking, beginning)
        except StoreError:
            if not watch.has_gone:
                raise
            self.metrics.add(Counter.ANSWERS_ABANDONED)
        finally:
            watch.close()
            asking.close()

    def asking(self) -> Asking:
        embedded = self.publication.embedded
        seconds = self.asked.operation.timeout_seconds or self.limits.seconds
        media_types = self.asked.store_media_types
        task = Task(str(embedded.directory), self.question, seconds, media_types)
        return Asking(embedded.pool, task, client_of(self.scope))

    def asked_question(self) -> Question:
        return self.publication.embedded.question(
            self.asked.operation.query,
            dataset=self.asked.operation.dataset,
            base_iri=self.publication.links.base_iri,
            row_limit=self.limits.rows,
            byte_limit=self.limits.answer_bytes,
        )

    def keep(self, answer: KeptAnswer) -> None:
        if not self.asked.answer_may_change:
            self.cache.keep(self.key, answer)

    async def send_whole(self, answer: KeptAnswer) -> None:
        """Send an answer all of which is here."""
        body, headers = answer.body, self.headers()
        if answer.truncated:
            self.metrics.add(Counter.ANSWERS_TRUNCATED)
            body = with_truncation(answer.media_type, body, self.limits.rows or 0, self.next_page())
            headers += truncation_headers(self.limits.rows or 0, self.next_page())
        headers.append((b"content-type", self.content_type(answer.media_type)))
        headers.append((b"content-length", b"%d" % len(body)))
        await self.start(200, headers)
        await self.send_body(body)

    async def send_parts(self, asking: Asking, beginning: Beginning) -> None:
        """Send an answer while it is made: no more of it is held here than one part, unless it is to be kept."""
        assert beginning.media_type is not None
        described = (b"content-type", self.content_type(beginning.media_type))
        await self.start(200, [*self.headers(), described])
        if self.is_head:
            await self.send_body(b"")
            return
        copy = AnswerCopy(self.cache.largest)
        async for part in asking.parts():
            copy.add(part)
            if asking.is_complete:
                asking.close()
            if asking.truncated:  # known with the last part only
                self.metrics.add(Counter.ANSWERS_TRUNCATED)
                rows, link = self.limits.rows or 0, self.next_page()
                part = with_truncation(beginning.media_type, part, rows, link)
            await self.send_body(part, more=not asking.is_complete)
        if copy.body is not None:
            self.keep(KeptAnswer(beginning.media_type, copy.body, asking.truncated))

    async def start(self, status: int, headers: Headers) -> None:
        await self.send({"type": "http.response.start", "status": status, "headers": headers})

    async def send_body(self, body: bytes, *, more: bool = False) -> None:
        """Send a part of the body, as soon as the client takes it."""
        body = b"" if self.is_head else body
        await self.send({"type": "http.response.body", "body": body, "more_body": more})

    def content_type(self, written: str) -> bytes:
        media_type = self.asked.media_type(written)
        charset = "; charset=utf-8" if media_type.startswith("text/") else ""
        return f"{media_type}{charset}".encode("ascii")

    def next_page(self) -> str | None:
        return next_page(self.scope["path"], self.asked.operation, self.limits.rows or 0)


def client_of(scope: Scope) -> str:
    """Who asks, as far as the connection tells: clients wait for their own queries first."""
    client = scope.get("client")
    return str(client[0]) if client else ""


class AnswerCopy:
    """A copy of an answer that goes by in parts; without body as soon as it is too large to be kept."""

    def __init__(self, largest: int) -> None:
        self.largest, self._parts, self._size = largest, list[bytes](), 0

    def add(self, part: bytes) -> None:
        """Take the next part."""
        self._size += len(part)
        if self._size <= self.largest:
            self._parts.append(part)
        else:
            self._parts.clear()

    @property
    def body(self) -> bytes | None:
        """The whole, None if it was too large."""
        return b"".join(self._parts) if self._size <= self.largest else None
