"""The layout of a page: its lines of text and its tables from top to bottom, in the direction of its text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.facts import Box
from ingest.reading.building import NewCell, Run
from ingest.reading.pdf.aligned import AlignedCell, find_aligned, is_figure
from ingest.reading.pdf.characters import Character
from ingest.reading.pdf.frame import Frame, Rectangle
from ingest.reading.pdf.grids import Grid, GridCell, find_grids
from ingest.reading.pdf.lines import MOST_SHIFT, TextLine, find_lines
from ingest.reading.pdf.rulings import Rulings

# Figures one below the other in one cell are rows of their own from this number on.
FEWEST_FIGURES = 3
# A border goes through a character that reaches beyond it on both sides by this much, in its size.
BORDER_INSIDE = 0.1
WordsOfCell = tuple[GridCell, list[TextLine]]


@dataclass(frozen=True)
class PlacedTable:
    """A table with the rectangle that it takes."""

    rectangle: Rectangle
    rows: tuple[tuple[NewCell, ...], ...]


@dataclass
class PageLayout:
    """A page as laid out: `frame` is turned so that most of its text runs from left to right, `seen` is
    as a reader sees the page."""

    number: int
    frame: Frame
    seen: Frame
    lines: list[TextLine] = field(default_factory=list)
    tables: list[PlacedTable] = field(default_factory=list)

    def runs(self, line: TextLine) -> list[Run]:
        """The words of a line with their places on the page as seen."""
        return [
            Run(text, self.box(rectangle), is_spaced)
            for text, is_spaced, rectangle in line.stretches()
        ]

    def box(self, rectangle: Rectangle) -> Box:
        """A rectangle of the layout as a place on the page as seen."""
        seen = self.frame.moved(rectangle, self.seen)
        return Box(
            self.number,
            round(max(0.0, seen.left), 2),
            round(max(0.0, seen.top), 2),
            round(min(self.seen.width, seen.right), 2),
            round(min(self.seen.height, seen.bottom), 2),
        )

    def items(self) -> list[TextLine | PlacedTable]:
        """The lines and tables from top to bottom."""
        items: list[TextLine | PlacedTable] = [*self.lines, *self.tables]
        return sorted(items, key=lambda item: (item.rectangle.top, item.rectangle.left))


def lay_out(page: PageLayout, characters: Iterable[Character], rulings: Rulings) -> None:
    """Put the characters of a page into its tables and, the others, into its lines."""
    grids = [grid for grid in find_grids(rulings) if grid.is_table]
    outside: list[Character] = []
    inside: dict[int, list[Character]] = {index: [] for index in range(len(grids))}
    for character in characters:
        place = next(
            (i for i, grid in enumerate(grids) if grid.rectangle.holds(*character.center)), None
        )
        (outside if place is None else inside[place]).append(character)
    page.tables = [
        PlacedTable(grid.rectangle, make_rows(page, grid, inside[index]))
        for index, grid in enumerate(grids)
    ]
    place_lines(page, find_lines(outside))


def place_lines(page: PageLayout, lines: list[TextLine]) -> None:
    """Put the lines outside the ruled tables into tables without rules, or keep them as lines."""
    taken: set[int] = set()
    for table in find_aligned(lines):
        rows = tuple(tuple(aligned_row(page, row, table.columns)) for row in table.rows)
        page.tables.append(PlacedTable(table.rectangle, rows))
        taken.update(id(line) for line in table.lines)
    page.lines = [line for line in lines if id(line) not in taken]


def aligned_row(page: PageLayout, row: Iterable[AlignedCell], columns: int) -> Iterator[NewCell]:
    """The cells of a row, blank ones too."""
    column = 0
    for cell in row:
        yield from (NewCell((), blank) for blank in range(column, cell.column))
        yield NewCell(tuple(page.runs(cell.words)), cell.column, cell.columns)
        column = cell.column + cell.columns
    yield from (NewCell((), blank) for blank in range(column, columns))


def make_rows(
    page: PageLayout, grid: Grid, characters: list[Character]
) -> tuple[tuple[NewCell, ...], ...]:
    """The cells of a table, row by row, blank ones too."""
    words = words_by_cell(grid, characters)
    rows: list[list[WordsOfCell]] = [[] for _ in grid.down[:-1]]
    for cell in grid.cells:
        rows[cell.row].append((cell, find_lines(words[cell])))
    return tuple(
        tuple(make_cell(page, *cell) for cell in part) for row in rows for part in unfolded(row)
    )


def words_by_cell(grid: Grid, characters: list[Character]) -> dict[GridCell, list[Character]]:
    """The characters of every cell; words that run over a border stay together."""
    words: dict[GridCell, list[Character]] = {cell: [] for cell in grid.cells}
    for line in find_lines(characters):
        for chain in line.chains():
            placed = [(one, grid.cell_at(*one.center)) for one in chain]
            cells = [cell for _, cell in placed if cell is not None]
            if len(set(cells)) > 1 and runs_over(chain, grid):
                # A figure is set against the right border of its cell, words against the left one.
                own = cells[-1] if is_figure(TextLine(chain)) else cells[0]
                words[own].extend(chain)
                continue
            for character, cell in placed:
                if cell is not None:
                    words[cell].append(character)
    return words


def runs_over(chain: tuple[Character, ...], grid: Grid) -> bool:
    """Whether a border goes through a character."""
    return any(
        one.left + BORDER_INSIDE * one.size < border < one.right - BORDER_INSIDE * one.size
        and grid.cell_at(one.left, one.center[1]) != grid.cell_at(one.right, one.center[1])
        for one in chain
        for border in grid.across[1:-1]
    )


def make_cell(page: PageLayout, cell: GridCell, lines: list[TextLine]) -> NewCell:
    runs = tuple(run for line in lines for run in page.runs(line))
    return NewCell(runs, cell.column, cell.columns, cell.rows)


def unfolded(row: list[WordsOfCell]) -> list[list[WordsOfCell]]:
    """The rows that stand in one row of the grid where only columns are ruled: several cells hold so
    many figures below one another."""
    columns_of_figures = [
        lines
        for _, lines in row
        if len(lines) >= FEWEST_FIGURES and all(is_figure(line) for line in lines)
    ]
    if len(columns_of_figures) < 2 or any(cell.rows > 1 for cell, _ in row):
        return [row]
    baselines = [line.baseline for line in max(columns_of_figures, key=len)]
    parts = []
    for number, baseline in enumerate(baselines):
        above = baselines[number - 1] if number else -math.inf
        below = math.inf if number == len(baselines) - 1 else baseline
        parts.append(
            [
                (cell, [line for line in lines if is_between(line, above, below)])
                for cell, lines in row
            ]
        )
    return parts


def is_between(line: TextLine, above: float, below: float) -> bool:
    """Whether a line stands below one baseline and not below another."""
    shift = MOST_SHIFT * line.size
    return above + shift < line.baseline <= below + shift
