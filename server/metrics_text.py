"""`/metrics`: what the service counts of itself, in the text format of Prometheus (0.0.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate

from fastapi import APIRouter, Request, Response

from server.conditional import NO_STORE
from server.metrics import (
    BUCKETS,
    COUNTERS,
    DURATIONS,
    PROBLEMS,
    REQUESTS,
    ROUTES,
    SECONDS,
    STATUSES,
    TOLD_PROBLEMS,
    Counter,
    Metrics,
)
from server.pages import program_version
from server.problem_types import PROBLEM_TYPES
from server.publication import Publication, current_publication
from store.errors import DataFolderError

MEDIA_TYPE = "text/plain; version=0.0.4"
ROUTE_NAMES = (*(f"/{route}" for route in ROUTES), "other")
STATUS_NAMES = (*map(str, STATUSES), "other")
BOUND_NAMES = (*(f"{bound:g}" for bound in BUCKETS), "+Inf")
COUNTED = {
    Counter.CACHE_HITS: "Answers that were taken from the cache.",
    Counter.CACHE_MISSES: "Answers that had to be found.",
    Counter.ANSWERS_TRUNCATED: "Answers that were cut at a limit.",
    Counter.ANSWERS_ABANDONED: "Answers whose reader went away.",
}
router = APIRouter(tags=["service"])


@router.get(
    "/metrics",
    summary="度量 · Metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(request: Request) -> Response:
    """Requests, durations, problems and caches of all processes, for Prometheus to scrape."""
    lines = [*service_lines(request.app.state.metrics)]
    with suppress(DataFolderError):  # there is none to tell of, which /health reports
        lines += release_lines(current_publication(request))
    text = "\n".join([*lines, ""])
    return Response(text, media_type=MEDIA_TYPE, headers={"Cache-Control": NO_STORE})


def service_lines(metrics: Metrics) -> Iterator[str]:
    """What all processes counted since the start."""
    totals = metrics.totals()
    yield from family("requests_total", "counter", "Answers by first segment of the path.")
    yield from request_lines(totals)
    yield from family("request_seconds", "histogram", "Time until the last byte of an answer.")
    yield from duration_lines(totals)
    yield from family("problems_total", "counter", "Problems that were told, by type.")
    for place, title in enumerate(PROBLEMS):
        told = {"type": PROBLEM_TYPES[title].name}
        yield sample("problems_total", totals[TOLD_PROBLEMS + place], told)
    for place, counter in enumerate(Counter):
        yield from family(f"{counter}_total", "counter", COUNTED[counter])
        yield sample(f"{counter}_total", totals[COUNTERS + place])
    yield from family("processes", "gauge", "Processes that serve.")
    yield sample("processes", metrics.processes)
    yield from family("start_time_seconds", "gauge", "When the server started, in Unix time.")
    yield sample("start_time_seconds", metrics.started)


def request_lines(totals: Sequence[float]) -> Iterator[str]:
    """What was asked and answered; what never was, is left out."""
    for route, name in enumerate(ROUTE_NAMES):
        start = REQUESTS + route * len(STATUS_NAMES)
        for status, number in zip(STATUS_NAMES, totals[start:], strict=False):
            if number:
                yield sample("requests_total", number, {"route": name, "status": status})


def duration_lines(totals: Sequence[float]) -> Iterator[str]:
    for route, name in enumerate(ROUTE_NAMES):
        start = DURATIONS + route * len(BOUND_NAMES)
        numbers = [*accumulate(totals[start : start + len(BOUND_NAMES)])]
        if not numbers[-1]:
            continue
        for bound, number in zip(BOUND_NAMES, numbers, strict=True):
            yield sample("request_seconds_bucket", number, {"route": name, "le": bound})
        yield sample("request_seconds_sum", totals[SECONDS + route], {"route": name})
        yield sample("request_seconds_count", numbers[-1], {"route": name})


def release_lines(publication: Publication) -> Iterator[str]:
    """Which release is served, and its size."""
    release = publication.release
    labels = {"release": release.release_id, "program_version": program_version()}
    yield from family("release_info", "gauge", "The release that is served.")
    yield sample("release_info", 1, labels)
    yield from family("release_documents", "gauge", "Documents in the release.")
    yield sample("release_documents", len(release.manifest.documents))
    yield from family("release_quads", "gauge", "Quads in the release.")
    yield sample("release_quads", release.manifest.quads)


def family(name: str, kind: str, meaning: str) -> Iterator[str]:
    yield f"# HELP guanlian_{name} {meaning}"
    yield f"# TYPE guanlian_{name} {kind}"


def sample(name: str, value: float, labels: Mapping[str, str] | None = None) -> str:
    """One line; no label of ours holds what would have to be escaped.

    >>> sample("requests_total", 3.0, {"route": "/sparql", "status": "200"})
    'guanlian_requests_total{route="/sparql",status="200"} 3'
    """
    inside = ",".join(f'{key}="{text}"' for key, text in (labels or {}).items())
    number = f"{value:.0f}" if value == int(value) else repr(value)
    return f"guanlian_{name}{{{inside}}} {number}" if inside else f"guanlian_{name} {number}"
