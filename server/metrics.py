"""What the service counts of itself, in memory that all its processes share.

The memory is mapped before the server forks. Every process adds to a row of its own, so none waits for
another, and who reads sums the rows. A process that replaces another takes over its row: counters never
fall. (prometheus_client keeps files a process instead, found by an environment variable that has to be
set before it is imported, and leaves those of ended processes to be read for ever.)
"""

from __future__ import annotations

import mmap
import threading
import time
from bisect import bisect_left
from enum import StrEnum

from server.problem_types import PROBLEM_TYPES


class Counter(StrEnum):
    """What the engine tells; each value is the name of the measure."""

    CACHE_HITS = "cache_hits"
    CACHE_MISSES = "cache_misses"
    ANSWERS_TRUNCATED = "answers_truncated"
    ANSWERS_ABANDONED = "answers_abandoned"


#: First segments of the paths, two below `api`: few, whatever is asked.
ROUTES = (
    *("", "offices", "documents", "compare", "audit", "explore", "queries", "sparql", "update"),
    *("store", "id", "doc", "code", "dsd", "def", "ns", "graph", "void", ".well-known", "catalog"),
    *(
        "dumps",
        "context",
        "service",
        "search",
        "health",
        "metrics",
        "docs",
        "openapi.json",
        "static",
    ),
    *("api/offices", "api/audit", "api/search", "api/graph", "api/flows", "api/compare"),
    *("api/explore", "api/vocabulary", "api/concepts", "api/query-check", "api/names"),
)
OTHER = len(ROUTES)
STATUSES = (
    *(
        200,
        201,
        204,
        206,
        301,
        303,
        304,
        307,
        400,
        401,
        403,
        404,
        405,
        406,
        408,
        409,
        412,
        413,
        414,
    ),
    *(415, 416, 422, 429, 431, 499, 500, 501, 503, 504),
)
#: Upper bounds of the durations, in seconds; longer ones have a bucket of their own.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
PROBLEMS = tuple(PROBLEM_TYPES)

ROUTE_PLACES = {route: place for place, route in enumerate(ROUTES)}
STATUS_PLACES = {status: place for place, status in enumerate(STATUSES)}
PROBLEM_PLACES = {title: place for place, title in enumerate(PROBLEMS)}
COUNTER_PLACES = {counter: place for place, counter in enumerate(Counter)}

# A row: requests by route and status, durations by route and bucket, their sums, problems, counters.
REQUESTS = 0
DURATIONS = REQUESTS + (len(ROUTES) + 1) * (len(STATUSES) + 1)
SECONDS = DURATIONS + (len(ROUTES) + 1) * (len(BUCKETS) + 1)
TOLD_PROBLEMS = SECONDS + len(ROUTES) + 1
COUNTERS = TOLD_PROBLEMS + len(PROBLEMS)
ROW = COUNTERS + len(Counter)
DOUBLE = 8


class Metrics:
    """The rows of all processes; `processes` is how many there will be."""

    def __init__(self, processes: int = 1) -> None:
        self.processes = processes
        self.started = time.time()
        self._memory = mmap.mmap(-1, processes * ROW * DOUBLE)
        self._cells = memoryview(self._memory).cast("d")
        self.count_as(0)

    def count_as(self, process: int) -> None:
        """Add to the row of this process from now on; to be called after a fork.

        Raises IndexError when there are not so many.
        """
        if not 0 <= process < self.processes:
            raise IndexError(f"There are rows for {self.processes} processes, not for {process}.")
        self._lock = threading.Lock()
        self._row = self._cells[process * ROW : (process + 1) * ROW]

    def add_request(self, path: str, status: int, seconds: float) -> None:
        """One answer: for the path of the request, with this status, after so many seconds."""
        route = route_place(path)
        request = route * (len(STATUSES) + 1) + STATUS_PLACES.get(status, len(STATUSES))
        bucket = DURATIONS + route * (len(BUCKETS) + 1) + bisect_left(BUCKETS, seconds)
        row = self._row
        with self._lock:
            row[request] += 1
            row[bucket] += 1
            row[SECONDS + route] += seconds

    def add_problem(self, title: str) -> None:
        """One problem that was told, by its English title."""
        with self._lock:
            self._row[TOLD_PROBLEMS + PROBLEM_PLACES[title]] += 1

    def add(self, counter: Counter, amount: float = 1) -> None:
        """So many more of what the engine counts."""
        with self._lock:
            self._row[COUNTERS + COUNTER_PLACES[counter]] += amount

    def totals(self) -> list[float]:
        """The sum of all rows."""
        rows = [self._cells[start : start + ROW] for start in range(0, self.processes * ROW, ROW)]
        return [sum(cells) for cells in zip(*rows, strict=True)]


def route_place(path: str) -> int:
    """The place of a path among the routes.

    >>> ROUTES[route_place("/queries/offices")], ROUTES[route_place("/api/graph/path")]
    ('queries', 'api/graph')
    >>> route_place("/wp-login.php") == OTHER
    True
    """
    segments = path.split("/", 3)
    first = segments[1] if len(segments) > 1 else ""
    if first == "api" and len(segments) > 2:
        first = f"api/{segments[2]}"
    place = ROUTE_PLACES.get(first)
    return ROUTE_PLACES.get(first.partition(".")[0], OTHER) if place is None else place
