"""The answer of a named query as a table of Python values."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from queries.definitions import Column

Value: TypeAlias = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; IRIs and texts are str, years too, amounts Decimal, unbound is None.

    `truncated` tells that the graph had more solutions than were asked for.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    truncated: bool = False

    def __len__(self) -> int:
        return len(self.rows)

    def names(self, *, hidden: bool = False) -> tuple[str, ...]:
        """The names of the columns; with the hidden ones when asked."""
        return tuple(column.name for column in self.columns if hidden or not column.is_hidden)

    def records(self, *, hidden: bool = True) -> list[dict[str, Value]]:
        """The rows as dictionaries by column name."""
        names, shown = self.names(hidden=True), set(self.names(hidden=hidden))
        return [
            {name: value for name, value in zip(names, row, strict=True) if name in shown}
            for row in self.rows
        ]

    def to_csv(self, *, hidden: bool = False) -> str:
        """The table as CSV (RFC 4180) with a header and LF line ends; None is empty."""
        return self._delimited(",", hidden)

    def to_tsv(self, *, hidden: bool = False) -> str:
        """The table as CSV is written, with tabs."""
        return self._delimited("\t", hidden)

    def to_json(self, *, hidden: bool = True) -> str:
        """The rows as a JSON list of objects; amounts are JSON numbers."""
        return json.dumps(self.records(hidden=hidden), ensure_ascii=False, default=float, indent=1)

    def _delimited(self, delimiter: str, hidden: bool) -> str:
        names = self.names(hidden=hidden)
        written = io.StringIO()
        writer = csv.DictWriter(written, names, delimiter=delimiter, lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            {name: plain(value) for name, value in record.items()}
            for record in self.records(hidden=hidden)
        )
        return written.getvalue()


def plain(value: Value) -> str | int | None:
    """A decimal without exponent; everything else as it is."""
    return f"{value:f}" if isinstance(value, Decimal) else value
