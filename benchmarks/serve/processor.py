"""The time that a process and those below it have computed, as Linux counts it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from benchmarks.serve.memory import GONE, tree

# utime, stime, and those of children that have ended and were waited for: proc_pid_stat(5).
FIELDS = slice(11, 15)


def processor_seconds(root: int) -> float:
    """Seconds of processor time so far."""
    return sum(ticks(process) for process in tree(root)) / os.sysconf("SC_CLK_TCK")


def ticks(process: int) -> int:
    with suppress(*GONE):
        after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return sum(int(field) for field in after_name[FIELDS])
    return 0
