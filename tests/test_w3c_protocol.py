"""The W3C's suites for the SPARQL 1.1 Protocol and the Graph Store HTTP Protocol, against a real server."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

TOKEN = "a token for scratch"
REPOSITORY = Path(__file__).parent.parent
PROGRAM = [sys.executable, "-m", "guanlian", "serve", "--port", "0", "--workers", "1", "--data"]


def shared_folders() -> Iterator[Path]:
    """Where the manifests and their runner may lie: beside the repository, or beside the corpus."""
    yield REPOSITORY.parent / "shared"
    if corpus := os.environ.get("GUANLIAN_CORPUS"):
        yield Path(corpus).parent


def runner() -> Path:
    for folder in shared_folders():
        program = folder / "tools" / "w3c_protocol.py"
        if program.is_file() and (folder / "w3c").is_dir():
            return program
    pytest.skip("the W3C manifests are not at hand: no w3c/ and tools/w3c_protocol.py in ../shared")


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """A server that may be written into, and its port."""
    environment = {**os.environ, "GUANLIAN_WRITE_TOKEN": TOKEN}
    output = data.with_suffix(".log")
    with output.open("w") as log:
        process = subprocess.Popen([*PROGRAM, str(data)], env=environment, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 60
        while not (found := re.search(r"http://[\d.]+:(\d+)", output.read_text())):
            assert process.poll() is None and time.monotonic() < deadline, output.read_text()
            time.sleep(0.05)
        yield found[1]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def test_all_tests_of_the_w3c_protocol_suites_pass(tmp_path: Path) -> None:
    program = runner()
    with serving(tmp_path / "scratch") as port:
        arguments = [sys.executable, str(program), "--port", port, "--token", TOKEN]
        run = subprocess.run(arguments, capture_output=True, text=True, timeout=300, check=False)
    assert run.stdout.endswith("47 passed, 0 failed\n"), run.stdout + run.stderr
    assert run.returncode == 0
