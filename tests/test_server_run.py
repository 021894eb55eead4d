"""Starting the server: settings, a port in use, and the real process over a real socket."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import rdflib
from pydantic import ValidationError
from rdflib.compare import isomorphic

from server.run import AddressError, PortInUseError, serve
from server.settings import Settings, SettingsError
from store.errors import NoReleaseError
from tests.serving import FIRST_OFFICE, build_release


def test_port_in_use_is_one_clear_sentence(tmp_path: Path) -> None:
    build_release(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortInUseError, match=f"Port {port} on 127.0.0.1 is in use"):
            serve(Settings(data=tmp_path, port=port))


def test_host_that_is_not_ours_is_one_clear_sentence(tmp_path: Path) -> None:
    build_release(tmp_path)
    for host in ("192.0.2.1", "no such host"):
        with pytest.raises(AddressError, match=host):
            serve(Settings(data=tmp_path, host=host, port=0))


def test_folder_without_release_is_refused_before_listening(tmp_path: Path) -> None:
    with pytest.raises(NoReleaseError):
        serve(Settings(data=tmp_path, port=0))


def test_argument_wins_over_environment_over_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "guanlian.toml").write_text("port = 1\nworkers = 3\nhost = 'a'", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GUANLIAN_PORT", "2")
    monkeypatch.setenv("GUANLIAN_HOST", "b")
    settings = Settings(host="c")
    assert (settings.host, settings.port, settings.workers) == ("c", 2, 3)


@pytest.mark.parametrize("wrong", [{"port": 99999}, {"workers": 0}, {"base_iri": "w3id.org"}])
def test_setting_out_of_range_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(wrong)


PROGRAM = """
import sys
from pathlib import Path
from server.run import serve
from server.settings import Settings
serve(Settings(data=Path(sys.argv[1]), port=int(sys.argv[2]), workers=1))
"""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server process of its own, which is told to stop at the end and says nothing amiss."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    arguments = [sys.executable, "-c", PROGRAM, str(folder), str(port)]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.send_signal(signal.SIGINT)
        _, errors = server.communicate(timeout=15)
    assert "Traceback" not in errors


def test_server_answers_on_its_port_and_stops_when_told(tmp_path: Path) -> None:
    release = build_release(tmp_path)
    with served(tmp_path) as address:
        assert httpx.get(f"{address}/health").json()["release"] == release.release_id


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_stranger_loads_a_thing_by_its_name_and_the_context_by_its_address(tmp_path: Path) -> None:
    build_release(tmp_path)
    with served(tmp_path) as address:
        turtle = rdflib.Graph().parse(f"{address}/id/org/{FIRST_OFFICE}", format="turtle")
        compact = rdflib.Graph().parse(f"{address}/doc/org/{FIRST_OFFICE}.jsonld", format="json-ld")
    assert len(turtle) > 5
    assert isomorphic(turtle, compact)


def wait_for(address: str) -> httpx.Response:
    deadline = time.monotonic() + 60
    while True:
        try:
            return httpx.get(address, timeout=5)
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"port = 1\nhost 'a'\n", r"guanlian\.toml is not TOML: .*line 2.*port = 8000"),
        (b"port = 1\n\n# \xd6\xd0\n", r"guanlian\.toml is not UTF-8 \(at line 3\).*port = 8000"),
    ],
)
def test_malformed_settings_file_is_one_clear_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, expected: str
) -> None:
    (tmp_path / "guanlian.toml").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match=expected):
        Settings()
