"""The benchmark of the service: its queries mean something on a release, and its measures measure."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.serve.answers import answer, compare_answers, literal, spread
from benchmarks.serve.contenders import OURS, STARTS
from benchmarks.serve.load import Load, measured, median_of
from benchmarks.serve.long_answer import read_long_answer
from benchmarks.serve.memory import Memory, tree
from benchmarks.serve.query_classes import NAMES, read_query_class, written
from benchmarks.serve.servers.running import BenchmarkError, Server, free_port, running
from benchmarks.serve.table import rate_table
from guanlian.ingestion import Ingestion
from guanlian.samples import sample_documents
from store.release import Release
from store.releases import DataFolder


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of two samples."""
    data = tmp_path_factory.mktemp("data")
    texts = [path for path in sample_documents() if path.suffix == ".txt"]
    Ingestion(texts[:2], data).run()
    return DataFolder.open(data).current()


@pytest.fixture(scope="module")
def server(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with STARTS[OURS](OURS, release, tmp_path_factory.mktemp("log")) as started:
        yield started


@pytest.mark.parametrize("name", NAMES)
def test_a_class_has_answers_that_can_be_compared(
    name: str, release: Release, server: Server
) -> None:
    one = read_query_class(name, release.open_store())
    assert "?" in one.question
    assert any(answer(server, one, query) for query in spread(one.queries, 20))
    assert compare_answers(one, [server, server]).agreeing == (server, server)


def test_load_and_a_long_answer_are_measured(release: Release, server: Server) -> None:
    lookup, rows = (read_query_class(name, release.open_store()) for name in ("lookup", "rows"))
    targets = [server.target(query) for query in lookup.queries]
    load = measured(server, targets, lookup.media_type, 0.2, alone=1)
    assert load.rate > 0
    assert load.p99 >= load.median > 0
    assert load.processor >= 0
    long = read_long_answer(server, server.target(rows.queries[0]), rows.media_type)
    assert long.size > 1000
    assert long.first_byte <= long.whole


def test_a_server_that_answers_otherwise_is_named_with_the_first_difference(
    release: Release, server: Server
) -> None:
    one = read_query_class("lookup", release.open_store())
    other = Server("other", 0, free_port(), "/sparql")
    agreement = compare_answers(one, [server, other])
    assert agreement.agreeing == (server,)
    assert "lookup: other other gives no answer" in agreement.differences[0]


def test_a_server_that_ends_is_told_with_its_log(tmp_path: Path) -> None:
    server = Server("short", 0, free_port(), "/")
    command = [sys.executable, "-c", "raise SystemExit(3)"]
    with (
        pytest.raises(BenchmarkError, match=r"short ended with 3; see .*short\.log"),
        running(command, server, tmp_path / "short.log"),
    ):
        pass


def test_memory_that_was_given_back_is_counted_at_its_highest() -> None:
    script = "input(); x = bytearray(50_000_000); del x; print('done', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin and process.stdout
        memory = Memory.of(process.pid)
        process.stdin.write("\n")
        process.stdin.flush()
        process.stdout.readline()
        assert [*tree(process.pid)] == [process.pid]
        assert 45_000_000 < memory.growth() < 80_000_000
        process.kill()


def test_numbers_are_compared_by_value_and_texts_as_they_are() -> None:
    decimal = "http://www.w3.org/2001/XMLSchema#decimal"
    assert literal("1200.0", decimal, None) == literal("1200", decimal, None)
    assert literal("1200.0", None, None) != literal("1200", None, None)
    assert literal("甲", None, "zh") != literal("甲", None, None)
    assert written('"100"^^<http://www.w3.org/2001/XMLSchema#integer>') == "100"


def test_the_median_is_taken_of_each_measure_and_ratios_say_how_many_times_ours_is() -> None:
    middle = median_of([Load(10, 1, 9, 5), Load(30, 3, 7, 4), Load(20, 2, 8, 6)])
    assert middle == Load(20, 2, 8, 5)
    table = rate_table(["lookup"], ["ours", "peer"], {("lookup", "ours"): middle})
    assert table.endswith("| lookup | 20 | – |")
    loads = {("lookup", "ours"): middle, ("lookup", "peer"): Load(5, 1, 1, 1)}
    assert rate_table(["lookup"], ["ours", "peer"], loads).endswith("| lookup | 20 | 5 (4 ×) |")
