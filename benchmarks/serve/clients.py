"""Clients in processes of their own, each with one connection that it keeps."""

from __future__ import annotations

import http.client
import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from benchmarks.serve.servers.running import BenchmarkError, Server

LONGEST_SECONDS = 600


def ask_for(
    server: Server, targets: Sequence[str], media_type: str, duration: float, connections: int
) -> tuple[list[float], float]:
    """The seconds of every request, and those from the first to the last.

    Each client begins at another place of the targets, begins nothing after `duration` seconds and
    finishes what it has begun. Raises BenchmarkError when a request fails.
    """
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(connections, mp_context=context) as pool:
        [*pool.map(time.sleep, [0.1] * connections)]  # all processes are there
        clients = [
            pool.submit(ask, server, rotated(targets, number, connections), media_type, duration)
            for number in range(connections)
        ]
        asked = [client.result() for client in clients]
    taken = [seconds for times, _, _ in asked for seconds in times]
    return taken, max(end for _, _, end in asked) - min(start for _, start, _ in asked)


def rotated(targets: Sequence[str], number: int, connections: int) -> list[str]:
    place = len(targets) * number // connections
    return [*targets[place:], *targets[:place]]


def ask(
    server: Server, targets: Sequence[str], media_type: str, duration: float
) -> tuple[list[float], float, float]:
    """The seconds of every request of one client, its start and its end on the common clock."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=LONGEST_SECONDS)
    taken: list[float] = []
    start = now = time.monotonic()
    while now - start < duration:
        connection.request(
            "GET", targets[len(taken) % len(targets)], headers={"Accept": media_type}
        )
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise BenchmarkError(f"A request to {server.name} failed with {response.status}.")
        before, now = now, time.monotonic()
        taken.append(now - before)
    connection.close()
    return taken, start, now
