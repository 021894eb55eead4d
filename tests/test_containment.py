"""A file that crashes, hangs or eats memory costs itself alone; nothing is left running."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.containment import Contained, contained
from ingest.reading.limits import MEBIBYTE, ReadingLimits
from tests.misbehaving import work

LIMITS = ReadingLimits(seconds=3.0, memory_bytes=256 * MEBIBYTE)
LOSSES = {
    "segfault": r"crashed the process that read it \(Segmentation fault\)",
    "leave": r"ended the process that read it \(exit status 3\)",
    "exit": r"ended the process that read it \(exit status 4\)",
    "loop": r"took longer than the limit of 3 seconds to read",
    "sleep-in-c": r"took longer than the limit of 3 seconds to read",
    "eat-memory": r"needs more memory than the limit of 256 MiB to read",
    "eat-at-once": r"needs more memory than the limit of 256 MiB to read",
}
PROGRAM = """
import sys
from pathlib import Path
from ingest.containment import contained
from ingest.reading.limits import ReadingLimits
from tests.misbehaving import work
print("started", flush=True)
for outcome in contained(work, [Path(name) for name in sys.argv[1:]], 2, ReadingLimits(seconds={seconds})):
    print(outcome, flush=True)
"""


def names(*stems: str) -> list[Path]:
    return [Path(f"{stem}.txt") for stem in stems]


@pytest.mark.parametrize("processes", [1, 2])
def test_every_way_to_fail_costs_that_file_alone(processes: int) -> None:
    stems = [stem for loss in LOSSES for stem in (f"before-{loss}", loss)] + ["last"]
    outcomes = list(contained(work, names(*stems), processes, LIMITS))
    assert len(outcomes) == len(stems)
    for stem, outcome in zip(stems, outcomes, strict=True):
        if stem in LOSSES:
            assert isinstance(outcome, Contained)
            assert outcome.path == Path(f"{stem}.txt")
            assert re.fullmatch(LOSSES[stem], outcome.reason)
        else:
            assert isinstance(outcome, str)
            assert outcome.startswith(f"{stem}.txt ")


def test_results_come_in_the_order_of_the_files() -> None:
    stems = ["short-sleep", *(str(number) for number in range(40))]
    outcomes = [str(outcome) for outcome in contained(work, names(*stems), 2, LIMITS)]
    assert [outcome.split(".")[0] for outcome in outcomes] == stems


def test_worker_lives_over_many_files() -> None:
    outcomes = [str(outcome) for outcome in contained(work, names(*map(str, range(20))), 1, LIMITS)]
    assert len({outcome.split()[1] for outcome in outcomes}) == 1
    assert str(os.getpid()) not in outcomes[0]


def test_no_files_start_no_process() -> None:
    assert list(contained(work, [], 2, LIMITS)) == []


def test_workers_end_when_the_results_are_no_longer_wanted() -> None:
    outcomes = contained(work, names("a", "loop", "b", "loop"), 2, ReadingLimits(seconds=60))
    process = int(str(next(outcomes)).split()[1])
    assert is_running(process)
    start = time.monotonic()
    outcomes.close()  # type: ignore[attr-defined]
    assert time.monotonic() - start < 5
    assert not is_running(process)


@pytest.mark.parametrize("behaviour", ["loop", "sleep-in-c"])
def test_interrupt_ends_at_once_and_leaves_no_process(behaviour: str) -> None:
    program = start(behaviour, seconds=60)
    children = wait_for_children(program.pid)
    program.send_signal(signal.SIGINT)
    program.wait(10)
    assert not [child for child in children if is_running(child)]


def test_worker_ends_itself_when_its_parent_was_killed() -> None:
    program = start("sleep-in-c", seconds=1)
    children = wait_for_children(program.pid)
    program.kill()
    program.wait(10)
    deadline = time.monotonic() + 15
    while [child for child in children if is_running(child)]:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def start(behaviour: str, seconds: float) -> subprocess.Popen[bytes]:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(seconds=seconds), f"{behaviour}.txt"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[1],
    )
    assert program.stdout is not None
    with program.stdout:
        assert program.stdout.readline() == b"started\n"
    return program


def wait_for_children(parent: int) -> list[int]:
    """The worker processes of a program, once they are at work."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        children = [
            int(child)
            for task in Path(f"/proc/{parent}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
        if children:
            time.sleep(0.8)  # until it has loaded its modules and begun
            return children
        time.sleep(0.05)
    raise AssertionError("no worker was started")


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
