"""The answer of 100,000 rows: when its first byte comes, and what memory it takes in the server."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass

from benchmarks.serve.memory import Memory
from benchmarks.serve.servers.running import Server

PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class LongAnswer:
    """Milliseconds to the first byte of the body and to the last, bytes of it, and how many bytes more
    than before the processes of the server held at their highest."""

    first_byte: float
    whole: float
    size: int
    memory: int


def read_long_answer(server: Server, target: str, media_type: str) -> LongAnswer:
    """Read the answer as fast as it comes."""
    memory = Memory.of(server.process)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    start = time.perf_counter()
    connection.request("GET", target, headers={"Accept": media_type})
    response = connection.getresponse()
    size = len(response.read(1))
    first = time.perf_counter() - start
    while piece := response.read(PIECE):
        size += len(piece)
    whole = time.perf_counter() - start
    connection.close()
    return LongAnswer(first * 1000, whole * 1000, size, memory.growth())
