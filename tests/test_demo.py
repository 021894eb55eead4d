"""The demo as a stranger runs it: answers in the terminal, then a server."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from guanlian.command_line import run
from guanlian.files import find_files
from tests.conftest import SAMPLES


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which `guanlian demo` serves."""
    data = tmp_path_factory.mktemp("demo")
    command = [
        sys.executable,
        "-m",
        "guanlian",
        "demo",
        "--port",
        "0",
        "--data",
        str(data),
    ]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        timer = threading.Timer(120, process.kill)
        timer.start()
        found = next(
            filter(None, (re.search(r"http://[\d.]+:\d+", line) for line in process.stderr)), None
        )
        timer.cancel()
        assert found is not None
        yield found.group()
        process.send_signal(signal.SIGINT)
        assert "Traceback" not in process.stderr.read()
        assert process.wait(timeout=30) in (0, 130)


def fetch(url: str, accept: str = "*/*") -> tuple[str, str]:
    request = urllib.request.Request(url, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.headers["Content-Type"], response.read().decode()


def test_demo_answers_the_two_questions_in_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["demo", "--no-serve", "--data", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    for heading in ("哪些机构职能相同？", "变动的原因有何不同？", "哪些数字对不上？"):
        assert heading in shown
    assert "共有的主题" in shown
    assert "政务服务中心与三级服务体系" in shown
    assert "共同的原因" in shown


def test_demo_serves_what_it_has_built(address: str) -> None:
    _, health = fetch(f"{address}/health")
    assert json.loads(health)["documents"] == len(find_files([str(SAMPLES)]))
    question = "SELECT%20(COUNT(*)%20AS%20%3Fn)%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D"
    kind, answer = fetch(f"{address}/sparql?query={question}", "text/csv")
    assert kind.startswith("text/csv")
    assert int(answer.splitlines()[1]) > 10_000
