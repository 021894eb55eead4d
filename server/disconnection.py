"""The client that leaves: what was asked for it alone is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from starlette.types import Receive

#: Most answers are there before it would be worth watching.
WATCHED_AFTER_SECONDS = 0.05


class Disconnection:
    """Watches the connection of a request whose body has been read, from a moment after now on.

    Args:
        receive: of the request.
        stop: is called once when the client has gone.
    """

    def __init__(self, receive: Receive, stop: Callable[[], object]) -> None:
        self._receive, self._stop = receive, stop
        self.has_gone = False
        self._watching: asyncio.Task[None] | None = None
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(WATCHED_AFTER_SECONDS, self._start)

    def close(self) -> None:
        """Watch no longer."""
        self._timer.cancel()
        if self._watching is not None:
            self._watching.cancel()

    def _start(self) -> None:
        self._watching = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        with suppress(OSError):
            while (await self._receive())["type"] != "http.disconnect":
                pass
        self.has_gone = True
        self._stop()
