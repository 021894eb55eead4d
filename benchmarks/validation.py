"""What share of the reading of documents their validation takes, beside pyshacl in the same run.

    uv run python -m benchmarks.validation [--repeat N] [--oracle] [FILE ...]

A line a document: its quads, the time of one core from bytes to quads (the clauses that were read before
forgotten), that of the validation of the quads, and the share of the second in both. The target is 30 %.
`--oracle` also lets pyshacl validate each document beside the vocabulary, which takes from ten seconds
to minutes, and says whether it finds the same.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize
from rdflib import Graph

from guanlian.samples import sample_documents
from ingest.containment_worker import collect_seldom
from ingest.narrative.templates import find_reading
from ingest.pipeline import ReadDocument, read_document
from ontology.namespaces import DEFAULT_BASE
from ontology.validation import document_validator

TARGET = 0.30


def seconds(work: Callable[[], object], repeat: int) -> float:
    """The shortest of several runs, in seconds of one core."""
    spans = []
    for _ in range(repeat):
        find_reading.cache_clear()
        start = time.process_time()
        work()
        spans.append(time.process_time() - start)
    return min(spans)


def read(path: Path) -> ReadDocument | None:
    outcome = read_document(path, DEFAULT_BASE, "0", validates=False)
    return outcome if isinstance(outcome, ReadDocument) else None


def oracle_agrees(quads: list[Quad]) -> tuple[bool, float]:
    """Whether pyshacl has the same results, and its seconds."""
    from tests.shacl_oracle import beside_vocabulary, found_by_oracle, found_by_us

    text = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    graph = beside_vocabulary(Graph().parse(data=text, format="nt"))
    start = time.process_time()
    theirs = found_by_oracle(graph)
    return found_by_us(graph) == theirs, time.process_time() - start


def main() -> None:
    """Print a line a document, and the share over all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--oracle", action="store_true")
    arguments = parser.parse_args()
    collect_seldom()
    validator = document_validator()
    reading = validating = 0.0
    for path in arguments.files or sample_documents():
        outcome = read(path)
        if outcome is None:
            print(f"{path}: could not be read")
            continue
        quads = [*outcome.quads]
        took = seconds(partial(read, path), arguments.repeat)
        more = seconds(partial(validator.validate, quads), arguments.repeat)
        reading, validating = reading + took, validating + more
        print(
            f"{path.name:42.42s} {len(quads):7,} quads  reading {took * 1000:7.1f} ms  "
            f"validation {more * 1000:6.1f} ms  {more / (took + more):5.1%}"
        )
        if arguments.oracle:
            agrees, span = oracle_agrees(quads)
            print(f"    pyshacl {span:6.1f} s, {'the same results' if agrees else 'OTHER RESULTS'}")
    share = validating / (reading + validating) if reading else 0.0
    print(f"all: {share:.1%} of reading and validation; target {TARGET:.0%}")


if __name__ == "__main__":
    main()
