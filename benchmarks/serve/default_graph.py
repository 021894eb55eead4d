"""Which default graph answers fastest: the merge of the named graphs beside them, or their union.

    uv run python -m benchmarks.serve.default_graph --data DIR [--disk] [--classes NAME …]

A release keeps the RDF merge of its named graphs in its default graph (`merge`). The other way is to keep
the named graphs alone and ask their union, as `use_default_graph_as_union` does (`union`). In memory the
engine finds the quads of a term in one chain over all graphs, so the merge without the named graphs
beside it (`merge alone`) is the third; it cannot answer `GRAPH`. Each class of queries is asked every
way: mean milliseconds of processor time for an answer. The union says a triple once for every graph that
states it, where the merge says it once, so that its answers can even be others.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, Store

from benchmarks.serve.answers import spread
from benchmarks.serve.in_process import answer_bytes, milliseconds
from benchmarks.serve.query_classes import NAMES, QueryClass, read_query_class
from benchmarks.serve.table import table
from store.releases import DataFolder


@dataclass(frozen=True, slots=True)
class Way:
    """A store, and whether its default graph is the union of its named graphs."""

    name: str
    store: Store
    union: bool = False


def main() -> None:
    """Print the table."""
    arguments = read_arguments()
    release = DataFolder.open(arguments.data).current().open_store()
    classes = [read_query_class(name, release) for name in arguments.classes]
    with three_ways(release, arguments.disk) as ways:
        rows = [row(one, ways, arguments) for one in classes]
        print(table(["ms", *(way.name for way in ways), "differs in the union"], rows))


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--disk", action="store_true", help="ask stores on disk")
    parser.add_argument("--classes", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--seconds", type=float, default=1, help="a class, way and round")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


@contextmanager
def three_ways(release: Store, disk: bool) -> Iterator[Sequence[Way]]:
    """The release as it is, its default graph alone, its named graphs alone."""
    merge = release.quads_for_pattern(None, None, None, DefaultGraph())
    named = (quad for quad in release if not isinstance(quad.graph_name, DefaultGraph))
    with ExitStack() as stack:
        yield (
            Way("merge", release if disk else filled(Store(), release)),
            Way("merge alone", filled(new_store(stack, disk), merge)),
            Way("union", filled(new_store(stack, disk), named), union=True),
        )


def new_store(stack: ExitStack, disk: bool) -> Store:
    return Store(stack.enter_context(tempfile.TemporaryDirectory())) if disk else Store()


def filled(store: Store, quads: Iterator[Quad] | Store) -> Store:
    store.bulk_extend(quads)
    store.optimize()
    return store


def row(query_class: QueryClass, ways: Sequence[Way], arguments: argparse.Namespace) -> list[str]:
    """The times of a class every way, the least of some rounds, and how often the union differs."""
    times: list[list[float]] = [[] for _ in ways]
    for _ in range(arguments.rounds):
        for way, found in zip(ways, times, strict=True):
            found.append(milliseconds(way.store, query_class, arguments.seconds, union=way.union))
    first, *others = (min(found) for found in times)
    ratios = [f"{other:.3g} ({other / first:.2f} ×)" for other in others]
    merge, _, union = ways
    return [query_class.name, f"{first:.3g}", *ratios, differences(query_class, merge, union)]


def differences(query_class: QueryClass, merge: Way, union: Way) -> str:
    """How many of some queries are answered with another number of bytes."""
    asked = spread(query_class.queries, 20)
    differing = sum(
        len(answer_bytes(merge.store, query, union=merge.union))
        != len(answer_bytes(union.store, query, union=union.union))
        for query in asked
    )
    return f"{differing} of {len(asked)}"


if __name__ == "__main__":
    main()
