"""Packages are installed as the lock says, types checked, islands bundled, and the files compressed."""

from __future__ import annotations

import gzip
import hashlib
import re
import subprocess
from pathlib import Path

from web.node import REQUIREMENT, Node, found_node
from web.sources import BUILT, is_built, write_stamp

INSTALLED_STAMP = "node_modules/.lock-digest"
VITE = "node_modules/vite/bin/vite.js"
TYPESCRIPT = "node_modules/typescript/bin/tsc"
VITEST = "node_modules/vitest/vitest.mjs"
# A registry that cannot be reached is told within seconds, and one that stumbles is asked again.
NPM_CI = (
    "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error",
    "--fetch-retries=2", "--fetch-retry-mintimeout=500", "--fetch-retry-maxtimeout=2000",
    "--fetch-timeout=60000",
)  # fmt: skip
OUT_OF_REACH = re.compile(
    r"\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH"
    r"|ERR_SOCKET_TIMEOUT|ENOTCACHED|FETCH_ERROR|E50[234])\b"
)
COMPRESSED = frozenset({".js", ".css", ".svg", ".json", ".txt"})
LINES_TOLD = 20


class BuildError(Exception):
    """A step of the build failed; the message is its tool's."""


class RegistryError(BuildError):
    """The packages could not be fetched: the npm registry is out of reach."""

    def __init__(self) -> None:
        super().__init__(
            "连不上 npm 软件源，页面的交互部分没有构建（网页不用 JavaScript 也能用）；联网后运行 uv run just web。\n"
            "The npm registry is out of reach, so the interactive parts of the pages were not built"
            " (the pages work without JavaScript); once online, run: uv run just web"
        )


class NodeMissingError(BuildError):
    """There is no Node.js to build with."""

    def __init__(self) -> None:
        super().__init__(
            "Building the islands takes Node.js 20.19 or later with npm on PATH,"
            f" or the Python package {REQUIREMENT}."
        )


def build(root: Path) -> None:
    """Build the islands of `root/web` into `root/server/static/built`, unless they are built.

    Raises:
        RegistryError: the npm registry is out of reach.
        BuildError: a step failed.
    """
    if is_built(root):
        return
    node = installed(root)
    run(node.node, TYPESCRIPT, "--noEmit", root=root)
    run(node.node, VITE, "build", "--logLevel", "warn", root=root)
    compress(root / BUILT)
    write_stamp(root)


def check(root: Path) -> None:
    """Check the types of the islands and run their tests.

    Raises:
        BuildError: a type is wrong, a test fails, or there is nothing to check with.
    """
    node = installed(root)
    run(node.node, TYPESCRIPT, "--noEmit", root=root)
    run(node.node, VITEST, "run", "--passWithNoTests", root=root)


def installed(root: Path) -> Node:
    """Node.js, with the packages of the lock installed in `web/node_modules`."""
    node = found_node()
    if node is None:
        raise NodeMissingError
    stamp, digest = root / "web" / INSTALLED_STAMP, lock_digest(root)
    if not (stamp.exists() and stamp.read_text("ascii") == digest):
        run(node.npm, *NPM_CI, root=root)
        stamp.write_text(digest, "ascii")
    return node


def lock_digest(root: Path) -> str:
    """The digest of the lock by which packages are installed."""
    return hashlib.sha256((root / "web/package-lock.json").read_bytes()).hexdigest()


def run(program: tuple[str, ...], *arguments: str, root: Path) -> None:
    """Run one step in `web`; what it says is told only where it fails.

    Raises:
        RegistryError: it did not reach the npm registry.
        BuildError: it failed otherwise.
    """
    done = subprocess.run(
        [*program, *arguments],
        cwd=root / "web",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode == 0:
        return
    if "ci" in arguments and OUT_OF_REACH.search(done.stdout):
        raise RegistryError
    raise BuildError(told(done.stdout) or f"{arguments[0]} ended with {done.returncode}.")


def told(output: str) -> str:
    """The first lines of what a tool said, without the colours."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", output).strip().splitlines()
    more = [f"… and {len(lines) - LINES_TOLD} lines more"] if len(lines) > LINES_TOLD else []
    return "\n".join(lines[:LINES_TOLD] + more)


def compress(folder: Path) -> None:
    """Write a gzip file beside every file that is text, the same bytes whenever it is made."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in COMPRESSED:
            packed = gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)
            path.with_name(path.name + ".gz").write_bytes(packed)
