"""How long whole documents take to be read, and how much memory, beside a peer in the same run.

    uv run python -m benchmarks.documents [--repeat N] [FILE ...]

Measured, each in a process of its own: a text of 7,000 characters, a PDF file of 25 pages with nine tables
that is drawn for it, and files that are named. `read` is the way from bytes to facts and findings, the
clauses that were read before forgotten; `peer` is pdfplumber's plain text of the same pages, or one
expression over the same text; `peak` is the most memory that a process held which read the file once. Seconds
are those of one core (process time), so a busy machine counts little; they depend on the machine, the ratio
hardly.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import pdfplumber

from benchmarks.pdf_document import SAMPLE, make_pdf
from benchmarks.reading import CHANGE
from ingest.containment_worker import collect_seldom
from ingest.narrative.folding import fold_characters
from ingest.narrative.templates import find_reading
from ingest.pipeline import read_facts

Answer = TypeVar("Answer")
CHARACTERS = 7000
PDF = ".pdf"
# What is wished for on a machine of our day: seconds of one core, and mebibytes.
TARGETS = {"text of 7,000 characters": (0.025, 300), "PDF of 25 pages": (2.5, 300)}


@dataclass(frozen=True, slots=True)
class Measure:
    """One file: seconds of one core for reading and for the peer, and the peak of memory in MiB."""

    name: str
    read_seconds: float
    peer_seconds: float
    peak_mebibytes: float


def main() -> None:
    """Print a line a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = make_documents(Path(folder))
        named = {path.name: path for path in arguments.files}
        print(f"{'document':36s} {'read':>9s} {'peer':>9s} {'ratio':>7s} {'peak':>8s}  target")
        for name, path in (made | named).items():
            print(line(measure(name, path, arguments.repeat)))


def make_documents(folder: Path) -> dict[str, Path]:
    """The text and the PDF file of the targets."""
    text, pdf = (folder / f"benchmark{suffix}" for suffix in (".txt", PDF))
    text.write_text(text_of_length(CHARACTERS), "utf-8")
    pdf.write_bytes(make_pdf())
    return dict(zip(TARGETS, (text, pdf), strict=True))


def text_of_length(characters: int) -> str:
    """A sample to which its own accounts are added again, as of a second office, until it is so long."""
    sample = SAMPLE.read_text("utf-8")
    accounts = sample[sample.index("二、部门决算情况说明") :]
    return (sample + accounts * (characters // len(accounts) + 1))[:characters]


def measure(name: str, path: Path, repeat: int) -> Measure:
    """The figures of one file, from two fresh processes: one for the memory, one for the time."""
    peak = in_fresh_process(peak_of_reading, path)
    read, peer = in_fresh_process(times_of_reading, path, repeat)
    return Measure(name, read, peer, peak)


def in_fresh_process(work: Callable[..., Answer], *arguments: object) -> Answer:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def peak_of_reading(path: Path) -> float:
    """The most memory that this process held, in MiB, once the file is read."""
    read_facts(path)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (2**20 if sys.platform == "darwin" else 2**10)


def times_of_reading(path: Path, repeat: int) -> tuple[float, float]:
    """Seconds of one core for reading the file and for what the peer does with it."""
    read_facts(path)  # loads the word lists, as a worker has
    collect_seldom()
    peer = plain_text if path.suffix.lower() == PDF else changes
    return seconds(read_facts, path, repeat), seconds(peer, path, repeat)


def seconds(work: Callable[[Path], object], path: Path, repeat: int) -> float:
    """The least of several runs, none of which remembers the clauses of the one before."""
    spans = []
    for _ in range(repeat):
        find_reading.cache_clear()
        start = time.process_time()
        work(path)
        spans.append(time.process_time() - start)
    return min(spans)


def plain_text(path: Path) -> list[str]:
    with pdfplumber.open(path) as pdf:
        return [page.extract_text() for page in pdf.pages]


def changes(path: Path) -> list[str]:
    return CHANGE.findall("".join(fold_characters(path.read_text("utf-8")).split()))


def line(measured: Measure) -> str:
    ratio = measured.read_seconds / measured.peer_seconds
    limits = TARGETS.get(measured.name)
    target = f"{limits[0] * 1000:.0f} ms, {limits[1]} MiB" if limits else ""
    return (
        f"{measured.name:36s} {measured.read_seconds * 1000:6.1f} ms {measured.peer_seconds * 1000:6.1f} ms"
        f" {ratio:5.1f} × {measured.peak_mebibytes:4.0f} MiB  {target}"
    )


if __name__ == "__main__":
    main()
