"""The scripts and styles that a page asks for by the name of its island.

The build (`web/`) writes content-hashed files and a manifest of which belongs to what; where it was not
run there are none, and the pages do without.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

BUILT = Path(__file__).parent / "static" / "built"
ADDRESS = "/static/built/"

Manifest = dict[str, dict[str, Any]]


def island(name: str) -> Markup:
    """The elements that load an island: its styles, its script, and ahead of time what that imports.

    Empty where the build that is there does not hold the island: the page does without.
    """
    manifest, entry = built_manifest(), f"src/{name}/main.ts"
    return elements(manifest, entry) if entry in manifest else Markup()


def built_manifest() -> Manifest:
    """The manifest of the build; empty where there is none."""
    return read_manifest(BUILT)


def read_manifest(folder: Path) -> Manifest:
    """The manifest in a folder of built files; empty where the islands were not built."""
    path = folder / "manifest.json"
    try:
        return manifest_at(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=2)
def manifest_at(path: Path, changed: int) -> Manifest:
    """A manifest, read once for each build: what is built while the server runs is served."""
    manifest: Manifest = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def elements(manifest: Manifest, entry: str) -> Markup:
    """The elements that load an entry of a manifest."""
    chunks = list(imported_chunks(manifest, entry))
    styles = dict.fromkeys(name for chunk in chunks for name in chunk.get("css", ()))
    lines = [Markup('<link rel="stylesheet" href="{}">').format(ADDRESS + name) for name in styles]
    lines += [
        Markup('<link rel="modulepreload" href="{}">').format(ADDRESS + chunk["file"])
        for chunk in chunks[:-1]
    ]
    script = Markup('<script type="module" src="{}"></script>')
    return Markup("\n").join([*lines, script.format(ADDRESS + chunks[-1]["file"])])


def imported_chunks(
    manifest: Manifest, entry: str, seen: set[str] | None = None
) -> Iterator[dict[str, Any]]:
    """The chunks that an entry imports statically, each once and before those that import it."""
    seen = set() if seen is None else seen
    if entry in seen:
        return
    seen.add(entry)
    for name in manifest[entry].get("imports", ()):
        yield from imported_chunks(manifest, name, seen)
    yield manifest[entry]
