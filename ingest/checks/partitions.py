"""Partitions: which stated amounts make up which stated whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest.facts import DocumentFacts, Observation, ObservationKey
from ontology.partitions import Partition, partitions

CLASS_DIGITS = {"func/class": ("func:", 3), "func/group": ("func:", 5), "func/item": ("func:", 7),
                "econ/class": ("econ:", 3), "econ/group": ("econ:", 5)}  # fmt: skip
# What must be stated before a shortfall counts. A partition that is not named needs all its parts.
REQUIRED = {
    "income-sources": ("fiscal-appropriation",),
    "by-nature": ("basic", "project"),
    "income-grand": ("income.total", "carry-in.total"),
    "expenditure-grand": ("expenditure.total", "carry-out.total"),
    "by-function-class": (),
    "income-by-function-class": (),
    "by-function-group": (),
    "by-function-item": (),
}


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole with the parts of it that a document states; `complete` when a shortfall is a contradiction."""

    partition: Partition
    whole: Observation
    parts: tuple[Observation, ...]
    complete: bool


# Classes of which a document may name only some.
BY_CLASS = (
    "by-function-class", "income-by-function-class", "by-function-group", "by-function-item",
    "by-economic-class", "by-economic-group",
)  # fmt: skip
SHARES_OFF_BY = Decimal(1)
RELATIONS = ("exhaustive", "equal", "subset")


def amount_partitions() -> Iterator[Partition]:
    """The partitions of amounts whose parts add up to their whole, equal it, or lie within it."""
    for partition in partitions().values():
        if partition.fund != "count" and partition.relation in RELATIONS:
            yield partition


def find_breakdowns(facts: DocumentFacts) -> Iterator[Breakdown]:
    """Every whole of the document with the parts that are stated for it."""
    for partition in amount_partitions():
        for whole in facts.amounts:
            if is_whole(partition, whole.key):
                breakdown = break_down(facts, partition, whole)
                if breakdown.parts:
                    yield breakdown


def is_whole(partition: Partition, key: ObservationKey) -> bool:
    return (
        partition.fund in ("*", key.fund)
        and partition.flow in ("*", key.flow)
        and (partition.whole == key.item or is_of_class(key.item, partition.whole))
    )


def is_of_class(item: str, pattern: str) -> bool:
    prefix, digits = CLASS_DIGITS.get(pattern, ("", 0))
    return bool(prefix) and item.startswith(prefix) and len(item) == len(prefix) + digits


def break_down(facts: DocumentFacts, partition: Partition, whole: Observation) -> Breakdown:
    parts: list[Observation] = []
    stated: set[str] = set()
    for part in partition.parts:
        found = find_part(facts, whole, part)
        if found:
            stated.add(part)
            parts.extend(found)
    required = REQUIRED.get(partition.notation, partition.parts)
    complete = all(part in stated for part in required) and (
        partition.notation not in BY_CLASS or shares_fill(parts)
    )
    return Breakdown(partition, whole, tuple(parts), complete)


def shares_fill(parts: list[Observation]) -> bool:
    """Whether the stated shares of the classes make up the whole: then no class is left out. A wrong
    share of one class must not hide that, hence the wide margin."""
    shares = [part.share for part in parts if part.share is not None]
    return len(shares) == len(parts) and abs(sum(shares, Decimal(0)) - 100) <= SHARES_OFF_BY


def find_part(facts: DocumentFacts, whole: Observation, part: str) -> list[Observation]:
    """The observations that stand for a part: itself, the classes of a pattern, or all its own parts."""
    if part in CLASS_DIGITS:
        inside = whole.key.item if ":" in whole.key.item else ""
        return [
            observation
            for observation in facts.amounts
            if is_of_class(observation.key.item, part)
            and observation.key.item.startswith(inside)
            and observation.key._replace(item="") == whole.key._replace(item="")
        ]
    flow, _, item = part.rpartition(".")
    key = whole.key._replace(item=item, flow=flow or whole.key.flow)
    found = facts.observation(key)
    return [found] if found else find_parts_of_part(facts, key)


def find_parts_of_part(facts: DocumentFacts, key: ObservationKey) -> list[Observation]:
    """公务用车购置费 and 运行维护费 for a vehicle total that is not stated; all of them, or none."""
    for partition in amount_partitions():
        if (
            partition.relation == "exhaustive"
            and is_whole(partition, key)
            and "." not in partition.parts[0]
        ):
            found = [facts.observation(key._replace(item=part)) for part in partition.parts]
            stated = [observation for observation in found if observation]
            if stated and (
                len(stated) == len(found) or partition.notation == "appropriation-income"
            ):
                return stated
    return []
