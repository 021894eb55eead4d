"""How long the server takes for the page of an office, beside the bare queries behind it.

    uv run python -m benchmarks.pages [--data DIR] [--repeat N]

Without `--data` the release is that of the samples. The office is the one with most amounts. `warm` is a page
whose office was asked for before, `first` one whose office was not; `queries` asks what the page asks, one
query after another. The target is 50 ms warm on the samples. Milliseconds depend on the machine; the ratios
less so.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import NamedNode

from guanlian.ingestion import Ingestion
from guanlian.samples import sample_documents
from server.office_record import QUERIES, kept_offices
from server.publication import Publication
from server.settings import Settings
from tests.serving import Service, running

TARGET_MILLISECONDS = 50


def main() -> None:
    """Print a line a measure, with its ratio to the bare queries."""
    arguments = read_arguments()
    with tempfile.TemporaryDirectory() as folder:
        data = arguments.data or samples_release(Path(folder))
        with running(Settings(data=data)) as service:
            publication: Publication = service.app.state.publications.current()
            office = largest_office(publication)
            show(measures(service, publication, office, arguments.repeat))


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a data folder; else the samples are read")
    parser.add_argument("--repeat", type=int, default=20)
    return parser.parse_args()


def samples_release(folder: Path) -> Path:
    Ingestion(sample_documents(), folder).run()
    return folder


def largest_office(publication: Publication) -> NamedNode:
    """The office with most amounts."""
    query = (
        "PREFIX gl: <ns#> SELECT ?office { ?one a gl:FiscalObservation ; gl:organization ?office }"
    )
    counts = Counter(solution["office"] for solution in publication.solutions(query))
    office = counts.most_common(1)[0][0]
    assert isinstance(office, NamedNode)
    return office


def measures(
    service: Service, publication: Publication, office: NamedNode, repeat: int
) -> dict[str, float]:
    """Medians in milliseconds by name."""
    path = publication.links.to("/zh") + publication.links.office(office.value)
    service.page(path)

    def first() -> None:
        kept_offices(publication).forget()
        service.page(path)

    def queries() -> None:
        for name in ("office", "office-documents", *QUERIES):
            publication.ask(name, office=office)

    return {
        "warm": milliseconds(lambda: service.page(path), repeat),
        "first": milliseconds(first, repeat),
        "queries": milliseconds(queries, repeat),
    }


def milliseconds(act: Callable[[], object], repeat: int) -> float:
    """The median of so many times."""
    times = []
    for _ in range(repeat):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def show(found: dict[str, float]) -> None:
    for name, taken in found.items():
        print(f"{name:9} {taken:8.1f} ms  {taken / found['queries']:6.2f} of the bare queries")
    is_within = found["warm"] <= TARGET_MILLISECONDS
    print(f"warm {'within' if is_within else 'beyond'} the target of {TARGET_MILLISECONDS} ms")


if __name__ == "__main__":
    main()
