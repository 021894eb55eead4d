"""Several processes that serve one port, and the one that looks after them.

It holds the nurseries that all of their workers come from, has each new release loaded, and starts a
process again that has ended. The processes share the listening socket; a new release reaches each with
its next request, so none has to be started anew for it.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress
from types import FrameType

import uvicorn

from server.app import create_app
from server.http_protocol import http_protocol
from server.metrics import Metrics
from server.settings import Settings
from store.errors import DataFolderError
from store.nursery import Nurseries
from store.releases import CurrentId, DataFolder

logger = logging.getLogger(__name__)
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
        self.current_id = CurrentId(self.folder)
        self.held: str | None = None
        self.metrics = Metrics(settings.workers)
        self.started: dict[int, tuple[int, float]] = {}
        self.is_stopping = False

    def run(self) -> None:
        """Serve until stopped. Raises ServeError when the processes end as soon as they are started."""
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGTERM, self._stop)
        try:
            for place in range(self.settings.workers):
                self._start(place)
            while not self.is_stopping:
                # The processes tell it to who asks when the folder is damaged or memory is short.
                with suppress(DataFolderError, OSError):
                    self._hold_current()
                    self.nurseries.mend()
                self._start_again()
                time.sleep(LOOK_SECONDS)
        finally:
            self._end()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.is_stopping = True

    def _hold_current(self) -> None:
        release_id = self.current_id()
        if release_id != self.held:
            release = self.folder.current()
            self.nurseries.hold(release.store_directory, release.manifest.quads)
            self.held = release_id

    def _start(self, place: int) -> None:
        """Start a process; it counts what the process did that it replaces."""
        supervisor = os.getpid()
        process_id = os.fork()
        if process_id == 0:
            self.metrics.count_as(place)
            run_process(self.settings, self.listener, self.nurseries, self.metrics, supervisor)
        self.started[process_id] = place, time.monotonic()

    def _start_again(self) -> None:
        for process_id, (place, started) in list(self.started.items()):
            ended, status = os.waitpid(process_id, os.WNOHANG)
            if ended:
                del self.started[process_id]
                is_killed = os.WIFSIGNALED(status)
                if not is_killed and time.monotonic() - started < SHORTEST_LIFE_SECONDS:
                    raise ServeError("A process of the server ended as soon as it was started.")
                logger.warning("Process %d of the server ended; another takes its place.", ended)
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
    settings: Settings,
    listener: socket.socket,
    nurseries: Nurseries,
    metrics: Metrics,
    supervisor: int,
) -> None:
    """Be one of the processes, and end with it."""
    status = 1
    # Until the process serves, nothing would be lost with it; then uvicorn takes the signals.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, frame: os._exit(0))
    try:
        nurseries.disown()
        configuration = uvicorn.Config(
            create_app(settings, nurseries.directory, metrics),
            http=http_protocol(settings.idle_client_seconds),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        Process(configuration, supervisor).run(sockets=[listener])
        status = 0
    except Exception:
        traceback.print_exc()  # a fault of ours, for the log of the server
    finally:
        sys.stderr.flush()
        os._exit(status)


class Process(uvicorn.Server):
    """One of the processes that serve; it stops when its supervisor has been killed."""

    def __init__(self, configuration: uvicorn.Config, supervisor: int) -> None:
        """`supervisor`: its process id."""
        super().__init__(configuration)
        self.supervisor = supervisor

    async def on_tick(self, counter: int) -> bool:
        """Whether to stop; asked ten times a second."""
        return await super().on_tick(counter) or os.getppid() != self.supervisor
