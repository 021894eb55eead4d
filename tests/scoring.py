"""Extracted facts against gold facts, family by family, as sets of comparable tuples."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

Json = Mapping[str, Any]
KEY = ("fund", "flow", "item", "year", "phase")
PROJECT = ("score", "initial_budget", "adjusted_budget", "executed", "execution_rate")
INDICATOR = ("unit", "comparator", "target", "actual", "score_rate", "weight", "score")


def comparable(value: object) -> str:
    """A number in one spelling, other text without white space and punctuation."""
    text = unicodedata.normalize("NFKC", str(value)).replace(",", "").strip("% ")
    try:
        return format(Decimal(text).normalize(), "f")
    except InvalidOperation:
        return re.sub(r"[\W_]+", "", text)


def families(document: Json) -> dict[str, set[tuple[str, ...]]]:
    """The facts of a document by family."""
    return {
        "organization": {*organization_facts(document["organization"])},
        "functions": {(comparable(item["text"]),) for item in document["functions"]},
        "amounts": {row for item in document["amounts"] for row in amount_facts(item)},
        "comparisons": {row for item in document["amounts"] for row in comparison_facts(item)},
        "counts": {(item["item"], comparable(item["value"])) for item in document["counts"]},
        "performance": {*performance_facts(document["performance"])},
        "terms": {
            (comparable(item["term"]), comparable(item["definition"])) for item in document["terms"]
        },
        "anomalies": {
            (item["kind"], item["severity"])
            for item in document["anomalies"]
            if item["severity"] == "error"
        },
    }


def organization_facts(organization: Json) -> Iterator[tuple[str, ...]]:
    for field in ("name", "level", "region"):
        yield field, comparable(organization[field])
    for field in ("also_known_as", "predecessors", "internal_offices", "subordinate_units"):
        for name in organization[field]:
            yield field, comparable(name)


def amount_facts(amount: Json) -> Iterator[tuple[str, ...]]:
    where = tuple(amount[name] for name in KEY)
    yield (*where, "value", comparable(amount["value"]), amount["unit"])
    for name in ("share", "completion"):
        if amount.get(name) is not None:
            yield (*where, name, comparable(amount[name]))


def comparison_facts(amount: Json) -> Iterator[tuple[str, ...]]:
    for comparison in amount.get("comparisons") or ():
        where = (*(amount[name] for name in KEY), comparison["baseline"])
        yield (
            *where,
            comparison["direction"],
            *(comparable(comparison.get(x)) for x in ("delta", "percent")),
        )
        if comparison.get("reason"):
            yield (*where, "reason", comparable(comparison["reason"]))
        for reason in comparison.get("reasons") or ():
            yield (*where, "cause", comparable(reason))


def performance_facts(performance: Json) -> Iterator[tuple[str, ...]]:
    for field in ("project_count", "funds"):
        if performance.get(field):
            yield field, comparable(performance[field])
    for project in performance.get("projects") or ():
        name = comparable(project["name"])
        for field in PROJECT:
            if project.get(field):
                yield name, field, comparable(project[field])
        for indicator in project["indicators"]:
            for field in INDICATOR:
                if indicator.get(field):
                    yield name, comparable(indicator["name"]), field, comparable(indicator[field])
