"""The memory of a process and of those below it, as Linux counts it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

KIB = 1024
GONE = (FileNotFoundError, ProcessLookupError)


@dataclass(frozen=True, slots=True)
class Memory:
    """The resident bytes of each process at one time, from which growth is counted."""

    root: int
    resident: dict[int, int]

    @classmethod
    def of(cls, root: int) -> Memory:
        """Begin to count: the high-water marks of all processes are set back."""
        for process in tree(root):
            with suppress(*GONE):
                Path(f"/proc/{process}/clear_refs").write_text("5")
        return cls(root, {process: status(process, "VmRSS") for process in tree(root)})

    def growth(self) -> int:
        """Bytes that the processes held at their highest above what they held at the beginning."""
        return sum(
            max(0, status(process, "VmHWM") - self.resident.get(process, 0))
            for process in tree(self.root)
        )


def proportional(root: int) -> int:
    """Bytes that the processes hold now; a page that several share is counted once."""
    return sum(field(Path(f"/proc/{process}/smaps_rollup"), "Pss") for process in tree(root))


def tree(root: int) -> Iterator[int]:
    """A process and all below it."""
    yield root
    with suppress(*GONE):
        for children in Path(f"/proc/{root}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from tree(int(child))


def status(process: int, name: str) -> int:
    return field(Path(f"/proc/{process}/status"), name)


def field(path: Path, name: str) -> int:
    """A field in KiB as bytes; 0 of a process that has ended."""
    with suppress(*GONE):
        found = re.search(rf"^{name}:\s+(\d+) kB", path.read_text(), re.MULTILINE)
        return int(found[1]) * KIB if found else 0
    return 0
