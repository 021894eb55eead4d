"""The changes that an office states, with how much of each its reasons explain, and their causes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from queries.narrowness import item_narrowness
from server.publication import Row


@dataclass
class StatedReason:
    """One stated reason: its words and place, the causes it falls under with their cues, its effect
    (an IRI of a direction) and its amount in yuan where its words tell them."""

    iri: str
    text: str = ""
    span: str = ""
    causes: dict[str, list[str]] = field(default_factory=dict)
    effect: str | None = None
    amount: str | None = None


@dataclass
class StatedChange:
    """A change: what it is a change of, its figures by property name in yuan or percent, its reasons."""

    first: Row
    figures: dict[str, str] = field(default_factory=dict)
    reasons: list[StatedReason] = field(default_factory=list)

    @property
    def delta(self) -> str | None:
        """The difference in yuan, signed."""
        return self.figures.get("delta")

    @property
    def percent(self) -> str | None:
        return self.figures.get("percent")

    @property
    def size(self) -> Decimal:
        return abs(Decimal(self.delta or 0))

    @property
    def told(self) -> tuple[object, ...]:
        """What is told of it, whatever amount it is told of."""
        words = tuple(reason.text for reason in self.reasons)
        named = (self.first[name] for name in ("year", "baseline", "direction"))
        return *named, self.delta, self.percent, words

    @property
    def narrowness(self) -> int:
        return item_narrowness(self.first["item"], self.first["nature"])

    @property
    def explanation(self) -> Explanation | None:
        """How much of it stated amounts explain; None where no reason states one."""
        if "remainder" not in self.figures or not self.size:
            return None
        explained = Decimal(self.figures.get("explainedAmount", 0))
        assumed = Decimal(self.figures.get("assumedAmount", 0))
        if not explained and not assumed:
            return None
        return Explanation(
            Decimal(self.delta or 0), explained, assumed, Decimal(self.figures["remainder"])
        )


@dataclass(frozen=True, slots=True)
class Explanation:
    """A change in yuan and its parts, signed: what reasons explain by their words, what is taken to work
    as the change does, and what is left."""

    delta: Decimal
    explained: Decimal
    assumed: Decimal
    remainder: Decimal

    @property
    def share(self) -> Decimal:
        """The part that stated amounts explain, in percent; below 0 or above 100 where they work against
        the change or exceed it."""
        return (100 * (self.explained + self.assumed) / self.delta).quantize(Decimal("0.1"))

    @property
    def drawn_share(self) -> Decimal:
        """The share as a bar can show it, 0 to 100."""
        return min(max(self.share, Decimal(0)), Decimal(100))


def stated_changes(
    changes: Iterable[Row],
    figures: Iterable[Row],
    change_reasons: Iterable[Row],
    reasons: Iterable[Row],
) -> list[StatedChange]:
    """The changes, the latest year first, in it by item as the rows come."""
    found: dict[str, StatedChange] = {}
    for row in sorted(changes, key=lambda row: (row["change"], row["span"])):
        found.setdefault(row["change"], StatedChange(row))
    for row in figures:
        name = row["figure"].rpartition("#")[2]
        found[row["change"]].figures.setdefault(name, row["number"])
    known = stated_reasons(reasons)
    for row in sorted(change_reasons, key=lambda row: known[row["reason"]].span):
        add_reason(found[row["change"]], known[row["reason"]])
    return sorted(found.values(), key=lambda change: change.first["year"], reverse=True)


def add_reason(change: StatedChange, reason: StatedReason) -> None:
    """Note a reason of a change; the same words in another place are the same reason."""
    if reason.text not in {known.text for known in change.reasons}:
        change.reasons.append(reason)


def stated_reasons(rows: Iterable[Row]) -> Mapping[str, StatedReason]:
    """The reasons by IRI."""
    found: dict[str, StatedReason] = {}
    for row in rows:
        add_statement(found.setdefault(row["reason"], StatedReason(row["reason"])), row)
    return found


def add_statement(reason: StatedReason, row: Row) -> None:
    """Note what one row says of a reason."""
    value = row["value"]
    match row["said"].rpartition("#")[2]:
        case "text":
            reason.text = reason.text or value
        case "statedIn":
            reason.span = reason.span or value
        case "effect":
            reason.effect = value
        case "reasonAmount":
            reason.amount = value
        case "cause":
            cues = reason.causes.setdefault(value, [])
            if row.get("cue") and row["cue"] not in cues:
                cues.append(row["cue"])


Group = list[StatedChange]


def explained_groups(changes: Iterable[StatedChange]) -> dict[str, list[Group]]:
    """The changes with reasons by year, the latest year first, in it the largest first.

    Totals of income and expenditure and of several funds often move by the same money for the same
    reasons; such changes stand together, the narrowest item first, or one reason would look like seven.
    """
    groups: defaultdict[tuple[object, ...], Group] = defaultdict(list)
    for change in changes:
        if change.reasons:
            groups[change.told].append(change)
    by_year: defaultdict[str, list[Group]] = defaultdict(list)
    for group in sorted(groups.values(), key=lambda group: -group[0].size):
        group.sort(key=lambda change: -change.narrowness)
        by_year[group[0].first["year"]].append(group)
    return dict(sorted(by_year.items(), reverse=True))


def unexplained(changes: Iterable[StatedChange]) -> dict[str, list[StatedChange]]:
    """The changes without a stated reason by year, the latest year first, in it the largest first."""
    by_year: defaultdict[str, list[StatedChange]] = defaultdict(list)
    for change in sorted(changes, key=lambda change: -change.size):
        if not change.reasons and change.size:
            by_year[change.first["year"]].append(change)
    return dict(sorted(by_year.items(), reverse=True))
