"""Rows written one by one as CSV, TSV or JSON, so that an answer need not be held whole."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TextIO, TypeAlias

from queries.table import Value, plain

Rows: TypeAlias = Iterable[Mapping[str, Value]]


def write_delimited(rows: Rows, names: Sequence[str], target: TextIO, *, delimiter: str) -> None:
    """CSV (RFC 4180) with a header and LF line ends, or the like with tabs; None is empty."""
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([plain(row.get(name)) for name in names] for row in rows)


def write_json(rows: Rows, names: Sequence[str], target: TextIO) -> None:
    """A JSON list of objects, one a line; amounts are JSON numbers."""
    separator = "["
    for row in rows:
        record = {name: row.get(name) for name in names}
        target.write(f"{separator}\n{json.dumps(record, ensure_ascii=False, default=float)}")
        separator = ","
    target.write("[]\n" if separator == "[" else "\n]\n")


WRITERS: Mapping[str, Callable[[Rows, Sequence[str], TextIO], None]] = MappingProxyType(
    {
        "csv": partial(write_delimited, delimiter=","),
        "tsv": partial(write_delimited, delimiter="\t"),
        "json": write_json,
    }
)
