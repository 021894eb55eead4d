"""Text files: UTF-8 and GB18030, with and without byte order mark."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from charset_normalizer import from_bytes

from ingest.reading.document import Cell, Document, DocumentError, Table
from ingest.reading.privacy import mask_personal_data
from ingest.reading.rows import BLANK, cell_places, line_places, row_blocks

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A title of the text goes on no cell.
TITLE = re.compile(
    r"[ \u3000]*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+部分)[^。；，]{2,34}"
)
# What a file that is no text begins with, and how its owner calls it.
SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP-based file such as DOCX or XLSX"),
    (b"\xd0\xcf\x11\xe0", "an old Office file such as DOC or XLS"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"<!DOCTYPE", "an HTML file"),
    (b"<!doctype", "an HTML file"),
    (b"<html", "an HTML file"),
    (b"<?xml", "an XML file"),
    (b"\xff\xd8\xff", "a picture"),
)
LARGEST_BYTES = 8 * 2**20
GUESSED_FROM_BYTES = 2**16
ENCODINGS = ("utf-8", "gb18030")
# GB18030 decodes almost any bytes; Chinese text in another encoding comes out as rare characters.
LEAST_SHARE_OF_COMMON_CHARACTERS = 0.5
CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
# Characters that Chinese text is made of: the common ideographs, marks, full-width forms and ASCII.
COMMON = re.compile("[\u4e00-\u9fa5\u3000-\u303f\uff00-\uffef -~]+")


def read_text(name: str, content: bytes) -> Document:
    """The document in the bytes of a text file.

    Raises:
        DocumentError: the bytes are empty, or not text in a known encoding.
    """
    return text_document(name, mask_personal_data(decode(content)), sha256(content).hexdigest())


def text_document(name: str, text: str, content_sha256: str = "") -> Document:
    """The document of a text; cells that are flattened to lines behind tabs are put back into tables."""
    return Document(name, text, tuple(find_tables(text)), content_sha256=content_sha256)


def find_tables(text: str) -> Iterator[Table]:
    """The tables of a text: blocks whose lines are rows, and between them cells flattened to lines."""
    start = 0
    for block in row_blocks(text):
        yield from flattened_tables(text, start, block[0][0])
        yield rows_table(text, block)
        start = block[-1][1]
    yield from flattened_tables(text, start, len(text))


def rows_table(text: str, block: list[tuple[int, int]]) -> Table:
    rows = tuple(
        tuple(Cell(*place, column) for column, place in enumerate(cell_places(text, start, end)))
        for start, end in block
    )
    return Table(block[0][0], block[-1][1] + 1, rows)


def flattened_tables(text: str, from_place: int, to_place: int) -> Iterator[Table]:
    """Flattened tables: a cell opens with a tab and goes on up to the next tab line or blank line, which
    ends the row; another line, or a title, ends the table."""
    rows: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    for start, end in line_places(text[from_place:to_place], from_place):
        line = text[start:end]
        if line.startswith("\t") and not (line.startswith("\t\t") and line.strip(BLANK)):
            row.append(Cell(start, end, len(row)))
            continue
        is_title = TITLE.fullmatch(line) is not None
        if line.strip(BLANK) and row and not is_title:
            row[-1] = replace(row[-1], end=end)
            continue
        if row:
            rows.append(tuple(row))
            row = []
        if line.strip(BLANK) and rows:
            yield table_of(rows)
            rows = []
    if row:
        rows.append(tuple(row))
    if rows:
        yield table_of(rows)


def table_of(rows: list[tuple[Cell, ...]]) -> Table:
    return Table(rows[0][0].start, rows[-1][-1].end, tuple(rows))


def decode(content: bytes) -> str:
    """The text of the bytes, line ends folded to LF, byte order mark removed.

    Raises:
        DocumentError: the bytes are empty, or not text in UTF-8, GB18030 or marked UTF-16.
    """
    if not content.strip():
        raise DocumentError("is empty")
    if len(content) > LARGEST_BYTES:
        raise DocumentError(f"is larger than any disclosure ({LARGEST_BYTES // 2**20} MiB)")
    for signature, meaning in SIGNATURES:
        if content.lstrip().startswith(signature):
            raise DocumentError(f"is {meaning}, and no text")
    text = decode_characters(content)
    if text is None:
        raise DocumentError(
            "is binary or in an unknown encoding; text in UTF-8 or GB18030 is wanted"
        )
    if not text.strip():
        raise DocumentError("is empty")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode_characters(content: bytes) -> str | None:
    """The characters, None when there is no encoding in which the bytes are text."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(encoding, errors="replace")
            return None if is_binary(text) else text
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not is_binary(text):
            return text
    return guessed(content)


def guessed(content: bytes) -> str | None:
    """The characters in the encoding that fits the beginning best, such as Big5 or unmarked UTF-16."""
    found = from_bytes(content[:GUESSED_FROM_BYTES]).best()
    if found is None:
        return None
    try:
        text = content.decode(found.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if is_binary(text) else text


def is_binary(text: str) -> bool:
    """Whether the text holds control characters, or hardly a character that Chinese text is made of."""
    if CONTROL.search(text.rstrip("\x1a")):  # DOS programs end a text so
        return True
    printed = "".join(text.split())
    common = sum(map(len, COMMON.findall(printed)))
    return common < LEAST_SHARE_OF_COMMON_CHARACTERS * len(printed)
