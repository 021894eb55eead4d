"""What reading one document may cost; a file that asks for more is refused, and only that file."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Limits of one document.

    `seconds` is wall-clock time, `memory_bytes` what a worker may take beyond its own programs,
    `file_bytes` the size of the file, `unpacked_bytes` of what is compressed in it. `ocr` allows the
    optical recognition of pages that are pictures, which takes seconds a page. `pictures` asks for pictures
    of the pages of a paged file.
    """

    seconds: float = 60.0
    memory_bytes: int = 1024 * MEBIBYTE
    pages: int = 500
    file_bytes: int = 128 * MEBIBYTE
    unpacked_bytes: int = 256 * MEBIBYTE
    ocr: bool = False
    pictures: bool = False


DEFAULT_LIMITS = ReadingLimits()


def in_words(size: int) -> str:
    """A size for a reader's eye: 128 MiB."""
    return f"{size / MEBIBYTE:,.4g} MiB" if size >= MEBIBYTE else f"{size:,} bytes"
