"""Several processes that serve one port, and the one that looks after them.

It holds the nurseries that all of their workers come from, has each new release loaded, and starts a
process again that has ended. The processes share the listening socket; a new release reaches each with
its next request, so none has to be started anew for it.
"""

from __future__ import annotations

import os
import signal
import socket
import time
from contextlib import suppress
from types import FrameType

import uvicorn

from server.app import create_app
from server.http_protocol import HttpProtocol
from server.metrics import Metrics
from server.settings import Settings
from store.errors import DataFolderError
from store.nursery import Nurseries
from store.releases import CurrentId, DataFolder

LOOK_SECONDS = 0.2
#: A process that ends sooner was never fit to serve.
SHORTEST_LIFE_SECONDS = 2.0
#: How long requests may take to be finished when the server is stopped.
STOP_SECONDS = 5


class ServeError(Exception):
    """The server cannot start or go on; the message is one clear sentence."""


class Supervisor:
    """Runs the processes until it is told to stop by SIGINT or SIGTERM."""

    def __init__(self, settings: Settings, listener: socket.socket, nurseries: Nurseries) -> None:
        self.settings, self.listener, self.nurseries = settings, listener, nurseries
        self.folder = DataFolder(settings.data)
        self.metrics = Metrics(settings.workers)
        self.started: dict[int, tuple[int, float]] = {}
        self.is_stopping = False

    def run(self) -> None:
        """Serve until stopped. Raises ServeError when the processes end as soon as they are started."""
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGTERM, self._stop)
        current_id, held = CurrentId(self.folder), None
        try:
            for place in range(self.settings.workers):
                self._start(place)
            while not self.is_stopping:
                release_id = current_id()
                if release_id != held:
                    self._hold_current()
                    held = release_id
                self.nurseries.mend()
                self._start_again()
                time.sleep(LOOK_SECONDS)
        finally:
            self._end()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.is_stopping = True

    def _hold_current(self) -> None:
        with suppress(DataFolderError):  # the processes tell it to who asks
            release = self.folder.current()
            self.nurseries.hold(release.store_directory, release.manifest.quads)

    def _start(self, place: int) -> None:
        """Start a process; it counts what the process did that it replaces."""
        process_id = os.fork()
        if process_id == 0:
            self.metrics.count_as(place)
            run_process(self.settings, self.listener, self.nurseries, self.metrics)
        self.started[process_id] = place, time.monotonic()

    def _start_again(self) -> None:
        for process_id, (place, started) in list(self.started.items()):
            ended, _ = os.waitpid(process_id, os.WNOHANG)
            if ended:
                del self.started[process_id]
                if time.monotonic() - started < SHORTEST_LIFE_SECONDS:
                    raise ServeError("A process of the server ended as soon as it was started.")
                self._start(place)

    def _end(self) -> None:
        """Let the processes finish what they are answering, for as long as that may take."""
        deadline = time.monotonic() + STOP_SECONDS + 1
        for process_id in self.started:
            os.kill(process_id, signal.SIGTERM)
        while self.started:
            for process_id in list(self.started):
                ended, _ = os.waitpid(process_id, os.WNOHANG)
                if ended:
                    del self.started[process_id]
                elif time.monotonic() > deadline:
                    os.kill(process_id, signal.SIGKILL)
            time.sleep(0.02)


def run_process(
    settings: Settings, listener: socket.socket, nurseries: Nurseries, metrics: Metrics
) -> None:
    """Be one of the processes, and end with it."""
    status = 1
    try:
        configuration = uvicorn.Config(
            create_app(settings, nurseries.directory, metrics),
            http=HttpProtocol,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        uvicorn.Server(configuration).run(sockets=[listener])
        status = 0
    finally:
        os._exit(status)
