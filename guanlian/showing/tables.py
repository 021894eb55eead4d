"""Tables in the terminal: side by side where they fit, else one record below the other."""

from __future__ import annotations

from decimal import Decimal

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from queries.definitions import QueryDefinition
from queries.table import Table, Value

# Wider cells wrap before the table is shown as records.
WIDEST_CELL = 28


def show_table(console: Console, table: Table, definition: QueryDefinition) -> None:
    """Print the title of a question and the rows of its answer."""
    console.print(Text(definition.title.zh, style="bold"), Text(definition.title.en, style="dim"))
    names = table.names()
    rows = [[shown(record[name]) for name in names] for record in table.records(hidden=False)]
    if not rows:
        console.print("没有结果 no rows")
        return
    widths = [
        min(WIDEST_CELL, max(map(cell_len, (name, *column))))
        for name, column in columns(names, rows)
    ]
    if sum(widths) + 2 * len(widths) <= console.width:
        console.print(grid(names, rows))
    else:
        for row in rows:
            console.print(record(names, row))
    console.print(
        Text(f"{len(rows)} 行 rows" + ("，未完 truncated" if table.truncated else ""), style="dim")
    )


def columns(names: tuple[str, ...], rows: list[list[str]]) -> list[tuple[str, list[str]]]:
    return [(name, [row[place] for row in rows]) for place, name in enumerate(names)]


def grid(names: tuple[str, ...], rows: list[list[str]]) -> Grid:
    table = Grid(box=SIMPLE_HEAD)
    for name, values in columns(names, rows):
        numeric = all(is_number(value) for value in values if value)
        table.add_column(name, overflow="fold", justify="right" if numeric else "left")
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    return table


def record(names: tuple[str, ...], row: list[str]) -> Grid:
    """One row as lines of name and value; what is unbound is left out."""
    table = Grid.grid(padding=(0, 1))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in zip(names, row, strict=True):
        if value:
            table.add_row(name, Text(value))
    table.add_row("", "")
    return table


def shown(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:,f}" if isinstance(value, Decimal) else str(value)


def is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").lstrip("+-").isdigit()
