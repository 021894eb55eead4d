"""The changes that an office explains, with the reasons and the causes they fall under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from server.office_facts import add_with_cue
from server.publication import Row


@dataclass
class StatedReason:
    """One stated reason: its words, and the causes it falls under with their cues."""

    first: Row
    causes: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class ExplainedChange:
    """A change with its reasons."""

    first: Row
    reasons: dict[str, StatedReason] = field(default_factory=dict)

    @property
    def told(self) -> tuple[object, ...]:
        """What is told of it, whatever amount it is told of."""
        words = tuple(reason.first["reason_text"] for reason in self.reasons.values())
        names = ("year", "baseline", "direction", "delta", "percent")
        return *(self.first.get(name) for name in names), words

    @property
    def size(self) -> Decimal:
        return abs(Decimal(self.first.get("delta", "0")))


def changes(rows: Iterable[Row]) -> list[list[ExplainedChange]]:
    """The explained changes, the latest year first, in it the largest first.

    Totals of income and expenditure and of several funds often move by the same money for the same
    reasons; such changes stand together, or one reason would look like seven.
    """
    groups: defaultdict[tuple[object, ...], list[ExplainedChange]] = defaultdict(list)
    for change in explained_changes(rows):
        groups[change.told].append(change)
    by_size = sorted(groups.values(), key=lambda group: -group[0].size)
    return sorted(by_size, key=lambda group: group[0].first["year"], reverse=True)


def explained_changes(rows: Iterable[Row]) -> list[ExplainedChange]:
    found: dict[str, ExplainedChange] = {}
    for row in rows:
        change = found.setdefault(row["change"], ExplainedChange(row))
        reason = change.reasons.setdefault(row["reason_text"], StatedReason(row))
        add_with_cue(reason.causes, row, "cause")
    return [*found.values()]
