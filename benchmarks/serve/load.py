"""Load on a server: four connections that ask one query after the other, for some seconds.

wrk makes it where it is installed (Debian package `wrk`). Without it, and for queries that take so long
that the end of the time would cut off a good part of them, processes of our own do, which finish the
query that they have begun. wrk spends less on a request: only numbers of one kind are compared.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serve.clients import ask_for
from benchmarks.serve.processor import processor_seconds
from benchmarks.serve.servers.running import BenchmarkError, Server

CONNECTIONS = 4
LUA = Path(__file__).with_name("requests.lua")
# A query that takes a twentieth of the time or more is not left to wrk.
PARTS = 20


@dataclass(frozen=True, slots=True)
class Load:
    """What a server did under load: requests a second, the latencies in milliseconds, and the
    milliseconds of processor time that a request took in the server (which other programs on the machine
    change least)."""

    rate: float
    median: float
    p99: float
    processor: float


def measured(
    server: Server, targets: Sequence[str], media_type: str, duration: float, alone: float
) -> Load:
    """Ask in turn for `duration` seconds; `alone` is what one query takes by itself.

    Raises BenchmarkError when a request fails.
    """
    by = by_wrk if shutil.which("wrk") and alone < duration / PARTS else by_clients
    before = processor_seconds(server.process)
    asked = by(server, targets, media_type, duration)
    computed = processor_seconds(server.process) - before
    if not asked.requests:
        raise BenchmarkError(
            f"{server.name} answered no request within {duration:g} s: more seconds are wanted."
        )
    processor = computed * 1000 / asked.requests
    return Load(asked.requests / asked.seconds, asked.median, asked.p99, processor)


@dataclass(frozen=True, slots=True)
class Asked:
    """How many requests were answered in how many seconds; latencies in milliseconds."""

    requests: int
    seconds: float
    median: float
    p99: float


def by_wrk(server: Server, targets: Sequence[str], media_type: str, duration: float) -> Asked:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.writelines(f"{target}\n" for target in targets)
        file.flush()
        command = ["wrk", "--threads", "1", "--connections", str(CONNECTIONS)]
        command += ["--duration", f"{max(1, round(duration))}s", "--timeout", "60s"]
        command += ["--header", f"Accept: {media_type}", "--script", str(LUA)]
        command += [f"http://127.0.0.1:{server.port}", "--", file.name]
        said = subprocess.run(command, capture_output=True, text=True)
    if said.returncode:
        raise BenchmarkError(f"wrk failed on {server.name}: {said.stdout}{said.stderr}")
    found = json.loads(said.stdout.splitlines()[-1])
    if found["failed"]:
        raise BenchmarkError(f"{found['failed']} requests to {server.name} failed.")
    return Asked(found["requests"], found["seconds"], found["p50"] / 1000, found["p99"] / 1000)


def by_clients(server: Server, targets: Sequence[str], media_type: str, duration: float) -> Asked:
    taken, seconds = ask_for(server, targets, media_type, duration, CONNECTIONS)
    ordered = sorted(taken)
    last = ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    return Asked(len(ordered), seconds, statistics.median(ordered) * 1000, last * 1000)


def median_of(loads: Sequence[Load]) -> Load:
    """The medians of several runs, each measure by itself."""
    return Load(
        statistics.median(load.rate for load in loads),
        statistics.median(load.median for load in loads),
        statistics.median(load.p99 for load in loads),
        statistics.median(load.processor for load in loads),
    )
