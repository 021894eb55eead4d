"""Optical recognition of pages that are pictures, by the Tesseract engine where it is installed.

It is off unless asked for: it takes seconds a page, and misreads figures now and then.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2

from ingest.reading.document import DocumentError
from ingest.reading.pdf.characters import DESCENT, Character, printed

# What turns recognition on, as messages name it; `guanlian.settings` reads it.
SETTING = "GUANLIAN_OCR"
ENGINE = "tesseract"
LANGUAGE = "chi_sim"
RESOLUTION_DPI = 250
POINTS_AN_INCH = 72
MOST_SECONDS_A_PAGE = 60
# Words of less confidence, in percent, are marks and stains more often than words.
LEAST_CONFIDENCE = 20.0
# A character is at least this wide, in its size.
LEAST_WIDTH = 0.2
# Levels of the engine's table of results.
LINE_LEVEL, WORD_LEVEL = "4", "5"


@dataclass(frozen=True, slots=True)
class FoundBox:
    """A row of the engine's results, in pixels."""

    left: int
    top: int
    width: int
    height: int


FoundWord = tuple[str, FoundBox]


def require_engine() -> str:
    """The path of the engine.

    Raises:
        DocumentError: the engine or its Chinese data is not installed.
    """
    path = shutil.which(ENGINE)
    if path is None:
        raise DocumentError(
            f"has pages that are pictures, and the engine that {SETTING} asks for, {ENGINE}, is not installed"
        )
    known = subprocess.run([path, "--list-langs"], capture_output=True, text=True, check=False)
    if LANGUAGE not in known.stdout.split():
        raise DocumentError(
            f"has pages that are pictures, and {ENGINE} is installed without its data for Chinese ({LANGUAGE})"
        )
    return path


def recognize(page: pypdfium2.PdfPage) -> list[Character]:
    """The characters in the picture of a page, in the frame of the page as seen.

    Raises:
        DocumentError: the engine is missing, fails, or takes too long.
    """
    command = [require_engine(), "stdin", "stdout", "-l", LANGUAGE, "--psm", "3", "tsv"]
    try:
        done = subprocess.run(
            command,
            input=picture_of(page),
            capture_output=True,
            timeout=MOST_SECONDS_A_PAGE,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise DocumentError(f"has a page that {ENGINE} could not read") from error
    return [*read_results(done.stdout.decode("utf-8"), RESOLUTION_DPI / POINTS_AN_INCH)]


def picture_of(page: pypdfium2.PdfPage) -> bytes:
    """The page in grey as a portable graymap."""
    bitmap = page.render(scale=RESOLUTION_DPI / POINTS_AN_INCH, grayscale=True)
    try:
        rows = bytes(bitmap.buffer)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        pixels = b"".join(rows[row * stride : row * stride + width] for row in range(height))
    finally:
        bitmap.close()
    return b"P5 %d %d 255\n" % (width, height) + pixels


def read_results(results: str, pixels_a_point: float) -> Iterator[Character]:
    """The characters of the engine's results; those of a word share its width."""
    line: FoundBox | None = None
    words: list[FoundWord] = []
    for row in results.splitlines()[1:]:
        level, *_, left, top, width, height, confidence, text = row.split("\t")
        box = FoundBox(int(left), int(top), int(width), int(height))
        if level == LINE_LEVEL:
            yield from place(words, line, pixels_a_point)
            line, words = box, []
        elif level == WORD_LEVEL and float(confidence) >= LEAST_CONFIDENCE and text.strip():
            words.append((text.strip(), box))
    yield from place(words, line, pixels_a_point)


def place(
    words: list[FoundWord], line: FoundBox | None, pixels_a_point: float
) -> Iterator[Character]:
    """The characters of a line. Boxes of words may overlap, but their left edges and their order are
    right: a word ends where the next one begins."""
    if line is None:
        return
    size = line.height / pixels_a_point
    baseline = (line.top + line.height) / pixels_a_point - DESCENT * size
    end = 0.0
    for number, (text, box) in enumerate(words):
        left = max(box.left / pixels_a_point, end)
        right = (box.left + box.width) / pixels_a_point
        if number + 1 < len(words):
            right = min(right, words[number + 1][1].left / pixels_a_point)
        end = max(right, left + LEAST_WIDTH * size * len(text))
        width = (end - left) / len(text)
        for index, character in enumerate(text):
            if meant := printed(character):
                start = left + index * width
                yield Character(meant, start, start + width, baseline, size, "")
