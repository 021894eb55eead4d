"""`guanlian serve --workers 2` as it runs: real processes, real signals, real sockets."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from server.run import PortInUseError, serve
from server.settings import Settings
from store.releases import DataFolder
from tests.serving import FIRST, FIRST_OFFICE, VOCABULARY, build_release, document, quads_of
from tests.test_nursery import eventually, have_ended
from tests.test_store_embedded import RUNAWAY

LISTENING = re.compile(r"http://127\.0\.0\.1:(\d+)")


class Serving:
    """A running `guanlian serve`: its process, those it has started, its address."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address

    def processes(self) -> list[int]:
        """Those that serve the port."""
        return [child for child in children(self.process.pid) if "store.nursery" not in told(child)]

    def descendants(self) -> list[int]:
        return below(self.process.pid)

    def get(self, path: str, seconds: float = 20) -> httpx.Response:
        return httpx.get(self.address + path, timeout=seconds)

    def ask(self, query: str, **more: str) -> httpx.Response:
        return self.get("/sparql?" + urlencode({"query": query, **more}))

    def folders(self) -> list[Path]:
        """The temporary folders that are its own."""
        found = {
            argument for child in self.descendants() for argument in FOLDER.findall(told(child))
        }
        return [Path(name) for name in found]


FOLDER = re.compile(r"/[^'\"\s]*/guanlian-\w+")


def told(process_id: int) -> str:
    """The command line of a process."""
    try:
        return Path(f"/proc/{process_id}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return ""


def children(process_id: int) -> list[int]:
    path = Path(f"/proc/{process_id}/task/{process_id}/children")
    try:
        return [int(child) for child in path.read_text(encoding="ascii").split()]
    except OSError:
        return []


def below(process_id: int) -> list[int]:
    found = children(process_id)
    return found + [deeper for child in found for deeper in below(child)]


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Serving]:
    """`guanlian serve` on a free port; killed in the end if it still runs."""
    arguments = [sys.executable, "-m", "guanlian", "serve", "--data", str(folder), "--port", "0"]
    with subprocess.Popen(
        [*arguments, "--workers", "2", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    ) as process:
        try:
            assert process.stdout is not None
            while (found := LISTENING.search(process.stdout.readline())) is None:
                assert process.poll() is None
            server = Serving(process, found[0])
            assert server.get("/health").status_code == 200
            assert eventually(lambda: len(server.processes()) == 2)
            yield server
        finally:
            process.kill()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("supervisor")
    build_release(path)
    return path


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Serving]:
    with serving(folder) as server:
        yield server


def test_processes_share_the_port_and_a_killed_one_is_replaced(server: Serving) -> None:
    first, second = server.processes()
    for stopped in (first, second):
        os.kill(stopped, signal.SIGSTOP)  # the other answers alone
        answers = [server.ask("ASK { ?s ?p ?o }").json()["boolean"] for _ in range(4)]
        os.kill(stopped, signal.SIGCONT)
        assert answers == [True] * 4
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: len(server.processes()) == 2 and first not in server.processes())
    assert server.process.poll() is None
    assert server.ask("ASK { ?s ?p ?o }").json()["boolean"] is True


def test_supervisor_has_no_threads_when_it_forks(server: Serving) -> None:
    assert len(list(Path(f"/proc/{server.process.pid}/task").iterdir())) == 1


def test_port_in_use_is_told(server: Serving, folder: Path) -> None:
    port = int(server.address.rpartition(":")[2])
    with pytest.raises(PortInUseError, match=f"Port {port} on 127.0.0.1 is in use"):
        serve(Settings(data=folder, port=port))


def test_new_release_is_served_by_all_processes_without_a_failed_request(
    server: Serving, folder: Path
) -> None:
    seen: list[tuple[int, str]] = []
    stop = threading.Event()

    def ask() -> None:
        query = "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a <ns#DisclosureDocument> }"
        while not stop.is_set():
            answer = server.ask(query)
            seen.append((answer.status_code, answer.text))

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for thread in asking:
        thread.start()
    assert eventually(lambda: len(seen) > 10)
    one = [document(FIRST, FIRST_OFFICE, "示例市甲区样板局")]
    DataFolder(folder).build(one, quads_of(VOCABULARY), replace_all=True)
    switched = len(seen) + len(asking)  # as many answers may have been under way
    assert eventually(lambda: len(seen) > switched + 20)
    stop.set()
    for thread in asking:
        thread.join()
    assert {status for status, _ in seen} == {200}
    assert '"value":"2"' in seen[0][1]
    assert all('"value":"1"' in text for _, text in seen[switched:])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_server_that_is_stopped_finishes_what_it_answers_and_leaves_nothing(
    folder: Path, number: signal.Signals
) -> None:
    answers: list[httpx.Response] = []
    with serving(folder) as server:
        asking = threading.Thread(target=lambda: answers.append(server.ask(RUNAWAY, timeout="1.5")))
        asking.start()
        time.sleep(0.5)
        processes, folders = server.descendants(), server.folders()
        assert len(processes) >= 4 and folders
        os.killpg(server.process.pid, number)  # as a terminal does
        asking.join(15)
        output, _ = server.process.communicate(timeout=15)
    assert [answer.status_code for answer in answers] == [504]  # told, not broken off
    assert server.process.returncode == 0
    assert "Traceback" not in output
    assert have_ended(processes)
    assert not any(folder.exists() for folder in folders)


def test_nothing_is_left_of_a_killed_supervisor(folder: Path) -> None:
    with serving(folder) as server:
        server.ask("ASK {}")
        processes, folders = server.descendants(), server.folders()
        server.process.kill()
        server.process.wait()
        assert len(processes) >= 4
        assert have_ended(processes)
        assert eventually(lambda: not any(folder.exists() for folder in folders))
