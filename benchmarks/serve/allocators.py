"""What another memory allocator than glibc's is worth to a worker that answers in memory.

    uv run python -m benchmarks.serve.allocators --data DIR [--library NAME=FILE …] [--rounds N]

A process for each allocator (LD_PRELOAD) holds the release in memory; they are asked in turn, one at a
time, round after round: mean milliseconds of processor time for an answer of each class, the resident
memory with the release and at the end. Without `--library`, those of Debian that are installed:
libjemalloc2, libmimalloc2.0, libtcmalloc-minimal4. The release is held once for each of them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from pyoxigraph import Store

from benchmarks.serve.in_process import milliseconds
from benchmarks.serve.memory import status
from benchmarks.serve.query_classes import NAMES, read_query_class
from benchmarks.serve.table import MIB, table
from store.releases import DataFolder

FOLDER = Path("/usr/lib/x86_64-linux-gnu")
LIBRARIES = {
    "jemalloc": FOLDER / "libjemalloc.so.2",
    "mimalloc": FOLDER / "libmimalloc.so.2",
    "tcmalloc": FOLDER / "libtcmalloc_minimal.so.4",
}
GLIBC = "glibc"
WITH_RELEASE, AT_THE_END = "MiB with the release", "MiB at the end"


def main() -> None:
    """Print the table; with `--answer`, be one of the processes."""
    arguments = read_arguments()
    if arguments.answer:
        answer_requests(arguments.data, arguments.seconds)
    else:
        compare(arguments)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--library", dest="named", action="append", metavar="NAME=FILE", help="an allocator"
    )
    parser.add_argument("--classes", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--seconds", type=float, default=1, help="a class, allocator and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def answer_requests(data: Path, seconds: float) -> None:
    """Read a class a line, write its milliseconds and the resident MiB a line."""
    release = DataFolder.open(data).current().open_store()
    store = Store()
    store.bulk_extend(release)
    classes = {name: read_query_class(name, release) for name in NAMES}
    del release
    print(json.dumps([0, resident()]), flush=True)
    for line in sys.stdin:
        found = milliseconds(store, classes[line.strip()], seconds)
        print(json.dumps([found, resident()]), flush=True)


def resident() -> float:
    return status(os.getpid(), "VmRSS") / MIB


def compare(arguments: argparse.Namespace) -> None:
    libraries = chosen(arguments.named)
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    with ExitStack() as stack:
        processes = {
            name: stack.enter_context(answering(arguments, libraries.get(name)))
            for name in (GLIBC, *libraries)
        }
        for name, process in processes.items():
            found[WITH_RELEASE, name].append(reply(process)[1])
        for _ in range(arguments.rounds):
            for class_name in arguments.classes:
                for name, process in processes.items():
                    found[class_name, name].append(ask(process, class_name)[0])
        for name, process in processes.items():
            found[AT_THE_END, name].append(ask(process, "lookup")[1])
            process.kill()
    print_table([*arguments.classes, WITH_RELEASE, AT_THE_END], [*processes], found)


def chosen(said: Sequence[str] | None) -> dict[str, Path]:
    if said is None:
        return {name: path for name, path in LIBRARIES.items() if path.is_file()}
    parts = (one.partition("=") for one in said)
    return {name: Path(path) for name, _, path in parts}


def answering(arguments: argparse.Namespace, library: Path | None) -> subprocess.Popen[str]:
    """A process that holds the release with an allocator."""
    command = [sys.executable, "-m", "benchmarks.serve.allocators", "--answer"]
    command += ["--data", str(arguments.data), "--seconds", str(arguments.seconds)]
    environment = {**os.environ, "LD_PRELOAD": str(library)} if library else None
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment)


def ask(process: subprocess.Popen[str], class_name: str) -> list[float]:
    stream: IO[Any] | None = process.stdin
    assert stream
    stream.write(class_name + "\n")
    stream.flush()
    return reply(process)


def reply(process: subprocess.Popen[str]) -> list[float]:
    assert process.stdout
    line: list[float] = json.loads(process.stdout.readline())
    return line


def print_table(
    rows: Sequence[str], names: Sequence[str], found: Mapping[tuple[str, str], list[float]]
) -> None:
    """Each allocator beside the first: its figure, and how many times that the first one's is."""
    first, *others = names
    lines = []
    for row in rows:
        medians = {name: statistics.median(found[row, name]) for name in names}
        ratios = [
            f"{medians[name]:.4g} ({medians[first] / medians[name]:.2f} ×)" for name in others
        ]
        lines.append([row, f"{medians[first]:.4g}", *ratios])
    print(table(["ms", *names], lines))


if __name__ == "__main__":
    main()
