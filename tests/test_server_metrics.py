"""`/metrics`: what is counted, by all processes, in a form that Prometheus reads."""

from __future__ import annotations

import os
import timeit
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from server.app import create_app
from server.metrics import OTHER, PROBLEMS, Counter, Metrics, route_place
from server.metrics_text import COUNTED, service_lines
from server.problem_types import PROBLEM_TYPES
from server.settings import Settings
from tests.serving import Service, build_release, running

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    build_release(tmp_path)
    with running(Settings(data=tmp_path, workers=1)) as service:
        yield service


def read_samples(text: str) -> Samples:
    """The samples as the parser of Prometheus's own Python library reads them."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def scraped(service: Service) -> Samples:
    response = service.ask("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    return read_samples(response.text)


def value(samples: Samples, name: str, **labels: str) -> float:
    return samples[f"guanlian_{name}", frozenset(labels.items())]


def test_answers_are_counted_by_route_and_status_with_their_durations(service: Service) -> None:
    for path in (
        "/offices",
        "/queries/offices",
        "/queries/documents",
        "/offices/none",
        "/wp-login",
    ):
        service.ask(path)
    samples = scraped(service)
    assert value(samples, "requests_total", route="/queries", status="200") == 2
    assert value(samples, "requests_total", route="/offices", status="200") == 1
    assert value(samples, "requests_total", route="/offices", status="404") == 1
    assert value(samples, "requests_total", route="other", status="404") == 1
    assert value(samples, "request_seconds_count", route="/queries") == 2
    assert value(samples, "request_seconds_bucket", route="/queries", le="+Inf") == 2
    assert 0 < value(samples, "request_seconds_sum", route="/queries") < 60
    assert value(samples, "problems_total", type="not-in-the-release") == 1


def test_release_is_told_with_its_size(service: Service) -> None:
    health, samples = service.ask("/health").json(), scraped(service)
    assert value(samples, "release_documents") == health["documents"]
    assert value(samples, "release_quads") == health["quads"]
    told = dict(next(labels for name, labels in samples if name == "guanlian_release_info"))
    assert told["release"] == health["release"]


def test_metrics_are_told_without_a_release(tmp_path: Path) -> None:
    with running(Settings(data=tmp_path, workers=1)) as service:
        assert service.ask("/health").status_code == 503
        assert value(scraped(service), "problems_total", type="no-release") == 1


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # the child counts and ends
def test_processes_count_together_and_a_replaced_one_goes_on() -> None:
    metrics = Metrics(processes=3)
    metrics.add(Counter.CACHE_HITS)
    for process in (1, 2, 1):  # the second process 1 replaces the first
        in_a_child(metrics, process)
    samples = read_samples("\n".join(service_lines(metrics)) + "\n")
    assert value(samples, "cache_hits_total") == 31
    assert value(samples, "requests_total", route="/sparql", status="504") == 3
    assert value(samples, "request_seconds_sum", route="/sparql") == pytest.approx(1.5)
    with pytest.raises(IndexError, match="3 processes"):
        metrics.count_as(3)


def in_a_child(metrics: Metrics, process: int) -> None:
    """Count in a process that is forked off and ends."""
    child = os.fork()
    if child == 0:
        metrics.count_as(process)
        metrics.add(Counter.CACHE_HITS, 10)
        metrics.add_request("/sparql", 504, 0.5)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def test_every_path_of_ours_is_told_apart(tmp_path: Path) -> None:
    paths = create_app(Settings(data=tmp_path)).openapi()["paths"]
    assert not [path for path in paths if route_place(path) == OTHER]


def test_everything_counted_is_explained() -> None:
    assert set(COUNTED) == set(Counter)
    assert set(PROBLEMS) == set(PROBLEM_TYPES)


def test_counting_costs_microseconds() -> None:
    metrics, times = Metrics(), 2_000
    rounds = timeit.repeat(
        lambda: metrics.add_request("/queries/offices", 200, 0.003), number=times, repeat=5
    )
    assert min(rounds) / times < 10e-6  # 1.3 microseconds where nothing else runs
