"""How much of a change the amounts explain that its reasons state, and what they leave over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from queries.compared_reasons import ReasonRow, StatedChange, StatedReason, merge
from queries.offices import Office


@dataclass(frozen=True, slots=True)
class ExplainedChange:
    """A change of which at least one reason states an amount; everything in 万元, signed. The parts
    are derived facts of the document (gl:explainedAmount, gl:assumedAmount, gl:remainder).

    `explained` is the sum of the stated amounts whose reasons say in which direction they work.
    `assumed` is the sum of those whose words leave it open, taken to work as the change does; an
    amount of the year before may well work against it. `remainder` is the change less both: what
    the reasons without an amount must account for. `also` are the other items, as wide or wider,
    that changed by the same amount for the same reasons.
    """

    office: Office
    change: StatedChange
    reasons: tuple[StatedReason, ...]
    explained: Decimal
    assumed: Decimal
    remainder: Decimal
    also: tuple[StatedChange, ...]

    @property
    def share(self) -> Decimal | None:
        """The part of the change that the amounts explain, in %; None for a change of 0. It is above
        100 where they explain more than there is, below 0 where they work against it."""
        if not self.change.delta:
            return None
        return (100 * (self.explained + self.assumed) / self.change.delta).quantize(Decimal("0.1"))


def explain_changes(office: Office, rows: Iterable[ReasonRow]) -> tuple[ExplainedChange, ...]:
    """The explained changes of an office, the largest first. A change that several totals repeat
    stands once, told of the narrowest item."""
    reasons: defaultdict[StatedChange, dict[str, StatedReason]] = defaultdict(dict)
    for row in rows:
        kept = reasons[row.change].setdefault(row.reason.text_key, row.reason)
        reasons[row.change][row.reason.text_key] = merge((kept, row.reason))
    repeats: defaultdict[tuple[object, ...], list[StatedChange]] = defaultdict(list)
    for change, stated in reasons.items():
        if change.remainder is not None:
            key = change.year, change.baseline, change.delta, frozenset(stated)
            repeats[key].append(change)
    explained = [
        explained_change(office, changes, [*reasons[changes[0]].values()])
        for changes in repeats.values()
    ]
    return tuple(sorted(explained, key=lambda found: (-found.change.size, found.change.iri)))


def explained_change(
    office: Office, changes: Sequence[StatedChange], reasons: Sequence[StatedReason]
) -> ExplainedChange:
    narrowest = max(changes, key=attrgetter("narrowness"))
    return ExplainedChange(
        office=office,
        change=narrowest,
        reasons=tuple(reasons),
        explained=narrowest.explained or Decimal(0),
        assumed=narrowest.assumed or Decimal(0),
        remainder=narrowest.remainder or Decimal(0),
        also=tuple(change for change in changes if change is not narrowest),
    )
