"""The blocks that a document is read in: titles, paragraphs and tables, one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from server.document_layout import Cell, Layout, Section, Table

# What stands between blocks, and between the cells of a table, is white space only.
WORDS = re.compile(r"\S")
LINE = re.compile(r"[^\n]*\S[^\n]*")
SENTENCE = re.compile(r"[^。\n]*(?:。[”’）)]*|\n|$)")
# The mark behind a title belongs to it, whether the line ends there or the paragraph runs on (3.支出情况。2023年…);
# a point or comma between digits is part of a number.
MARK = r"(?:[。：:；;，]|(?<!\d)[．.,]|[．.,](?!\d))"
END_OF_TITLE = re.compile(rf"[^\S\n]*(?:{MARK}[^\S\n]*|(?=\n|\Z))")
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section; `depth` is 1 for the outermost, `number` counts the titles from 1."""

    start: int
    end: int
    depth: int
    number: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text that stands in no table."""

    start: int
    end: int


Block: TypeAlias = Heading | Paragraph | Table


def blocks_of(text: str, layout: Layout) -> list[Block]:
    """The blocks in the order of the text; what is between them is white space."""
    found: list[Block] = []
    position = 0
    for one in in_order(text, layout):
        found.extend(paragraphs(text, position, one.start))
        found.append(one)
        position = one.end
    found.extend(paragraphs(text, position, len(text)))
    return found


def in_order(text: str, layout: Layout) -> Iterator[Heading | Table]:
    """The titles and tables, without those that reach into another one."""
    tables = [table for table in layout.tables if is_sound(text, table)]
    ordered: list[Section | Table] = sorted(
        [*layout.sections, *tables], key=lambda one: (one.start, isinstance(one, Section))
    )
    depths: list[int] = []
    position = number = 0
    for one in ordered:
        if one.start < position or one.end > len(text):
            continue
        if isinstance(one, Table):
            position = one.end
            yield one
            continue
        behind = END_OF_TITLE.match(text, one.end)
        position = behind.end() if behind else one.end
        while depths and depths[-1] >= one.level:
            depths.pop()
        depths.append(one.level)
        number += 1
        yield Heading(one.start, position, min(len(depths), DEEPEST), number)


def is_sound(text: str, table: Table) -> bool:
    """Whether the cells of a table follow one another and hold all of its words, so that nothing is lost
    where it is shown as one."""
    position = table.start
    for cell in table.cells:
        if cell.start < position or cell.end > table.end:
            return False
        if WORDS.search(text, position, cell.start):
            return False
        position = cell.end
    return not WORDS.search(text, position, table.end)


def paragraphs(text: str, start: int, end: int) -> Iterator[Paragraph]:
    """The lines of a stretch that hold any words."""
    for line in LINE.finditer(text, start, end):
        yield Paragraph(*line.span())


def regions_of(blocks: Iterable[Block]) -> Iterator[tuple[int, int]]:
    """The stretches that hold the words: of a table each of its cells."""
    for block in blocks:
        if isinstance(block, Table):
            yield from ((cell.start, cell.end) for cell in block.cells)
        else:
            yield block.start, block.end


def sentence_at(text: str, blocks: Iterable[Block], start: int, end: int) -> tuple[int, int]:
    """The sentences, or in a table the row, that a stretch of the text stands in."""
    for block in blocks:
        if block.start < end and start < block.end:
            if isinstance(block, Table):
                start, end = row_at(block, start, end)
            else:
                start, end = sentences_at(text, block.start, block.end, start, end)
    return start, end


def row_at(table: Table, start: int, end: int) -> tuple[int, int]:
    rows = [row for row in table.rows if row and row[0].start < end and start < row[-1].end]
    if not rows:
        return start, end
    return min(start, rows[0][0].start), max(end, rows[-1][-1].end)


def sentences_at(
    text: str, block_start: int, block_end: int, start: int, end: int
) -> tuple[int, int]:
    """The stretch widened to the sentences of a block."""
    for sentence in SENTENCE.finditer(text, block_start, block_end):
        if sentence.start() < end and start < sentence.end():
            start, end = min(start, sentence.start()), max(end, sentence.end())
    return start, end


def contents_of(blocks: Iterable[Block]) -> list[Heading]:
    """The titles, for a table of contents."""
    return [block for block in blocks if isinstance(block, Heading)]


def grid_row(row: Iterable[Cell], covered: dict[int, int]) -> Iterator[Cell | int]:
    """A row as HTML wants it: its cells, and a number of columns wherever no cell stands. `covered` tells of
    the columns how many rows a cell from above still covers them; it is brought up to date."""
    below = {column: rows - 1 for column, rows in covered.items() if rows > 1}
    column = 0
    for cell in row:
        gap = sum(1 for place in range(column, cell.column) if place not in covered)
        if gap:
            yield gap
        yield cell
        column = max(column, cell.column + cell.columns)
        if cell.rows > 1:
            below |= dict.fromkeys(range(cell.column, column), cell.rows - 1)
    covered.clear()
    covered.update(below)
