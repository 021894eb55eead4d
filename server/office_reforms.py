"""The reforms that made an office or ended it (org:ChangeEvent), each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from server.publication import Row

YEAR = re.compile(r"\d{4}")


@dataclass
class Reform:
    """One event: its dates as far as stated, the bodies before and after by IRI, and its sentences."""

    event: str
    dates: list[str] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    #: The words by the span that they stand in.
    sentences: dict[str, str] = field(default_factory=dict)

    @property
    def years(self) -> list[str]:
        """The years of its dates, in order, each once."""
        found = (YEAR.match(date) for date in self.dates)
        return sorted({year[0] for year in found if year})


def reforms(rows: Iterable[Row]) -> list[Reform]:
    """The events, the earliest first; those without a date come last."""
    found: dict[str, Reform] = {}
    for row in rows:
        add_statement(found.setdefault(row["event"], Reform(row["event"])), row)
    return sorted(found.values(), key=lambda reform: (not reform.years, reform.years, reform.event))


def add_statement(reform: Reform, row: Row) -> None:
    """Note what one row says of an event."""
    value, label = row["value"], row["label"]
    match row["said"].rpartition("/")[2].rpartition("#")[2]:
        case "originalOrganization":
            reform.before.setdefault(value, label)
        case "resultingOrganization":
            reform.after.setdefault(value, label)
        case "date":
            reform.dates.append(value)
        case "description":
            reform.sentences.setdefault(label, value)
