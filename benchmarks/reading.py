"""How long reading takes, beside two peers in the same run.

    uv run python -m benchmarks.reading [--repeat N]

The peers do part of the work only: `one expression` finds the changes of a document by a single regular
expression; `decode` only decodes the file. The ratio says how much the whole reading (facts, checks,
quads) costs above them; seconds depend on the machine and are never asserted.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from pathlib import Path

from ingest.checks import check
from ingest.extract import extract
from ingest.narrative.folding import fold_characters
from ingest.narrative.templates import find_reading
from ingest.quads import make_quads
from ingest.reading.document import Document
from ingest.reading.files import read_file
from ingest.reading.text import decode
from ontology.namespaces import DEFAULT_BASE

SAMPLES = Path(__file__).parents[1] / "samples"
CHANGE = re.compile(
    r"[较比与](?:上年|年初)[^，。；\d]{0,8}(增加|减少)(\d[\d,.]*)万元[，、](?:增长|下降)(\d[\d.]*)%"
)


def seconds(work: Callable[[], object], repeat: int) -> float:
    """The shortest of several runs, none of which remembers the clauses of the one before."""
    spans = []
    for _ in range(repeat):
        find_reading.cache_clear()
        start = time.perf_counter()
        work()
        spans.append(time.perf_counter() - start)
    return min(spans)


def main() -> None:
    """Print a line a step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    paths = sorted(SAMPLES.glob("*.txt"))
    documents = [read_file(path) for path in paths]
    facts = [extract(document) for document in documents]
    steps: dict[str, Callable[[], object]] = {
        "decode": lambda: [decode(path.read_bytes()) for path in paths],
        "one expression": lambda: [CHANGE.findall(folded(document)) for document in documents],
        "facts": lambda: [extract(document) for document in documents],
        "facts, checks": lambda: [check(document, extract(document)) for document in documents],
        "quads": lambda: [
            sum(1 for _ in make_quads(one, document.text, base=DEFAULT_BASE, program_version="0"))
            for one, document in zip(facts, documents, strict=True)
        ],
    }
    peer = seconds(steps["one expression"], repeat)
    characters = sum(len(document.text) for document in documents)
    print(f"{len(documents)} documents, {characters:,} characters; best of {repeat}")
    for name, work in steps.items():
        took = seconds(work, repeat)
        rate = len(documents) / took
        print(
            f"{name:16s} {took * 1000:8.1f} ms  {rate:8.0f} documents/s  {took / peer:7.1f} × one expression"
        )


def folded(document: Document) -> str:
    return "".join(fold_characters(document.text).split())


if __name__ == "__main__":
    main()
