"""The service under load: a real server process, real connections, and what they make of memory and time."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from benchmarks.serve.memory import Memory
from benchmarks.serve.processor import processor_seconds
from benchmarks.serve.servers.guanlian import COLD, guanlian
from benchmarks.serve.servers.running import Server
from store.releases import DataFolder, DocumentGraphs, Release

THINGS = 1200
MIB = 2**20
#: A million rows and more, as they are found one by one.
EVERY_PAIR = "SELECT * WHERE { ?one a ?kind . ?other a ?kind }"
#: As many, and not a byte of an answer before the last of them.
COUNTED_PAIRS = "SELECT (COUNT(*) AS ?n) WHERE { ?one a ?k1 . ?other a ?k2 . ?third a ?k3 }"
RELEASE = (
    "SELECT ?number WHERE { <https://example.org/release> <https://example.org/number> ?number }"
)
LIMITS = {
    "GUANLIAN_ROW_LIMIT": "100000000",
    "GUANLIAN_ANSWER_MIB": "4096",
    "GUANLIAN_MEMORY_MIB": "1024",
}


def build(data: Path, number: int) -> Release:
    """A release of some things, which says its number."""
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    graph = NamedNode("https://example.org/graph")
    quads = [
        Quad(
            NamedNode(f"https://example.org/{one}"), kind, NamedNode("https://example.org/T"), graph
        )
        for one in range(THINGS)
    ]
    release = NamedNode("https://example.org/release")
    quads.append(Quad(release, NamedNode("https://example.org/number"), Literal(number), graph))
    document = DocumentGraphs("a" * 16, "a.txt", "示例", "{}", quads)
    return DataFolder.open(data).build([document], []).release


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def server(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    release = build(data, 0)
    with guanlian("load", release, tmp_path_factory.mktemp("log"), {**COLD, **LIMITS}) as started:
        yield started


def connection(server: Server, client: int = 1) -> http.client.HTTPConnection:
    """A connection of one of several clients, each with an address of its own."""
    address = (f"127.0.0.{client}", 0)
    return http.client.HTTPConnection("127.0.0.1", server.port, timeout=60, source_address=address)


def target(query: str, **parameters: str) -> str:
    return f"/sparql?{urlencode({'query': query, **parameters})}"


def ask(one: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    one.request("GET", path, headers={"Accept": "application/sparql-results+json"})
    response = one.getresponse()
    return response.status, response.read()


def wait_until_idle(server: Server, seconds: float) -> bool:
    """Whether the server comes to rest: less than a tenth of a core over half a second."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        before = processor_seconds(server.process)
        time.sleep(0.5)
        if abs(processor_seconds(server.process) - before) < 0.05:
            return True
    return False


def test_a_slow_reader_costs_no_memory_and_stops_the_work_when_it_leaves(server: Server) -> None:
    assert wait_until_idle(server, 10)
    memory = Memory.of(server.process)
    with closing(connection(server)) as slow:
        slow.request("GET", target(EVERY_PAIR))
        response = slow.getresponse()
        assert response.status == 200
        read = 0
        for _ in range(20):
            read += len(response.read(1024))
            time.sleep(0.1)
        assert read == 20 * 1024
        # The answer has some 200 MB: it waits in the worker, which waits for the reader.
        assert memory.growth() < 80 * MIB  # most of it a worker forked meanwhile
        assert wait_until_idle(server, 5)
    assert wait_until_idle(server, 5)


def test_a_client_that_has_gone_stops_what_it_asked(server: Server) -> None:
    gone = connection(server)
    gone.request("GET", target(COUNTED_PAIRS))
    time.sleep(0.5)
    before = processor_seconds(server.process)
    time.sleep(0.5)
    assert processor_seconds(server.process) - before > 0.1  # it is at work
    gone.close()
    assert wait_until_idle(server, 5)


def test_many_long_queries_of_one_client_do_not_keep_another_waiting(server: Server) -> None:
    taken = []
    with ExitStack() as stack:
        for _ in range(50):
            heavy = stack.enter_context(closing(connection(server, 2)))
            heavy.request("GET", target(COUNTED_PAIRS))
        small = stack.enter_context(closing(connection(server, 3)))
        for number in range(20):
            start = time.monotonic()
            status, body = ask(small, target(f"{RELEASE} LIMIT {number + 1}"))
            taken.append(time.monotonic() - start)
            assert status == 200, body
    taken.sort()
    # The long ones take both cores meanwhile: a small one waits for its share of them, for none of these.
    assert taken[len(taken) // 2] < 0.5, taken
    assert taken[-1] < 3, taken
    assert wait_until_idle(server, 30)  # all fifty clients have gone, and with them their queries


def test_releases_change_under_load_without_a_failed_request(server: Server, data: Path) -> None:
    stop = threading.Event()
    answers: list[list[tuple[int, int]]] = [[] for _ in range(4)]

    def ask_on(place: int) -> None:
        with closing(connection(server, 4 + place)) as one:
            for number in count(1):
                if stop.is_set():
                    return
                status, body = ask(one, target(f"{RELEASE} LIMIT {number}"))
                value = json.loads(body)["results"]["bindings"][0]["number"]["value"]
                answers[place].append((status, int(value)))

    threads = [threading.Thread(target=ask_on, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for number in (1, 2, 3):
        time.sleep(0.3)
        build(data, number)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and not all(one and one[-1][1] == 3 for one in answers):
        time.sleep(0.05)
    stop.set()
    for thread in threads:
        thread.join(10)
    for one in answers:
        assert {status for status, _ in one} == {200}
        seen = [number for _, number in one]
        assert seen == sorted(seen)  # never back to an earlier release
        assert seen[-1] == 3
