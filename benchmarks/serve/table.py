"""The measures as Markdown tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from benchmarks.serve.load import Load
from benchmarks.serve.long_answer import LongAnswer

Loads: TypeAlias = Mapping[tuple[str, str], Load]
MIB = 2**20


def rate_table(classes: Sequence[str], servers: Sequence[str], loads: Loads) -> str:
    """Requests a second, and for each peer how many times that is ours."""
    ours, *peers = servers
    rows = [
        [name, rate(loads.get((name, ours)))]
        + [against(loads.get((name, ours)), loads.get((name, peer))) for peer in peers]
        for name in classes
    ]
    return table(["requests/s", *servers], rows)


def processor_table(classes: Sequence[str], servers: Sequence[str], loads: Loads) -> str:
    """Processor time of a request in milliseconds, and how many times ours each peer's is."""
    ours, *peers = servers
    rows = [
        [name, processor(loads.get((name, ours)))]
        + [processor(loads.get((name, peer)), loads.get((name, ours))) for peer in peers]
        for name in classes
    ]
    return table(["processor ms a request", *servers], rows)


def latency_table(classes: Sequence[str], servers: Sequence[str], loads: Loads) -> str:
    """Median and 99th percentile in milliseconds."""
    rows = [
        [name, *[latencies(loads.get((name, server))) for server in servers]] for name in classes
    ]
    return table(["median / p99, ms", *servers], rows)


def long_answer_table(answers: Mapping[str, LongAnswer], memory: Mapping[str, int]) -> str:
    """The answer of 100,000 rows, and the memory of the server at rest."""
    rows = [
        [
            name,
            f"{answer.first_byte:,.0f}",
            f"{answer.whole:,.0f}",
            f"{answer.size / MIB:,.1f}",
            f"{answer.memory / MIB:,.0f}",
            f"{memory[name] / MIB:,.0f}",
        ]
        for name, answer in answers.items()
    ]
    head = ["100,000 rows", "first byte, ms", "whole, ms", "answer, MiB"]
    return table([*head, "memory more at peak, MiB", "memory at rest, MiB"], rows)


def rate(load: Load | None) -> str:
    """Three digits that count."""
    if load is None:
        return "–"
    return f"{load.rate:,.0f}" if load.rate >= 100 else f"{load.rate:.3g}"


def against(ours: Load | None, peer: Load | None) -> str:
    if ours is None or peer is None:
        return rate(peer)
    return f"{rate(peer)} ({ours.rate / peer.rate:.2g} ×)"


def processor(load: Load | None, ours: Load | None = None) -> str:
    if load is None:
        return "–"
    ratio = f" ({load.processor / ours.processor:.2g} ×)" if ours and ours.processor else ""
    return f"{load.processor:.3g}{ratio}"


def latencies(load: Load | None) -> str:
    return "–" if load is None else f"{load.median:.3g} / {load.p99:.3g}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table, its columns of figures aligned to the right."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
