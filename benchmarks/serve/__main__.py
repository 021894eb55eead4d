"""Our SPARQL endpoint beside its peers, on one machine and the same quads.

    uv run python -m benchmarks.serve [--data DIR | --documents N] [--peers DIR] [--servers NAME …]
        [--classes NAME …] [--seconds S] [--rounds N] [--output FILE]

Every class of queries is asked by four connections of every server in turn, round after round; the
figures are the medians of the rounds. The queries of a class differ in their values, so that no server
answers one again and again; `guanlian-warm` has its cache of answers, all of which it has given before,
`guanlian` has none. A server that answers otherwise than ours, or fails, is told and not timed.

The peers are installed into `--peers` (a temporary folder without it), which also keeps what they have
loaded: the native Oxigraph server (on disk and in memory) and rdflib-endpoint by uv; Virtuoso 7 is asked
where it is installed (Debian: virtuoso-opensource-7), as is wrk. Memory on 1,000 documents: about 5 GB
a server that holds the quads in memory, and more than 12 GB for rdflib-endpoint.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks.queries import made_release
from benchmarks.serve.answers import compare_answers, fetch, spread
from benchmarks.serve.contenders import STARTS, WARM, usual
from benchmarks.serve.load import Load, measured, median_of
from benchmarks.serve.long_answer import LongAnswer, read_long_answer
from benchmarks.serve.memory import proportional
from benchmarks.serve.query_classes import NAMES, QueryClass, read_query_class
from benchmarks.serve.servers.running import BenchmarkError, Server
from benchmarks.serve.table import latency_table, long_answer_table, processor_table, rate_table
from store.release import Release
from store.releases import DataFolder

# Few enough that all processes keep them all, and are sure to have been asked each.
WARM_QUERIES, WARM_PASSES = 20, 8


def main() -> int:
    """Measure, and print the tables."""
    arguments = read_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers are stopped
    with tempfile.TemporaryDirectory() as temporary:
        data = arguments.data or made_release(Path(temporary), arguments.documents)
        release = DataFolder.open(data.resolve()).current()
        folder = (arguments.peers or Path(temporary)).resolve() / release.release_id
        folder.mkdir(parents=True, exist_ok=True)
        try:
            report = compare(arguments, release, folder)
        except BenchmarkError as error:
            print(error, file=sys.stderr)
            return 1
    print(report)
    if arguments.output:
        arguments.output.write_text(report + "\n", "utf-8")
    return 0


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="a data folder with a release")
    parser.add_argument("--documents", type=int, default=1000, help="how many to make without it")
    parser.add_argument("--peers", type=Path, help="where the peers are installed and kept")
    parser.add_argument("--servers", nargs="+", choices=[*STARTS], default=usual())
    parser.add_argument("--classes", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--seconds", type=float, default=5, help="of every run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, help="a file for the tables")
    return parser.parse_args()


def compare(arguments: argparse.Namespace, release: Release, folder: Path) -> str:
    """The tables. Raises BenchmarkError when a server does not start or a request fails."""
    store = release.open_store()
    classes = [read_query_class(name, store) for name in arguments.classes]
    with ExitStack() as stack:
        servers = [
            started(stack, name, release, folder)
            for name in sorted(arguments.servers, key=[*STARTS].index)
        ]
        asked = {one.name: agreeing_servers(one, servers) for one in classes}
        memory = {server.name: proportional(server.process) for server in servers}
        loads = measure_loads(arguments, classes, asked)
        long = measure_long_answers(arguments, classes, asked)
    names, columns = [one.name for one in classes], [server.name for server in servers]
    tables = [of(names, columns, loads) for of in (rate_table, latency_table, processor_table)]
    return "\n\n".join([*tables, long_answer_table(long, memory)] if long else tables)


def started(stack: ExitStack, name: str, release: Release, folder: Path) -> Server:
    tell(f"{name}: starting")
    start = time.monotonic()
    server = stack.enter_context(STARTS[name](name, release, folder))
    tell(f"{name}: answers after {time.monotonic() - start:.0f} s")
    return server


def agreeing_servers(query_class: QueryClass, servers: Sequence[Server]) -> Sequence[Server]:
    agreement = compare_answers(query_class, servers)
    told = f"{query_class.name}: {agreement.rows}, the same from {len(agreement.agreeing)} servers"
    tell("\n".join([told, *agreement.differences]))
    return agreement.agreeing


def measure_loads(
    arguments: argparse.Namespace,
    classes: Sequence[QueryClass],
    asked: Mapping[str, Sequence[Server]],
) -> dict[tuple[str, str], Load]:
    """The medians of all rounds; another server begins in every round."""
    loads: dict[tuple[str, str], list[Load]] = defaultdict(list)
    for number in range(arguments.rounds):
        for one in classes:
            for server in turned(asked[one.name], number):
                try:
                    load = measure(one, server, arguments.seconds)
                except BenchmarkError as error:
                    tell(str(error))
                    continue
                loads[one.name, server.name].append(load)
                tell(
                    f"{number + 1} {one.name} {server.name}: {load.rate:,.1f} requests/s, "
                    f"median {load.median:.2f} ms, p99 {load.p99:.2f} ms, "
                    f"processor {load.processor:.3g} ms"
                )
    return {key: median_of(found) for key, found in loads.items()}


def measure(query_class: QueryClass, server: Server, duration: float) -> Load:
    """The load of one run, after a request that counts for nothing."""
    queries = query_class.queries
    if server.name == WARM:
        queries = tuple(spread(queries, WARM_QUERIES))
        warm_up(query_class, queries, server)
    fetch(server, queries[0], query_class.media_type)
    start = time.monotonic()
    fetch(server, queries[-1], query_class.media_type)
    alone = time.monotonic() - start
    targets = [server.target(query) for query in queries]
    return measured(server, targets, query_class.media_type, duration, alone)


def warm_up(query_class: QueryClass, queries: Sequence[str], server: Server) -> None:
    """Have every process of the server keep the answers: each request goes to one of them by chance."""
    for _ in range(WARM_PASSES):
        for query in queries:
            fetch(server, query, query_class.media_type)


def turned(servers: Sequence[Server], number: int) -> list[Server]:
    place = number % len(servers)
    return [*servers[place:], *servers[:place]]


def measure_long_answers(
    arguments: argparse.Namespace,
    classes: Sequence[QueryClass],
    asked: Mapping[str, Sequence[Server]],
) -> dict[str, LongAnswer]:
    """The middle of several answers of each server, by the first byte."""
    found: dict[str, LongAnswer] = {}
    for one in classes:
        if one.name == "rows":
            for server in asked[one.name]:
                target = server.target(one.queries[0])
                answers = [
                    read_long_answer(server, target, one.media_type)
                    for _ in range(arguments.rounds)
                ]
                answers.sort(key=lambda answer: answer.first_byte)
                found[server.name] = answers[len(answers) // 2]
    return found


def tell(text: str) -> None:
    """Progress; the tables alone are the output."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
