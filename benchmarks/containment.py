"""What it costs to read in another process.

    uv run python -m benchmarks.containment

`start` is the time until the first answer of a new worker; `bare` a file handed over and a word handed back;
`document` the same with the facts and quads of a sample. `pickled quads` is what would be saved or lost by
sending the quads as objects instead: their pickling and unpickling alone. Wall-clock milliseconds.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.contained_work import name, sample
from ingest.containment import contained
from ingest.pipeline import ReadDocument

SAMPLE = Path(__file__).parents[1] / "samples" / "kaizhou-zhengwu-2020.txt"
FILES = 200


def main() -> None:
    """Print a line a measure."""
    started = time.perf_counter()
    next(contained(name, [SAMPLE], 1))
    print(f"start          {(time.perf_counter() - started) * 1000:8.2f} ms")
    print(f"bare           {a_file(name):8.2f} ms")
    print(f"document       {a_file(sample):8.2f} ms")
    read = sample(SAMPLE)
    assert isinstance(read, ReadDocument)
    quads = tuple(read.quads)
    started = time.perf_counter()
    pickle.loads(pickle.dumps(quads, 5))
    print(f"pickled quads  {(time.perf_counter() - started) * 1000:8.2f} ms")


def a_file(work: Callable[[Path], object]) -> float:
    """Milliseconds a file, the first left out."""
    results = contained(work, [SAMPLE] * (FILES + 1), 1)
    next(results)
    started = time.perf_counter()
    for _ in results:
        pass
    return (time.perf_counter() - started) / FILES * 1000


if __name__ == "__main__":
    main()
