"""Rows that stand one a line in a text, their cells parted by tabs: so a table is that was copied from a
document, or that a builder wrote (then a tab opens each cell, the first too)."""

from __future__ import annotations

from collections.abc import Iterator

BLANK = " \t\u3000\xa0"


def row_blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Runs of lines that are rows of one table, the cells of each parted by tabs, as a table is that was
    copied from a document, or that a builder wrote; the text before and behind may be of any form."""
    block: list[tuple[int, int]] = []
    for start, end in [*line_places(text), (len(text), len(text))]:
        if "\t" in text[start:end]:
            block.append((start, end))
            continue
        if block:
            yield from cut_block(text, block)
        block = []


def cut_block(text: str, block: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The rows of a block, when one of its lines tells that its lines are rows. A lone cell that opens
    with a tab is a row there; elsewhere it is a cell of a table flattened to lines."""
    lines = [text[start:end] for start, end in block]
    rows = [is_row(line) for line in lines]
    if any(rows):
        first = rows.index(True)
        while first and lines[first - 1].startswith("\t") == lines[first].startswith("\t"):
            first -= 1
        yield block[first:]


def is_row(line: str) -> bool:
    """Whether a line is surely a row of several cells: a tab opens each, or parts each from the next.

    A single tab inside a line parts a number or a page from a heading as well, tabs before the only words
    of a line are its indent, and behind them they end a cell.
    """
    cells = line.split("\t")
    return len(cells) > 2 and sum(bool(cell.strip(BLANK)) for cell in cells) > 1


def cell_places(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The (start, end) of each cell of a line that is a row."""
    words = text[start:end]
    if words.startswith("\t"):
        start += 1
        words = words[1:]
    for cell in words.split("\t"):
        yield start, start + len(cell)
        start += len(cell) + 1


def line_places(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1
