"""The figures of a reading report: how much of some documents was read, summed over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from ingest.facts import ReadingTally


@dataclass(frozen=True, slots=True)
class ReadingFigures:
    """Sums of `ingest.facts.ReadingTally` over documents."""

    clauses: int = 0
    clauses_read: int = 0
    amount_clauses: int = 0
    amount_clauses_read: int = 0
    tables: int = 0
    tables_read: int = 0
    figures: int = 0
    figures_read: int = 0

    @classmethod
    def of(cls, tally: ReadingTally) -> ReadingFigures:
        """The figures of one document."""
        return cls(*(getattr(tally, name) for name in FIGURES))

    @classmethod
    def sum(cls, parts: Iterable[ReadingFigures]) -> ReadingFigures:
        """The figures of several documents together."""
        rows = [tuple(getattr(part, name) for name in FIGURES) for part in parts]
        return cls(*map(sum, zip(*rows, strict=True)))

    def share(self, what: str) -> float | None:
        """The share that was read of the `clauses`, `amount_clauses`, `tables` or `figures`; None where
        there are none."""
        whole: int = getattr(self, what)
        read: int = getattr(self, f"{what}_read")
        return read / whole if whole else None


NOTHING = ReadingFigures()
FIGURES = tuple(field.name for field in fields(ReadingFigures))
# What shares are told of.
WHOLES = ("clauses", "amount_clauses", "tables", "figures")
