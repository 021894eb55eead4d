"""An answer as it comes, for a server that waits for many at once: `asyncio`, nothing held but one part."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from dataclasses import dataclass

from store.embedded import checked, is_last, lost, stopped
from store.frames import END, RECEIVED_AT_ONCE, TASK, WHOLE, AnswerHead, Frame, frame
from store.pool import WorkerConnection, WorkerPool
from store.worker import Task


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known of an answer when its first bytes are there.

    `media_type` is None when none was asked for an answer of this kind. `whole` tells that `body` is all of
    it, and then `truncated` whether it was cut at the limit of rows.
    """

    media_type: str | None
    body: bytes
    whole: bool
    truncated: bool


class Asking:
    """One task, from the waiting for a seat to the last byte. Must be closed, whatever happens.

    `truncated` and `is_complete` tell with the last of `parts` that it was cut, and that it is the last.
    """

    def __init__(self, pool: WorkerPool, task: Task, client: str) -> None:
        self.pool, self.task, self.client = pool, task, client
        self.truncated = False
        self._has_seat = False
        self._promise: Future[None] | None = None
        self._worker: WorkerConnection | None = None
        self.is_complete = False
        self._is_expired = False
        self._is_stopped = False
        self._seconds_left = task.timeout_seconds

    async def begin(self) -> Beginning:
        """Ask, and wait for the first bytes of the answer.

        Raises:
            GraphBusyError: no worker was free in time.
            QueryTimeoutError, WorkerLostError, QueryMemoryError and what the worker raised.
        """
        await self._take_seat()
        self._go_on_if_wanted()
        worker = self._worker = await self._free_worker()
        self._go_on_if_wanted()
        await self._send(worker, frame(TASK, self.task.packed()))
        message = await self._next(worker)
        head, body = AnswerHead.unpacked(message.payload)
        self.truncated = head.truncated
        return Beginning(head.media_type or None, body, message.kind == WHOLE, head.truncated)

    async def parts(self) -> AsyncIterator[bytes]:
        """The rest of an answer that is not whole, as fast as it is taken; raises as `begin`. The last part
        is never empty."""
        assert self._worker is not None
        while True:
            message = await self._next(self._worker)
            if message.kind == END:
                self.truncated = bool(message.payload[0])
                yield message.payload[1:]
                return
            yield message.payload

    def stop(self) -> None:
        """End the work on the answer now, or the waiting for it to begin: nobody waits for it any more."""
        if self.is_complete:
            return
        self._is_stopped = True
        if self._worker is not None:
            self._worker.kill()
        elif self._promise is not None:
            self._promise.cancel()

    def _go_on_if_wanted(self) -> None:
        if self._is_stopped:
            raise lost()

    def close(self) -> None:
        """Give back the seat, and the worker if it has said all."""
        worker, self._worker = self._worker, None
        if worker is not None:
            if self.is_complete and not self._is_stopped:
                self.pool.keep(worker, self.task.timeout_seconds - self._seconds_left)
            else:
                worker.close()
        if self._has_seat:
            self._has_seat = False
            self.pool.give_back_seat(self.client)

    async def _take_seat(self) -> None:
        promise = self._promise = self.pool.take_seat(self.client)
        if promise is not None:
            try:
                async with asyncio.timeout(self.pool.wait_seconds):
                    await asyncio.wrap_future(promise)
            except TimeoutError:
                self.pool.give_up(self.client, promise)
                raise self.pool.busy() from None
            except asyncio.CancelledError:
                self.pool.give_up(self.client, promise)
                self._go_on_if_wanted()
                raise
        self._has_seat = True

    async def _free_worker(self) -> WorkerConnection:
        """An idle worker, or a new one, which starts beside what else is answered meanwhile."""
        idle = self.pool.idle_worker(self.task.directory)
        if idle is not None:
            return idle
        starting = asyncio.ensure_future(
            asyncio.to_thread(self.pool.new_worker, self.task.directory)
        )
        try:
            return await asyncio.shield(starting)
        except asyncio.CancelledError:
            starting.add_done_callback(keep_started(self.pool))
            raise

    async def _send(self, worker: WorkerConnection, message: bytes) -> None:
        """Send a task: at once if the socket takes it whole, as it nearly always does."""
        try:
            try:
                sent = worker.socket.send(message)
            except BlockingIOError:
                sent = 0
            if sent < len(message):
                await asyncio.get_running_loop().sock_sendall(worker.socket, message[sent:])
        except ConnectionError as error:
            raise lost() from error

    async def _next(self, worker: WorkerConnection) -> Frame:
        while (message := worker.buffer.next()) is None:
            worker.buffer.feed(await self._received(worker))
        self.is_complete = is_last(message)
        return checked(message)

    async def _received(self, worker: WorkerConnection) -> bytes:
        """Some bytes of the worker, which is killed when it has been waited for as long as it may take."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        timer = loop.call_later(max(self._seconds_left, 0), self._expire)
        try:
            received = await loop.sock_recv(worker.socket, RECEIVED_AT_ONCE)
        except ConnectionError:
            received = b""
        finally:
            timer.cancel()
        self._seconds_left -= loop.time() - started
        if not received:
            raise stopped(self.task.timeout_seconds) if self._is_expired else lost()
        return received

    def _expire(self) -> None:
        self._is_expired = True
        self.stop()


def keep_started(pool: WorkerPool) -> Callable[[asyncio.Future[WorkerConnection]], None]:
    """What to do with a worker that has started when nobody waits for it any more."""

    def keep(started: asyncio.Future[WorkerConnection]) -> None:
        if not started.cancelled() and started.exception() is None:
            pool.keep(started.result())

    return keep
