"""Islands: what the manifest of the build says becomes elements of the pages, and the files are kept for good."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from guanlian.commands.serve import serve_until_interrupted
from guanlian.errors import UsageError
from guanlian.settings import ProgramSettings
from server.built_files import BuiltFiles
from server.islands import ADDRESS, Manifest, built_manifest, elements, read_manifest
from server.pages import TEMPLATES
from server.settings import Settings
from tests.serving import Service, build_release, running

ROOT = Path(__file__).parent.parent
SCRIPT = "export const year = 2024;\n" * 50
MANIFEST: Manifest = {
    "_table-AAAAAAAA.js": {"file": "table-AAAAAAAA.js", "css": ["table-CCCCCCCC.css"]},
    "_words-BBBBBBBB.js": {"file": "words-BBBBBBBB.js", "imports": ["_table-AAAAAAAA.js"]},
    "src/query/main.ts": {
        "file": "query-DDDDDDDD.js",
        "isEntry": True,
        "imports": ["_words-BBBBBBBB.js", "_table-AAAAAAAA.js"],
        "dynamicImports": ["src/charts/chart.ts"],
        "css": ["query-EEEEEEEE.css"],
    },
    "src/charts/chart.ts": {"file": "chart-FFFFFFFF.js", "isDynamicEntry": True},
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("data")
    build_release(folder)
    with running(Settings(data=folder)) as service:
        yield service


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder as the build leaves it."""
    (tmp_path / "query-DDDDDDDD.js").write_text(SCRIPT, "utf-8")
    (tmp_path / "query-DDDDDDDD.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST), "utf-8")
    (tmp_path / "font-DDDDDDDD.woff2").write_bytes(b"wOF2")
    return tmp_path


def fetched(folder: Path, name: str, **headers: str) -> httpx.Response:
    """The answer to a GET of a built file."""
    app = FastAPI()
    app.mount("/built", BuiltFiles(folder))

    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://islands.test") as client:
            return await client.get(f"/built/{name}", headers={"Accept-Encoding": "", **headers})

    return asyncio.run(get())


def test_an_entry_brings_its_styles_its_imports_and_its_script_each_once() -> None:
    assert elements(MANIFEST, "src/query/main.ts").splitlines() == [
        '<link rel="stylesheet" href="/static/built/table-CCCCCCCC.css">',
        '<link rel="stylesheet" href="/static/built/query-EEEEEEEE.css">',
        '<link rel="modulepreload" href="/static/built/table-AAAAAAAA.js">',
        '<link rel="modulepreload" href="/static/built/words-BBBBBBBB.js">',
        '<script type="module" src="/static/built/query-DDDDDDDD.js"></script>',
    ]


def test_a_chunk_that_imports_itself_in_a_circle_is_told_once() -> None:
    circle: Manifest = {
        "src/a/main.ts": {"file": "a.js", "imports": ["_b.js"]},
        "_b.js": {"file": "b.js", "imports": ["src/a/main.ts"]},
    }
    assert elements(circle, "src/a/main.ts").count("<") == 3


def test_without_a_build_there_is_no_manifest(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}


def test_what_is_built_while_the_server_runs_is_served(built: Path) -> None:
    before = read_manifest(built)
    chunk = {"file": "other-GGGGGGGG.js"}
    (built / "manifest.json").write_text(json.dumps({"src/site/main.ts": chunk}), "utf-8")
    os.utime(built / "manifest.json", (0, 0))
    assert read_manifest(built) == {"src/site/main.ts": chunk} != before


def test_every_island_that_a_template_asks_for_has_its_sources() -> None:
    asked = {
        name
        for template in TEMPLATES.rglob("*.html")
        for name in re.findall(r'island\("([^"]+)"\)', template.read_text("utf-8"))
    }
    assert "site" in asked
    assert [name for name in asked if not (ROOT / f"web/src/{name}/main.ts").exists()] == []


def test_a_built_file_is_sent_compressed_and_kept_for_good(built: Path) -> None:
    response = fetched(built, "query-DDDDDDDD.js", **{"Accept-Encoding": "br, gzip"})
    assert response.text == SCRIPT
    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) < len(SCRIPT)
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["vary"] == "Accept-Encoding"


def test_a_client_without_gzip_gets_the_file_as_it_is(built: Path) -> None:
    response = fetched(built, "query-DDDDDDDD.js", **{"Accept-Encoding": "gzip;q=0"})
    assert response.text == SCRIPT
    assert "content-encoding" not in response.headers
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["vary"] == "Accept-Encoding"


def test_a_built_file_that_a_browser_has_is_not_sent_again(built: Path) -> None:
    first = fetched(built, "query-DDDDDDDD.js")
    again = fetched(built, "query-DDDDDDDD.js", **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_without_digest_in_its_name_is_asked_for_again(built: Path) -> None:
    assert (fetched(built, "manifest.json")).headers["cache-control"] == "no-cache"


def test_a_file_that_is_not_text_has_its_media_type(built: Path) -> None:
    response = fetched(built, "font-DDDDDDDD.woff2")
    assert response.headers["content-type"] == "font/woff2"
    assert "vary" not in response.headers


@pytest.mark.skipif(not built_manifest(), reason="the islands are not built")
def test_every_page_loads_the_island_of_the_site(service: Service) -> None:
    page = service.page("/sparql")
    [script] = re.findall(r'<script type="module" src="([^"]+/site-[^"]+)"></script>', page)
    answer = service.ask(script)
    assert script.startswith(ADDRESS)
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_styles_are_sent_compressed_and_not_again(service: Service) -> None:
    plain = service.ask("/static/style.css", headers={"Accept-Encoding": "identity"})
    packed = service.ask("/static/style.css", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) * 3 < len(plain.content)
    for answer in (plain, packed):
        assert answer.headers["content-type"] == "text/css; charset=utf-8"
        assert "Accept-Encoding" in answer.headers["vary"]
        known = {"Accept-Encoding": "gzip", "If-None-Match": answer.headers["etag"]}
        again = service.ask("/static/style.css", headers=known)
        assert (again.status_code, again.content) == (304, b"")


def test_serving_without_islands_says_so_once_and_how_to_build_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build_release(tmp_path)
    monkeypatch.setattr("server.islands.BUILT", tmp_path / "nothing built")
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(UsageError):
        port = other.getsockname()[1]
        serve_until_interrupted(ProgramSettings(data=tmp_path, port=port))
    assert capsys.readouterr().err.count("uv run just web") == 1
