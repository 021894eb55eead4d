"""A server process and those below it: started, waited for, measured, stopped."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode

START_SECONDS = 1800
STOP_SECONDS = 60


class BenchmarkError(Exception):
    """A server cannot be measured; the message is one clear sentence."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers.

    `parameters` are those that it needs with every query, such as the graph to ask; `prologue` is what
    it wants before every query to mean the same by it as the others do.
    """

    name: str
    process: int
    port: int
    path: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    prologue: str = ""

    def target(self, query: str) -> str:
        """The path and query string of a query via GET."""
        return f"{self.path}?{urlencode({**self.parameters, 'query': self.prologue + query})}"


@contextmanager
def running(
    command: Sequence[str],
    server: Server,
    log: Path,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """A server while it runs; `server.process` is set here.

    Raises BenchmarkError when it ends or does not answer in time; `log` holds what it said.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd=log.parent,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
    try:
        wait_until_it_answers(process, server, log)
        yield replace(server, process=process.pid)
    finally:
        stop(process)


def wait_until_it_answers(process: subprocess.Popen[bytes], server: Server, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise BenchmarkError(f"{server.name} ended with {process.returncode}; see {log}.")
        if answers(server):
            return
        time.sleep(0.1)
    raise BenchmarkError(f"{server.name} gave no answer within {START_SECONDS} s; see {log}.")


def answers(server: Server) -> bool:
    """Whether a query is answered now."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    try:
        connection.request("GET", server.target("ASK {}"))
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the server and all below it to end, and end them if they do not."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
