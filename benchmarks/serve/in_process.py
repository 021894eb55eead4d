"""The query classes asked of one store inside this process, as a worker of the server does."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store, serialize

from benchmarks.serve.answers import spread
from benchmarks.serve.query_classes import QueryClass

VALUES = 50


def answer_bytes(store: Store, query: str, *, union: bool) -> bytes:
    """The answer as it goes out."""
    results = store.query(query, use_default_graph_as_union=union)
    if isinstance(results, QueryTriples):
        return serialize(results, format=RdfFormat.N_TRIPLES) or b""
    return results.serialize(format=QueryResultsFormat.JSON) or b""


def milliseconds(
    store: Store, query_class: QueryClass, duration: float, *, union: bool = False
) -> float:
    """The mean time of the queries of a class, over their values as often as fit `duration` seconds.

    Time of this process, so that other programs matter less; every value is asked at least once.
    """
    queries: Sequence[str] = spread(query_class.queries, VALUES)
    answer_bytes(store, queries[0], union=union)
    means: list[float] = []
    deadline = time.monotonic() + duration
    while not means or time.monotonic() < deadline:
        start = time.process_time()
        for query in queries:
            answer_bytes(store, query, union=union)
        means.append((time.process_time() - start) / len(queries))
    return statistics.median(means) * 1000
