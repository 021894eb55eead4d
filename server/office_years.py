"""The money of an office by year: income and expenditure by fund, the budget beside the final account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from queries.narrowness import notation
from server.office_money import in_document_order, is_derived
from server.publication import Row

FLOWS = ("income", "expenditure")
#: The widest fund first.
FUNDS = ("all", "fiscal", "general", "gov-fund", "state-capital", "non-fiscal")
PHASES = ("initial-budget", "adjusted-budget", "final")
#: More lines than these cannot be told apart in a chart; the table has them all.
MOST_DRAWN = 6


class Series(NamedTuple):
    """What a column tells: a flow of a fund in a phase, each by its IRI."""

    flow: str
    fund: str
    phase: str

    def place(self) -> tuple[int, int, int]:
        """Income before expenditure, the widest fund first, the final account before the budget."""
        return (
            FLOWS.index(notation(self.flow)),
            rank(self.fund, FUNDS),
            -rank(self.phase, PHASES),
        )


@dataclass
class MoneyByYear:
    """The totals of one scope: a line a year, a column a series; a cell is an observation."""

    scope: str
    cells: dict[tuple[str, Series], Row] = field(default_factory=dict)

    @property
    def years(self) -> list[str]:
        return sorted({year for year, _ in self.cells})

    @property
    def series(self) -> list[Series]:
        return sorted({series for _, series in self.cells}, key=Series.place)

    @property
    def drawn(self) -> list[Series]:
        """The series that a chart shows, at most `MOST_DRAWN`: those that repeat a wider fund in every year
        are left out, and of the others those with most years stay."""
        own = [series for series in self.series if not self.repeats(series)]
        by_years = sorted(own, key=lambda series: -len(self.amounts(series)))
        kept = set(by_years[:MOST_DRAWN])
        return [series for series in own if series in kept]

    def repeats(self, series: Series) -> bool:
        """Whether a series has the amounts of one of a wider fund, which would hide it, or is nothing."""
        told = self.figures(series)
        if not any(told.values()):
            return True
        wider = (
            other
            for other in self.series
            if (other.flow, other.phase) == (series.flow, series.phase)
            and other.place() < series.place()
        )
        return any(told.items() <= self.figures(other).items() for other in wider)

    def figures(self, series: Series) -> Mapping[str, Decimal]:
        """The amounts of a series in yuan by year."""
        return {year: Decimal(row["amount"]) for year, row in self.amounts(series).items()}

    def amounts(self, series: Series) -> Mapping[str, Row]:
        """The observations of a series by year."""
        return {year: row for (year, own), row in self.cells.items() if own == series}

    def at(self, year: str, series: Series) -> Row | None:
        return self.cells.get((year, series))

    def deviation(self, year: str, series: Series) -> Decimal | None:
        """The final account in percent of the initial budget of the same flow and fund; None where one of
        them is not stated, or the budget is nothing."""
        own = self.cells.get((year, series))
        head = series.phase.rpartition("/")[0]
        budget = self.cells.get((year, series._replace(phase=f"{head}/initial-budget")))
        if notation(series.phase) != "final" or own is None or budget is None:
            return None
        planned = Decimal(budget["amount"])
        return (
            (100 * Decimal(own["amount"]) / planned).quantize(Decimal("0.1")) if planned else None
        )


def money_by_year(rows: Iterable[Row]) -> list[MoneyByYear]:
    """The totals of income and expenditure by scope, the scope with most of them first.

    Where documents differ, the amount that the later document states counts, and a stated one before one
    that is derived from a change.
    """
    found: dict[str, MoneyByYear] = {}
    for row in in_document_order(rows):
        if is_total(row):
            table = found.setdefault(row["scope"], MoneyByYear(row["scope"]))
            series = Series(row["flow"], row["fund"], row["phase"])
            known = table.cells.setdefault((row["year"], series), row)
            if is_derived(known) and not is_derived(row):
                table.cells[row["year"], series] = row
    return sorted(found.values(), key=lambda table: -len(table.cells))


def is_total(row: Row) -> bool:
    """Whether an amount is the total of a flow."""
    return (
        notation(row["flow"]) in FLOWS
        and notation(row["item"]) == "total"
        and notation(row["nature"]) == "all"
    )


def rank(iri: str, order: tuple[str, ...]) -> int:
    """The place of a concept in an order; last when it is not in it."""
    name = notation(iri)
    return order.index(name) if name in order else len(order)
