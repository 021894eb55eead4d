"""What the built files are made of, and the stamp that tells whether they still are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

SETTINGS = (".npmrc", "package.json", "package-lock.json", "tsconfig.json", "vite.config.js")
BUILT = "server/static/built"
STAMP = f"{BUILT}/stamp.txt"


def source_files(root: Path) -> Iterator[Path]:
    """Every file that the build reads, in a fixed order; tests are none of them."""
    yield from (root / "web" / name for name in SETTINGS)
    found = (root / "web" / "src").rglob("*")
    yield from sorted(path for path in found if path.is_file() and ".test." not in path.name)


def digest_of_sources(root: Path) -> str:
    """A digest over the names and contents of the sources, the same on every machine."""
    digest = hashlib.sha256()
    for path in source_files(root):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def is_built(root: Path) -> bool:
    """Whether the built files were made of the sources as they are."""
    stamp = root / STAMP
    return stamp.exists() and stamp.read_text("ascii").strip() == digest_of_sources(root)


def write_stamp(root: Path) -> None:
    """Say that the built files are those of the sources."""
    (root / STAMP).write_text(digest_of_sources(root) + "\n", "ascii")
