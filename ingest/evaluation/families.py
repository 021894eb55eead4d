"""The families of facts that are scored, and what of a document belongs to each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ingest.evaluation.comparable import fold_money, fold_number, fold_words

Json = Mapping[str, Any]

KEY = ("fund", "flow", "item", "year", "phase")
NAMES = ("name", "region", "level")
PROJECT_NUMBERS = ("score", "initial_budget", "adjusted_budget", "executed", "execution_rate")
INDICATOR_NUMBERS = ("target", "actual", "score_rate", "weight", "score")
INDICATOR_WORDS = ("unit", "comparator")
# Findings that are slips rather than contradictions where the gold gives no severity.
SLIPS = frozenset(
    {"typo", "numbering", "plausibility", "punctuation", "layout", "toc-mismatch", "label"}
)


class Fact(NamedTuple):
    """One comparable fact: where it stands (keys, names of fields) and what is stated there."""

    where: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Family:
    """Facts that are scored together.

    `matching` says how two facts are held against each other: `exact`; `alike`, where the words need
    only resemble each other; `either`, where a document that states two values at one place is read
    right with one of them; `findings`, see `ingest.evaluation.matching`. `once` says that a repeated
    fact counts once.
    """

    name: str
    collect: Callable[[Json], Iterator[Fact]]
    matching: str = "exact"
    once: bool = True


def is_stated(value: object) -> bool:
    return value is not None and value != ""


def each(document: Json, *path: str) -> list[Any]:
    """The list at a path of a document, empty where any part of the path is missing."""
    found: Any = document
    for name in path:
        found = (found or {}).get(name)
    return list(found or ())


def where_of(amount: Json) -> tuple[str, ...]:
    return tuple(str(amount.get(name) or "") for name in KEY)


def organization(document: Json) -> Iterator[Fact]:
    office = document.get("organization") or {}
    for name in NAMES:
        if office.get(name):
            yield Fact((name,), fold_words(office[name]))
    yield from names_in(office, "also_known_as", "predecessors")


def offices(document: Json) -> Iterator[Fact]:
    yield from names_in(document.get("organization") or {}, "internal_offices", "subordinate_units")


def names_in(office: Json, *lists: str) -> Iterator[Fact]:
    for name in lists:
        for one in each(office, name):
            yield Fact((name,), fold_words(one))


def functions(document: Json) -> Iterator[Fact]:
    for duty in each(document, "functions"):
        yield Fact((), fold_words(duty.get("text")))


def values(document: Json) -> Iterator[Fact]:
    for amount in each(document, "amounts"):
        if is_stated(amount.get("value")):
            yield Fact(where_of(amount), fold_money(amount["value"], amount.get("unit")))


def shares(document: Json) -> Iterator[Fact]:
    for amount in each(document, "amounts"):
        if is_stated(amount.get("share")):
            yield Fact(where_of(amount), fold_number(amount["share"]))


def changes(document: Json) -> Iterator[tuple[tuple[str, ...], Json, object]]:
    """Every comparison: where it stands, itself, and the unit of its amount."""
    for amount in each(document, "amounts"):
        for comparison in each(amount, "comparisons"):
            where = (*where_of(amount), str(comparison.get("baseline")))
            yield where, comparison, amount.get("unit")


def comparisons(document: Json) -> Iterator[Fact]:
    for where, comparison, unit in changes(document):
        delta = comparison.get("delta")
        amount = fold_money(delta, unit) if delta else ""
        yield Fact(
            (*where, str(comparison.get("direction")), amount),
            fold_number(comparison.get("percent")),
        )


def reason_spans(document: Json) -> Iterator[Fact]:
    for where, comparison, _ in changes(document):
        if comparison.get("reason"):
            yield Fact(where, fold_words(comparison["reason"]))


def reasons(document: Json) -> Iterator[Fact]:
    for where, comparison, _ in changes(document):
        for reason in each(comparison, "reasons"):
            yield Fact(where, fold_words(reason))


def counts(document: Json) -> Iterator[Fact]:
    for count in each(document, "counts"):
        yield Fact((str(count.get("item")),), fold_number(count.get("value")))


def projects(document: Json) -> Iterator[Fact]:
    performance = document.get("performance") or {}
    for name in ("project_count", "funds"):
        if performance.get(name):
            yield Fact((name,), fold_number(performance[name]))
    for project in each(performance, "projects"):
        for name in PROJECT_NUMBERS:
            if is_stated(project.get(name)):
                yield Fact((fold_words(project.get("name")), name), fold_number(project[name]))


def indicators(document: Json) -> Iterator[Fact]:
    for project in each(document, "performance", "projects"):
        for indicator in each(project, "indicators"):
            where = (fold_words(project.get("name")), fold_words(indicator.get("name")))
            for names, fold in ((INDICATOR_WORDS, fold_words), (INDICATOR_NUMBERS, fold_number)):
                for name in names:
                    if is_stated(indicator.get(name)):
                        yield Fact((*where, name), fold(indicator[name]))


def anomalies(document: Json) -> Iterator[Fact]:
    for anomaly in each(document, "anomalies"):
        kind = str(anomaly.get("kind"))
        severity = anomaly.get("severity") or ("minor" if kind in SLIPS else "error")
        yield Fact((kind, str(severity)), fold_words(anomaly.get("quote")))


FAMILIES = (
    Family("organization", organization, once=False),
    Family("offices", offices, once=False),
    Family("functions", functions, "alike", once=False),
    Family("values", values, "either"),
    Family("shares", shares),
    Family("comparisons", comparisons),
    Family("reason-spans", reason_spans, "alike"),
    Family("reasons", reasons, "alike"),
    Family("counts", counts),
    Family("projects", projects),
    Family("indicators", indicators),
    Family("anomalies", anomalies, "findings", once=False),
)
