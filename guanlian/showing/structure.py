"""What the spending of offices is made up of, in the terminal: side by side, or office by office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from queries.comparison import Comparison
from queries.offices import Office
from queries.spending_structure import HUNDREDTH, StructureAmount, StructureBlock, StructureLine

# A column narrower than this breaks an amount with its share.
NARROWEST_COLUMN = 17
WIDEST_PART = 30
Naming = Callable[[Office], str]


def show_structure(console: Console, comparison: Comparison, name: Naming) -> None:
    """Every block: one column an office where all fit, else one block of lines an office."""
    widths = WIDEST_PART + len(comparison.offices) * (NARROWEST_COLUMN + 2)
    for block in comparison.structure.blocks:
        console.print()
        title = f"{block.title.zh} {block.title.en}"
        console.print(Text(title, style="bold"), Text(told_whole(block), style="dim"))
        if widths <= console.width:
            console.print(beside(comparison.offices, block, name))
        else:
            for place, office in enumerate(comparison.offices):
                console.print(below(office, block, place, name))


def told_whole(block: StructureBlock) -> str:
    return f"（%：占同一资金的{block.whole.zh} of {block.whole.en}；万元）"


def beside(offices: Sequence[Office], block: StructureBlock, name: Naming) -> Grid:
    """One column an office, with the fund that its amounts are of."""
    grid = Grid(box=SIMPLE_HEAD)
    grid.add_column("", overflow="fold", max_width=WIDEST_PART)
    for office, fund in zip(offices, block.funds, strict=True):
        grid.add_column(f"{name(office)}\n{fund.label if fund else ''}", justify="right")
    grid.add_row(Text(block.whole.zh, style="dim"), *map(shown_amount, block.wholes))
    for line in block.lines:
        grid.add_row(Text(part_name(line)), *map(shown_amount, line.amounts))
    return grid


def below(office: Office, block: StructureBlock, place: int, name: Naming) -> Grid:
    """The lines of one office; what it does not state is left out."""
    stated = [(line, line.amounts[place]) for line in block.lines if line.amounts[place]]
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(overflow="fold", min_width=max(map(cell_len, (name(office), "其余"))))
    grid.add_column(justify="right", no_wrap=True)
    fund = block.funds[place]
    grid.add_row(Text(name(office), style="cyan"), Text(fund.label if fund else "—", style="dim"))
    for line, amount in stated:
        grid.add_row(Text("  " + part_name(line)), shown_amount(amount))
    return grid


def part_name(line: StructureLine) -> str:
    return line.part.label if line.part else "其余 not broken down"


def shown_amount(stated: StructureAmount | None) -> Text:
    """The share, and the amount in 万元; a dash where nothing is stated."""
    if stated is None:
        return Text("—", style="dim")
    share = "" if stated.share is None else f"{stated.share} %  "
    return Text.assemble((share, "bold"), (told_amount(stated.amount), "dim"))


def told_amount(wanyuan: Decimal) -> str:
    """An amount with two decimals, more only where it has more.

    >>> told_amount(Decimal("1849.4")), told_amount(Decimal("0.0847"))
    ('1,849.40', '0.0847')
    """
    cents = wanyuan.quantize(HUNDREDTH)
    return f"{cents if cents == wanyuan else wanyuan:,f}"
