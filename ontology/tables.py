"""The tables of the package: CSV files in `ontology/data`, read once."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

Row = Mapping[str, str]


@cache
def read_table(name: str) -> tuple[Row, ...]:
    """The rows of `ontology/data/{name}.csv`, each a mapping of column to text, in file order."""
    path = resources.files("ontology").joinpath("data", f"{name}.csv")
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return tuple(MappingProxyType(row) for row in rows)
